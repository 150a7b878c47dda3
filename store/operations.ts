import { databaseNow } from './clock.ts';
import { stuckOf, type TroubledCase, within } from './dashboard.ts';
import type { Database } from './database.ts';
import { liveProcesses } from './heartbeats.ts';
import type { MessageState } from './message-list.ts';

/** How things run at the moment `asOf`. Oldest first. */
export interface OperationsFigures {
  asOf: Date;
  /** Worker processes that are alive. */
  workers: number;
  outbox: Waiting;
  mail: Waiting & { lastWeek: { state: MessageState; count: number }[] };
  tasks: { reason: string; count: number; oldestSince: Date }[];
  troubled: TroubledCase[];
}

interface Waiting {
  waiting: number;
  oldestSince: Date | null;
}

/** Empty = all portals. */
type Portals = readonly string[];

/** All figures of the operations page that the database knows, over the portals the member may see. */
export async function readOperations(database: Database, portals: Portals): Promise<OperationsFigures> {
  const [asOf, workers, outbox, mail, lastWeek, tasks, troubled] = await Promise.all([
    databaseNow(database),
    liveProcesses(database, 'worker'),
    owedToEngine(database, portals),
    owedToRelay(database, portals),
    mailsOfLastWeek(database, portals),
    tasksByReason(database, portals),
    stuckOf(database, portals),
  ]);
  return { asOf, workers, outbox, mail: { ...mail, lastWeek }, tasks, troubled };
}

async function owedToEngine(database: Database, portals: Portals): Promise<Waiting> {
  const [row] = await database.query<Waiting & Record<string, unknown>>(
    `SELECT count(*)::int AS waiting, min(o.created_at) AS "oldestSince"
     FROM outbox o JOIN cases c ON c.id = o.case_id WHERE NOT o.bulk AND ${within('c.portal')}`,
    [portals],
  );
  return row ?? { waiting: 0, oldestSince: null };
}

async function owedToRelay(database: Database, portals: Portals): Promise<Waiting> {
  const [row] = await database.query<Waiting & Record<string, unknown>>(
    `SELECT count(*)::int AS waiting, min(m.queued_at) AS "oldestSince"
     FROM messages m WHERE m.state = 'queued' AND ${within('m.portal')}`,
    [portals],
  );
  return row ?? { waiting: 0, oldestSince: null };
}

/** Every state is there, also with none. Portal by portal, so that the index of the ledger serves it. */
async function mailsOfLastWeek(database: Database, portals: Portals): Promise<OperationsFigures['mail']['lastWeek']> {
  return database.query(
    `SELECT s.state, COALESCE(sum(m.n), 0)::int AS count
     FROM unnest('{queued,accepted,refused,unknown,bounced}'::text[]) WITH ORDINALITY AS s(state, place)
     LEFT JOIN (SELECT m.state, count(*) AS n FROM portals p JOIN messages m ON m.portal = p.id
       WHERE m.queued_at > (SELECT gatehouse_now()) - interval '7 days' AND ${within('p.id')} GROUP BY m.state) m USING (state)
     GROUP BY s.state, s.place ORDER BY s.place`,
    [portals],
  );
}

async function tasksByReason(database: Database, portals: Portals): Promise<OperationsFigures['tasks']> {
  return database.query(
    `SELECT t.reason, count(*)::int AS count, min(t.since) AS "oldestSince"
     FROM staff_tasks t WHERE t.settled_at IS NULL AND ${within('t.portal')} GROUP BY t.reason ORDER BY min(t.since)`,
    [portals],
  );
}
