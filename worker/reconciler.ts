import { WorkflowNotFoundError } from '@temporalio/client';
import { type EngineClient, isReachable, withTimeout } from '../engine/connection.ts';
import { caseOfWorkflow, workflowId } from '../engine/names.ts';
import type { Database } from '../store/database.ts';
import {
  openCases,
  type QuietCase,
  quietCases,
  reportStuck,
  settleStuck,
  stuckCases,
  tellEngineAgain,
  tellEngineOfQuietCampaigns,
  type WalkCursor,
} from '../store/reconciliation.ts';
import { inFlight } from './in-flight.ts';
import type { Logger } from './log.ts';
import { type Loop, startLoop } from './loop.ts';
import type { WorkerMetrics } from './metrics.ts';

export interface ReconcilerOptions {
  database: Database;
  engine: EngineClient;
  log: Logger;
  metrics: WorkerMetrics;
  /** For tests; ms. */
  firstMs?: number;
  everyMs?: number;
}

/** A case must be quiet for 2 minutes: with a round every 150 s a lost run is found within 5 minutes at the latest. */
const roundEveryMs = 150_000;
const firstRoundMs = 20_000;
const casesPerPage = 500;
/** Visibility is limited to some ten requests a second on many clusters. */
const betweenPagesMs = 200;
const describesInFlight = 4;
/** Runs that seem well and are described all the same, each round others: a failing workflow task shows nowhere else. */
const sampledPerRound = 100;
const suspectsPerRound = 1_000;

/**
 * Compares the open cases with the runs that should wait for them, and running campaigns with their pace. What it does about a
 * difference is an outbox row, and of a case a staff task when that has not helped by the next round; never anything else
 * (architecture, "Temporal"). A campaign that stands still shows on its own page, and among the failing runs.
 */
export function startReconciler(options: ReconcilerOptions): Loop {
  const { database, engine, log, metrics } = options;
  /** Suspects of the last round, told to the engine then. */
  let suspected = new Set<string>();
  let sampledTo = 0;

  async function round(stopping: AbortSignal): Promise<boolean> {
    if (!(await isReachable(engine))) return false;
    const suspects = new Set<string>();
    const found = { lost: await tellEngineOfQuietCampaigns(database), stuck: 0, looked: 0 };
    let cursor: WalkCursor | undefined;
    do {
      const page = await quietCases(database, cursor, casesPerPage);
      await judgePage(page.cases, suspects, found);
      cursor = page.next;
      if (cursor) await pause(betweenPagesMs);
    } while (cursor && !stopping.aborted);
    await settleRecovered(suspects);
    suspected = suspects;
    sampledTo = sampledTo + sampledPerRound < found.looked ? sampledTo + sampledPerRound : 0;
    metrics.reconciled.inc({ finding: 'lost' }, found.lost);
    metrics.reconciled.inc({ finding: 'stuck' }, found.stuck);
    const count = found.lost + found.stuck;
    if (count > 0) log.warn({ rows: found.looked, count }, 'told to the engine again');
    return false;
  }

  interface Found {
    lost: number;
    stuck: number;
    looked: number;
  }

  async function judgePage(cases: readonly QuietCase[], suspects: Set<string>, found: Found): Promise<void> {
    if (cases.length === 0) return;
    const running = await runningAmong(engine, cases);
    const again: string[] = [];
    await inFlight(cases, describesInFlight, async (one) => {
      found.looked += 1;
      const isSampled = found.looked > sampledTo && found.looked <= sampledTo + sampledPerRound;
      const seemsWell = running.has(one.id) && !one.isBehind && !suspected.has(one.id);
      if (seemsWell && !isSampled) return;
      const run = await lookAt(engine, one);
      if (run === 'none') {
        found.lost += 1;
        again.push(one.id);
      } else if ((run === 'failing' || one.isBehind) && suspects.size < suspectsPerRound) {
        found.stuck += 1;
        suspects.add(one.id);
        again.push(one.id);
        // Told in the last round already, and it did not help.
        if (suspected.has(one.id)) await reportStuck(database, one);
      }
    });
    await tellEngineAgain(database, again);
  }

  async function settleRecovered(suspects: ReadonlySet<string>): Promise<void> {
    const candidates = (await stuckCases(database, suspectsPerRound)).filter((id) => !suspects.has(id));
    for (const one of await openCases(database, candidates)) {
      if (!one.isBehind && (await lookAt(engine, one)) === 'well') await settleStuck(database, one.id);
    }
  }

  return startLoop({
    task: 'reconciler',
    firstMs: options.firstMs ?? firstRoundMs,
    everyMs: options.everyMs ?? roundEveryMs,
    log,
    work: round,
  });
}

/** The cases whose run is open, asked in one list: a description of each would cost a hundred times as much. */
async function runningAmong(engine: EngineClient, cases: readonly QuietCase[]): Promise<Set<string>> {
  const ids = cases.map(({ kind, id }) => `'${workflowId(kind, id)}'`).join(', ');
  const running = new Set<string>();
  const query = `ExecutionStatus = 'Running' AND WorkflowId IN (${ids})`;
  await withTimeout(engine.client, listTimeoutMs, async () => {
    for await (const run of engine.client.workflow.list({ query, pageSize: casesPerPage })) {
      const found = caseOfWorkflow(run.workflowId);
      if (found) running.add(found.caseId);
    }
  });
  return running;
}

const listTimeoutMs = 10_000;
const describeTimeoutMs = 3_000;
/** A workflow task fails at every attempt until its code is mended; one or two can be a worker that was killed. */
const failingFromAttempt = 3;

/** What Temporal says of a case's run. Throws when it does not answer. */
async function lookAt(
  engine: EngineClient,
  { kind, id }: Pick<QuietCase, 'kind' | 'id'>,
): Promise<'none' | 'failing' | 'well'> {
  const handle = engine.client.workflow.getHandle(workflowId(kind, id));
  try {
    const { status, raw } = await withTimeout(engine.client, describeTimeoutMs, () => handle.describe());
    if (status.name !== 'RUNNING') return 'none';
    return (raw.pendingWorkflowTask?.attempt ?? 1) >= failingFromAttempt ? 'failing' : 'well';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'none';
    throw error;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
