import { Problem } from '../contract/problems.ts';
import type { WalkEnding } from '../store/registration-walks.ts';

/** A registration that is over, with why; null: only its 24 hours are, and the link begins it anew. */
export function registrationEnded(endedAs: WalkEnding | null): Problem {
  if (endedAs === null) return new Problem('registration_ended');
  return new Problem('registration_ended', { ...words[endedAs], extra: { reason: endedAs } });
}

const words: Record<WalkEnding, { detail?: string; nextStep?: string }> = {
  superseded: {},
  used: {
    detail: 'This registration is finished.',
    nextStep: 'Sign in. You cannot, or it was not you? Call us.',
  },
  expired: {
    detail: 'The link in our email worked only for a while, and that time is over.',
    nextStep: 'Ask the practice to send the email again.',
  },
  revoked: {
    detail: 'The link in our email does not work any more.',
    nextStep: 'Call us, or ask the practice to send the email again.',
  },
  locked: {
    detail: 'There were too many tries that did not fit, so the link does not work any more.',
    nextStep: 'Call us: we check who you are and send you a new one.',
  },
  person_has_account: {
    detail: 'There is an account for you already.',
    nextStep: 'Sign in. You cannot? Call us.',
  },
  account_suspended: {
    detail: 'The account that you have with us is stopped.',
    nextStep: 'Call us: we check who you are and help.',
  },
  under_age: {
    detail: 'You are too young for an account of your own.',
    nextStep: 'Call us: we say who can have one for you.',
  },
  practice_closed: {
    detail: 'The practice that sent you the email is closed.',
    nextStep: 'Call us: we say what is possible.',
  },
  record_unusable: {
    detail: 'This registration cannot be finished online.',
    nextStep: 'Call us: we check and help.',
  },
};
