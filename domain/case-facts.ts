import type { CaseFlag } from './case.ts';

/** What the rules of every lifecycle need to know of a case: its row's facts, read under its lock. Instants by the database's clock. */
export interface CaseFacts<State extends string = string> {
  state: State;
  reference: string;
  flags: readonly CaseFlag[];
  assigneeId: string | null;
  firstName: string;
  email: string;
  dueAt: Date | null;
  lateAt: Date | null;
  slaPausedAt: Date | null;
  turnedDueAt: Date | null;
  turnedLateAt: Date | null;
  expiresAt: Date | null;
  closesAt: Date | null;
  remindersAt: readonly Date[];
  owesSecret: boolean;
  owesApproval: boolean;
  secretsIssued: number;
  selfRenewals: number;
  decidedAt: Date | null;
  patientRecordId: string | null;
  /** The access code or link that has not ended; it may be past its time. */
  openSecret: { id: string; issuedAt: Date; expiresAt: Date } | null;
  /** The questions asked last, when the case waits for their answer or is past it. */
  questions: readonly string[];
  /** Whether the record the case is bound to stands: not deceased, merged or confidential. True when it is bound to none. */
  isRecordUsable: boolean;
}

/** What a move changes on the case. Absent = untouched. */
export type CaseChanges<State extends string = string> = Partial<{
  state: State;
  flags: CaseFlag[];
  assigneeId: string | null;
  email: string;
  dueAt: Date | null;
  lateAt: Date | null;
  slaPausedAt: Date | null;
  turnedDueAt: Date | null;
  turnedLateAt: Date | null;
  expiresAt: Date | null;
  closesAt: Date | null;
  remindersAt: Date[];
  owesSecret: boolean;
  owesApproval: boolean;
  secretsIssued: number;
  selfRenewals: number;
  decidedAt: Date | null;
  patientRecordId: string | null;
  accountId: string | null;
}>;
