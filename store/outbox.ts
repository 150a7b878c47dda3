import type { Database, Transaction } from './database.ts';

/** Owes the engine word of a case; the relay carries it (architecture, pattern 3). */
export function tellEngine(tx: Transaction, caseId: string, at: Date): void {
  tx.write('INSERT INTO outbox (case_id, created_at, next_at) VALUES ($1, $2, $2)', [caseId, at]);
  tx.afterCommit('outbox');
}

const leaseSeconds = 15;

/** A case the engine is to be told of, with the newest row the telling settles. */
export interface LeasedCase {
  caseId: string;
  upToId: number;
  attempts: number;
}

/** Leases the rows of at most `limit` cases that are due; several rows of a case come as one. */
export async function leaseOutbox(database: Database, limit: number): Promise<LeasedCase[]> {
  return database.query<LeasedCase>(
    `WITH due AS (
       SELECT id, case_id FROM outbox
       WHERE next_at <= (SELECT gatehouse_now()) AND (leased_until IS NULL OR leased_until <= (SELECT gatehouse_now()))
       ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED),
     leased AS (
       UPDATE outbox o SET leased_until = gatehouse_now() + make_interval(secs => $2), attempts = attempts + 1
       FROM due WHERE o.id = due.id RETURNING o.id, o.case_id, o.attempts)
     SELECT case_id AS "caseId", max(id) AS "upToId", max(attempts) AS attempts FROM leased GROUP BY case_id`,
    [limit, leaseSeconds],
  );
}

/** The engine knows: the case's rows up to the leased one are done. Newer ones stay. */
export async function settleOutbox(database: Database, told: readonly LeasedCase[]): Promise<void> {
  if (told.length === 0) return;
  await database.query(
    `DELETE FROM outbox o USING unnest($1::uuid[], $2::bigint[]) AS t(case_id, up_to_id)
     WHERE o.case_id = t.case_id AND o.id <= t.up_to_id`,
    [told.map(({ caseId }) => caseId), told.map(({ upToId }) => upToId)],
  );
}

/** The engine could not be told: tried again after a wait that doubles from 1 s to 60 s. */
export async function postponeOutbox(database: Database, { caseId, upToId, attempts }: LeasedCase): Promise<void> {
  const waitSeconds = Math.min(60, 2 ** Math.min(attempts - 1, 6));
  await database.query(
    `UPDATE outbox SET leased_until = NULL, next_at = gatehouse_now() + make_interval(secs => $3)
     WHERE case_id = $1 AND id <= $2`,
    [caseId, upToId, waitSeconds],
  );
}

/** Age in seconds of the oldest row, and how many wait. Zero and zero when the engine is up to date. */
export async function outboxBacklog(database: Database): Promise<{ ageSeconds: number; rows: number }> {
  const [row] = await database.query<{ ageSeconds: number; rows: number }>(
    `SELECT COALESCE(EXTRACT(epoch FROM (SELECT gatehouse_now()) - min(created_at)), 0)::float AS "ageSeconds",
            count(*)::int AS rows FROM outbox`,
  );
  return row ?? { ageSeconds: 0, rows: 0 };
}
