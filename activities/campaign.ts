import type { CampaignSnapshot } from '../domain/registration/campaign.ts';
import { sendCampaignPart } from '../store/campaign-parts.ts';
import { campaignSnapshotOf } from '../store/campaign-snapshots.ts';
import type { DeliveryDependencies } from './deliver-mail.ts';

/** What the workflow of a campaign asks for. Each decides by the row, is idempotent, and answers with a snapshot. */
export interface CampaignActivities {
  readCampaign(campaignId: string): Promise<CampaignSnapshot>;
  sendCampaignPart(campaignId: string): Promise<CampaignSnapshot>;
}

/** Makes the activities over one database. */
export function createCampaignActivities({ database }: Pick<DeliveryDependencies, 'database'>): CampaignActivities {
  return {
    readCampaign: (campaignId) => campaignSnapshotOf(database, campaignId),
    sendCampaignPart: (campaignId) => sendCampaignPart(database, campaignId),
  };
}
