import type { Actor } from '../domain/case.ts';
import type { CampaignState } from '../domain/registration/campaign.ts';
import type { CampaignProblem } from '../domain/registration/obstacles.ts';
import { maySee } from './cases.ts';
import type { Database, Transaction } from './database.ts';
import { Conditions, type ListPage, type PageAsked, readPage } from './list-page.ts';
import { Refused } from './refused.ts';

type Queries = Pick<Transaction | Database, 'query'>;

/** A campaign with its progress, as pages show it. */
export interface CampaignPage {
  id: string;
  portal: string;
  name: string;
  state: CampaignState;
  version: number;
  source: 'csv' | 'records';
  perMinute: number;
  createdAt: Date;
  createdBy: { id: string; name: string };
  startedAt: Date | null;
  /** Who sent it; null before. */
  sentBy: { id: string; name: string } | null;
  endedAt: Date | null;
  counts: {
    rows: number;
    ready: number;
    queued: number;
    refused: number;
    mailed: number;
    mailWaiting: number;
    mailTrouble: number;
    registered: number;
  };
  /** Most frequent first. */
  problems: { problem: CampaignProblem; count: number }[];
}

const pageColumns = `p.id, p.portal, p.name, p.state, p.version, p.source, p.per_minute AS "perMinute", p.created_at AS "createdAt",
  jsonb_build_object('id', m.id, 'name', m.name) AS "createdBy", p.started_at AS "startedAt",
  CASE WHEN b.id IS NOT NULL THEN jsonb_build_object('id', b.id, 'name', b.name) END AS "sentBy", p.ended_at AS "endedAt",
  jsonb_build_object('rows', n.rows, 'ready', n.ready, 'queued', n.queued, 'refused', n.refused, 'mailed', n.mailed,
    'mailWaiting', n.mail_waiting, 'mailTrouble', n.mail_trouble, 'registered', n.registered) AS counts,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('problem', q.problem, 'count', q.n) ORDER BY q.n DESC, q.problem)
    FROM (SELECT problem, count(*)::int AS n FROM campaign_rows WHERE campaign_id = p.id AND problem IS NOT NULL GROUP BY problem) q),
    '[]') AS problems`;

/**
 * To campaigns known as `p`; of every registration its first mail, by the ledger's own key. With OFFSET it is planned for every run:
 * these tables grow by thousands within a minute, and a plan made while they were small then takes seconds.
 */
const pageJoins = `JOIN members m ON m.id = p.created_by
  LEFT JOIN members b ON b.id = p.sent_by
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS rows,
      count(*) FILTER (WHERE r.outcome = 'ready')::int AS ready,
      count(*) FILTER (WHERE r.outcome = 'queued')::int AS queued,
      count(*) FILTER (WHERE r.outcome = 'refused')::int AS refused,
      count(*) FILTER (WHERE f.state = 'accepted')::int AS mailed,
      count(*) FILTER (WHERE f.state = 'queued')::int AS mail_waiting,
      count(*) FILTER (WHERE f.state IN ('refused', 'unknown', 'bounced'))::int AS mail_trouble,
      count(*) FILTER (WHERE c.state IN ('registered', 'linked'))::int AS registered
    FROM campaign_rows r
    LEFT JOIN cases c ON c.id = r.case_id
    LEFT JOIN messages f ON f.case_id = r.case_id AND f.template = 'registration_invitation' AND f.sequence = 1
    WHERE r.campaign_id = p.id OFFSET 0) n`;

/** One campaign with its progress. Throws `Refused('not_found')`, also for a member whose portals hide it. */
export async function readCampaign(tx: Queries, id: string, actor: Actor): Promise<CampaignPage> {
  const [page] = await tx.query<CampaignPage & Record<string, unknown>>(
    `SELECT ${pageColumns} FROM campaigns p ${pageJoins} WHERE p.id = $1`,
    [id],
  );
  if (!page || !maySee(actor, page.portal)) throw new Refused('not_found');
  return page;
}

export interface CampaignListAsked extends PageAsked {
  sort: 'createdAt';
  filters: { portal?: readonly string[] | undefined; state?: readonly CampaignState[] | undefined };
  portals: readonly string[] | undefined;
}

/** Campaigns by when they were made. */
export async function listCampaigns(database: Database, asked: CampaignListAsked): Promise<ListPage<CampaignPage>> {
  const { filters, ids, portals, order } = asked;
  const conditions = new Conditions();
  conditions.withinPortals('portal', portals);
  conditions.oneOf('id', ids, 'uuid');
  conditions.oneOf('portal', filters.portal);
  conditions.oneOf('state', filters.state);
  const { where, params } = conditions;
  // Counted for the page's campaigns alone.
  const chosen = (limit: number, offset: number) =>
    `SELECT * FROM campaigns WHERE ${where} ORDER BY created_at ${order}, id LIMIT ${limit} OFFSET ${offset}`;
  return readPage(
    asked,
    async (limit, offset) =>
      database.query<CampaignPage & Record<string, unknown>>(
        `SELECT ${pageColumns} FROM (${chosen(limit, offset)}) p ${pageJoins}
         ORDER BY p.created_at ${order}, p.id`,
        params,
      ),
    async (upTo) => {
      const [row] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM (SELECT 1 FROM campaigns WHERE ${where} LIMIT ${upTo}) AS counted`,
        params,
      );
      return row?.n ?? 0;
    },
  );
}

/** The portal of a campaign. Throws `Refused('not_found')`, also for a member whose portals hide it. */
export async function portalOfCampaign(tx: Queries, id: string, actor: Actor): Promise<string> {
  const [row] = await tx.query<{ portal: string }>('SELECT portal FROM campaigns WHERE id = $1', [id]);
  if (!row || !maySee(actor, row.portal)) throw new Refused('not_found');
  return row.portal;
}
