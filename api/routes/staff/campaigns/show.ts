import { readCampaign } from '../../../../contract/routes/staff/campaigns.ts';
import { readCampaign as readPage } from '../../../../store/campaign-pages.ts';
import { handle } from '../../../handle.ts';
import { presentCampaign } from './present-campaign.ts';

export const readCampaignRoute = handle(readCampaign, async ({ params, actor }, { database }) =>
  presentCampaign(await readPage(database, params.campaignId, actor), actor),
);
