import { fieldProblem, Problem } from '../../../contract/problems.ts';
import {
  changeOwnEmail,
  changePassword,
  changePreferences,
  confirmOwnEmail,
  listOwnActivity,
  readMe,
} from '../../../contract/routes/public/me.ts';
import type { OwnProfile } from '../../../contract/schemas/account.ts';
import type { Actor } from '../../../domain/case.ts';
import { emailKey } from '../../../domain/people/normalise.ts';
import { passwordRefusal } from '../../../domain/people/password.ts';
import { figures } from '../../../domain/policy/figures.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import {
  activityOf,
  changeEmail,
  countActivityOf,
  decidePassword,
  enrollmentsOf,
  changePassword as setPassword,
  changePreferences as setPreferences,
} from '../../../store/accounts.ts';
import { databaseNow } from '../../../store/clock.ts';
import type { Database, Transaction } from '../../../store/database.ts';
import { readPage } from '../../../store/list-page.ts';
import { liveMailboxCode, mailboxCodeEnd, queueMailboxCode, tryMailboxCode } from '../../../store/mailbox-codes.ts';
import { issueSecret } from '../../../store/secrets.ts';
import { accountById } from '../../../store/sessions.ts';
import type { Asked, SignedInAccount } from '../../asked.ts';
import type { Dependencies } from '../../dependencies.ts';
import { handle } from '../../handle.ts';
import { maskedEmail } from '../../masked-email.ts';
import { activityInWords } from './activity-in-words.ts';
import { presentOwnAccount } from './present-own-account.ts';

const meRoute = handle(readMe, async ({ account }, { database }) => profile(database, account));

const preferencesRoute = handle(changePreferences, async ({ account, body, policy, actor }, { database }) => {
  if (body.language !== undefined && !policy.languages.includes(body.language)) {
    throw fieldProblem('language', `We can write in: ${policy.languages.join(', ')}.`);
  }
  await database.transaction((tx) => setPreferences(tx, changeOf(account, actor), body));
  return profile(database, await again(database, account));
});

const passwordRoute = handle(
  changePassword,
  async ({ account, actor, prepared: passwordHash, tx }) => {
    if (passwordHash === undefined) throw wrongPassword();
    const changedAt = await setPassword(tx, changeOf(account, actor), {
      passwordHash,
      keptSessionId: account.sessionId,
    });
    return { passwordChangedAt: changedAt };
  },
  { prepare: newPasswordHash },
);

/** Hashing takes its turn, so it happens before the transaction holds a connection. Undefined: the current one was wrong. */
async function newPasswordHash(
  { account, body, policy, actor }: Asked<typeof changePassword>,
  dependencies: Dependencies,
): Promise<string | undefined> {
  if (!(await isOwnPassword(account, body.currentPassword, policy, actor, dependencies))) return undefined;
  const trouble = passwordRefusal(body.newPassword, {
    minLength: figures.password.minLength,
    username: account.username,
    names: [account.firstName, account.lastName],
    email: account.email,
    portalName: policy.name,
    language: account.language,
  });
  if (trouble) throw new Problem('password_not_allowed', { detail: trouble.words, extra: { reason: trouble.code } });
  return dependencies.passwords.hash(body.newPassword);
}

const emailRoute = handle(
  changeOwnEmail,
  async ({ params: { portal }, account, body, prepared: isRight, tx }) => {
    if (!isRight) throw wrongPassword();
    if (emailKey(body.email) === emailKey(account.email)) throw fieldProblem('email', 'This is the address we have.');
    const at = await lockAccount(tx, account.id);
    const codeExpiresAt = mailboxCodeEnd(at);
    const secretId = await issueSecret(tx, {
      portal,
      purpose: 'mailbox_code',
      accountId: account.id,
      issuedAt: at,
      expiresAt: codeExpiresAt,
      sentTo: body.email,
    });
    const { id: accountId, language } = account;
    await queueMailboxCode(tx, { portal, secretId, accountId, to: body.email, language, at });
    return { needsMailboxCode: true, emailHint: maskedEmail(body.email), codeExpiresAt };
  },
  {
    prepare: ({ account, body, policy, actor }: Asked<typeof changeOwnEmail>, dependencies: Dependencies) =>
      isOwnPassword(account, body.currentPassword, policy, actor, dependencies),
  },
);

const emailCodeRoute = handle(confirmOwnEmail, async ({ account, body, actor }, { database }) => {
  // The count is committed whatever is answered.
  const tried = await database.transaction(async (tx) => {
    const at = await lockAccount(tx, account.id);
    const code = await liveMailboxCode(tx, { accountId: account.id });
    const judged = await tryMailboxCode(tx, code, body.code, at);
    if (judged.isRight && code?.sentTo) await changeEmail(tx, changeOf(account, actor), code.sentTo, at);
    return judged;
  });
  if (!tried.isRight) throw new Problem('code_not_accepted', { extra: { triesLeft: tried.triesLeft } });
  return profile(database, await again(database, account));
});

const activityRoute = handle(listOwnActivity, async ({ account, query }, { database }) => {
  const page = await readPage(
    query,
    (limit, offset) => activityOf(database, account.id, { order: query.order, limit, offset }),
    (upTo) => countActivityOf(database, account.id, upTo),
  );
  const data = page.data.map(({ id, at, action, actor, template }) => ({
    id,
    at,
    action,
    text: activityInWords(action, actor, account.language),
    template,
    device: null,
  }));
  return { ...page, data };
});

export const meRoutes = [meRoute, preferencesRoute, passwordRoute, emailRoute, emailCodeRoute, activityRoute];

function changeOf({ id, portal }: SignedInAccount, actor: Actor) {
  return { accountId: id, portal, actor };
}

async function profile(database: Database, account: SignedInAccount): Promise<OwnProfile> {
  const pending = await liveMailboxCode(database, { accountId: account.id });
  return {
    ...presentOwnAccount(account),
    enrollments: await enrollmentsOf(database, account.id),
    createdAt: account.createdAt,
    passwordChangedAt: account.passwordSetAt,
    pendingEmailHint: pending?.sentTo ? maskedEmail(pending.sentTo) : null,
  };
}

/** The account as it stands after a change. */
async function again(database: Database, account: SignedInAccount): Promise<SignedInAccount> {
  return { ...(await accountById(database, account.id)), sessionId: account.sessionId };
}

/** Wrong tries count and wait as at sign-in: a found session must not be a place to guess. */
async function isOwnPassword(
  account: SignedInAccount,
  password: string,
  policy: Policy,
  actor: Actor,
  { database, passwords }: Dependencies,
): Promise<boolean> {
  const { id: accountId, passwordHash } = account;
  const isRight = await passwords.isRight(passwordHash, password);
  const lockoutAfter = policy.account.lockout.after;
  const decided = await database.transaction((tx) =>
    decidePassword(tx, { accountId, passwordHash, isRight, lockoutAfter, actor }),
  );
  return decided !== undefined;
}

function wrongPassword(): Problem {
  return fieldProblem('currentPassword', 'This is not your password. After several tries, wait a little.');
}

async function lockAccount(tx: Transaction, accountId: string): Promise<Date> {
  await tx.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
  return databaseNow(tx);
}
