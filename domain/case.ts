/** The kinds of case that exist; every later lifecycle adds its own. */
export const caseKinds = ['application', 'registration'] as const;
export type CaseKind = (typeof caseKinds)[number];

/** Whose turn it is. Null (on a case) when the case is over. */
export const waitingParties = ['staff', 'applicant', 'patient', 'engine'] as const;
export type WaitingOn = (typeof waitingParties)[number];

/** Marks on a case. All but `possible_duplicate` are open staff tasks and set `waitingOn: staff` (lifecycles.md). */
export const caseFlags = [
  'possible_duplicate',
  'mail_refused',
  'mail_unknown',
  'code_burned',
  'not_me',
  'record_changed',
] as const;
export type CaseFlag = (typeof caseFlags)[number];

/** Flags during which the engine issues and mails the person nothing. */
export const silencingFlags: readonly CaseFlag[] = ['not_me', 'record_changed'];

/** The one name of each timer: on the case, in Temporal, in the workflow. */
export const timerNames = [
  'turns_due',
  'turns_late',
  'reminder',
  'closes_unanswered',
  'code_expires',
  'link_expires',
  'closes',
] as const;
export type TimerName = (typeof timerNames)[number];

/** A running timer; `firesAt` is an RFC 3339 instant. */
export interface Timer {
  name: TimerName;
  firesAt: string;
}

export const caseSources = ['online', 'office'] as const;
export type CaseSource = (typeof caseSources)[number];

/** Roles of staff members (api.md "Roles"). */
export const roles = ['clerk', 'reviewer', 'supervisor', 'operator', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Who makes a move. A member limited to `portals` sees and moves only these; undefined = all. */
export type Actor =
  | { kind: 'member'; id: string; roles: readonly Role[]; portals?: readonly string[] | undefined; address?: string }
  | { kind: 'person'; address?: string }
  | { kind: 'engine' };
