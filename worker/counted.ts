import type { Activities } from '../activities/index.ts';
import type { MailTransport } from '../mail/transport.ts';
import type { WorkerMetrics } from './metrics.ts';

/** The same transport; every attempt is counted by its outcome, whoever made it. */
export function countMails(transport: MailTransport, metrics: WorkerMetrics): MailTransport {
  return {
    ...transport,
    async send(mail, signal) {
      const outcome = await transport.send(mail, signal);
      metrics.sent.inc({ outcome: outcome.kind });
      return outcome;
    },
  };
}

/** The same activities; each attempt is counted by how it ended. */
export function countActivities(activities: Activities, metrics: WorkerMetrics): Activities {
  const counted = Object.entries(activities).map(([activity, perform]: [string, Perform]) => [
    activity,
    async (...given: unknown[]) => {
      try {
        const result = await perform(...given);
        metrics.activities.inc({ activity, result: 'done' });
        return result;
      } catch (error) {
        metrics.activities.inc({ activity, result: 'failed' });
        throw error;
      }
    },
  ]);
  return Object.fromEntries(counted) as Activities;
}

type Perform = (...given: unknown[]) => Promise<unknown>;
