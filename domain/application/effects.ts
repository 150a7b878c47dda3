import {
  completed,
  type EffectOf,
  type Effects,
  flaggedByMail,
  isSilenced,
  keptAtEnd,
  type OwedMail,
  remindersBefore,
  type Situation,
  secretExtended,
  secretGone,
  secretIssued,
  secretOwed,
  settledByAddress,
  settledByDecision,
  shiftedBy,
  wholeDaysBetween,
  withFlag,
  without,
} from '../move-effects.ts';
import type { Policy } from '../policy/policy.ts';
import type { SecretEnding } from '../secrets/purposes.ts';
import { pausedDeadline, promisedFor } from '../time/business-calendar.ts';
import { addDuration } from '../time/duration.ts';
import type { ApplicationChanges, ApplicationFacts } from './facts.ts';
import { type ApplicationMove, type ApplicationState, isFinal } from './lifecycle.ts';
import type { ApplicationMail } from './mails.ts';

type ApplicationSituation = Situation<ApplicationState>;
type ApplicationOwedMail = OwedMail<ApplicationMail>;

/** What `move` brings about; `to` is the next state by the transition table. Pure: no clock, no I/O. */
export function effectsOf(
  move: ApplicationMove,
  to: ApplicationState,
  situation: ApplicationSituation,
): Effects<ApplicationState, ApplicationMail> {
  const isEnd = isFinal(to) && !isFinal(situation.facts.state);
  return completed(effects[move](situation), to, isEnd);
}

/** The case is decided: no promise runs any more, and a code is owed. */
function decidedFavourably({ facts, now, input }: ApplicationSituation): ApplicationChanges {
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
function clockRunsAgain({ facts, policy, now }: ApplicationSituation): ApplicationChanges {
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

function rejection({ facts, now, input, policy }: ApplicationSituation) {
  return {
    changes: { decidedAt: now, flags: keptAtEnd(facts.flags) },
    endsSecret: 'revoked' as const,
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

function codeEnded({ facts, policy, input }: ApplicationSituation, at: Date) {
  const closesAt = addDuration(at, policy.accessCode.reissueWindow, policy.timeZone);
  return {
    changes: { expiresAt: at, closesAt, remindersAt: [], owesSecret: false },
    endsSecret: 'expired' as const,
    mails: isSilenced(facts) ? [] : [expiryNotice(facts, policy, at, input.message)],
  };
}

function expiryNotice(facts: ApplicationFacts, policy: Policy, at: Date, message?: string): ApplicationOwedMail {
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

/** The time to answer, or the code's. */
function extension(situation: ApplicationSituation) {
  const { facts, input } = situation;
  if (facts.state !== 'waiting_on_applicant') return secretExtended(situation);
  const until = input.until;
  if (!until) throw new RangeError('extend needs `until`');
  const remindersAt = shiftedBy(facts.remindersAt, until.getTime() - (facts.closesAt ?? until).getTime());
  return { changes: { closesAt: until, remindersAt } };
}

/** What the state last mailed goes to the new address; a live code is never sent there, a new one is owed instead. */
function mailedAnew({ facts, policy, now }: ApplicationSituation): {
  changes?: ApplicationChanges;
  mails: ApplicationOwedMail[];
  endsSecret?: SecretEnding;
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
): ApplicationOwedMail {
  return {
    template: 'information_requested',
    data: { questions: [...facts.questions], answerBy: answerBy?.toISOString(), message },
  };
}

function correctedAddress(situation: ApplicationSituation) {
  const { facts, input } = situation;
  const hasCodeToReplace = facts.state === 'approved' || facts.state === 'code_sent';
  // The new code answers a burned one as a reissue would; doubt about the person stays until staff decide.
  const flags = without(facts.flags, hasCodeToReplace ? [...settledByAddress, 'code_burned'] : settledByAddress);
  const anew = mailedAnew({ ...situation, facts: { ...facts, flags } });
  return {
    ...(hasCodeToReplace ? { endsSecret: 'superseded' as const } : {}),
    changes: {
      ...(hasCodeToReplace ? secretOwed(facts.flags) : {}),
      flags,
      ...(input.email === undefined ? {} : { email: input.email }),
    },
    mails: [{ template: 'email_changed' as const, to: facts.email }, ...anew.mails],
  };
}

function toldNotMe({ facts, ...rest }: ApplicationSituation) {
  if (facts.state === 'activated') {
    return { suspendsAccount: true, isVersioned: false };
  }
  const flags = withFlag(facts.flags, 'not_me');
  const isDecided = facts.state === 'approved' || facts.state === 'code_sent' || facts.state === 'expired';
  return {
    changes: {
      ...(facts.state === 'waiting_on_applicant' ? clockRunsAgain({ facts, ...rest }) : {}),
      ...(isDecided && facts.state !== 'expired' ? secretGone : {}),
      flags,
    },
    ...(isDecided ? { endsSecret: 'revoked' as const } : {}),
    raisesTask: 'not_me' as const,
  };
}

function issuedCode(situation: ApplicationSituation) {
  const issued = secretIssued(situation, situation.policy.accessCode);
  const isFirst = situation.facts.secretsIssued === 0;
  return {
    ...issued,
    mails: [
      {
        template: isFirst ? ('access_code' as const) : ('access_code_reissued' as const),
        data: { expiresAt: issued.issuesSecret.expiresAt.toISOString() },
        carriesSecret: true,
      },
    ],
  };
}

/** Of several overdue reminders only the last goes; all of them are spent. */
function reminded({ facts, now }: ApplicationSituation) {
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
    mails: facts.openSecret ? [{ template: 'access_code_reminder' as const, data, carriesSecret: true }] : [],
  };
}

const withdrawn =
  (because: 'by_applicant' | 'no_response'): EffectOf<ApplicationState, ApplicationMail> =>
  ({ facts, input }) => ({
    changes: { flags: keptAtEnd(facts.flags) },
    endsSecret: 'revoked',
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
const effects: Record<ApplicationMove, EffectOf<ApplicationState, ApplicationMail>> = {
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
    changes: secretOwed(without(facts.flags, settledByDecision)),
    endsSecret: 'superseded',
  }),
  renew: ({ facts }) => ({
    changes: { ...secretOwed(facts.flags), selfRenewals: facts.selfRenewals + 1 },
    endsSecret: 'superseded',
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
    endsSecret: 'used',
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
    changes: { ...secretGone, flags: withFlag(facts.flags, 'code_burned') },
    endsSecret: 'burned',
    raisesTask: 'code_burned',
  }),
  lapsed: ({ facts }) => ({ changes: { flags: keptAtEnd(facts.flags) } }),
  mail_refused: flaggedByMail('mail_refused'),
  mail_unknown: flaggedByMail('mail_unknown'),
  record_changed: ({ facts, input }) => ({
    changes: {
      ...(input.revokesSecret && facts.state !== 'expired' ? secretGone : {}),
      // Merged: the case is bound to the record that survives.
      ...(input.patientRecordId === undefined ? {} : { patientRecordId: input.patientRecordId }),
      flags: withFlag(facts.flags, 'record_changed'),
    },
    ...(input.revokesSecret ? { endsSecret: 'revoked' as const } : {}),
    raisesTask: 'record_changed',
  }),
};
