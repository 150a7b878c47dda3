import type { ApplicationState } from '../domain/application/lifecycle.ts';
import type { CaseKind, WaitingOn } from '../domain/case.ts';
import { figures } from '../domain/policy/figures.ts';
import { type SlaBand, slaSql } from './case-list.ts';
import { databaseNow } from './clock.ts';
import type { Database } from './database.ts';
import type { MessageState } from './message-list.ts';

/** A case on the dashboard: nothing personal. */
export interface DashboardCase {
  id: string;
  reference: string;
  kind: CaseKind;
  portal: string;
  state: ApplicationState;
  waitingOn: WaitingOn | null;
  sla: SlaBand | null;
  dueAt: Date | null;
  lateAt: Date | null;
}

/** A case whose run is behind or fails: nothing personal. */
export interface TroubledCase {
  caseId: string;
  reference: string;
  kind: CaseKind;
  portal: string;
  since: Date;
  reason: 'engine_stuck' | 'engine_delayed';
}

/** Figures of the moment `asOf`, over the portals the member may see. */
export interface DashboardFigures {
  asOf: Date;
  mine: { total: number; waitingOnStaff: number; dueToday: number; late: number; next: DashboardCase | null };
  queue: {
    total: number;
    unassigned: number;
    late: number;
    due: number;
    ok: number;
    paused: number;
    none: number;
  };
  tasks: {
    reason: string;
    subject: 'case' | 'account' | 'message';
    id: string;
    reference: string | null;
    portal: string;
    since: Date;
  }[];
  stuck: { caseId: string; reference: string; since: Date; reason: string }[];
  bounced: {
    messageId: string;
    template: string;
    state: MessageState;
    caseId: string | null;
    reference: string | null;
    at: Date;
  }[];
  throughput: {
    on: string;
    received: number;
    approved: number;
    rejected: number;
    activated: number;
    medianHoursToDecision: number | null;
  }[];
}

/** Empty = all portals. */
type Portals = readonly string[];

/** Narrows to the portals of `$1`. */
export const within = (column: string) => `($1::text[] = '{}' OR ${column} = ANY($1))`;

/** All figures of the dashboard; `canWork`: the member decides cases, so there is a next one. */
export async function readDashboard(
  database: Database,
  { memberId, portals, canWork }: { memberId: string; portals: Portals; canWork: boolean },
): Promise<DashboardFigures> {
  const [asOf, mine, next, queue, tasks, stuck, bounced, throughput] = await Promise.all([
    databaseNow(database),
    mineOf(database, portals, memberId),
    canWork ? nextOf(database, portals, memberId) : null,
    queueOf(database, portals),
    tasksOf(database, portals),
    stuckOf(database, portals),
    bouncedOf(database, portals),
    recentThroughputOf(database, portals),
  ]);
  const shownStuck = stuck.map(({ caseId, reference, since, reason }) => ({ caseId, reference, since, reason }));
  return { asOf, mine: { ...mine, next }, queue, tasks, stuck: shownStuck, bounced, throughput };
}

/** The zone of a case's portal: days are the office's. */
const zone = `(SELECT p.document ->> 'timeZone' FROM policies p JOIN portals o ON o.id = p.portal AND o.policy_version = p.version
  WHERE o.id = c.portal)`;

async function mineOf(database: Database, portals: Portals, memberId: string) {
  const endOfToday = `(((SELECT gatehouse_now()) AT TIME ZONE ${zone})::date + 1)::timestamp AT TIME ZONE ${zone}`;
  const [row] = await database.query<Omit<DashboardFigures['mine'], 'next'>>(
    `SELECT count(*)::int AS total, count(*) FILTER (WHERE "waitingOn" = 'staff')::int AS "waitingOnStaff",
       count(*) FILTER (WHERE sla = 'late')::int AS late,
       count(*) FILTER (WHERE sla IN ('ok', 'due') AND "waitingOn" = 'staff' AND LEAST("dueAt", "lateAt") < "endOfToday")::int AS "dueToday"
     FROM (SELECT c.waiting_on AS "waitingOn", c.due_at AS "dueAt", c.late_at AS "lateAt", ${slaSql} AS sla,
             ${endOfToday} AS "endOfToday"
           FROM cases c WHERE c.assignee = $2 AND c.waiting_on IS NOT NULL AND ${within('c.portal')}) AS mine`,
    [portals, memberId],
  );
  return row ?? { total: 0, waitingOnStaff: 0, dueToday: 0, late: 0 };
}

