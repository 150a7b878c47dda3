import type { Database } from './database.ts';

/** What waits and what is in trouble, for the worker's metrics. */
export interface Backlogs {
  /** Mails not settled, and the age of the oldest, seconds. */
  mailsQueued: number;
  oldestMailSeconds: number;
  /** Settled mails that staff must see, by state. */
  mailsInTrouble: { state: string; count: number }[];
  /** Open cases past their promise. */
  lateCases: number;
  /** Open cases by whose turn it is. */
  openCases: { waitingOn: string; count: number }[];
  openTasks: { reason: string; count: number }[];
}

/** Counts by partial indexes; some milliseconds with a hundred thousand open cases. */
export async function readBacklogs(database: Database): Promise<Backlogs> {
  const [mails] = await database.query<{ count: number; oldest: number }>(
    `SELECT count(*)::int AS count, COALESCE(EXTRACT(epoch FROM (SELECT gatehouse_now()) - min(queued_at)), 0)::float AS oldest
     FROM messages WHERE state = 'queued'`,
  );
  const mailsInTrouble = await database.query<{ state: string; count: number }>(
    `SELECT state, count(*)::int AS count FROM messages WHERE state IN ('refused', 'unknown', 'bounced') GROUP BY state`,
  );
  const openCases = await database.query<{ waitingOn: string; count: number; late: number }>(
    `SELECT waiting_on AS "waitingOn", count(*)::int AS count,
       count(*) FILTER (WHERE late_at <= (SELECT gatehouse_now()) AND sla_paused_at IS NULL)::int AS late
     FROM cases WHERE waiting_on IS NOT NULL GROUP BY waiting_on`,
  );
  const openTasks = await database.query<{ reason: string; count: number }>(
    'SELECT reason, count(*)::int AS count FROM staff_tasks WHERE settled_at IS NULL GROUP BY reason',
  );
  return {
    mailsQueued: mails?.count ?? 0,
    oldestMailSeconds: mails?.oldest ?? 0,
    mailsInTrouble,
    lateCases: openCases.reduce((sum, { late }) => sum + late, 0),
    openCases: openCases.map(({ waitingOn, count }) => ({ waitingOn, count })),
    openTasks,
  };
}
