import type { Campaign } from '../../../../contract/schemas/campaign.ts';
import type { Actor } from '../../../../domain/case.ts';
import { allowedCampaignActions } from '../../../../domain/registration/campaign.ts';
import type { CampaignPage } from '../../../../store/campaign-pages.ts';

/** A campaign as a member is shown it, with what they may do. */
export function presentCampaign(page: CampaignPage, actor: Actor): Campaign {
  return { ...page, allowedActions: allowedCampaignActions(page.state, page.counts.ready, actor) };
}
