import type { CaseFlag } from '../case.ts';
import type { Policy } from '../policy/policy.ts';
import type { SecretEnding } from '../secrets/purposes.ts';
import { pausedDeadline, promisedFor } from '../time/business-calendar.ts';
import { addDuration } from '../time/duration.ts';
import type { ApplicationChanges, ApplicationFacts } from './facts.ts';
import { type ApplicationMove, isFinal } from './lifecycle.ts';
import type { OwedMail } from './mails.ts';
import { isSilenced } from './timers.ts';

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
  /** For `record_changed`: the record may not be used any more, so its live code dies. */
  revokesCode?: boolean;
}

/** Everything a move brings about, decided from facts alone; the store writes it in one transaction. */
export interface Effects {
  changes: ApplicationChanges;
  mails: OwedMail[];
  /** How the open access code ends, when the move ends it. */
  endsCode?: SecretEnding;
  /** A new access code is to be issued in this transaction. */
  issuesCode?: { expiresAt: Date };
  /** The open code's end moves to this instant. */
  extendsCode?: Date;
  /** The promise of a staff task with this reason on the case. */
  raisesTask?: Exclude<CaseFlag, 'possible_duplicate'>;
  /** The account of the case is stopped, and its owner told at the account's own address. */
  suspendsAccount?: boolean;
  /** Whether the case's version moves (architecture, pattern 2). */
  isVersioned: boolean;
}

interface Situation {
  facts: ApplicationFacts;
  policy: Policy;
  now: Date;
  input: MoveInput;
}

type EffectOf = (situation: Situation) => Omit<Effects, 'isVersioned' | 'mails' | 'changes'> & {
  changes?: ApplicationChanges;
  mails?: OwedMail[];
  isVersioned?: boolean;
};

/** What `move` brings about; `to` is the next state by the transition table. Pure: no clock, no I/O. */
export function effectsOf(move: ApplicationMove, to: ApplicationFacts['state'], situation: Situation): Effects {
  const own = effects[move](situation);
  const isEnd = isFinal(to) && !isFinal(situation.facts.state);
  const ending: ApplicationChanges = isEnd ? nothingRuns : {};
  return {
    ...own,
    changes: { ...ending, ...own.changes, state: to },
    mails: own.mails ?? [],
    isVersioned: own.isVersioned ?? true,
  };
}

/** On a case that is over, or whose code is gone, nothing is left to wait for. */
const nothingRuns: ApplicationChanges = {
  dueAt: null,
  lateAt: null,
  slaPausedAt: null,
  expiresAt: null,
  closesAt: null,
  remindersAt: [],
  owesSecret: false,
  owesApproval: false,
};

/** Flags a decision, reissue or end answers; `possible_duplicate` is a finding and stays. */
const settledByDecision: readonly CaseFlag[] = ['code_burned', 'not_me', 'record_changed'];
const settledByAddress: readonly CaseFlag[] = ['mail_refused', 'mail_unknown'];

const without = (flags: readonly CaseFlag[], settled: readonly CaseFlag[]) =>
  flags.filter((flag) => !settled.includes(flag));
const withFlag = (flags: readonly CaseFlag[], flag: CaseFlag) => [...without(flags, [flag]), flag];
const keptAtEnd = (flags: readonly CaseFlag[]) => flags.filter((flag) => flag === 'possible_duplicate');

const codeGone: ApplicationChanges = { expiresAt: null, remindersAt: [] };

/** The case is decided: no promise runs any more, and a code is owed. */
function decidedFavourably({ facts, now, input }: Situation): ApplicationChanges {
  return {
    decidedAt: now,
    dueAt: null,
    lateAt: null,
    slaPausedAt: null,
    owesSecret: true,
    owesApproval: false,
    patientRecordId: input.patientRecordId ?? null,
    flags: without(facts.flags, settledByDecision),
  };
}

/** The clock stood while the person had the case; the working days that were left count from today. */
function clockRunsAgain({ facts, policy, now }: Situation): ApplicationChanges {
  const pausedAt = facts.slaPausedAt;
  const shifted = (deadline: Date | null) =>
    deadline && pausedAt && deadline > pausedAt ? pausedDeadline(deadline, pausedAt, now, policy) : deadline;
  return {
    dueAt: shifted(facts.dueAt),
    lateAt: shifted(facts.lateAt),
    slaPausedAt: null,
    closesAt: null,
    remindersAt: [],
  };
}

