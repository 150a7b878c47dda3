import type { Database } from './database.ts';

/** Something changed; `no` is its seal's number. `portal` null: of no portal. */
export interface SealedChange {
  no: number;
  portal: string | null;
  resource: 'case' | 'account' | 'message' | 'member' | 'patientRecord' | 'campaign';
  id: string;
  /** After the change, or as it stands where the change moved none; null for what has no version. */
  version: number | null;
}

/** The newest seal's number; 0 before the first. */
export async function lastSeal(database: Database): Promise<number> {
  const [row] = await database.query<{ no: number }>('SELECT COALESCE(max(no), 0) AS no FROM audit_seals');
  return row?.no ?? 0;
}

/** The first seal that still stands; numbers before it were erased. */
export async function firstSeal(database: Database): Promise<number> {
  const [row] = await database.query<{ no: number }>('SELECT COALESCE(min(no), 1) AS no FROM audit_seals');
  return row?.no ?? 1;
}

interface SealedRow {
  no: number;
  portal: string | null;
  caseId: string | null;
  caseVersion: number | null;
  accountId: string | null;
  accountVersion: number | null;
  messageId: string | null;
  memberId: string | null;
  patientRecordId: string | null;
  campaignId: string | null;
  campaignVersion: number | null;
}

const rowsRead = 1_000;

/**
 * What was sealed after `no`, in order, at most 1,000 entries; mere looks change nothing. What happens to a registration changes the
 * progress of its campaign, which is told once, with the last of them. `upTo`: where to go on.
 */
export async function changesAfter(database: Database, no: number): Promise<{ changes: SealedChange[]; upTo: number }> {
  const rows = await database.query<SealedRow & Record<string, unknown>>(
    `SELECT s.no, e.portal, e.case_id AS "caseId", COALESCE(e.case_version, c.version) AS "caseVersion",
       e.account_id AS "accountId", t.version AS "accountVersion",
       j.detail ->> 'messageId' AS "messageId", j.detail ->> 'memberId' AS "memberId",
       CASE WHEN e.case_id IS NULL THEN j.detail ->> 'patientRecordId' END AS "patientRecordId",
       p.id AS "campaignId", p.version AS "campaignVersion"
     FROM audit_seals s
     LEFT JOIN audit_entries e ON e.id = s.audit_id AND e.action NOT IN ('viewed', 'campaign_exported')
     LEFT JOIN cases c ON c.id = e.case_id
     LEFT JOIN accounts t ON t.id = e.account_id
     LEFT JOIN LATERAL (SELECT CASE WHEN pg_input_is_valid(e.entry, 'jsonb') THEN e.entry::jsonb -> 'detail' END AS detail) j ON true
     LEFT JOIN registrations g ON g.case_id = e.case_id
     LEFT JOIN campaigns p ON p.id = COALESCE(g.campaign_id,
       CASE WHEN pg_input_is_valid(j.detail ->> 'campaignId', 'uuid') THEN (j.detail ->> 'campaignId')::uuid END)
     WHERE s.no > $1 ORDER BY s.no LIMIT ${rowsRead}`,
    [no],
  );
  const lastOfCampaign = new Map(rows.map((row) => [row.campaignId, row.no]));
  const isLastOfCampaign = (row: SealedRow) => lastOfCampaign.get(row.campaignId) === row.no;
  return { changes: rows.flatMap((row) => changesOf(row, isLastOfCampaign(row))), upTo: rows.at(-1)?.no ?? no };
}

function changesOf(row: SealedRow, tellsOfCampaign: boolean): SealedChange[] {
  const { no, portal, caseId, caseVersion, accountId, accountVersion, messageId, memberId, patientRecordId } = row;
  const { campaignId, campaignVersion } = row;
  const change = (resource: SealedChange['resource'], id: string | null, version: number | null = null) =>
    id === null ? [] : [{ no, portal, resource, id, version }];
  return [
    ...change('case', caseId, caseVersion),
    ...change('account', accountId, accountVersion),
    ...change('message', messageId),
    ...change('member', memberId),
    ...change('patientRecord', patientRecordId),
    ...change('campaign', tellsOfCampaign ? campaignId : null, campaignVersion),
  ];
}
