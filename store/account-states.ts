import type { Transaction } from './database.ts';
import { queueMessage } from './messages.ts';
import { raiseTask } from './staff-tasks.ts';

/** "This wasn't me" after activation: the account is stopped, its sessions die, its owner is told, staff look at it. Twice is once. */
export async function suspendForNotMe(tx: Transaction, accountId: string, now: Date): Promise<void> {
  const [account] = await tx.query<{ portal: string; email: string; language: string }>(
    `UPDATE accounts SET state = 'suspended', version = version + 1, updated_at = $2
     WHERE id = $1 AND state IN ('active', 'locked') RETURNING portal, email, language`,
    [accountId, now],
  );
  if (!account) return;
  await endSessionsOfAccount(tx, accountId, now);
  const { portal, email: to, language } = account;
  await queueMessage(tx, {
    portal,
    accountId,
    template: 'account_suspended',
    to,
    language,
    data: {},
    priority: 1,
    at: now,
  });
  raiseTask(tx, account.portal, 'not_me', { accountId }, now);
}

/** Signs an account out everywhere, or everywhere but one session. */
export async function endSessionsOfAccount(
  tx: Transaction,
  accountId: string,
  now: Date,
  exceptId?: string,
): Promise<void> {
  await tx.query(
    `UPDATE sessions SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL AND ($3::uuid IS NULL OR id <> $3)`,
    [accountId, now, exceptId ?? null],
  );
}