/** A new code is owed; the engine issues and mails it. */
function codeOwed(flags: readonly CaseFlag[]): ApplicationChanges {
  return { ...codeGone, owesSecret: true, closesAt: null, flags: without(flags, settledByAddress) };
}

function rejection({ facts, now, input, policy }: Situation) {
  return {
    changes: { decidedAt: now, flags: keptAtEnd(facts.flags) },
    endsCode: 'revoked' as const,
    mails: [
      {
        template: 'application_rejected' as const,
        data: {
          reason: input.reason,
          minimumAge: policy.application.minimumAge,
          codeEnded: facts.secretsIssued > 0,
          message: input.message,
        },
      },
    ],
  };
}

function codeEnded({ facts, policy, input }: Situation, at: Date) {
  const closesAt = addDuration(at, policy.accessCode.reissueWindow, policy.timeZone);
  return {
    changes: { expiresAt: at, closesAt, remindersAt: [], owesSecret: false },
    endsCode: 'expired' as const,
    mails: isSilenced(facts) ? [] : [expiryNotice(facts, policy, at, input.message)],
  };
}

function expiryNotice(facts: ApplicationFacts, policy: Policy, at: Date, message?: string): OwedMail {
  return {
    template: 'access_code_expired',
    data: { expiredAt: at.toISOString(), canRenew: mayRenew(facts, policy), message },
  };
}

/** Whether the person may get a new code without a call: renewals are left and nothing but a possible duplicate is flagged. */
export function mayRenew(facts: Pick<ApplicationFacts, 'selfRenewals' | 'flags'>, policy: Policy): boolean {
  const isClear = facts.flags.every((flag) => flag === 'possible_duplicate');
  return isClear && facts.selfRenewals < policy.accessCode.selfRenewals;
}

const shiftedBy = (dates: readonly Date[], ms: number) => dates.map((date) => new Date(date.getTime() + ms));

function extension({ facts, input }: Situation) {
  const until = input.until;
  if (!until) throw new RangeError('extend needs `until`');
  const before = facts.state === 'waiting_on_applicant' ? facts.closesAt : facts.expiresAt;
  const remindersAt = shiftedBy(facts.remindersAt, until.getTime() - (before ?? until).getTime());
  if (facts.state === 'waiting_on_applicant') return { changes: { closesAt: until, remindersAt } };
  return { changes: { expiresAt: until, remindersAt }, extendsCode: until };
}

/** What the state last mailed goes to the new address; a live code is never sent there, a new one is owed instead. */
function mailedAnew({ facts, policy, now }: Situation): {
  changes?: ApplicationChanges;
  mails: OwedMail[];
  endsCode?: SecretEnding;
} {
  if (isSilenced(facts)) return { mails: [] };
  switch (facts.state) {
    case 'submitted':
    case 'in_review':
      return { mails: [{ template: 'application_received', data: { promisedBy: facts.lateAt?.toISOString() } }] };
    case 'waiting_on_applicant':
      return { mails: [askingMail(facts, facts.closesAt, undefined)] };
    case 'expired':
      return { mails: [expiryNotice(facts, policy, facts.expiresAt ?? now)] };
    default:
      return { mails: [] };
  }
}

function askingMail(
  facts: Pick<ApplicationFacts, 'questions'>,
  answerBy: Date | null,
  message: string | undefined,
): OwedMail {
  return {
    template: 'information_requested',
    data: { questions: [...facts.questions], answerBy: answerBy?.toISOString(), message },
  };
}

function correctedAddress(situation: Situation) {
  const { facts, input } = situation;
  const hasCodeToReplace = facts.state === 'approved' || facts.state === 'code_sent';
  // The new code answers a burned one as a reissue would; doubt about the person stays until staff decide.
  const flags = without(facts.flags, hasCodeToReplace ? [...settledByAddress, 'code_burned'] : settledByAddress);
  const anew = mailedAnew({ ...situation, facts: { ...facts, flags } });
  return {
    ...(hasCodeToReplace ? { endsCode: 'superseded' as const } : {}),
    changes: {
      ...(hasCodeToReplace ? codeOwed(facts.flags) : {}),
      flags,
      ...(input.email === undefined ? {} : { email: input.email }),
    },
    mails: [{ template: 'email_changed' as const, to: facts.email }, ...anew.mails],
  };
}

