import { createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';
import { figures } from '../domain/policy/figures.ts';
import type { Database, Transaction } from './database.ts';
import { type KeyRing, subkey } from './key-ring.ts';

/** One wish as its sender named it. */
export interface KeyedWish {
  /** Who or what the key belongs to: a key means nothing outside its scope. */
  scope: string;
  key: string;
  bodyHashes: readonly [current: Buffer, ...older: Buffer[]];
}

/** What was answered first. */
export interface KeptAnswer {
  bodyHash: Buffer;
  status: number;
  body: unknown;
}

/**
 * Takes the key in the transaction of the fact: `taken` holds the database's time, or else somebody was first and `kept`
 * holds the answer. A parallel twin waits here until the first one's transaction is over.
 */
export async function takeKey(
  tx: Transaction,
  { scope, key, bodyHashes: [bodyHash] }: KeyedWish,
): Promise<{ taken: Date; kept?: never } | { taken?: never; kept: KeptAnswer }> {
  const [mine] = await tx.query<{ takenAt: Date }>(
    `INSERT INTO idempotency_keys AS k (scope, key, body_hash, created_at) VALUES ($1, $2, $3, gatehouse_now())
     ON CONFLICT (scope, key) DO UPDATE SET body_hash = excluded.body_hash, created_at = excluded.created_at, status = NULL, body = NULL
       WHERE k.created_at <= excluded.created_at - make_interval(hours => $4)
     RETURNING created_at AS "takenAt"`,
    [scope, key, bodyHash, figures.idempotencyKeptHours],
  );
  if (mine) return { taken: mine.takenAt };
  const kept = await keptAnswer(tx, scope, key);
  if (!kept) throw new Error('a key that is committed has its answer');
  return { kept };
}

/** The answer kept under a key, or undefined. */
export async function keptAnswer(
  tx: Pick<Transaction | Database, 'query'>,
  scope: string,
  key: string,
): Promise<KeptAnswer | undefined> {
  const [kept] = await tx.query<KeptAnswer>(
    `SELECT body_hash AS "bodyHash", status, body FROM idempotency_keys
     WHERE scope = $1 AND key = $2 AND status IS NOT NULL AND created_at > gatehouse_now() - make_interval(hours => $3)`,
    [scope, key, figures.idempotencyKeptHours],
  );
  return kept;
}

/** Keeps the answer, in the transaction that took the key. `body` is JSON text. */
export function keepAnswer(tx: Transaction, { scope, key }: KeyedWish, status: number, body: string | undefined): void {
  tx.write('UPDATE idempotency_keys SET status = $3, body = $4 WHERE scope = $1 AND key = $2', [
    scope,
    key,
    status,
    body ?? null,
  ]);
}

/**
 * What a body is known again by: an HMAC of its canonical JSON, so that the order of its keys makes no difference and a stolen table is
 * no place to try passwords. The first is of the current key and is kept; one of an older key is known again as well.
 */
export function bodyHashesOf(keys: KeyRing, body: unknown): [current: Buffer, ...older: Buffer[]] {
  const text = canonicalize(body ?? null) ?? '';
  const hashBy = (id: string) =>
    createHmac('sha256', subkey(keys, id, 'wishes'))
      .update(text)
      .digest();
  return [hashBy(keys.current), ...[...keys.byId.keys()].filter((id) => id !== keys.current).map(hashBy)];
}

/** Whether the kept answer is that of the same wish, and not of another body under the same key. */
export function isSameWish({ bodyHash }: KeptAnswer, { bodyHashes }: KeyedWish): boolean {
  return bodyHashes.some((hash) => hash.equals(bodyHash));
}
