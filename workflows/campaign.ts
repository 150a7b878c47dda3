import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { CampaignActivities } from '../activities/campaign.ts';
import { type CampaignSnapshot, type CampaignState, isCampaignOver } from '../domain/registration/campaign.ts';
import { isNewer } from '../domain/snapshot.ts';
import { type CampaignPlan, messageDescriptions, messageNames } from '../engine/names.ts';
import { campaignDetails, campaignWork } from '../engine/readable-texts.ts';
import { databaseWork } from './activity-options.ts';

const { readCampaign, sendCampaignPart } = proxyActivities<CampaignActivities>(databaseWork);

const wake = defineSignal<[CampaignSnapshot]>(messageNames.wake);
const plan = defineQuery<CampaignPlan>(messageNames.plan);
const reread = defineUpdate<CampaignPlan>(messageNames.reread);

/**
 * One campaign of registration e-mails: sends part after part at its pace until no row is left, and waits while it is paused. The
 * row is the truth, as for a case: `start` is its snapshot at any state, so a lost or terminated run starts again from it.
 */
export async function campaign(start: CampaignSnapshot): Promise<CampaignState> {
  const facts = followCampaign(start);
  while (!isCampaignOver(facts.now.state)) {
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) await continueAsNew<typeof campaign>(facts.now);
    if (facts.now.state === 'running') await partSent(facts);
    else await condition(() => facts.now.state === 'running' || isCampaignOver(facts.now.state));
  }
  await condition(allHandlersFinished);
  return facts.now.state;
}

/** Waits until the next part may go; unless somebody paused or cancelled meanwhile, it does. */
async function partSent(facts: FollowedCampaign): Promise<void> {
  const waitMs = facts.msToNextPart();
  const isHeld = () => facts.now.state !== 'running';
  if (waitMs > 0 && (await condition(isHeld, waitMs, { summary: campaignWork.wait }))) return;
  if (isHeld()) return;
  const id = facts.now.campaignId;
  facts.accept(await sendCampaignPart.executeWithOptions({ summary: campaignWork.send }, [id]));
}

/** What a run knows of its campaign. */
interface FollowedCampaign {
  readonly now: CampaignSnapshot;
  /** Takes an activity's answer; an older one is ignored. */
  accept(answer: CampaignSnapshot): void;
  msToNextPart(): number;
}

/** A part that did not go because its time had not come is asked for again after this at the soonest. */
const vainWaitMs = 1_000;

/** Registers `wake`, `plan` and `reread` first, and keeps the newest snapshot. */
function followCampaign(start: CampaignSnapshot): FollowedCampaign {
  let newest = start;
  // The database's clock decides when; a signal is older than its arrival, an activity's answer is not.
  let leadMs = Math.max(0, leadOf(start));
  let wasInVain = false;

  const take = (snapshot: CampaignSnapshot) => {
    if (!isNewer(snapshot, newest)) return;
    newest = snapshot;
    setCurrentDetails(campaignDetails(newest));
  };
  const accept = (answer: CampaignSnapshot) => {
    leadMs = leadOf(answer);
    wasInVain = answer.state === 'running' && answer.nextAt === newest.nextAt && answer.remaining === newest.remaining;
    take(answer);
  };
  const planned = (): CampaignPlan => ({
    state: newest.state,
    version: newest.version,
    remaining: newest.remaining,
    nextPartAt: newest.state === 'running' ? newest.nextAt : null,
  });

  setHandler(wake, take, { description: messageDescriptions.wake });
  setHandler(plan, planned, { description: messageDescriptions.plan });
  setHandler(
    reread,
    async () => {
      accept(await readCampaign.executeWithOptions({ summary: campaignWork.read }, [newest.campaignId]));
      return planned();
    },
    { description: messageDescriptions.reread, validator: refuseWhenOver },
  );

  function refuseWhenOver(): void {
    if (isCampaignOver(newest.state)) throw new Error('the campaign is over');
  }

  setCurrentDetails(campaignDetails(newest));
  return {
    get now() {
      return newest;
    },
    accept,
    msToNextPart() {
      const dueMs = newest.nextAt === null ? 0 : Date.parse(newest.nextAt) - (Date.now() + leadMs);
      return Math.max(dueMs, wasInVain ? vainWaitMs : 0);
    },
  };
}

const leadOf = (snapshot: CampaignSnapshot) => Date.parse(snapshot.now) - Date.now();
