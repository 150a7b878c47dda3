import { Problem } from '../../../contract/problems.ts';
import {
  chooseCredentials,
  chooseNotifications,
  completeActivation,
  confirmIdentity,
  readActivation,
  startActivation,
} from '../../../contract/routes/public/activations.ts';
import {
  completeActivation as complete,
  keepCredentials,
  keepNotifications,
  startActivation as start,
  tryIdentity,
} from '../../../store/activations.ts';
import { cheapFloorMs } from '../../alike.ts';
import { answer } from '../../answer.ts';
import { handle } from '../../handle.ts';
import { atStep, presentActivation, refuseOtherStep, viewAfter, viewOf } from './activation-view.ts';
import { judgedUsername } from './new-credentials.ts';

const startRoute = handle(
  startActivation,
  async ({ params: { portal }, body, policy, actor }, { database }) => {
    const started = await start(database, { portal, typed: body.accessCode, actor });
    if (!started) throw new Problem('access_code_not_accepted');
    const { activation, token, now } = started;
    const maxAgeSeconds = Math.max(1, Math.floor((activation.endsAt.getTime() - now.getTime()) / 1000));
    return answer({
      // As it was started: another start with the same code may have ended it by now, which its next step will say.
      body: presentActivation({ activation, isStepUpDue: false, mailboxCode: undefined }, policy),
      cookies: [{ kind: 'activation', portal, value: token, maxAgeSeconds }],
    });
  },
  { refusalsNoSoonerThanMs: cheapFloorMs },
);

const currentRoute = handle(readActivation, async ({ activation, policy }, { database }) =>
  viewOf(database, activation.id, policy),
);

const identityRoute = handle(confirmIdentity, async ({ activation, body, policy }, { database }) => {
  // The count is committed before it is told.
  const tried = await database.transaction(async (tx) =>
    tryIdentity(tx, await atStep(tx, activation, 'identity'), body.dateOfBirth),
  );
  if ('triesLeft' in tried) throw new Problem('identity_not_matched', { extra: { triesLeft: tried.triesLeft } });
  return viewAfter(database, activation, tried.passed, policy);
});

const credentialsRoute = handle(
  chooseCredentials,
  async ({ params: { portal }, activation, body, policy }, { database, passwords }) => {
    refuseOtherStep(activation, 'credentials');
    const { firstName, lastName, language } = activation;
    const email = activation.email ?? activation.mailedTo;
    const wished = { ...body, names: [firstName, lastName], email, language };
    const username = await judgedUsername({ portal, policy }, wished, { database });
    const passwordHash = await passwords.hash(body.password);
    return viewAfter(
      database,
      activation,
      await keepCredentials(database, activation, { username, passwordHash }),
      policy,
    );
  },
);

const notificationsRoute = handle(chooseNotifications, async ({ activation, body, policy }, { database }) => {
  refuseOtherStep(activation, 'notifications');
  return viewAfter(database, activation, await keepNotifications(database, activation, body.optIn), policy);
});

const completeRoute = handle(completeActivation, async ({ activation, body, policy, actor, tx }) => {
  const held = await atStep(tx, activation, 'terms');
  const { termsVersion } = body;
  if (termsVersion !== policy.terms.version) throw new Problem('terms_changed');
  const done = await complete(tx, held, { termsVersion, actor });
  switch (done) {
    case 'username_taken': // returned, not thrown: the step back stays
      return new Problem('username_taken', { extra: { step: 'credentials' } });
    case 'person_has_account':
      throw new Problem('activation_ended', {
        detail: 'There is an account for you already.',
        nextStep: 'Sign in. You cannot? Call us.',
        extra: { reason: done },
      });
    case 'ended':
      throw new Problem('activation_ended');
    default:
      return done;
  }
});

/** All steps but the e-mail's, which is a walk of its own. */
export const activationRoutes = [
  startRoute,
  currentRoute,
  identityRoute,
  credentialsRoute,
  notificationsRoute,
  completeRoute,
];