function toldNotMe({ facts, ...rest }: Situation) {
  if (facts.state === 'activated') {
    return { suspendsAccount: true, isVersioned: false };
  }
  const flags = withFlag(facts.flags, 'not_me');
  const isDecided = facts.state === 'approved' || facts.state === 'code_sent' || facts.state === 'expired';
  return {
    changes: {
      ...(facts.state === 'waiting_on_applicant' ? clockRunsAgain({ facts, ...rest }) : {}),
      ...(isDecided && facts.state !== 'expired' ? codeGone : {}),
      flags,
    },
    ...(isDecided ? { endsCode: 'revoked' as const } : {}),
    raisesTask: 'not_me' as const,
  };
}

function issuedCode({ facts, policy, now }: Situation) {
  const { lifetime, reminders } = policy.accessCode;
  const expiresAt = addDuration(now, lifetime, policy.timeZone);
  const remindersAt = remindersBefore(expiresAt, reminders, now, policy.timeZone);
  return {
    changes: { owesSecret: false, secretsIssued: facts.secretsIssued + 1, expiresAt, remindersAt },
    issuesCode: { expiresAt },
    mails: [
      {
        template: facts.secretsIssued === 0 ? ('access_code' as const) : ('access_code_reissued' as const),
        data: { expiresAt: expiresAt.toISOString() },
        carriesCode: true,
      },
    ],
  };
}

/** A reminder that would come at or after the end it reminds of never goes (a policy may shorten a lifetime by itself). */
function remindersBefore(end: Date, after: readonly string[], now: Date, zone: string): Date[] {
  return after.map((duration) => addDuration(now, duration, zone)).filter((at) => at < end);
}

/** Of several overdue reminders only the last goes; all of them are spent. */
function reminded({ facts, now }: Situation) {
  const ahead = facts.remindersAt.filter((at) => at > now);
  const changes = { remindersAt: ahead };
  const deadline = facts.state === 'waiting_on_applicant' ? facts.closesAt : facts.expiresAt;
  // After an outage longer than the time that was left: nobody is reminded of what is over.
  const isOver = deadline !== null && deadline <= now;
  if (isSilenced(facts) || isOver) return { changes, isVersioned: false };
  if (facts.state === 'waiting_on_applicant') {
    const data = { questions: [...facts.questions], answerBy: facts.closesAt?.toISOString() };
    return { changes, isVersioned: false, mails: [{ template: 'information_reminder' as const, data }] };
  }
  const data = { expiresAt: facts.expiresAt?.toISOString(), daysLeft: wholeDaysBetween(now, facts.expiresAt) };
  return {
    changes,
    isVersioned: false,
    mails: facts.openCode ? [{ template: 'access_code_reminder' as const, data, carriesCode: true }] : [],
  };
}

function wholeDaysBetween(now: Date, until: Date | null): number {
  return until ? Math.max(0, Math.round((until.getTime() - now.getTime()) / 86_400_000)) : 0;
}

const flaggedByMail =
  (flag: 'mail_refused' | 'mail_unknown'): EffectOf =>
  ({ facts }) => ({
    changes: { flags: withFlag(facts.flags, flag) },
    isVersioned: false,
    raisesTask: flag,
  });

const withdrawn =
  (because: 'by_applicant' | 'no_response'): EffectOf =>
  ({ facts, input }) => ({
    changes: { flags: keptAtEnd(facts.flags) },
    endsCode: 'revoked',
    mails: [
      {
        template: 'application_withdrawn',
        data: {
          because,
          ...(because === 'no_response' ? { askedBy: facts.closesAt?.toISOString() } : {}),
          message: input.message,
        },
      },
    ],
  });

