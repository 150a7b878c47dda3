import {
  completed,
  type EffectOf,
  type Effects,
  flaggedByMail,
  isSilenced,
  keptAtEnd,
  type OwedMail,
  type Situation,
  secretExtended,
  secretGone,
  secretIssued,
  secretOwed,
  settledByDecision,
  wholeDaysBetween,
  withFlag,
  without,
} from '../move-effects.ts';
import type { RegistrationFacts } from './facts.ts';
import { isFinal, type RegistrationMove, type RegistrationState } from './lifecycle.ts';
import type { RegistrationMail } from './mails.ts';
import { accountReasons, recordReasons } from './reasons.ts';

type RegistrationSituation = Situation<RegistrationState>;
type RegistrationEffectOf = EffectOf<RegistrationState, RegistrationMail>;

/** What `move` brings about; `to` is the next state by the transition table. Pure: no clock, no I/O. */
export function effectsOf(
  move: RegistrationMove,
  to: RegistrationState,
  situation: RegistrationSituation,
): Effects<RegistrationState, RegistrationMail> {
  const isEnd = isFinal(to) && !isFinal(situation.facts.state);
  return completed(effects[move](situation), to, isEnd);
}

/** All a mail says of the person: whom of a family it is for. */
const initialOf = ({ firstName }: Pick<RegistrationFacts, 'firstName'>) =>
  [...firstName.trim()][0]?.toUpperCase() ?? '';

function issuedLink(situation: RegistrationSituation) {
  const { facts, policy } = situation;
  const issued = secretIssued(situation, policy.registration);
  const isFirst = facts.secretsIssued === 0;
  return {
    ...issued,
    mails: [
      {
        template: isFirst ? ('registration_invitation' as const) : ('registration_resent' as const),
        data: { initial: initialOf(facts), expiresAt: issued.issuesSecret.expiresAt.toISOString() },
        carriesSecret: true,
      },
    ],
  };
}

function linkEnded({ facts, input }: RegistrationSituation, at: Date) {
  const notice: OwedMail<RegistrationMail> = {
    template: 'registration_expired',
    data: { initial: initialOf(facts), expiredAt: at.toISOString(), message: input.message },
  };
  return {
    // When it ended stays on the case: the board and the page say so.
    changes: { expiresAt: at, flags: keptAtEnd(facts.flags) },
    endsSecret: 'expired' as const,
    mails: isSilenced(facts) ? [] : [notice],
  };
}

/** Of several overdue reminders only the last goes; all of them are spent. */
function reminded({ facts, now }: RegistrationSituation) {
  const changes = { remindersAt: facts.remindersAt.filter((at) => at > now) };
  const isOver = facts.expiresAt !== null && facts.expiresAt <= now;
  if (isSilenced(facts) || isOver || !facts.openSecret) return { changes, isVersioned: false };
  const data = {
    initial: initialOf(facts),
    expiresAt: facts.expiresAt?.toISOString(),
    daysLeft: wholeDaysBetween(now, facts.expiresAt),
  };
  return {
    changes,
    isVersioned: false,
    mails: [{ template: 'registration_reminder' as const, data, carriesSecret: true }],
  };
}

/** Wrong tries burn the link; what was found out on the way takes it back, and staff see which (`lockReasons`). */
function locked({ facts, input }: RegistrationSituation) {
  const { reason } = input;
  const isOfRecord = recordReasons.some((known) => known === reason);
  const isOfAccount = accountReasons.some((known) => known === reason);
  const task = isOfRecord ? ('record_changed' as const) : ('code_burned' as const);
  const flags = withFlag(facts.flags, task);
  return {
    // What the person's account is shows beside the case.
    changes: { ...secretGone, flags: isOfAccount ? withFlag(flags, 'possible_duplicate') : flags },
    endsSecret: reason === undefined ? ('burned' as const) : ('revoked' as const),
    raisesTask: task,
  };
}

/** One entry per move of lifecycles.md §2; the type makes a forgotten one an error. */
const effects: Record<RegistrationMove, RegistrationEffectOf> = {
  resend: ({ facts }) => ({
    changes: secretOwed(without(facts.flags, settledByDecision)),
    endsSecret: 'superseded',
  }),
  cancel: ({ facts, now }) => ({
    changes: { decidedAt: now, flags: keptAtEnd(facts.flags), expiresAt: null },
    endsSecret: 'revoked',
  }),
  correctAddress: ({ facts, input }) => ({
    changes: {
      ...secretOwed(without(facts.flags, settledByDecision)),
      ...(input.email === undefined ? {} : { email: input.email }),
    },
    endsSecret: 'superseded',
    addressReason: input.reason ?? null,
    mails: [{ template: 'email_changed', to: facts.email }],
  }),
  extend: secretExtended,
  expireNow: (situation) => linkEnded(situation, situation.now),
  note: () => ({ isVersioned: false }),
  // Again after another start with the same link: nothing new.
  identify: ({ facts }) => ({ isVersioned: facts.state !== 'identified' }),
  register: ({ facts, input, now }) => ({
    changes: { accountId: input.accountId ?? null, flags: keptAtEnd(facts.flags) },
    endsSecret: 'used',
    mails: [{ template: 'registration_confirmation', data: { openedAt: now.toISOString() } }],
  }),
  link: ({ facts, input, now }) => ({
    changes: { accountId: input.accountId ?? null, flags: keptAtEnd(facts.flags) },
    endsSecret: 'used',
    mails: input.linkedTo
      ? [
          {
            template: 'account_linked',
            to: input.linkedTo.email,
            language: input.linkedTo.language,
            data: { practice: input.linkedTo.practice, linkedAt: now.toISOString() },
          },
        ]
      : [],
  }),
  notMe: ({ facts }) => {
    if (facts.state === 'registered') return { suspendsAccount: true, isVersioned: false };
    if (facts.state === 'linked') return { suspendsAccount: true, endsEnrollment: 'not_me', isVersioned: false };
    return {
      // Of an expired one the instant at which the link died stays.
      changes: { ...(facts.state === 'expired' ? {} : secretGone), flags: withFlag(facts.flags, 'not_me') },
      endsSecret: 'revoked',
      raisesTask: 'not_me',
    };
  },
  link_issued: issuedLink,
  link_sent: () => ({}),
  reminded,
  link_locked: locked,
  link_expired: (situation) => linkEnded(situation, situation.facts.expiresAt ?? situation.now),
  mail_refused: ({ facts }) => ({
    ...flaggedByMail('mail_refused')({ facts }),
    // Nobody has the link: it dies, and staff send another to a better address.
    ...(facts.state === 'draft'
      ? {
          changes: { ...secretGone, owesSecret: false, flags: withFlag(facts.flags, 'mail_refused') },
          endsSecret: 'revoked' as const,
          isVersioned: true,
        }
      : {}),
  }),
  mail_unknown: flaggedByMail('mail_unknown'),
  record_changed: ({ facts, input }) => ({
    changes: {
      ...(input.revokesSecret ? secretGone : {}),
      // Merged: the case is bound to the record that survives.
      ...(input.patientRecordId === undefined ? {} : { patientRecordId: input.patientRecordId }),
      flags: withFlag(facts.flags, 'record_changed'),
    },
    ...(input.revokesSecret ? { endsSecret: 'revoked' as const } : {}),
    raisesTask: 'record_changed',
  }),
};
