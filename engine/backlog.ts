import proto from '@temporalio/proto';
import { type EngineClient, withTimeout } from './connection.ts';
import { taskQueue } from './names.ts';

const askedWithinMs = 1_000;
const ofWorkflows = proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW;

/** How many workflow tasks wait for a worker on our queue, about; 0 where the server does not say. Rejects when it is away. */
export async function waitingWorkflowTasks({ client, connection, namespace }: EngineClient): Promise<number> {
  const { stats } = await withTimeout(client, askedWithinMs, () =>
    connection.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: ofWorkflows,
      reportStats: true,
    }),
  );
  return Number(stats?.approximateBacklogCount ?? 0);
}
