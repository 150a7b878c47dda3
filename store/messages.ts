import { v7 as uuidv7 } from 'uuid';
import { emailKey } from '../domain/people/normalise.ts';
import { figures } from '../domain/policy/figures.ts';
import type { Transaction } from './database.ts';
import { Refused } from './refused.ts';

/** A mail to be written into the ledger. `data` never holds a secret: its text is derived when the mail is rendered. */
export interface MessageToQueue {
  portal: string;
  caseId?: string | undefined;
  accountId?: string | undefined;
  secretId?: string | undefined;
  template: string;
  to: string;
  language: string;
  data: Record<string, unknown>;
  at: Date;
  /** 1 = first of all (mailbox codes, security notices), 5 = ordinary, 9 = one of many. */
  priority?: number;
  /** Asked for by a person or a resend button: kept 60 s apart and at most 5 a day per address. */
  isPersonal?: boolean;
  /** One of many at once: it leaves by the dispatcher, after every other. */
  isBulk?: boolean | undefined;
  resendOf?: string;
}

/** Of a case's mails. */
export const ordinaryPriority = 5;
/** After everything else. */
const bulkPriority = 9;

/**
 * Queues one mail; its sequence follows the last one of the same case and template (the case's row is locked).
 * Throws `Refused('mailed_recently')` for a personal one that comes too soon.
 */
export async function queueMessage(tx: Transaction, message: MessageToQueue): Promise<string> {
  if (message.isPersonal) await refuseWhenMailedRecently(tx, message);
  const id = uuidv7();
  tx.write(
    `INSERT INTO messages (id, portal, case_id, account_id, secret_id, template, sequence, priority, to_address, to_key, language,
       data, resend_of, personal, next_attempt_at, queued_at, bulk)
     VALUES ($14, $1, $2, $3, $4, $5,
       (SELECT COALESCE(max(sequence), 0) + 1 FROM messages WHERE case_id = $2 AND template = $5),
       $6, $7, $8, $9, $10, $11, $12, $13, $13, $15)`,
    [
      message.portal,
      message.caseId ?? null,
      message.accountId ?? null,
      message.secretId ?? null,
      message.template,
      message.priority ?? (message.isBulk ? bulkPriority : ordinaryPriority),
      message.to,
      emailKey(message.to),
      message.language,
      JSON.stringify(message.data),
      message.resendOf ?? null,
      message.isPersonal ?? false,
      message.at,
      id,
      message.isBulk ?? false,
    ],
  );
  if (!message.caseId || message.isBulk) tx.afterCommit('mail');
  return id;
}

/** security.md: mails a person or a resend button triggers are ≥ 60 s apart and ≤ 5 a day per address. */
async function refuseWhenMailedRecently(tx: Transaction, { to, at }: MessageToQueue): Promise<void> {
  const key = emailKey(to);
  // Two requests at once must not both find the address free.
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [key]);
  const [recent] = await tx.query<{ today: number; latest: Date | null; earliest: Date | null }>(
    `SELECT count(*)::int AS today, max(queued_at) AS latest, min(queued_at) AS earliest FROM messages
     WHERE to_key = $1 AND personal AND queued_at > $2::timestamptz - interval '24 hours'`,
    [key, at],
  );
  const { apartSeconds, perDay } = figures.personalMails;
  if (recent && recent.today >= perDay) {
    throw new Refused('mailed_recently', { retryAfterSeconds: secondsUntil(recent.earliest, 86_400, at) });
  }
  const wait = secondsUntil(recent?.latest ?? null, apartSeconds, at);
  if (wait > 0) throw new Refused('mailed_recently', { retryAfterSeconds: wait });
}

function secondsUntil(since: Date | null, seconds: number, now: Date): number {
  return since ? Math.max(0, Math.ceil((since.getTime() + seconds * 1_000 - now.getTime()) / 1_000)) : 0;
}

/**
 * Strikes the case's queued mails that carry a secret which is no longer live: their reason is gone. Only mails that were
 * never handed to a relay; the others run to their end. Returns the templates struck.
 */
export async function strikeMailsWithDeadSecrets(tx: Transaction, caseId: string): Promise<string[]> {
  const struck = await tx.query<{ template: string }>(
    `DELETE FROM messages m USING secrets s
     WHERE m.case_id = $1 AND m.state = 'queued' AND m.claimed_until IS NULL AND m.ambiguous = 0
       AND s.id = m.secret_id AND s.ended_at IS NOT NULL RETURNING m.template`,
    [caseId],
  );
  return struck.map(({ template }) => template);
}

/**
 * Strikes the case's queued mails to an address that was wrong; what the state last mailed goes to the right one instead. Only
 * mails that were never handed to a relay. Returns the templates struck.
 */
export async function strikeMailsTo(tx: Transaction, caseId: string, address: string): Promise<string[]> {
  const struck = await tx.query<{ template: string }>(
    `DELETE FROM messages
     WHERE case_id = $1 AND to_key = $2 AND state = 'queued' AND claimed_until IS NULL AND ambiguous = 0
       AND template NOT IN ('email_changed', 'promise_late') RETURNING template`,
    [caseId, emailKey(address)],
  );
  return struck.map(({ template }) => template);
}
