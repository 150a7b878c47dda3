import type { CaseKind, Timer, WaitingOn } from './case.ts';

/**
 * What the engine knows of a case: nothing personal, only where it stands, what it waits for and what it owes.
 * Instants are RFC 3339 texts. Of two snapshots the one with the higher `version`, then the later `now`, is the newer.
 */
export interface Snapshot<State extends string = string> {
  caseId: string;
  kind: CaseKind;
  reference: string;
  portal: string;
  version: number;
  state: State;
  /** Null when the case is over. */
  waitingOn: WaitingOn | null;
  /** The database's time at which the row was read. */
  now: string;
  dueAt: string | null;
  expiresAt: string | null;
  /** Everything the state waits for, soonest first. */
  timers: Timer[];
  owes: Owed;
}

/** What a state owes and the engine has yet to do. */
export interface Owed {
  /** The case is decided and has no live secret, or needs a new one. */
  secret: boolean;
  /** The policy approves by itself and the case qualifies. */
  approval: boolean;
  /** Mails of the case in the ledger that are not settled, in the order they became due. */
  mails: { id: string; template: string }[];
}

/** Whether `incoming` should replace `held`: late, doubled and reordered snapshots change nothing. */
export function isNewer(incoming: Pick<Snapshot, 'version' | 'now'>, held: Pick<Snapshot, 'version' | 'now'>): boolean {
  if (incoming.version !== held.version) return incoming.version > held.version;
  return Date.parse(incoming.now) >= Date.parse(held.now);
}
