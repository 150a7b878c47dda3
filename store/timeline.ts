import { lifecycles } from '../domain/lifecycles.ts';
import { detailSql } from './audit-feed.ts';
import type { Database } from './database.ts';

/** One thing that happened to a case or an account, as the audit, the decisions and the ledger tell it. */
export interface HistoryRow {
  id: string;
  at: Date;
  /** The move's name, or what became of a mail. */
  action: string;
  actorKind: 'member' | 'person' | 'engine';
  actorId: string | null;
  actorName: string | null;
  reason: string | null;
  /** Private; never mailed. */
  note: string | null;
  /** Codes, ids and instants. */
  detail: Record<string, unknown>;
  /** Of the portal, where the detail has an instant to tell; null where it has none. */
  timeZone: string | null;
}

/** The zone in which the instants of the entry `e` are told; most entries tell none. */
const zoneSql = `CASE WHEN j.detail ?| ARRAY['until', 'codeExpiresAt'] THEN
  (SELECT p.document ->> 'timeZone' FROM portals o JOIN policies p ON p.portal = o.id AND p.version = o.policy_version
   WHERE o.id = e.portal) END AS "timeZone"`;

/** A text as an id, null when it is none: a tampered entry must not hide the others. */
const asUuid = (sql: string) => `CASE WHEN pg_input_is_valid(${sql}, 'uuid') THEN (${sql})::uuid END`;

const secretMails = Object.values(lifecycles).flatMap(({ secret }) => secret.mails);

/** Longer histories show their newest part. */
const mostEntries = 2_000;

/**
 * What happened to a case, oldest first: audit entries but mere looks, with the words of the decisions. That the relay took
 * the mail with the code or link is told once, by its own move (`code_sent`, `link_sent`).
 */
export async function historyOfCase(database: Database, caseId: string): Promise<HistoryRow[]> {
  const rows = await database.query<HistoryRow & Record<string, unknown>>(
    `SELECT * FROM (
       SELECT e.id, e.at, e.action, e.actor_kind AS "actorKind", e.actor_id AS "actorId", m.name AS "actorName",
         COALESCE(d.reason, j.detail ->> 'reason') AS reason, d.note,
         COALESCE(j.detail, '{}') || jsonb_build_object('assigneeName', w.name, 'mrn', r.mrn) AS detail, ${zoneSql}
       FROM audit_entries e
       CROSS JOIN LATERAL (SELECT ${detailSql} AS detail) j
       LEFT JOIN members m ON m.id = e.actor_id
       LEFT JOIN LATERAL (SELECT reason, note FROM decisions
         WHERE case_id = e.case_id AND at = e.at AND move = e.action AND member_id = e.actor_id ORDER BY id LIMIT 1) d ON true
       LEFT JOIN members w ON w.id = ${asUuid("j.detail ->> 'assignee'")}
       LEFT JOIN patient_records r ON r.id = ${asUuid("j.detail ->> 'patientRecordId'")}
       WHERE e.case_id = $1 AND e.action <> 'viewed'
         AND NOT (e.action = 'mail_accepted' AND COALESCE(j.detail ->> 'template', '') = ANY($2))
       ORDER BY e.at DESC, e.id DESC LIMIT ${mostEntries}) AS newest
     ORDER BY at, id`,
    [caseId, secretMails],
  );
  return rows;
}

/** Of an account also how its holder was made sure of. */
export interface AccountHistoryRow extends HistoryRow {
  /** How the member made sure who the person is. */
  identityCheck: { method: string; documentsSeen: string } | null;
}

/** What happened to an account, newest first: audit entries but mere looks, with the words of the decisions. */
export async function historyOfAccount(
  database: Pick<Database, 'query'>,
  accountId: string,
): Promise<AccountHistoryRow[]> {
  return database.query<AccountHistoryRow & Record<string, unknown>>(
    `SELECT e.id, e.at, e.action, e.actor_kind AS "actorKind", e.actor_id AS "actorId", m.name AS "actorName",
       COALESCE(d.reason, j.detail ->> 'reason') AS reason, d.note, d.detail -> 'identityCheck' AS "identityCheck",
       COALESCE(j.detail, '{}') AS detail, ${zoneSql}
     FROM audit_entries e CROSS JOIN LATERAL (SELECT ${detailSql} AS detail) j LEFT JOIN members m ON m.id = e.actor_id
     LEFT JOIN LATERAL (SELECT reason, note, detail FROM decisions
       WHERE account_id = e.account_id AND at = e.at AND move = e.action AND member_id = e.actor_id ORDER BY id LIMIT 1) d ON true
     WHERE e.account_id = $1 AND e.action <> 'viewed' ORDER BY e.at DESC, e.id DESC LIMIT 200`,
    [accountId],
  );
}
