import { z } from 'zod';
import { messageState } from './message.ts';
import { instant, uuid } from './scalars.ts';

const dependencyState = z.enum(['up', 'down']);

/** What a case's run fails at, as Temporal has it now. */
const failingActivity = z.object({
  name: z.string(),
  attempt: z.int(),
  lastFailure: z.string(),
  nextTryAt: instant.nullable(),
});

/** How things run at the moment `asOf`; cases and mails over the portals the member may see, nothing personal. */
export const operations = z
  .object({
    asOf: instant,
    dependencies: z
      .object({ database: dependencyState, temporal: dependencyState, mail: dependencyState, worker: dependencyState })
      .describe('As the process that answers reaches them.'),
    workers: z.int().describe('Worker processes heard of in the last seconds.'),
    outbox: z
      .object({ waiting: z.int(), oldestSince: instant.nullable() })
      .describe('Cases of which the engine has not been told yet.'),
    mail: z.object({
      waiting: z.int(),
      oldestSince: instant.nullable(),
      lastWeek: z.array(z.object({ state: messageState, count: z.int() })).describe('Queued in the last 7 days.'),
    }),
    tasks: z
      .array(z.object({ reason: z.string(), count: z.int(), oldestSince: instant }))
      .describe('Open staff tasks by reason, oldest first.'),
    troubled: z
      .array(
        z.object({
          caseId: uuid,
          reference: z.string(),
          portal: z.string(),
          since: instant,
          reason: z.enum(['engine_stuck', 'engine_delayed']).describe('Found by the reconciler, or not told yet.'),
          workflowId: z.string(),
          status: z
            .string()
            .nullable()
            .describe('The run’s own; null when it was not asked, as beyond the first ten, or did not answer.'),
          failing: z.union([failingActivity, z.null()]),
          url: z.string().nullable().describe('The run in Temporal Web.'),
        }),
      )
      .describe('Cases whose run is behind or fails, oldest first.'),
  })
  .meta({ id: 'Operations' });
export type Operations = z.output<typeof operations>;
