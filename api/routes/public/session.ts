import { Problem } from '../../../contract/problems.ts';
import { readSession, signIn, signOut } from '../../../contract/routes/public/session.ts';
import { looksLikeAccessCode } from '../../../domain/secrets/access-code.ts';
import { accountOfLogin, decidePassword, signIn as startSignedIn } from '../../../store/accounts.ts';
import { accountOfSession, endSession } from '../../../store/sessions.ts';
import { hashingFloorMs } from '../../alike.ts';
import { answer } from '../../answer.ts';
import { handle } from '../../handle.ts';
import { presentOwnAccount } from './present-own-account.ts';

const signInRoute = handle(
  signIn,
  async ({ params: { portal }, body: { login, password }, policy, actor }, { database, passwords }) => {
    const found = await accountOfLogin(database, portal, login, policy.account.signInBy);
    const isRight = await passwords.isRight(found?.passwordHash, password);
    const token =
      found &&
      (await database.transaction(async (tx) => {
        const lockoutAfter = policy.account.lockout.after;
        const { id: accountId, passwordHash } = found;
        const at = await decidePassword(tx, { accountId, passwordHash, isRight, lockoutAfter, actor });
        return at && startSignedIn(tx, { accountId, portal, actor, at });
      }));
    if (!token) throw refusal(login, password);
    const account = await accountOfSession(database, token, portal, false);
    if (!account) throw refusal(login, password);
    return answer({
      body: { account: presentOwnAccount(account) },
      cookies: [{ kind: 'account', portal, value: token }],
    });
  },
  { refusalsNoSoonerThanMs: hashingFloorMs },
);

const readRoute = handle(readSession, async ({ account }) => ({ account: presentOwnAccount(account) }));

const signOutRoute = handle(signOut, async ({ params: { portal }, account }, { database }) => {
  await endSession(database, account.sessionId);
  return answer({ body: undefined, cookies: [{ kind: 'account', portal, value: undefined }] });
});

export const sessionRoutes = [signInRoute, readRoute, signOutRoute];

/** Judged by form alone, never by look-up: whoever types an access code here is told where it belongs. */
function refusal(login: string, password: string): Problem {
  const isCode = looksLikeAccessCode(login) || looksLikeAccessCode(password);
  return new Problem('login_unsuccessful', {
    ...(isCode && {
      nextStep:
        'This looks like an access code. It opens a new account: choose "I have an access code" and type it there. ' +
        'Your account is open already? Then sign in with your username and your own password.',
    }),
  });
}
