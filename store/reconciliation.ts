import type { CaseKind } from '../domain/case.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { databaseNow } from './clock.ts';
import type { Database } from './database.ts';
import { snapshotsOf } from './snapshots.ts';
import { raiseTask, settleTasksOfCase } from './staff-tasks.ts';

/** A place in the walk through the open cases, oldest change first. */
export interface WalkCursor {
  updatedAt: Date;
  id: string;
}

/** An open case that nobody has touched for a while and of which the engine has been told everything. */
export interface QuietCase {
  id: string;
  kind: CaseKind;
  portal: string;
  /** A timer is long overdue, or the state owes what the engine should have done by now. */
  isBehind: boolean;
}

/** How long a case has to be quiet, and how overdue a timer may be, before the reconciler wonders. */
const quietSeconds = 120;

/** One page of quiet open cases after `cursor`, and where the next begins; undefined at the end. */
export async function quietCases(
  database: Database,
  cursor: WalkCursor | undefined,
  limit: number,
): Promise<{ cases: QuietCase[]; next: WalkCursor | undefined }> {
  const page = await database.query<WalkCursor & { isTold: boolean }>(
    `SELECT c.id, c.updated_at AS "updatedAt", NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id) AS "isTold"
     FROM cases c
     WHERE c.waiting_on IS NOT NULL AND (c.updated_at, c.id) > ($1::timestamptz, $2::uuid)
       -- A change that lies ahead was made before the clock was moved back.
       AND (c.updated_at <= (SELECT gatehouse_now()) - make_interval(secs => $3) OR c.updated_at > (SELECT gatehouse_now()))
     ORDER BY c.updated_at, c.id LIMIT $4`,
    [cursor?.updatedAt ?? '-infinity', cursor?.id ?? '00000000-0000-0000-0000-000000000000', quietSeconds, limit],
  );
  const last = page.at(-1);
  const next = last && page.length === limit ? { updatedAt: last.updatedAt, id: last.id } : undefined;
  const told = page.filter(({ isTold }) => isTold).map(({ id }) => id);
  if (told.length === 0) return { cases: [], next };
  const snapshots = await snapshotsOf(database, told);
  return { cases: snapshots.filter(({ waitingOn }) => waitingOn !== null).map(quietCase), next };
}

function quietCase(snapshot: Snapshot): QuietCase {
  return { id: snapshot.caseId, kind: snapshot.kind, portal: snapshot.portal, isBehind: isBehind(snapshot) };
}

function isBehind({ now, timers, owes }: Snapshot): boolean {
  const overdue = Date.parse(now) - quietSeconds * 1_000;
  return owes.secret || owes.approval || timers.some(({ firesAt }) => Date.parse(firesAt) < overdue);
}

/** Owes the engine word of cases, those that still wait for it; one with a row already keeps that one. Answers how many. */
export async function tellEngineAgain(database: Database, caseIds: readonly string[]): Promise<number> {
  if (caseIds.length === 0) return 0;
  return database.transaction(async (tx) => {
    const written = await tx.query(
      `INSERT INTO outbox (case_id, created_at, next_at)
       SELECT c.id, t.now, t.now FROM cases c, (SELECT gatehouse_now() AS now) t
       WHERE c.id = ANY($1::uuid[]) AND c.waiting_on IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id) RETURNING id`,
      [caseIds],
    );
    if (written.length > 0) tx.afterCommit('outbox');
    return written.length;
  });
}

/**
 * Owes the engine word of campaigns that should be sending and have not for a while: their run is lost, or stuck. Answers how
 * many.
 */
export async function tellEngineOfQuietCampaigns(database: Database): Promise<number> {
  return database.transaction(async (tx) => {
    const written = await tx.query(
      `INSERT INTO outbox (campaign_id, created_at, next_at)
       SELECT p.id, t.now, t.now FROM campaigns p, (SELECT gatehouse_now() AS now) t
       WHERE p.state = 'running' AND COALESCE(p.next_at, p.started_at) <= t.now - make_interval(secs => $1)
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.campaign_id = p.id) RETURNING id`,
      [quietSeconds],
    );
    if (written.length > 0) tx.afterCommit('outbox');
    return written.length;
  });
}

/** Staff are to look at a case whose run does not get on by itself. */
export async function reportStuck(database: Database, { id, portal }: Pick<QuietCase, 'id' | 'portal'>): Promise<void> {
  await database.transaction(async (tx) =>
    raiseTask(tx, portal, 'engine_stuck', { caseId: id }, await databaseNow(tx)),
  );
}

/** Cases that staff were told are stuck. */
export async function stuckCases(database: Database, limit: number): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT case_id AS id FROM staff_tasks
     WHERE reason = 'engine_stuck' AND settled_at IS NULL AND case_id IS NOT NULL ORDER BY since LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** The run gets on again: its task is settled. */
export async function settleStuck(database: Database, caseId: string): Promise<void> {
  await database.transaction(async (tx) => settleTasksOfCase(tx, caseId, await databaseNow(tx), ['engine_stuck']));
}

/** The kind and lag of cases by id, whatever their age; those that are over are left out. */
export async function openCases(database: Database, ids: readonly string[]): Promise<QuietCase[]> {
  if (ids.length === 0) return [];
  const snapshots = await snapshotsOf(database, ids);
  return snapshots.filter(({ waitingOn }) => waitingOn !== null).map(quietCase);
}
