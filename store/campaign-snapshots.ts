import type { CampaignSnapshot, CampaignState } from '../domain/registration/campaign.ts';
import type { Database, Transaction } from './database.ts';

type Queries = Pick<Transaction | Database, 'query'>;

interface SnapshotRow {
  campaignId: string;
  portal: string;
  state: CampaignState;
  version: number;
  nextAt: Date | null;
  remaining: number;
  now: Date;
}

/** What the engine is told of campaigns, in one statement; campaigns that do not exist are left out. */
export async function campaignSnapshotsOf(tx: Queries, ids: readonly string[]): Promise<CampaignSnapshot[]> {
  const rows = await tx.query<SnapshotRow & Record<string, unknown>>(
    `SELECT p.id AS "campaignId", p.portal, p.state, p.version, p.next_at AS "nextAt", gatehouse_now() AS now,
       (SELECT count(*)::int FROM campaign_rows r WHERE r.campaign_id = p.id AND r.outcome = 'ready') AS remaining
     FROM campaigns p WHERE p.id = ANY($1::uuid[])`,
    [ids],
  );
  return rows.map((row) => ({ ...row, nextAt: row.nextAt?.toISOString() ?? null, now: row.now.toISOString() }));
}

/** The same of one. Throws when it does not exist. */
export async function campaignSnapshotOf(tx: Queries, id: string): Promise<CampaignSnapshot> {
  const [snapshot] = await campaignSnapshotsOf(tx, [id]);
  if (!snapshot) throw new Error('the campaign does not exist');
  return snapshot;
}
