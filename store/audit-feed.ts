import type { Actor } from '../domain/case.ts';
import { maySee } from './cases.ts';
import type { Database } from './database.ts';
import { Conditions } from './list-page.ts';

/** One audit entry as it is shown; `detail` holds codes, ids and instants. */
export interface AuditRow {
  id: string;
  at: Date;
  actorKind: 'member' | 'person' | 'engine';
  actorId: string | null;
  actorName: string | null;
  action: string;
  portal: string | null;
  caseId: string | null;
  reference: string | null;
  accountId: string | null;
  detail: Record<string, unknown>;
}

export interface AuditAsked {
  /** Only what is older than this entry. */
  before?: string | undefined;
  perPage: number;
  action?: string | undefined;
  actor?: string | undefined;
  caseId?: string | undefined;
  accountId?: string | undefined;
  portals: readonly string[] | undefined;
}

/** The detail of the audit entry `e`; null when somebody left something else than JSON there, which verification tells. */
export const detailSql = `CASE WHEN pg_input_is_valid(e.entry, 'jsonb') THEN e.entry::jsonb -> 'detail' END`;

/** Entries newest first; `next` begins the next page, null at the end. Undefined when there is no entry `before`. */
export async function readAudit(
  database: Database,
  { before, perPage, action, actor, caseId, accountId, portals }: AuditAsked,
): Promise<{ data: AuditRow[]; next: string | null } | undefined> {
  const conditions = new Conditions();
  conditions.withinPortals('e.portal', portals);
  if (action !== undefined) conditions.oneOf('e.action', [action]);
  if (actor !== undefined) conditions.oneOf('e.actor_id', [actor], 'uuid');
  if (caseId !== undefined) conditions.oneOf('e.case_id', [caseId], 'uuid');
  if (accountId !== undefined) conditions.oneOf('e.account_id', [accountId], 'uuid');
  if (before !== undefined) {
    const place = await placeOf(database, before, portals);
    if (!place) return undefined;
    conditions.add(`(e.at, e.id) < (${conditions.param(place)}::timestamptz, ${conditions.param(before)}::uuid)`);
  }
  const rows = await database.query<AuditRow & Record<string, unknown>>(
    `SELECT e.id, e.at, e.actor_kind AS "actorKind", e.actor_id AS "actorId", m.name AS "actorName", e.action,
       e.portal, e.case_id AS "caseId", c.reference, e.account_id AS "accountId", COALESCE(${detailSql}, '{}') AS detail
     FROM audit_entries e LEFT JOIN members m ON m.id = e.actor_id LEFT JOIN cases c ON c.id = e.case_id
     WHERE ${conditions.where} ORDER BY e.at DESC, e.id DESC LIMIT ${perPage + 1}`,
    conditions.params,
  );
  const data = rows.slice(0, perPage);
  return { data, next: rows.length > perPage ? (data.at(-1)?.id ?? null) : null };
}

async function placeOf(
  database: Database,
  id: string,
  portals: readonly string[] | undefined,
): Promise<Date | undefined> {
  const sql = 'SELECT at, portal FROM audit_entries WHERE id = $1';
  const [row] = await database.query<{ at: Date; portal: string | null }>(sql, [id]);
  const viewer: Actor = { kind: 'member', id: '', roles: [], portals };
  return row && (row.portal === null || maySee(viewer, row.portal)) ? row.at : undefined;
}