/** Mine first, then nobody's; of each the soonest promise, then what waits without one. */
async function nextOf(database: Database, portals: Portals, memberId: string): Promise<DashboardCase | null> {
  const columns = `c.id, c.reference, c.kind, c.portal, c.state, c.waiting_on AS "waitingOn", ${slaSql} AS sla,
    c.due_at AS "dueAt", c.late_at AS "lateAt"`;
  const of = (condition: string, part: number) => `
    (SELECT ${columns}, ${part} AS part FROM cases c WHERE c.waiting_on = 'staff' AND ${condition} AND ${within('c.portal')}
     ORDER BY c.due_at, c.id LIMIT 1)`;
  const [row] = await database.query<DashboardCase & { part?: number }>(
    `${of('c.assignee = $2', 0)} UNION ALL ${of('c.assignee IS NULL', 1)} ORDER BY part LIMIT 1`,
    [portals, memberId],
  );
  if (!row) return null;
  const { part: _, ...next } = row;
  return next;
}

async function queueOf(database: Database, portals: Portals): Promise<DashboardFigures['queue']> {
  const [row] = await database.query<DashboardFigures['queue']>(
    `SELECT count(*)::int AS total, count(*) FILTER (WHERE unassigned)::int AS unassigned,
       count(*) FILTER (WHERE NOT paused AND sla = 'late')::int AS late, count(*) FILTER (WHERE NOT paused AND sla = 'due')::int AS due,
       count(*) FILTER (WHERE NOT paused AND sla = 'ok')::int AS ok, count(*) FILTER (WHERE paused)::int AS paused,
       count(*) FILTER (WHERE NOT paused AND sla IS NULL)::int AS none
     FROM (SELECT c.assignee IS NULL AS unassigned, c.sla_paused_at IS NOT NULL AS paused, ${slaSql} AS sla
           FROM cases c WHERE c.waiting_on IS NOT NULL AND ${within('c.portal')}) AS open`,
    [portals],
  );
  return row ?? { total: 0, unassigned: 0, late: 0, due: 0, ok: 0, paused: 0, none: 0 };
}

const rowsShown = 50;

async function tasksOf(database: Database, portals: Portals): Promise<DashboardFigures['tasks']> {
  return database.query(
    `SELECT t.reason, CASE WHEN t.case_id IS NOT NULL THEN 'case' WHEN t.account_id IS NOT NULL THEN 'account' ELSE 'message' END AS subject,
       COALESCE(t.case_id, t.account_id, t.message_id) AS id, c.reference, t.portal, t.since
     FROM staff_tasks t LEFT JOIN cases c ON c.id = t.case_id
     WHERE t.settled_at IS NULL AND ${within('t.portal')} ORDER BY t.since, t.id LIMIT ${rowsShown}`,
    [portals],
  );
}

/** What the engine fails at (the reconciler's finding), and what it is owed for more than 5 s. */
export async function stuckOf(database: Database, portals: Portals): Promise<TroubledCase[]> {
  return database.query(
    `SELECT c.id AS "caseId", c.reference, c.kind, c.portal, s.since, s.reason FROM (
       SELECT case_id, since, reason FROM staff_tasks WHERE reason = 'engine_stuck' AND settled_at IS NULL AND case_id IS NOT NULL
       UNION ALL
       SELECT case_id, min(created_at), 'engine_delayed' FROM outbox WHERE NOT bulk
       GROUP BY case_id HAVING min(created_at) <= (SELECT gatehouse_now()) - make_interval(secs => ${figures.engineDelayedAfterSeconds})) s
     JOIN cases c ON c.id = s.case_id WHERE ${within('c.portal')} ORDER BY s.since, c.id LIMIT ${rowsShown}`,
    [portals],
  );
}

