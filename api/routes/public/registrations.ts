import { Problem } from '../../../contract/problems.ts';
import {
  chooseProfile,
  completeRegistration,
  identifyForRegistration,
  readRegistration,
  startRegistration,
} from '../../../contract/routes/public/registrations.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { refuseSignInAddressInUse } from '../../../store/accounts.ts';
import { completeWalk } from '../../../store/registration-completion.ts';
import { identify } from '../../../store/registration-identification.ts';
import { type ChosenProfile, keepProfile, startWalk } from '../../../store/registration-walks.ts';
import { cheapFloorMs } from '../../alike.ts';
import { answer } from '../../answer.ts';
import { handle } from '../../handle.ts';
import { registrationEnded } from '../../registration-ended.ts';
import { type ChosenQuestion, judgedQuestions } from './chosen-questions.ts';
import { judgedUsername } from './new-credentials.ts';
import { atStep, presentRegistration, refuseOtherStep, viewOf } from './registration-view.ts';
import { atItsTurn } from './walk-in-turn.ts';

const startRoute = handle(
  startRegistration,
  async ({ params: { portal }, body, policy, actor }, { database }) => {
    const started = await startWalk(database, { portal, typed: body.token, actor });
    if ('refusedAs' in started) throw notAccepted(started.refusedAs);
    const { walk, token, now } = started;
    const maxAgeSeconds = Math.max(1, Math.floor((walk.endsAt.getTime() - now.getTime()) / 1000));
    return answer({
      // As it was started: another start with the same link may have ended it by now, which its next step will say.
      body: await presentRegistration(database, walk, policy),
      cookies: [{ kind: 'registration', portal, value: token, maxAgeSeconds }],
    });
  },
  { refusalsNoSoonerThanMs: cheapFloorMs },
);

function notAccepted(reasonClass: 'expired' | 'unusable'): Problem {
  return new Problem('link_not_accepted', {
    ...(reasonClass === 'expired' && {
      detail: 'This link worked only for a while, and that time is over.',
      nextStep: 'Ask the practice to send the email again. It takes them a moment.',
    }),
    extra: { reasonClass },
  });
}

const currentRoute = handle(readRegistration, async ({ registration, policy }, { database }) =>
  viewOf(database, registration.id, policy),
);

const identificationRoute = handle(
  identifyForRegistration,
  async ({ registration, body, policy, actor }, { database }) => {
    // The count is committed before it is told.
    const tried = await database.transaction(async (tx) =>
      identify(tx, await atStep(tx, registration, 'identification'), body, actor),
    );
    if (tried === 'passed') return viewOf(database, registration.id, policy);
    if (tried.endedAs !== undefined) throw registrationEnded(tried.endedAs);
    throw new Problem('identity_not_matched', { extra: { triesLeft: tried.triesLeft } });
  },
  { refusalsNoSoonerThanMs: cheapFloorMs },
);

const profileRoute = handle(
  chooseProfile,
  async ({ params: { portal }, registration, body, policy }, { database, passwords }) => {
    const isKept = await atItsTurn(database, registration, 'profile', async (walk) => {
      const { firstName, lastName, email, language } = walk;
      const chosen = judgedQuestions(body.securityQuestions, policy.account.questions);
      const names = [firstName, lastName];
      const wished = { username: body.username, password: body.password, names, email, language };
      const username = await judgedUsername({ portal, policy }, wished, { database });
      await database.transaction((tx) => refuseSignInAddressInUse(tx, { portal, email }));
      const hashes = await Promise.all([body.password, ...chosen.map(({ answer }) => answer)].map(passwords.hash));
      return keepProfile(database, walk, profileOf(username, chosen, hashes, policy));
    });
    const view = await viewOf(database, registration.id, policy);
    if (!isKept) refuseOtherStep(view, 'profile');
    return view;
  },
);

/** `hashes`: of the password, then of each answer. */
function profileOf(
  username: string,
  chosen: readonly ChosenQuestion[],
  [passwordHash = '', ...answerHashes]: readonly string[],
  { account }: Policy,
): ChosenProfile {
  const { caseSensitive } = account.questions;
  const answers = chosen.map(({ question }, index) => ({
    question,
    answerHash: answerHashes[index] ?? '',
    caseSensitive,
  }));
  return { username, passwordHash, answers };
}

const completeRoute = handle(completeRegistration, async ({ registration, body, policy, actor, tx }) => {
  const held = await atStep(tx, registration, 'disclaimer');
  const { termsVersion } = body;
  if (termsVersion !== policy.terms.version) throw new Problem('terms_changed');
  const done = await completeWalk(tx, held, { termsVersion, actor });
  // What sends back or ends is returned, not thrown: it stays.
  if (done === 'username_taken') return new Problem('username_taken', { extra: { step: 'profile' } });
  if (done === 'identify_again') return new Problem('wrong_step', { extra: { step: 'identification' } });
  return 'endedAs' in done ? registrationEnded(done.endedAs) : done;
});

/** All steps but the verification of a found account, which has a file of its own. */
export const registrationRoutes = [startRoute, currentRoute, identificationRoute, profileRoute, completeRoute];
