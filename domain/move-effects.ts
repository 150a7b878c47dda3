import { type CaseFlag, silencingFlags, type Timer, type TimerName } from './case.ts';
import type { CaseChanges, CaseFacts } from './case-facts.ts';
import type { Policy } from './policy/policy.ts';
import type { SecretEnding } from './secrets/purposes.ts';
import { addDuration } from './time/duration.ts';

/** What the mover brings. Which fields a move needs is said by the contract; the store has judged them. */
export interface MoveInput {
  reason?: string | undefined;
  message?: string | undefined;
  actorId?: string | undefined;
  assignee?: string;
  patientRecordId?: string | undefined;
  questions?: readonly string[];
  email?: string;
  until?: Date;
  accountId?: string;
  byPerson?: boolean;
  /** For `record_changed`: the record may not be used any more, so its live secret dies. */
  revokesSecret?: boolean;
  /** For `link`: the account that was found, as it is told of it. */
  linkedTo?: { email: string; language: string; practice: string | null };
}

/** A mail a move owes. `data` holds what the template needs beyond the case's own facts, never a secret. */
export interface OwedMail<Template extends string = string> {
  template: Template;
  data?: Record<string, unknown>;
  /** Another address than the case's. */
  to?: string;
  /** Another language than the case's. */
  language?: string;
  /** Goes to every supervisor of the portal instead of the person. */
  toSupervisors?: boolean;
  /** Carries the text of the live access code or link. */
  carriesSecret?: boolean;
}

/** Everything a move brings about, decided from facts alone; the store writes it in one transaction. */
export interface Effects<State extends string = string, Template extends string = string> {
  changes: CaseChanges<State>;
  mails: OwedMail<Template>[];
  /** How the open access code or link ends, when the move ends it. */
  endsSecret?: SecretEnding;
  /** A new one is to be issued in this transaction. */
  issuesSecret?: { expiresAt: Date };
  /** The open one's end moves to this instant. */
  extendsSecret?: Date;
  /** The promise of a staff task with this reason on the case. */
  raisesTask?: Exclude<CaseFlag, 'possible_duplicate'>;
  /** The account of the case is stopped, and its owner told at the account's own address. */
  suspendsAccount?: boolean;
  /** Why it goes to another address than the one on file; null: it does not. Absent = untouched. */
  addressReason?: string | null;
  /** What the case added to its account ends with this reason. */
  endsEnrollment?: 'not_me';
  /** Whether the case's version moves (architecture, pattern 2). */
  isVersioned: boolean;
}

export interface Situation<State extends string = string> {
  facts: CaseFacts<State>;
  policy: Policy;
  now: Date;
  input: MoveInput;
}

/** What one move brings about, before the next state is known. Left out: no changes, no mails, and the version moves. */
export type EffectOf<State extends string, Template extends string> = (
  situation: Situation<State>,
) => Partial<Effects<State, Template>>;

/** The effects of a move to `to`; a case that ends leaves nothing to wait for. */
export function completed<State extends string, Template extends string>(
  own: Partial<Effects<State, Template>>,
  to: State,
  isEnd: boolean,
): Effects<State, Template> {
  return {
    ...own,
    changes: { ...(isEnd ? nothingRuns : {}), ...own.changes, state: to },
    mails: own.mails ?? [],
    isVersioned: own.isVersioned ?? true,
  };
}

/** On a case that is over, or whose secret is gone, nothing is left to wait for. */
const nothingRuns = {
  dueAt: null,
  lateAt: null,
  slaPausedAt: null,
  expiresAt: null,
  closesAt: null,
  remindersAt: [],
  owesSecret: false,
  owesApproval: false,
} satisfies CaseChanges;

/** Flags a decision, reissue or end answers; `possible_duplicate` is a finding and stays. */
export const settledByDecision: readonly CaseFlag[] = ['code_burned', 'not_me', 'record_changed'];
export const settledByAddress: readonly CaseFlag[] = ['mail_refused', 'mail_unknown'];

export const without = (flags: readonly CaseFlag[], settled: readonly CaseFlag[]) =>
  flags.filter((flag) => !settled.includes(flag));
export const withFlag = (flags: readonly CaseFlag[], flag: CaseFlag) => [...without(flags, [flag]), flag];
export const keptAtEnd = (flags: readonly CaseFlag[]) => flags.filter((flag) => flag === 'possible_duplicate');

export const secretGone = { expiresAt: null, remindersAt: [] } satisfies CaseChanges;

/** A new access code or link is owed; the engine issues and mails it. */
export function secretOwed(flags: readonly CaseFlag[]) {
  return {
    ...secretGone,
    owesSecret: true,
    closesAt: null,
    flags: without(flags, settledByAddress),
  } satisfies CaseChanges;
}

/** What issuing changes, whatever mail carries it: the clock and the reminders start at `now`. */
export function secretIssued(
  { facts, policy, now }: Situation,
  { lifetime, reminders }: { lifetime: string; reminders: readonly string[] },
) {
  const expiresAt = addDuration(now, lifetime, policy.timeZone);
  return {
    changes: {
      owesSecret: false,
      secretsIssued: facts.secretsIssued + 1,
      expiresAt,
      remindersAt: remindersBefore(expiresAt, reminders, now, policy.timeZone),
    },
    issuesSecret: { expiresAt },
  };
}

/** A reminder that would come at or after the end it reminds of never goes (a policy may shorten a lifetime by itself). */
export function remindersBefore(end: Date, after: readonly string[], now: Date, zone: string): Date[] {
  return after.map((duration) => addDuration(now, duration, zone)).filter((at) => at < end);
}

export const shiftedBy = (dates: readonly Date[], ms: number) => dates.map((date) => new Date(date.getTime() + ms));

/** The secret's end moves to `until`, and the reminders that are left by the same distance. */
export function secretExtended({ facts, input: { until } }: Situation) {
  if (!until) throw new RangeError('extend needs `until`');
  const remindersAt = shiftedBy(facts.remindersAt, until.getTime() - (facts.expiresAt ?? until).getTime());
  return { changes: { expiresAt: until, remindersAt }, extendsSecret: until };
}

export function wholeDaysBetween(now: Date, until: Date | null): number {
  return until ? Math.max(0, Math.round((until.getTime() - now.getTime()) / 86_400_000)) : 0;
}

/** A mail of the case was refused, or nobody knows: staff look, and the case goes on. */
export const flaggedByMail =
  (flag: 'mail_refused' | 'mail_unknown') =>
  ({ facts }: Pick<Situation, 'facts'>) => ({
    changes: { flags: withFlag(facts.flags, flag) },
    isVersioned: false,
    raisesTask: flag,
  });

/** Whether a flag stands during which the engine issues and mails the person nothing. */
export function isSilenced(facts: Pick<CaseFacts, 'flags'>): boolean {
  return facts.flags.some((flag) => silencingFlags.includes(flag));
}

/** The reminders that will go; none while the case is silenced. */
export function reminderTimers(facts: CaseFacts): Timer[] {
  return isSilenced(facts) ? [] : facts.remindersAt.flatMap((at) => timer('reminder', at));
}

export function timer(name: TimerName, at: Date | null): Timer[] {
  return at ? [{ name, firesAt: at.toISOString() }] : [];
}
