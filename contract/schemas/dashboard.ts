import { z } from 'zod';
import { caseKind, caseState, slaBand, waitingOn } from './case.ts';
import { messageState } from './message.ts';
import { instant, isoDate, uuid } from './scalars.ts';

/** A case on the dashboard: nothing personal, so that every role may see it. */
const caseOnDashboard = z
  .object({
    id: uuid,
    reference: z.string(),
    kind: caseKind,
    portal: z.string(),
    state: caseState,
    waitingOn: waitingOn.nullable(),
    sla: slaBand.nullable(),
    dueAt: instant.nullable(),
    lateAt: instant.nullable(),
  })
  .meta({ id: 'CaseOnDashboard' });

/** Figures of the moment `asOf`, over the portals the member may see. */
export const dashboard = z
  .object({
    asOf: instant,
    mine: z.object({
      total: z.int(),
      waitingOnStaff: z.int(),
      dueToday: z.int(),
      late: z.int(),
      next: z
        .union([caseOnDashboard, z.null()])
        .describe('Start next: mine first, then unassigned, soonest promise first.'),
    }),
    queue: z
      .object({
        total: z.int(),
        unassigned: z.int(),
        late: z.int(),
        due: z.int(),
        ok: z.int(),
        paused: z.int(),
        none: z.int().describe('No promise runs: codes are out.'),
      })
      .describe('Open cases by promise.'),
    tasks: z
      .array(
        z.object({
          reason: z.string(),
          subject: z.enum(['case', 'account', 'message']),
          id: uuid,
          reference: z.string().nullable(),
          portal: z.string(),
          since: instant,
        }),
      )
      .describe('Open staff tasks, oldest first.'),
    stuck: z
      .array(z.object({ caseId: uuid, reference: z.string(), since: instant, reason: z.string() }))
      .describe('The engine is behind or fails.'),
    bounced: z
      .array(
        z.object({
          messageId: uuid,
          template: z.string(),
          state: messageState,
          caseId: uuid.nullable(),
          reference: z.string().nullable(),
          at: instant,
        }),
      )
      .describe('Mails that did not arrive, or may not have.'),
    throughput: z
      .array(
        z.object({
          on: isoDate,
          received: z.int(),
          approved: z.int(),
          rejected: z.int(),
          activated: z.int(),
          medianHoursToDecision: z.number().nullable(),
        }),
      )
      .describe('The last 28 days, oldest first.'),
  })
  .meta({ id: 'Dashboard' });
export type Dashboard = z.output<typeof dashboard>;
