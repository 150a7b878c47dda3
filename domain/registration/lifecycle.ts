import type { CaseFlag, WaitingOn } from '../case.ts';
import type { TransitionTable } from '../transition-table.ts';
import { addressReasons, cancelReasons } from './reasons.ts';

export const registrationStates = [
  'draft',
  'sent',
  'identified',
  'registered',
  'linked',
  'expired',
  'locked',
  'cancelled',
  'undeliverable',
] as const;
export type RegistrationState = (typeof registrationStates)[number];

export const registrationStaffMoves = ['resend', 'cancel', 'correctAddress', 'extend', 'expireNow', 'note'] as const;
export const registrationPersonMoves = ['identify', 'register', 'link', 'notMe'] as const;
export const registrationEngineMoves = [
  'link_issued',
  'link_sent',
  'reminded',
  'link_locked',
  'link_expired',
  'mail_refused',
  'mail_unknown',
  'record_changed',
] as const;
export type RegistrationStaffMove = (typeof registrationStaffMoves)[number];
export type RegistrationPersonMove = (typeof registrationPersonMoves)[number];
export type RegistrationEngineMove = (typeof registrationEngineMoves)[number];
export type RegistrationMove = RegistrationStaffMove | RegistrationPersonMove | RegistrationEngineMove;

/** Conditions beyond state and role; judged by the store under the case's lock. */
export type RegistrationGuard = 'live_link' | 'record_usable';

const clerk = ['clerk'] as const;
const reviewer = ['reviewer'] as const;
const person = ['person'] as const;
const engine = ['engine'] as const;

const stays = (state: RegistrationState) => ({ to: state, by: engine });
/** A new link; what staff do to a record that does not stand any more is refused. */
const sendAnew = {
  resend: { to: 'draft', by: clerk, guard: 'record_usable' },
  correctAddress: { to: 'draft', by: clerk, guard: 'record_usable', mayGive: addressReasons },
  cancel: { to: 'cancelled', by: reviewer, reasons: cancelReasons },
} as const;
const withLiveLink = (state: RegistrationState) =>
  ({
    extend: { to: state, by: reviewer, guard: 'live_link' },
    expireNow: { to: 'expired', by: reviewer, guard: 'live_link' },
    identify: { to: 'identified', by: person, guard: 'live_link' },
    link_locked: { to: 'locked', by: engine, guard: 'live_link' },
    link_expired: { to: 'expired', by: engine },
  }) as const;
const open = (state: RegistrationState) =>
  ({
    ...sendAnew,
    note: { to: state, by: clerk },
    notMe: { to: state, by: person },
    record_changed: stays(state),
    mail_refused: stays(state),
    mail_unknown: stays(state),
  }) as const;

/** The only place that says what may follow what in a registration (lifecycles.md §2; docs/lifecycle-registration.md draws it). */
export const registrationLifecycle = {
  draft: {
    ...open('draft'),
    ...withLiveLink('draft'),
    link_issued: stays('draft'),
    link_sent: { to: 'sent', by: engine },
    mail_refused: { to: 'undeliverable', by: engine },
  },
  sent: { ...open('sent'), ...withLiveLink('sent'), reminded: stays('sent') },
  identified: {
    ...open('identified'),
    ...withLiveLink('identified'),
    register: { to: 'registered', by: person, guard: 'live_link' },
    link: { to: 'linked', by: person, guard: 'live_link' },
    reminded: stays('identified'),
  },
  locked: open('locked'),
  undeliverable: open('undeliverable'),
  // Whoever says "this wasn't me" when the link is dead is heard all the same: staff may want to send anew.
  expired: { ...sendAnew, note: { to: 'expired', by: clerk }, notMe: { to: 'expired', by: person } },
  registered: { note: { to: 'registered', by: clerk }, notMe: { to: 'registered', by: person } },
  linked: { note: { to: 'linked', by: clerk }, notMe: { to: 'linked', by: person } },
  cancelled: { note: { to: 'cancelled', by: clerk } },
} as const satisfies TransitionTable<RegistrationState, RegistrationMove, RegistrationGuard>;

/** `expired` is over until staff send anew: nothing runs, nobody is waited for. */
const finalStates: readonly RegistrationState[] = ['registered', 'linked', 'expired', 'cancelled'];

/** Whether the case is over; it then waits on nobody and has no timers. */
export function isFinal(state: RegistrationState): boolean {
  return finalStates.includes(state);
}

const turnOf: Record<RegistrationState, WaitingOn | null> = {
  draft: 'engine',
  sent: 'applicant',
  identified: 'applicant',
  registered: null,
  linked: null,
  expired: null,
  locked: 'staff',
  cancelled: null,
  undeliverable: 'staff',
};

/** Whose turn it is: staff's whenever a flag is an open staff task, else the state's. */
export function waitingOn(state: RegistrationState, flags: readonly CaseFlag[]): WaitingOn | null {
  if (isFinal(state)) return null;
  return flags.some((flag) => flag !== 'possible_duplicate') ? 'staff' : turnOf[state];
}
