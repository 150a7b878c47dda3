import { actOnCampaign } from '../../../../contract/routes/staff/campaigns.ts';
import { readCampaign } from '../../../../store/campaign-pages.ts';
import { moveCampaign } from '../../../../store/campaigns.ts';
import { handle } from '../../../handle.ts';
import { presentCampaign } from './present-campaign.ts';

export const actOnCampaignRoute = handle(actOnCampaign, async ({ params, body, actor, tx }) => {
  const { campaignId, action } = params;
  await moveCampaign(tx, { campaignId, move: action, actor, expectedVersion: body.version });
  return presentCampaign(await readCampaign(tx, campaignId, actor), actor);
});