/** One entry per move of lifecycles.md §1; the type makes a forgotten one an error. */
const effects: Record<ApplicationMove, EffectOf> = {
  // Who takes a case decides it: the policy's own approval is owed no more.
  claim: ({ input }) => ({ changes: { assigneeId: input.actorId ?? null, owesApproval: false } }),
  release: () => ({ changes: { assigneeId: null } }),
  assign: ({ input }) => ({ changes: { assigneeId: input.assignee ?? null, owesApproval: false } }),
  approve: (situation) => ({ changes: decidedFavourably(situation) }),
  auto_approved: (situation) => ({ changes: decidedFavourably(situation) }),
  reject: rejection,
  revoke: rejection,
  requestInformation: ({ facts, policy, now, input }) => {
    const { answerWithin, answerReminders } = policy.application;
    const closesAt = addDuration(now, answerWithin, policy.timeZone);
    return {
      changes: {
        slaPausedAt: now,
        closesAt,
        remindersAt: remindersBefore(closesAt, answerReminders, now, policy.timeZone),
        flags: without(facts.flags, settledByDecision),
      },
      mails: [askingMail({ questions: input.questions ?? [] }, closesAt, input.message)],
    };
  },
  resume: (situation) => ({
    changes: { ...clockRunsAgain(situation), flags: without(situation.facts.flags, settledByDecision) },
  }),
  answer: (situation) => ({ changes: clockRunsAgain(situation) }),
  correctAddress: correctedAddress,
  reissue: ({ facts }) => ({
    changes: codeOwed(without(facts.flags, settledByDecision)),
    endsCode: 'superseded',
  }),
  renew: ({ facts }) => ({
    changes: { ...codeOwed(facts.flags), selfRenewals: facts.selfRenewals + 1 },
    endsCode: 'superseded',
  }),
  extend: extension,
  expireNow: (situation) => codeEnded(situation, situation.now),
  code_expired: (situation) => codeEnded(situation, situation.facts.expiresAt ?? situation.now),
  withdraw: withdrawn('by_applicant'),
  left_unanswered: withdrawn('no_response'),
  reopen: ({ policy, now, input }) => ({
    changes: {
      assigneeId: input.actorId ?? null,
      decidedAt: null,
      dueAt: promisedFor(now, policy.application.targetBusinessDays, policy),
      lateAt: promisedFor(now, policy.application.promiseBusinessDays, policy),
      turnedDueAt: null,
      turnedLateAt: null,
      patientRecordId: null,
    },
  }),
  note: () => ({ isVersioned: false }),
  activate: ({ facts, input, now }) => ({
    changes: {
      accountId: input.accountId ?? null,
      flags: keptAtEnd(facts.flags),
      // An address changed on the way (both mailboxes proven) is the person's from now on.
      ...(input.email === undefined ? {} : { email: input.email }),
    },
    endsCode: 'used',
    mails: [{ template: 'account_activated', data: { openedAt: now.toISOString() } }],
  }),
  notMe: toldNotMe,
  turned_due: ({ now }) => ({ changes: { turnedDueAt: now }, isVersioned: false }),
  turned_late: ({ facts, now }) => ({
    changes: { turnedLateAt: now },
    isVersioned: false,
    mails: [{ template: 'promise_late', toSupervisors: true, data: { promisedBy: facts.lateAt?.toISOString() } }],
  }),
  code_issued: issuedCode,
  code_sent: () => ({}),
  reminded,
  code_burned: ({ facts }) => ({
    changes: { ...codeGone, flags: withFlag(facts.flags, 'code_burned') },
    endsCode: 'burned',
    raisesTask: 'code_burned',
  }),
  lapsed: ({ facts }) => ({ changes: { flags: keptAtEnd(facts.flags) } }),
  mail_refused: flaggedByMail('mail_refused'),
  mail_unknown: flaggedByMail('mail_unknown'),
  record_changed: ({ facts, input }) => ({
    changes: {
      ...(input.revokesCode && facts.state !== 'expired' ? codeGone : {}),
      // Merged: the case is bound to the record that survives.
      ...(input.patientRecordId === undefined ? {} : { patientRecordId: input.patientRecordId }),
      flags: withFlag(facts.flags, 'record_changed'),
    },
    ...(input.revokesCode ? { endsCode: 'revoked' as const } : {}),
    raisesTask: 'record_changed',
  }),
};
