import type { CaseFlag, WaitingOn } from '../case.ts';
import type { TransitionTable } from '../transition-table.ts';
import { askReasons, rejectReasons, reopenReasons, resumeReasons, withdrawReasons } from './reasons.ts';

export const applicationStates = [
  'submitted',
  'in_review',
  'waiting_on_applicant',
  'approved',
  'code_sent',
  'expired',
  'activated',
  'rejected',
  'withdrawn',
  'closed',
] as const;
export type ApplicationState = (typeof applicationStates)[number];

export const staffMoves = [
  'claim',
  'release',
  'assign',
  'approve',
  'reject',
  'requestInformation',
  'resume',
  'correctAddress',
  'reissue',
  'extend',
  'expireNow',
  'revoke',
  'withdraw',
  'reopen',
  'note',
] as const;
export const personMoves = ['answer', 'withdraw', 'renew', 'activate', 'notMe'] as const;
export const engineMoves = [
  'auto_approved',
  'turned_due',
  'turned_late',
  'left_unanswered',
  'code_issued',
  'code_sent',
  'reminded',
  'code_burned',
  'code_expired',
  'lapsed',
  'mail_refused',
  'mail_unknown',
  'record_changed',
] as const;
export type StaffMove = (typeof staffMoves)[number];
export type PersonMove = (typeof personMoves)[number];
export type EngineMove = (typeof engineMoves)[number];
export type ApplicationMove = StaffMove | PersonMove | EngineMove;

/** Conditions beyond state and role; judged by the store under the case's lock (footnotes of lifecycles.md §1). */
export type ApplicationGuard =
  | 'live_code'
  | 'rejected_recently'
  | 'qualifies_for_automatic_approval'
  | 'renewals_left'
  | 'code_issued_or_flagged';

const clerk = ['clerk'] as const;
const reviewer = ['reviewer'] as const;
const supervisor = ['supervisor'] as const;
const person = ['person'] as const;
const engine = ['engine'] as const;

const note = (state: ApplicationState) => ({ to: state, by: clerk });
const reassign = (state: ApplicationState) => ({ to: state, by: supervisor });
const flagged = (state: ApplicationState) => ({
  mail_refused: { to: state, by: engine },
  mail_unknown: { to: state, by: engine },
});
const withdraw = { to: 'withdrawn', by: ['reviewer', 'person'], reasons: withdrawReasons } as const;
const revoke = { to: 'rejected', by: reviewer, reasons: rejectReasons } as const;
const fromLiveCode = {
  extend: (state: ApplicationState) => ({ to: state, by: reviewer, guard: 'live_code' }) as const,
  expireNow: { to: 'expired', by: reviewer, guard: 'live_code' } as const,
  activate: { to: 'activated', by: person, guard: 'live_code' } as const,
};

