import type { CaseState } from '../domain/case-names.ts';
import type { CampaignProblem } from '../domain/registration/obstacles.ts';
import type { Database } from './database.ts';
import { Conditions, type ListPage, type PageAsked, readPage } from './list-page.ts';
import type { MessageState } from './message-list.ts';

export type CampaignRowOutcome = 'ready' | 'queued' | 'refused';

/** What becomes of a row, as pages and files show it. */
export interface ShownCampaignRow {
  no: number;
  mrn: string;
  patientRecordId: string | null;
  /** As on the record; null when no record was found. */
  name: string | null;
  /** Where it goes, or went. */
  email: string | null;
  outcome: CampaignRowOutcome;
  problem: CampaignProblem | null;
  caseId: string | null;
  reference: string | null;
  state: CaseState | null;
  mail: MessageState | null;
}

const columns = `r.no, r.mrn, r.patient_record_id AS "patientRecordId", d.first_name || ' ' || d.last_name AS name,
  COALESCE(f.to_address, c.email, r.email, d.email) AS email, r.outcome, r.problem, r.case_id AS "caseId", c.reference, c.state,
  f.state AS mail`;

const joins = `LEFT JOIN patient_records d ON d.id = r.patient_record_id LEFT JOIN cases c ON c.id = r.case_id
  LEFT JOIN messages f ON f.case_id = r.case_id AND f.template = 'registration_invitation' AND f.sequence = 1`;

export interface CampaignRowsAsked extends PageAsked {
  filters: {
    outcome?: readonly CampaignRowOutcome[] | undefined;
    problem?: readonly CampaignProblem[] | undefined;
  };
}

/** The rows of one campaign by their number. Whether the asking member may see it is the caller's to know. */
export async function listCampaignRows(
  database: Database,
  campaignId: string,
  asked: CampaignRowsAsked,
): Promise<ListPage<ShownCampaignRow>> {
  const { filters, ids, order } = asked;
  const conditions = new Conditions();
  conditions.oneOf('campaign_id', [campaignId], 'uuid');
  conditions.oneOf('case_id', ids, 'uuid');
  conditions.oneOf('outcome', filters.outcome);
  conditions.oneOf('problem', filters.problem);
  const { where, params } = conditions;
  return readPage(
    asked,
    async (limit, offset) =>
      database.query<ShownCampaignRow & Record<string, unknown>>(
        `SELECT ${columns} FROM (SELECT * FROM campaign_rows WHERE ${where} ORDER BY no ${order} LIMIT ${limit} OFFSET ${offset}) r
         ${joins} ORDER BY r.no ${order}`,
        params,
      ),
    async (upTo) => {
      const [row] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM (SELECT 1 FROM campaign_rows WHERE ${where} LIMIT ${upTo}) AS counted`,
        params,
      );
      return row?.n ?? 0;
    },
  );
}

/** The rows after one, in order, at most `limit`. OFFSET: planned for every run, as the counts of a campaign are. */
export async function campaignRowsAfter(
  database: Database,
  campaignId: string,
  no: number,
  limit: number,
): Promise<ShownCampaignRow[]> {
  return database.query<ShownCampaignRow & Record<string, unknown>>(
    `SELECT ${columns} FROM (SELECT * FROM campaign_rows WHERE campaign_id = $1 AND no > $2 ORDER BY no LIMIT $3 OFFSET 0) r
     ${joins} ORDER BY r.no`,
    [campaignId, no, limit],
  );
}
