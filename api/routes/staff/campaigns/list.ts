import { listCampaigns } from '../../../../contract/routes/staff/campaigns.ts';
import { listCampaigns as readCampaigns } from '../../../../store/campaign-pages.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';
import { presentCampaign } from './present-campaign.ts';

export const listCampaignsRoute = handle(listCampaigns, ({ query, member, actor }, { database }) =>
  listAnswer(readCampaigns(database, { ...query, portals: member.portals }), (page) => presentCampaign(page, actor)),
);
