import { figures } from '../domain/policy/figures.ts';
import { readMailboxCode } from '../domain/secrets/mailbox-code.ts';
import type { Database, Transaction } from './database.ts';
import { queueMessage } from './messages.ts';
import { endSecret, isSecretText, type SecretRow, secretColumns } from './secrets.ts';

/** The live mailbox code of an activation or an account. */
export async function liveMailboxCode(
  db: Pick<Transaction | Database, 'query'>,
  { activationId, accountId }: { activationId?: string; accountId?: string },
): Promise<SecretRow | undefined> {
  const [secret] = await db.query<SecretRow>(
    `SELECT ${secretColumns} FROM secrets s
     WHERE s.purpose = 'mailbox_code' AND ${activationId ? 's.activation_id' : 's.account_id'} = $1
       AND s.ended_at IS NULL AND s.expires_at > gatehouse_now()`,
    [activationId ?? accountId],
  );
  return secret;
}

/** When numbers sent now stop working. */
export function mailboxCodeEnd(now: Date): Date {
  return new Date(now.getTime() + figures.mailboxCode.lifetimeMinutes * 60_000);
}

/** The mail with 8 numbers: of no case, so that it leaves at once whatever the engine does. */
export async function queueMailboxCode(
  tx: Transaction,
  mail: { portal: string; secretId: string; accountId?: string; to: string; language: string; at: Date },
): Promise<void> {
  await queueMessage(tx, { ...mail, template: 'mailbox_code', data: {}, priority: 1, isPersonal: true });
}

/** Judges typed numbers: a try is counted before it is compared, the last wrong one ends them; what is no code is not counted. */
export async function tryMailboxCode(
  tx: Transaction,
  secret: SecretRow | undefined,
  typed: string,
  now: Date,
): Promise<{ isRight: true } | { isRight: false; triesLeft: number }> {
  const most = figures.mailboxCode.tries;
  if (!secret) return { isRight: false, triesLeft: 0 };
  if (readMailboxCode(typed) === undefined) return { isRight: false, triesLeft: most - secret.tries };
  const [counted] = await tx.query<{ tries: number }>(
    `UPDATE secrets SET tries = tries + 1 WHERE id = $1 AND ended_at IS NULL AND tries < $2 RETURNING tries`,
    [secret.id, most],
  );
  if (!counted) return { isRight: false, triesLeft: 0 };
  const isRight = isSecretText(tx.keys, secret, typed);
  if (isRight || counted.tries >= most) endSecret(tx, secret.id, isRight ? 'used' : 'burned', now);
  return isRight ? { isRight } : { isRight, triesLeft: most - counted.tries };
}
