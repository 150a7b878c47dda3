import type { CaseFlag, CaseKind, CaseSource, WaitingOn } from '../domain/case.ts';
import type { CaseState } from '../domain/case-names.ts';
import { linkMails } from '../domain/registration/mails.ts';
import { readReference } from '../domain/secrets/reference.ts';
import type { Database, Transaction } from './database.ts';
import { Conditions, inPattern, type ListPage, type PageAsked, readPage } from './list-page.ts';

type Queries = Pick<Transaction | Database, 'query'>;

export type SlaBand = 'ok' | 'due' | 'late';

/** Which cases are asked for. Values of one filter are alternatives; `portals` is what the member is limited to. */
export interface CaseListAsked extends PageAsked {
  sort: 'receivedAt' | 'dueAt' | 'expiresAt' | 'updatedAt' | 'reference';
  filters: {
    kind?: readonly CaseKind[] | undefined;
    state?: readonly CaseState[] | undefined;
    waitingOn?: readonly WaitingOn[] | undefined;
    /** Ids, `me` or `none`. */
    assignee?: readonly string[] | undefined;
    portal?: readonly string[] | undefined;
    sla?: readonly SlaBand[] | undefined;
    flag?: readonly CaseFlag[] | undefined;
    /** The record it is bound to. */
    patientRecordId?: readonly string[] | undefined;
    /** The account it opened. */
    accountId?: readonly string[] | undefined;
    campaignId?: readonly string[] | undefined;
  };
  memberId: string;
  portals: readonly string[] | undefined;
}

/** A person's own words about themselves, as the case has them. */
export interface CaseSubjectRow {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  email: string;
  postalCode: string;
  phone: string | null;
  addressLine: string | null;
  city: string | null;
  region: string | null;
  sexAtBirth: string | null;
  language: string;
  message: string | null;
}

/** What lists show of a case. */
export interface CaseListRow {
  id: string;
  reference: string;
  kind: CaseKind;
  portal: string;
  state: CaseState;
  version: number;
  subject: CaseSubjectRow;
  source: CaseSource;
  assignee: string | null;
  assigneeName: string | null;
  waitingOn: WaitingOn | null;
  receivedAt: Date;
  updatedAt: Date;
  dueAt: Date | null;
  lateAt: Date | null;
  /** When the code, or the time to answer, ends. */
  expiresAt: Date | null;
  sla: SlaBand | null;
  flags: CaseFlag[];
  registration: RegistrationProgressRow | null;
}

/** How far a registration came. */
export interface RegistrationProgressRow {
  sentAt: Date | null;
  openedAt: Date | null;
  identifiedAt: Date | null;
  /** With the newest link. */
  failedTries: number;
  addressReason: string | null;
  campaignId: string | null;
}

/** The instant a promise is judged by: now, or when the clock was stopped. */
const slaClock = 'COALESCE(c.sla_paused_at, (SELECT gatehouse_now()))';

/** The band of a case's promise, null when none runs. `c` is the case. */
export const slaSql = `CASE WHEN c.late_at IS NULL THEN NULL WHEN c.late_at <= ${slaClock} THEN 'late'
  WHEN c.due_at <= ${slaClock} THEN 'due' ELSE 'ok' END`;

/** What hangs on a case `c` by its kind: an application `a`, a registration `g`. */
export const kindJoins = `LEFT JOIN applications a ON a.case_id = c.id LEFT JOIN registrations g ON g.case_id = c.id`;

/** The subject of a case as JSON; `c` is the case with its `kindJoins`. */
export const subjectSql = `jsonb_build_object('firstName', c.first_name, 'lastName', c.last_name, 'dateOfBirth', c.date_of_birth,
  'email', c.email, 'postalCode', COALESCE(a.postal_code, g.postal_code, ''), 'phone', a.phone, 'addressLine', a.address_line, 'city', a.city,
  'region', a.region, 'sexAtBirth', a.sex_at_birth, 'language', c.language, 'message', a.message)`;

/** How far a registration came, as columns of `c` with its `kindJoins`; `progressOf` makes one thing of them. */
export const progressColumns = `g.case_id IS NOT NULL AS "isRegistration", g.opened_at AS "openedAt", g.identified_at AS "identifiedAt",
  g.address_reason AS "addressReason", g.campaign_id AS "campaignId",
  CASE WHEN g.case_id IS NOT NULL THEN (SELECT max(w.settled_at) FROM messages w WHERE w.case_id = c.id AND w.state = 'accepted'
    AND w.template IN (${linkMails.map((template) => `'${template}'`).join(', ')})) END AS "sentAt",
  CASE WHEN g.case_id IS NOT NULL THEN (SELECT l.tries + l.identity_tries FROM secrets l
    WHERE l.case_id = c.id AND l.purpose = 'registration_link' ORDER BY l.issued_at DESC LIMIT 1) END AS "failedTries"`;

