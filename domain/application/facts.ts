import type { CaseFlag } from '../case.ts';
import type { ApplicationState } from './lifecycle.ts';

/** What the rules need to know of an application: its row's facts, read under its lock. Instants by the database's clock. */
export interface ApplicationFacts {
  state: ApplicationState;
  reference: string;
  flags: readonly CaseFlag[];
  assigneeId: string | null;
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
  /** The access code that has not ended; it may be past its time. */
  openCode: { id: string; issuedAt: Date; expiresAt: Date } | null;
  /** The questions asked last, when the case waits for their answer or is past it. */
  questions: readonly string[];
}

/** What a move changes on the case. Absent = untouched. */
export type ApplicationChanges = Partial<{
  state: ApplicationState;
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
