import type { Actor } from '../domain/case.ts';
import { figures } from '../domain/policy/figures.ts';
import type { LinkProof } from '../domain/registration/link-proofs.ts';
import { decidePassword } from './accounts.ts';
import { writeAudit } from './audit.ts';
import type { Database, Transaction } from './database.ts';
import { type LockedWalk, lockLink, toStep, type WalkEnding } from './registration-walks.ts';
import { type HashedAnswer, securityAnswersOf } from './security-answers.ts';

/** What a found account is proven by. */
export interface AccountProof {
  accountId: string;
  state: 'active' | 'locked' | 'suspended';
  username: string;
  passwordHash: string;
  answers: HashedAnswer[];
}

/** What an account is proven by, as it stands; undefined for one that was closed. `isLocking`: until the transaction ends. */
export async function proofOfAccount(
  db: Pick<Transaction | Database, 'query'>,
  accountId: string | null,
  { isLocking = false }: { isLocking?: boolean } = {},
): Promise<AccountProof | undefined> {
  const [account] = await db.query<Omit<AccountProof, 'answers'> & Record<string, unknown>>(
    `SELECT id AS "accountId", state, username, password_hash AS "passwordHash" FROM accounts
     WHERE id = $1 AND state <> 'closed'${isLocking ? ' FOR UPDATE' : ''}`,
    [accountId],
  );
  return account && { ...account, answers: await securityAnswersOf(db, account.accountId) };
}

/** A try that was compared. */
export interface ComparedProof {
  by: LinkProof;
  /** What it was compared with; another one by now means that it was changed meanwhile. */
  with: AccountProof;
  isRight: boolean;
  actor: Actor;
}

/** `account_gone`: closed meanwhile, the person identifies again. */
export type Verified =
  | 'passed'
  | 'account_gone'
  | { triesLeft: number; endedAs?: never }
  | { endedAs: WalkEnding; triesLeft?: never };

/**
 * Decides a compared proof. Hashes are compared before the locks, which they would hold for long; but nothing of the outcome
 * leaves before it is decided here, under the case's lock, one try after the other: a wrong one is counted and committed first,
 * the third locks the link, and whatever was compared beside it finds the walk ended, right or wrong. So however many are sent
 * at once, three are told at most. What was compared with a proof that was changed meanwhile is refused and not counted.
 * `compared` undefined: there was no account to compare with.
 */
export async function decideVerification(
  tx: Transaction,
  held: LockedWalk,
  compared: ComparedProof | undefined,
): Promise<Verified> {
  const { walk } = held;
  const account = await proofOfAccount(tx, walk.accountId, { isLocking: true });
  if (!account || !compared) {
    toStep(tx, walk.id, 'identification', null);
    return 'account_gone';
  }
  if (!isSameProof(account, compared.with)) return { triesLeft: figures.verificationTries - walk.tries };
  if (!(await isAccepted(tx, held, compared, account))) return countWrong(tx, held, account.accountId, compared.actor);
  if (account.state === 'suspended') return { endedAs: await lockLink(tx, held, 'account_suspended') };
  toStep(tx, walk.id, 'disclaimer', account.accountId);
  return 'passed';
}

/** A password counts as one at sign-in does: with its failures and its waits, so that links are no way around them (security.md). */
async function isAccepted(
  tx: Transaction,
  { policy }: LockedWalk,
  { by, isRight, actor }: ComparedProof,
  { accountId, passwordHash, state }: AccountProof,
): Promise<boolean> {
  // Nobody signs in to a stopped account: there is no count to keep, and whoever proves to be its holder is told.
  if (by !== 'username_and_password' || state === 'suspended') return isRight;
  const lockoutAfter = policy.account.lockout.after;
  return (await decidePassword(tx, { accountId, passwordHash, isRight, lockoutAfter, actor })) !== undefined;
}

/** The account's holder sees it in their own log; staff see the case locked after the last. */
async function countWrong(
  tx: Transaction,
  held: LockedWalk,
  accountId: string,
  actor: Actor,
): Promise<{ triesLeft: number }> {
  const { walk, now } = held;
  tx.write('UPDATE secrets SET tries = tries + 1 WHERE id = $1', [walk.secretId]);
  writeAudit(tx, {
    at: now,
    actor,
    action: 'link_refused',
    portal: walk.portal,
    caseId: walk.caseId,
    accountId,
    detail: { tries: walk.tries + 1 },
  });
  const triesLeft = Math.max(0, figures.verificationTries - walk.tries - 1);
  if (triesLeft === 0) await lockLink(tx, held);
  return { triesLeft };
}

function isSameProof(one: AccountProof, other: AccountProof): boolean {
  const parts = ({ accountId, username, passwordHash, answers }: AccountProof) =>
    JSON.stringify([accountId, username, passwordHash, answers.map(({ answerHash }) => answerHash)]);
  return parts(one) === parts(other);
}
