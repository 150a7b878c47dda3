import type { Client } from '@temporalio/client';
import type { CampaignSnapshot } from '../domain/registration/campaign.ts';
import { withTimeout } from './connection.ts';
import { campaignType, campaignWorkflowId, messageNames, taskQueue } from './names.ts';
import { campaignWork } from './readable-texts.ts';
import { searchAttributes } from './search-attributes.ts';

const wakeTimeoutMs = 5_000;

/**
 * Tells a campaign's run the newest snapshot, and starts it from that snapshot when there is none. Safe to repeat, like `wakeCase`.
 * Answers the run id; rejects when Temporal is not there within 5 s.
 */
export async function wakeCampaign(client: Client, snapshot: CampaignSnapshot): Promise<string> {
  const handle = await withTimeout(client, wakeTimeoutMs, () =>
    client.workflow.signalWithStart<(start: CampaignSnapshot) => Promise<unknown>, [CampaignSnapshot]>(campaignType, {
      workflowId: campaignWorkflowId(snapshot.campaignId),
      taskQueue,
      args: [snapshot],
      signal: messageNames.wake,
      signalArgs: [snapshot],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      typedSearchAttributes: [{ key: searchAttributes.portal, value: snapshot.portal }],
      staticSummary: campaignWork.run,
    }),
  );
  return handle.signaledRunId;
}
