import { listCampaignRows } from '../../../../contract/routes/staff/campaigns.ts';
import { portalOfCampaign } from '../../../../store/campaign-pages.ts';
import { listCampaignRows as readRows } from '../../../../store/campaign-rows.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';

export const listCampaignRowsRoute = handle(listCampaignRows, async ({ params, query, actor }, { database }) => {
  await portalOfCampaign(database, params.campaignId, actor); // refused where it is hidden
  return listAnswer(readRows(database, params.campaignId, query), (row) => row);
});
