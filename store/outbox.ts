import type { Database, Transaction } from './database.ts';

/** Owes the engine word of a case; the relay carries it (architecture, pattern 3). `isBulk`: after every other, little by little. */
export function tellEngine(
  tx: Transaction,
  caseId: string,
  at: Date,
  { isBulk = false }: { isBulk?: boolean | undefined } = {},
): void {
  tx.write('INSERT INTO outbox (case_id, created_at, next_at, bulk) VALUES ($1, $2, $2, $3)', [caseId, at, isBulk]);
  // Nobody is called for one of many: the relay comes by.
  if (!isBulk) tx.afterCommit('outbox');
}

/** Owes the engine word of a campaign. */
export function tellEngineOfCampaign(tx: Transaction, campaignId: string, at: Date): void {
  tx.write('INSERT INTO outbox (campaign_id, created_at, next_at) VALUES ($1, $2, $2)', [campaignId, at]);
  tx.afterCommit('outbox');
}

const leaseSeconds = 15;

/** A case or campaign the engine is to be told of, with the newest row the telling settles. */
export interface LeasedWord {
  kind: 'case' | 'campaign';
  id: string;
  upToId: number;
  attempts: number;
  /** Every row that was leased is one of many. */
  isBulk: boolean;
}

/**
 * Leases rows that are due, at most `limit` ordinary and `bulkLimit` bulk ones, the ordinary first. All rows of a case come as one,
 * those that were not leased too: what is read of the case after this covers them.
 */
export async function leaseOutbox(database: Database, limit: number, bulkLimit = limit): Promise<LeasedWord[]> {
  return database.query<LeasedWord & Record<string, unknown>>(
    `WITH due AS (${dueRows('NOT bulk', '$1')}), due_bulk AS (${dueRows('bulk', '$2')}),
     leased AS (
       UPDATE outbox o SET leased_until = gatehouse_now() + make_interval(secs => $3), attempts = attempts + 1
       FROM (SELECT id FROM due UNION ALL SELECT id FROM due_bulk) d
       WHERE o.id = d.id RETURNING o.id, o.case_id, o.campaign_id, o.attempts, o.bulk)
     SELECT l.kind, l.id, GREATEST(l.up_to, (SELECT max(o.id) FROM outbox o WHERE o.case_id = l.id)) AS "upToId", l.attempts, l.is_bulk AS "isBulk"
     FROM (
       SELECT CASE WHEN case_id IS NULL THEN 'campaign' ELSE 'case' END AS kind, COALESCE(case_id, campaign_id) AS id,
         min(id) AS first, max(id) AS up_to, max(attempts) AS attempts, bool_and(bulk) AS is_bulk
       FROM leased GROUP BY case_id, campaign_id) l
     ORDER BY l.is_bulk, l.first`,
    [limit, bulkLimit, leaseSeconds],
  );
}

const dueRows = (which: string, limit: string) =>
  `SELECT id FROM outbox WHERE ${which} AND next_at <= (SELECT gatehouse_now())
     AND (leased_until IS NULL OR leased_until <= (SELECT gatehouse_now()))
   ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;

/** The engine knows: the rows of each case and campaign up to the leased one are done. Newer ones stay. */
export async function settleOutbox(database: Database, told: readonly LeasedWord[]): Promise<void> {
  for (const kind of ['case', 'campaign'] as const) {
    const words = told.filter((word) => word.kind === kind);
    if (words.length === 0) continue;
    const column = columnOf[kind];
    await database.query(
      `DELETE FROM outbox o USING unnest($1::uuid[], $2::bigint[]) AS t(id, up_to_id)
       WHERE o.${column} = t.id AND o.id <= t.up_to_id`,
      [words.map(({ id }) => id), words.map(({ upToId }) => upToId)],
    );
  }
}

const columnOf = { case: 'case_id', campaign: 'campaign_id' } as const satisfies Record<LeasedWord['kind'], string>;

/** The engine could not be told: tried again after a wait that doubles from 1 s to 60 s. */
export async function postponeOutbox(database: Database, { kind, id, upToId, attempts }: LeasedWord): Promise<void> {
  const waitSeconds = Math.min(60, 2 ** Math.min(attempts - 1, 6));
  await database.query(
    `UPDATE outbox SET leased_until = NULL, next_at = gatehouse_now() + make_interval(secs => $3)
     WHERE ${columnOf[kind]} = $1 AND id <= $2`,
    [id, upToId, waitSeconds],
  );
}

/**
 * Age in seconds of the oldest row that somebody may wait for, and how many rows there are. Bulk ones are let wait; zero and zero
 * when the engine is up to date.
 */
export async function outboxBacklog(
  database: Database,
): Promise<{ ageSeconds: number; rows: number; bulkRows: number }> {
  const [row] = await database.query<{ ageSeconds: number; rows: number; bulkRows: number }>(
    `SELECT COALESCE(EXTRACT(epoch FROM (SELECT gatehouse_now()) - min(created_at) FILTER (WHERE NOT bulk)), 0)::float AS "ageSeconds",
            count(*) FILTER (WHERE NOT bulk)::int AS rows, count(*) FILTER (WHERE bulk)::int AS "bulkRows" FROM outbox`,
  );
  return row ?? { ageSeconds: 0, rows: 0, bulkRows: 0 };
}
