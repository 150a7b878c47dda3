import { setTimeout as sleep } from 'node:timers/promises';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import type { EngineSettings } from '../engine/connection.ts';
import { taskQueue } from '../engine/names.ts';
import { ensureSearchAttributes } from '../engine/namespace.ts';
import { connectWorker, type WorkerConnection } from '../engine/worker-connection.ts';
import { knownError, type Logger } from './log.ts';

export interface EngineWorkerOptions {
  engine: EngineSettings;
  bundle: () => Promise<WorkflowBundleOption>;
  activities: Activities;
  log: Logger;
}

export interface EngineWorker {
  readonly isRunning: boolean;
  /** Steps of runs that were taken from the queue and are not done; they share one processor with everything else here. */
  readonly stepsUnderWay: number;
  /** Work under way is finished within the grace time; what is not is cancelled and comes again elsewhere. */
  stop(): Promise<void>;
}

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * Serves the task queue for as long as the process lives: waits for a Temporal that is not there yet, outlives one that goes
 * away (the SDK polls on), and is made anew after whatever ends it for good, such as a namespace that was lost.
 */
export function startEngineWorker(options: EngineWorkerOptions): EngineWorker {
  const { log } = options;
  const stopping = new AbortController();
  let current: Worker | undefined;
  const running = serve();

  async function serve(): Promise<void> {
    let pauseMs = firstPauseMs;
    let lastProblem: string | undefined;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      try {
        await serveOnce();
      } catch (error) {
        const { name, code } = knownError(error);
        // A Temporal that is away is said once, not every few seconds.
        if (lastProblem !== `${name}/${code}`) log.warn({ error }, 'the engine worker is not running; tried again');
        lastProblem = `${name}/${code}`;
      }
      if (performance.now() - startedAt > 30_000) [pauseMs, lastProblem] = [firstPauseMs, undefined];
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  async function serveOnce(): Promise<void> {
    const [workflowBundle, connected] = await Promise.all([options.bundle(), connectWorker(options.engine)]);
    try {
      const ensured = await ensureSearchAttributes(connected.connection, connected.namespace);
      if (ensured.added.length > 0) log.info({ names: ensured.added }, 'search attributes registered');
      const worker = await createWorker(connected, workflowBundle, options.activities);
      if (stopping.signal.aborted) return;
      current = worker;
      log.info({ taskQueue, namespace: connected.namespace }, 'the engine worker is running');
      await worker.run();
    } finally {
      current = undefined;
      await connected.close().catch(() => undefined);
    }
  }

  return {
    get isRunning() {
      return current?.getState() === 'RUNNING';
    },
    get stepsUnderWay() {
      return current?.getStatus().numInFlightWorkflowActivations ?? 0;
    },
    stop: async () => {
      stopping.abort();
      if (current?.getState() === 'RUNNING') current.shutdown();
      await running;
    },
  };
}

function createWorker(
  { connection, namespace, dataConverter }: WorkerConnection,
  workflowBundle: WorkflowBundleOption,
  activities: Activities,
): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    dataConverter,
    taskQueue,
    workflowBundle,
    activities: { ...activities },
    ...tuning,
  });
}

/** Measured for two cores that PostgreSQL and Temporal share with us (quality.md "Speed"). */
const tuning = {
  reuseV8Context: true,
  // A cached run costs some 275 kB of memory, 31 to 48 kB of it heap, and saves 12 to 20 ms when its timer fires; thousands wait
  // at once.
  maxCachedWorkflows: 4_000,
  // A killed worker otherwise stalls the cases it had cached for 10 s.
  stickyQueueScheduleToStartTimeout: '2s',
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentWorkflowTaskPolls: 8,
  // Activities share the pool of connections with the loops.
  maxConcurrentActivityTaskExecutions: 16,
  maxConcurrentActivityTaskPolls: 8,
  maxConcurrentLocalActivityExecutions: 16,
  // Below the launcher's 10 s until SIGKILL.
  shutdownGraceTime: '3s',
  shutdownForceTime: '6s',
} as const;
