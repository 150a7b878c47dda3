import type { Client } from '@temporalio/client';
import type { Snapshot } from '../domain/snapshot.ts';
import { withTimeout } from './connection.ts';
import { messageNames, taskQueue, workflowId, workflowType } from './names.ts';
import { runSummary } from './readable-texts.ts';
import { searchAttributesOf } from './search-attributes.ts';

/** How long one wake may take before the relay counts it as failed. */
const wakeTimeoutMs = 5000;

/**
 * Tells the case's run the newest snapshot, and starts it from that snapshot when there is none (never had, lost, terminated, done).
 * Safe to repeat: an old snapshot changes nothing. Answers the run id; rejects when Temporal is not there within 5 s.
 * Whether a final case still needs a wake is for the caller to say.
 */
export async function wakeCase(client: Client, snapshot: Snapshot): Promise<string> {
  const handle = await withTimeout(client, wakeTimeoutMs, () =>
    client.workflow.signalWithStart<(start: Snapshot) => Promise<unknown>, [Snapshot]>(workflowType(snapshot.kind), {
      workflowId: workflowId(snapshot.kind, snapshot.caseId),
      taskQueue,
      args: [snapshot],
      signal: messageNames.wake,
      signalArgs: [snapshot],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      typedSearchAttributes: searchAttributesOf(snapshot),
      staticSummary: runSummary(snapshot.kind, snapshot.reference),
    }),
  );
  return handle.signaledRunId;
}