/** Of every case the newest mail in trouble while that is an open task; of mails of no case, those with an open task. */
async function bouncedOf(database: Database, portals: Portals): Promise<DashboardFigures['bounced']> {
  return database.query(
    `SELECT m.id AS "messageId", m.template, m.state, m.case_id AS "caseId", c.reference, COALESCE(m.settled_at, m.queued_at) AS at
     FROM staff_tasks t
     JOIN LATERAL (SELECT * FROM messages
       WHERE state IN ('refused', 'unknown', 'bounced')
         AND CASE WHEN t.message_id IS NOT NULL THEN id = t.message_id ELSE case_id = t.case_id END
       ORDER BY queued_at DESC LIMIT 1) m ON true
     LEFT JOIN cases c ON c.id = m.case_id
     WHERE t.settled_at IS NULL AND (t.message_id IS NOT NULL OR t.reason IN ('mail_refused', 'mail_unknown')) AND ${within('t.portal')}
     ORDER BY at DESC LIMIT ${rowsShown}`,
    [portals],
  );
}

const throughputDays = 28;
const throughputKeptMs = 10_000;
const throughputs = new WeakMap<
  Database,
  Map<string, { since: number; found: Promise<DashboardFigures['throughput']> }>
>();

/** Weeks change slowly and take long to count: kept for 10 s per process, so that many dashboards at once cost one reading. */
function recentThroughputOf(database: Database, portals: Portals): Promise<DashboardFigures['throughput']> {
  const kept = throughputs.get(database) ?? new Map();
  throughputs.set(database, kept);
  const key = [...portals].sort().join(' ');
  const known = kept.get(key);
  if (known && performance.now() - known.since < throughputKeptMs) return known.found;
  const found = throughputOf(database, portals);
  kept.set(key, { since: performance.now(), found });
  found.catch(() => kept.delete(key));
  return found;
}

/** Per day of the office: applications that came, that were decided and how fast, and accounts opened. Oldest first, every day there. */
async function throughputOf(database: Database, portals: Portals): Promise<DashboardFigures['throughput']> {
  return database.query(
    `WITH zones AS (
       SELECT o.id AS portal, COALESCE(p.document ->> 'timeZone', 'UTC') AS zone
       FROM portals o JOIN policies p ON p.portal = o.id AND p.version = o.policy_version WHERE ${within('o.id')}),
     since AS (SELECT (SELECT gatehouse_now()) - make_interval(days => ${throughputDays}) AS at),
     came AS (
       SELECT (c.received_at AT TIME ZONE z.zone)::date AS day FROM cases c JOIN zones z ON z.portal = c.portal
       WHERE c.kind = 'application' AND c.received_at > (SELECT at FROM since)),
     decided AS (
       SELECT (c.decided_at AT TIME ZONE z.zone)::date AS day, c.state = 'rejected' AS rejected,
         EXTRACT(epoch FROM c.decided_at - c.received_at) / 3600 AS hours
       FROM cases c JOIN zones z ON z.portal = c.portal WHERE c.kind = 'application' AND c.decided_at > (SELECT at FROM since)),
     opened AS (
       SELECT (a.created_at AT TIME ZONE z.zone)::date AS day FROM accounts a JOIN zones z ON z.portal = a.portal
       WHERE a.created_at > (SELECT at FROM since)),
     days AS (
       SELECT d::date AS day FROM generate_series((SELECT gatehouse_now())::date - ${throughputDays - 1}, (SELECT gatehouse_now())::date, '1 day') d)
     SELECT to_char(days.day, 'YYYY-MM-DD') AS "on", COALESCE(came.n, 0) AS received, COALESCE(decided.approved, 0) AS approved,
       COALESCE(decided.rejected, 0) AS rejected, COALESCE(opened.n, 0) AS activated, decided.hours AS "medianHoursToDecision"
     FROM days
     LEFT JOIN (SELECT day, count(*)::int AS n FROM came GROUP BY day) came USING (day)
     LEFT JOIN (SELECT day, count(*) FILTER (WHERE NOT rejected)::int AS approved, count(*) FILTER (WHERE rejected)::int AS rejected,
         round(percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)::numeric, 1)::float AS hours FROM decided GROUP BY day) decided USING (day)
     LEFT JOIN (SELECT day, count(*)::int AS n FROM opened GROUP BY day) opened USING (day)
     ORDER BY days.day`,
    [portals],
  );
}
