import { WorkflowNotFoundError } from '@temporalio/client';
import type { Snapshot } from '../domain/snapshot.ts';
import { type EngineClient, isReachable, withTimeout } from '../engine/connection.ts';
import { messageNames, workflowId } from '../engine/names.ts';
import { ensureSearchAttributes } from '../engine/namespace.ts';
import { wakeCase } from '../engine/wake.ts';
import type { Database } from '../store/database.ts';
import { type LeasedCase, leaseOutbox, postponeOutbox, settleOutbox } from '../store/outbox.ts';
import { snapshotsOf } from '../store/snapshots.ts';
import { inFlight } from './in-flight.ts';
import type { Logger } from './log.ts';
import { type Loop, startLoop } from './loop.ts';
import type { WorkerMetrics } from './metrics.ts';

export interface RelayOptions {
  database: Database;
  engine: EngineClient;
  log: Logger;
  metrics: WorkerMetrics;
}

/** Calls under way at once; more make the dev server slower, not faster. */
const callsInFlight = 8;
const rowsPerRound = 64;

/** Carries the outbox to the engine (architecture, pattern 3): leases rows, commits, then tells, then deletes. */
export function startRelay({ database, engine, log, metrics }: RelayOptions): Loop {
  let isAway = false;
  /** At first, and after whatever went wrong: the namespace may be a new one that knows none of our attributes. */
  let isDoubtful = true;

  async function round(): Promise<boolean> {
    if (isDoubtful) {
      // Nothing is leased for an engine that is away: its rows would only grow old in their waits.
      if (!(await isReachable(engine))) return false;
      await ensureSearchAttributes(engine.connection, engine.namespace);
      if (isAway) log.info('Temporal is back');
      isAway = false;
      isDoubtful = false;
    }
    const leased = await leaseOutbox(database, rowsPerRound);
    if (leased.length === 0) return false;
    const told = await tellAll(leased);
    await settleOutbox(database, told);
    metrics.wakes.inc(told.length);
    return !isDoubtful;
  }

  async function tellAll(leased: readonly LeasedCase[]): Promise<LeasedCase[]> {
    const snapshots = await snapshotsOf(
      database,
      leased.map(({ caseId }) => caseId),
    );
    const byId = new Map(snapshots.map((snapshot) => [snapshot.caseId, snapshot]));
    const told: LeasedCase[] = [];
    await inFlight(leased, callsInFlight, async (one) => {
      const snapshot = byId.get(one.caseId);
      // A case that was erased has nothing to tell.
      if (!snapshot || (await isTold(one, snapshot))) told.push(one);
    });
    return told;
  }

  async function isTold(one: LeasedCase, snapshot: Snapshot): Promise<boolean> {
    // Once the engine is found away, the rest of the round is put back without asking it.
    if (!isAway) {
      try {
        await tell(engine, snapshot);
        return true;
      } catch (error) {
        isDoubtful = true;
        if (await isReachable(engine)) {
          log.warn({ caseId: one.caseId, attempt: one.attempts, error }, 'a case could not be told to the engine');
          await postponeOutbox(database, one);
          return false;
        }
        if (!isAway) log.warn({ error }, 'Temporal is away; what it is to be told waits');
        isAway = true;
      }
    }
    // Not the row's fault: it comes again as soon as the engine is back.
    await postponeOutbox(database, { ...one, attempts: 1 });
    return false;
  }

  const loop = startLoop({ task: 'relay', everyMs: 1_000, log, work: round });
  const stopListening = database.listen('outbox', loop.nudge);
  return {
    nudge: loop.nudge,
    get lastGoodAt() {
      return loop.lastGoodAt;
    },
    stop: async () => {
      stopListening();
      await loop.stop();
    },
  };
}

/** A case that is over and owes nothing is told to a run that waits, and starts none. */
async function tell(engine: EngineClient, snapshot: Snapshot): Promise<void> {
  const isOver = snapshot.waitingOn === null && snapshot.owes.mails.length === 0;
  if (!isOver) {
    await wakeCase(engine.client, snapshot);
    return;
  }
  const handle = engine.client.workflow.getHandle(workflowId(snapshot.kind, snapshot.caseId));
  try {
    await withTimeout(engine.client, signalTimeoutMs, () => handle.signal(messageNames.wake, snapshot));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

const signalTimeoutMs = 5_000;
