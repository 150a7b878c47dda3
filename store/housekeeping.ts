import { figures } from '../domain/policy/figures.ts';
import type { Database } from './database.ts';

/** What was cleared in one step, by kind. */
export type Cleared = Record<keyof typeof steps, number>;

const batch = 1_000;
/** A session that ended is kept a day, so that a page left open learns that it has ended. */
const deadSessionHours = 24;

/**
 * Clears what is over and nobody needs: limits, kept answers, dead sessions, and the hashes of passwords and security
 * answers of activations and registrations that were never finished. In small batches, passing by what others hold.
 */
export async function clearWhatIsOver(database: Database): Promise<Cleared> {
  const cleared: Partial<Cleared> = {};
  for (const name of Object.keys(steps) as (keyof typeof steps)[]) {
    const { sql, values } = steps[name];
    cleared[name] = (await database.query<{ one: number }>(sql, [batch, ...values])).length;
  }
  return cleared as Cleared;
}

/** Whether a step may have left something. */
export function hasMoreToClear(cleared: Cleared): boolean {
  return Object.values(cleared).some((count) => count === batch);
}

const deleteFrom = (table: string, condition: string) =>
  `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT $1 FOR UPDATE SKIP LOCKED))
   RETURNING 1 AS one`;

const steps = {
  limits: { sql: deleteFrom('rate_limits', 'ends_at <= (SELECT gatehouse_now())'), values: [] },
  idempotencyKeys: {
    sql: deleteFrom('idempotency_keys', 'created_at <= (SELECT gatehouse_now()) - make_interval(hours => $2)'),
    values: [figures.idempotencyKeptHours],
  },
  sessions: {
    sql: deleteFrom('sessions', 'LEAST(ended_at, ends_at) <= (SELECT gatehouse_now()) - make_interval(hours => $2)'),
    values: [deadSessionHours],
  },
  passwordHashes: {
    sql: `UPDATE activations SET password_hash = NULL WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM activations WHERE password_hash IS NOT NULL AND ends_at <= (SELECT gatehouse_now())
            LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING 1 AS one`,
    values: [],
  },
  registrationHashes: {
    sql: `UPDATE registration_walks SET password_hash = NULL, answers = NULL WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM registration_walks
            WHERE (password_hash IS NOT NULL OR answers IS NOT NULL) AND ends_at <= (SELECT gatehouse_now())
            LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING 1 AS one`,
    values: [],
  },
  heartbeats: {
    sql: deleteFrom('heartbeats', `at <= (SELECT gatehouse_now()) - interval '1 hour'`),
    values: [],
  },
} as const;