/** The columns of `progressColumns`. */
export interface ProgressColumns extends Omit<RegistrationProgressRow, 'failedTries'> {
  isRegistration: boolean;
  failedTries: number | null;
}

/** The same as lists and pages show it; null for another kind of case. */
export function progressOf(columns: ProgressColumns): RegistrationProgressRow | null {
  if (!columns.isRegistration) return null;
  const { sentAt, openedAt, identifiedAt, failedTries, addressReason, campaignId } = columns;
  return { sentAt, openedAt, identifiedAt, failedTries: failedTries ?? 0, addressReason, campaignId };
}

/** What lists show of a case, as columns; `c` is the case with its `kindJoins`, `m` its assignee. */
export const caseListColumns = `c.id, c.reference, c.kind, c.portal, c.state, c.version, ${subjectSql} AS subject, c.source,
  c.assignee, m.name AS "assigneeName", c.waiting_on AS "waitingOn", c.received_at AS "receivedAt", c.updated_at AS "updatedAt",
  c.due_at AS "dueAt", c.late_at AS "lateAt",
  COALESCE(c.expires_at, c.closes_at) AS "expiresAt", ${slaSql} AS sla, c.flags`;

/** One page of the queue. The page's ids come from the indexes alone; only its rows are joined. */
export async function listCases(queries: Queries, asked: CaseListAsked): Promise<ListPage<CaseListRow>> {
  const conditions = conditionsOf(asked);
  return readPage(
    asked,
    async (limit, offset) => {
      const ids = await idsOfPage(queries, asked, conditions, limit, offset);
      return ids.length > 0 ? caseRowsOf(queries, ids) : [];
    },
    async (upTo) => {
      const [row] = await queries.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM (SELECT 1 FROM cases c WHERE ${conditions.where} LIMIT ${upTo}) AS counted`,
        conditions.params,
      );
      return row?.n ?? 0;
    },
  );
}

/** The ids of a whole list in its order, `most` at most: what is read by them later neither loses a row nor doubles one. */
export async function listCaseIds(queries: Queries, asked: CaseListAsked, most: number): Promise<string[]> {
  return idsOfPage(queries, asked, conditionsOf(asked), most, 0);
}

function conditionsOf({ filters, ids, q, memberId, portals }: CaseListAsked): Conditions {
  const conditions = new Conditions();
  conditions.withinPortals('c.portal', portals);
  conditions.oneOf('c.id', ids, 'uuid');
  conditions.oneOf('c.kind', filters.kind);
  conditions.oneOf('c.state', filters.state);
  conditions.oneOf('c.waiting_on', filters.waitingOn);
  conditions.oneOf('c.portal', filters.portal);
  conditions.oneOf('c.patient_record_id', filters.patientRecordId, 'uuid');
  conditions.oneOf('c.account_id', filters.accountId, 'uuid');
  if (filters.campaignId) {
    const campaigns = conditions.param(filters.campaignId);
    conditions.add(`c.id IN (SELECT case_id FROM registrations WHERE campaign_id = ANY(${campaigns}::uuid[]))`);
  }
  if (filters.assignee) conditions.add(assigneeSql(conditions, filters.assignee, memberId));
  if (filters.sla) conditions.add(`(${filters.sla.map((band) => bandSql[band]).join(' OR ')})`);
  if (filters.flag) conditions.add(`c.flags <> '{}' AND c.flags && ${conditions.param(filters.flag)}::text[]`);
  if (q !== undefined) conditions.add(searchSql(conditions, q));
  return conditions;
}

function assigneeSql(conditions: Conditions, assignees: readonly string[], memberId: string): string {
  const ids = [...new Set(assignees.filter((one) => one !== 'none').map((one) => (one === 'me' ? memberId : one)))];
  const parts: string[] = [];
  if (ids.length > 0) parts.push(`c.assignee = ANY(${conditions.param(ids)}::uuid[])`);
  if (assignees.includes('none')) parts.push('c.assignee IS NULL');
  return `(${parts.join(' OR ')})`;
}

/** The bands as conditions that the index on the open cases' target serves: what is late is past its target too. */
const bandSql: Record<SlaBand, string> = {
  late: `(c.waiting_on IS NOT NULL AND c.due_at <= (SELECT gatehouse_now()) AND c.late_at <= ${slaClock})`,
  due: `(c.waiting_on IS NOT NULL AND c.due_at <= (SELECT gatehouse_now()) AND c.due_at <= ${slaClock} AND c.late_at > ${slaClock})`,
  ok: `(c.waiting_on IS NOT NULL AND c.late_at IS NOT NULL AND c.due_at > ${slaClock} AND c.late_at > ${slaClock})`,
};

/** Every word is somewhere in names, address or reference; words too short for the trigrams begin one. */
function searchSql(conditions: Conditions, q: string): string {
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const every = words.map((word) => {
    const pattern = inPattern(word);
    if (word.length >= 3) return `c.search_text LIKE ${conditions.param(`%${pattern}%`)}`;
    return `(c.search_text LIKE ${conditions.param(`${pattern}%`)} OR c.search_text LIKE ${conditions.param(`% ${pattern}%`)})`;
  });
  const reference = readReference(q);
  const exact = reference ? [`c.reference = ${conditions.param(reference)}`] : [];
  return `(${[`(${every.join(' AND ')})`, ...exact].join(' OR ')})`;
}

/** Sort → column, and whether the index's tie-break by id runs against it (received_at DESC, id). */
const sorts: Record<CaseListAsked['sort'], { column: string; tie: 'with' | 'against' | 'none' }> = {
  receivedAt: { column: 'c.received_at', tie: 'against' },
  updatedAt: { column: 'c.updated_at', tie: 'against' },
  dueAt: { column: 'c.due_at', tie: 'with' },
  expiresAt: { column: 'COALESCE(c.expires_at, c.closes_at)', tie: 'with' },
  reference: { column: 'c.reference', tie: 'none' },
};

const sortedColumns = 'c.id, c.state, c.received_at, c.updated_at, c.due_at, c.expires_at, c.closes_at, c.reference';

/** Where the promise's clock stands. */
const isPaused = `c.state = 'waiting_on_applicant'`;

/**
 * A list may come in parts, one after the other whichever way it is sorted: a promise whose clock stands presses nobody and
 * comes after those that run; cases without the instant come last, and going down the index would give them first.
 */
function partsOf({ sort, order }: Pick<CaseListAsked, 'sort' | 'order'>): string[] {
  const { column } = sorts[sort];
  if (sort === 'dueAt') {
    return [`${column} IS NOT NULL AND NOT ${isPaused}`, `${column} IS NOT NULL AND ${isPaused}`, `${column} IS NULL`];
  }
  return sort === 'expiresAt' && order === 'desc' ? [`${column} IS NOT NULL`, `${column} IS NULL`] : ['true'];
}

async function idsOfPage(
  queries: Queries,
  asked: CaseListAsked,
  { where: wanted, params }: Conditions,
  limit: number,
  offset: number,
): Promise<string[]> {
  const { sort, order, filters } = asked;
  const { column, tie } = sorts[sort];
  const opposite = order === 'asc' ? 'desc' : 'asc';
  const byId = tie === 'none' ? '' : `, c.id ${tie === 'with' ? order : opposite}`;
  // The bands pick few cases by a moment the planner does not know: found first, sorted then (OFFSET 0 keeps the two apart).
  const isFoundFirst = filters.sla !== undefined;
  const source = isFoundFirst ? `(SELECT ${sortedColumns} FROM cases c WHERE ${wanted} OFFSET 0)` : 'cases';
  const where = isFoundFirst ? 'true' : wanted;
  const page = `LIMIT ${limit} OFFSET ${offset}`;
  const parts = partsOf(asked);
  const first = await queries.query<{ id: string }>(
    `SELECT c.id FROM ${source} c WHERE ${where} AND ${parts[0]} ORDER BY ${column} ${order}${byId} ${page}`,
    params,
  );
  if (parts.length === 1 || first.length === limit) return first.map(({ id }) => id);
  const selects = parts.map(
    (part, no) => `(SELECT c.id, ${no} AS part, ${column} AS at FROM ${source} c WHERE ${where} AND ${part}
      ORDER BY ${part.endsWith('IS NULL') ? '' : `${column} ${order}, `}c.id ${order} LIMIT ${limit + offset})`,
  );
  const rows = await queries.query<{ id: string }>(
    `SELECT id FROM (${selects.join(' UNION ALL ')}) AS all_parts ORDER BY part, at ${order}, id ${order} ${page}`,
    params,
  );
  return rows.map(({ id }) => id);
}

/** What lists show of these cases, in this order. Whose portals hide them has to be judged before. */
export async function caseRowsOf(queries: Queries, ids: readonly string[]): Promise<CaseListRow[]> {
  const rows = await queries.query<Omit<CaseListRow, 'registration'> & ProgressColumns>(
    `SELECT ${caseListColumns}, ${progressColumns} FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, no)
     JOIN cases c ON c.id = wanted.id ${kindJoins} LEFT JOIN members m ON m.id = c.assignee
     ORDER BY wanted.no`,
    [ids],
  );
  return rows.map(listedRow);
}

/** One row for the list: what it shows of a registration stands in a place of its own. */
function listedRow(row: Omit<CaseListRow, 'registration'> & ProgressColumns): CaseListRow {
  const { isRegistration, sentAt, openedAt, identifiedAt, failedTries, addressReason, campaignId, ...listed } = row;
  const progress = { isRegistration, sentAt, openedAt, identifiedAt, failedTries, addressReason, campaignId };
  return { ...listed, registration: progressOf(progress) };
}
