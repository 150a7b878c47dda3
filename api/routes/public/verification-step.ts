import { createHash, timingSafeEqual } from 'node:crypto';
import { fieldProblem, Problem } from '../../../contract/problems.ts';
import { verifyAccount } from '../../../contract/routes/public/registrations.ts';
import { usernameKey } from '../../../domain/people/normalise.ts';
import { type LinkProof, offeredProofs } from '../../../domain/registration/link-proofs.ts';
import { normalisedAnswer } from '../../../domain/registration/security-questions.ts';
import { policyAt } from '../../../store/portals.ts';
import { type AccountProof, decideVerification, proofOfAccount } from '../../../store/registration-verification.ts';
import type { RegistrationWalk } from '../../../store/registration-walks.ts';
import { hashingFloorMs } from '../../alike.ts';
import type { Dependencies } from '../../dependencies.ts';
import { handle } from '../../handle.ts';
import type { Passwords } from '../../passwords.ts';
import { registrationEnded } from '../../registration-ended.ts';
import { atStep, viewOf } from './registration-view.ts';
import { atItsTurn } from './walk-in-turn.ts';

/** What somebody typed to show that the account is theirs: the answers, or the username with or without the password. */
interface TypedProof {
  answers?: readonly string[] | undefined;
  username?: string | undefined;
  password?: string | undefined;
}

export const verificationRoute = handle(
  verifyAccount,
  async ({ registration, body, policy, actor }, dependencies) => {
    const { database } = dependencies;
    const tried = await atItsTurn(database, registration, 'verification', async (walk) => {
      const compared = await compare(walk, body, dependencies);
      // The count is committed before it is told.
      return database.transaction(async (tx) =>
        decideVerification(tx, await atStep(tx, walk, 'verification'), compared && { ...compared, actor }),
      );
    });
    if (tried === 'passed') return viewOf(database, registration.id, policy);
    if (tried === 'account_gone') throw new Problem('wrong_step', { extra: { step: 'identification' } });
    if (tried.endedAs !== undefined) throw registrationEnded(tried.endedAs);
    throw new Problem('verification_failed', { extra: { triesLeft: tried.triesLeft } });
  },
  { refusalsNoSoonerThanMs: hashingFloorMs },
);

/** Compares without a lock; what it means is decided under one. Undefined: the account was closed meanwhile. */
async function compare(
  { portal, policyVersion, accountId }: RegistrationWalk,
  typed: TypedProof,
  { database, passwords }: Dependencies,
): Promise<{ by: LinkProof; with: AccountProof; isRight: boolean } | undefined> {
  const account = await proofOfAccount(database, accountId);
  if (!account) return undefined;
  const { registration } = await policyAt(database, portal, policyVersion);
  const by = proofTyped(typed, offeredProofs(registration.linkProof, account.answers.length > 0), account);
  const isRight = await isProven(typed, account, passwords);
  return { by, with: account, isRight };
}

/** Which of the offered proofs was given. Raises `validation_failed` for any other, which is no try. */
function proofTyped(
  { answers, username, password }: TypedProof,
  offered: readonly LinkProof[],
  account: AccountProof,
): LinkProof {
  if (username === undefined) {
    if (!offered.includes('answers'))
      throw fieldProblem('answers', 'Type the username: no answers are asked for here.');
    if (answers?.length !== account.answers.length) throw fieldProblem('answers', 'Type an answer to each question.');
    return 'answers';
  }
  if (offered.includes('username_and_password')) {
    if (password === undefined) throw fieldProblem('password', 'Type the password as well.');
    return 'username_and_password';
  }
  if (!offered.includes('username')) throw fieldProblem('username', 'Type the answers: no username is asked for here.');
  if (password !== undefined) throw fieldProblem('password', 'Leave it out: the username is enough here.');
  return 'username';
}

/** All parts are compared whatever the first ones are, and judged together: nobody learns which was wrong. */
async function isProven(
  { answers, username, password }: TypedProof,
  account: AccountProof,
  passwords: Passwords,
): Promise<boolean> {
  const parts = await Promise.all([
    ...(username === undefined ? [] : [isSameUsername(username, account.username)]),
    ...(password === undefined ? [] : [passwords.isRight(account.passwordHash, password)]),
    ...account.answers
      .slice(0, answers?.length ?? 0)
      .map((kept, index) => passwords.isRight(kept.answerHash, normalisedAnswer(answers?.[index] ?? '', kept))),
  ]);
  return parts.length > 0 && parts.every(Boolean);
}

/** In constant time, whatever their lengths. */
function isSameUsername(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(usernameKey(text)).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