/** The only place that says what may follow what in an application (lifecycles.md §1 "All moves"). */
export const applicationLifecycle = {
  submitted: {
    claim: { to: 'in_review', by: clerk },
    assign: { to: 'in_review', by: supervisor },
    correctAddress: { to: 'submitted', by: clerk },
    withdraw,
    note: note('submitted'),
    notMe: { to: 'submitted', by: person },
    auto_approved: { to: 'approved', by: engine, guard: 'qualifies_for_automatic_approval' },
    turned_due: { to: 'submitted', by: engine },
    turned_late: { to: 'submitted', by: engine },
    ...flagged('submitted'),
  },
  in_review: {
    release: { to: 'submitted', by: clerk },
    assign: reassign('in_review'),
    approve: { to: 'approved', by: reviewer },
    reject: { to: 'rejected', by: reviewer, reasons: rejectReasons },
    requestInformation: { to: 'waiting_on_applicant', by: clerk, reasons: askReasons },
    correctAddress: { to: 'in_review', by: clerk },
    withdraw,
    note: note('in_review'),
    notMe: { to: 'in_review', by: person },
    turned_due: { to: 'in_review', by: engine },
    turned_late: { to: 'in_review', by: engine },
    ...flagged('in_review'),
  },
  waiting_on_applicant: {
    assign: reassign('waiting_on_applicant'),
    reject: { to: 'rejected', by: reviewer, reasons: rejectReasons },
    resume: { to: 'in_review', by: reviewer, reasons: resumeReasons },
    correctAddress: { to: 'waiting_on_applicant', by: clerk },
    extend: { to: 'waiting_on_applicant', by: reviewer },
    withdraw,
    note: note('waiting_on_applicant'),
    answer: { to: 'in_review', by: person },
    notMe: { to: 'in_review', by: person },
    left_unanswered: { to: 'withdrawn', by: engine },
    reminded: { to: 'waiting_on_applicant', by: engine },
    ...flagged('waiting_on_applicant'),
  },
  approved: {
    assign: reassign('approved'),
    correctAddress: { to: 'approved', by: clerk },
    reissue: { to: 'approved', by: clerk, guard: 'code_issued_or_flagged' },
    extend: fromLiveCode.extend('approved'),
    expireNow: fromLiveCode.expireNow,
    revoke,
    withdraw,
    note: note('approved'),
    activate: fromLiveCode.activate,
    notMe: { to: 'approved', by: person },
    code_issued: { to: 'approved', by: engine },
    code_sent: { to: 'code_sent', by: engine },
    code_burned: { to: 'approved', by: engine },
    code_expired: { to: 'expired', by: engine },
    record_changed: { to: 'approved', by: engine },
    ...flagged('approved'),
  },
  code_sent: {
    assign: reassign('code_sent'),
    correctAddress: { to: 'approved', by: clerk },
    reissue: { to: 'approved', by: clerk },
    extend: fromLiveCode.extend('code_sent'),
    expireNow: fromLiveCode.expireNow,
    revoke,
    withdraw,
    note: note('code_sent'),
    activate: fromLiveCode.activate,
    notMe: { to: 'code_sent', by: person },
    reminded: { to: 'code_sent', by: engine },
    code_burned: { to: 'code_sent', by: engine },
    code_expired: { to: 'expired', by: engine },
    record_changed: { to: 'code_sent', by: engine },
    ...flagged('code_sent'),
  },
  expired: {
    assign: reassign('expired'),
    correctAddress: { to: 'expired', by: clerk },
    reissue: { to: 'approved', by: clerk },
    revoke,
    withdraw,
    note: note('expired'),
    renew: { to: 'approved', by: person, guard: 'renewals_left' },
    notMe: { to: 'expired', by: person },
    lapsed: { to: 'closed', by: engine },
    record_changed: { to: 'expired', by: engine },
    ...flagged('expired'),
  },
  activated: { note: note('activated'), notMe: { to: 'activated', by: person } },
  rejected: {
    reopen: { to: 'in_review', by: supervisor, reasons: reopenReasons, guard: 'rejected_recently' },
    note: note('rejected'),
  },
  withdrawn: { note: note('withdrawn') },
  closed: { note: note('closed') },
} as const satisfies TransitionTable<ApplicationState, ApplicationMove, ApplicationGuard>;

const finalStates: readonly ApplicationState[] = ['activated', 'rejected', 'withdrawn', 'closed'];

/** Whether the case is over; a final case waits on nobody and has no timers. */
export function isFinal(state: ApplicationState): boolean {
  return finalStates.includes(state);
}

const turnOf: Record<ApplicationState, WaitingOn | null> = {
  submitted: 'staff',
  in_review: 'staff',
  waiting_on_applicant: 'applicant',
  approved: 'engine',
  code_sent: 'applicant',
  expired: 'applicant',
  activated: null,
  rejected: null,
  withdrawn: null,
  closed: null,
};

/** Whose turn it is: staff's whenever a flag is an open staff task, else the state's. */
export function waitingOn(state: ApplicationState, flags: readonly CaseFlag[]): WaitingOn | null {
  if (isFinal(state)) return null;
  return flags.some((flag) => flag !== 'possible_duplicate') ? 'staff' : turnOf[state];
}

/** States in which the promise's clock runs; in `waiting_on_applicant` it stands; afterwards no promise runs. */
export const promisedStates: readonly ApplicationState[] = ['submitted', 'in_review'];
export const pausedStates: readonly ApplicationState[] = ['waiting_on_applicant'];

/** The word the person sees for a state (lifecycles.md "Portal-side status"). */
export const publicStatusOf = {
  submitted: 'received',
  in_review: 'in_review',
  waiting_on_applicant: 'waiting_for_you',
  approved: 'approved',
  code_sent: 'approved',
  expired: 'approved',
  activated: 'active',
  rejected: 'closed',
  withdrawn: 'closed',
  closed: 'closed',
} as const satisfies Record<ApplicationState, string>;
export type PublicStatus = (typeof publicStatusOf)[ApplicationState];
