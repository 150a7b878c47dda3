import { WorkflowNotFoundError } from '@temporalio/client';
import { type CampaignSnapshot, isCampaignOver } from '../domain/registration/campaign.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { waitingWorkflowTasks } from '../engine/backlog.ts';
import { type EngineClient, isReachable, withTimeout } from '../engine/connection.ts';
import { campaignWorkflowId, messageNames, workflowId } from '../engine/names.ts';
import { ensureSearchAttributes } from '../engine/namespace.ts';
import { wakeCase } from '../engine/wake.ts';
import { wakeCampaign } from '../engine/wake-campaign.ts';
import { campaignSnapshotsOf } from '../store/campaign-snapshots.ts';
import type { Database } from '../store/database.ts';
import { type LeasedWord, leaseOutbox, postponeOutbox, settleOutbox } from '../store/outbox.ts';
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
  /** Of this process's engine worker. */
  stepsUnderWay?: () => number;
}

/** Calls under way at once; more make the dev server slower, not faster. */
const callsInFlight = 8;
const rowsPerRound = 64;
/**
 * Of many at once (a campaign) the engine is told few at a time, and only while it keeps up: Temporal serves its queue in order, so
 * whatever is told behind a thousand new runs would wait for them all.
 */
const bulkPerRound = 8;
const bulkEveryMs = 250;
const keepsUpWith = 4;
/** However busy it is, one of them goes at least this often: reminders and ends of the last of many come in time too. */
const bulkAtLeastEveryMs = 2_000;

/** Carries the outbox to the engine (architecture, pattern 3): leases rows, commits, then tells, then deletes. */
export function startRelay({ database, engine, log, metrics, stepsUnderWay = () => 0 }: RelayOptions): Loop {
  let isAway = false;
  /** At first, and after whatever went wrong: the namespace may be a new one that knows none of our attributes. */
  let isDoubtful = true;
  /** By the process's own clock. */
  let nextBulkAt = 0;
  let lastBulkAt = 0;
  let hasBulk = false;
  let calling: NodeJS.Timeout | undefined;

  async function round(): Promise<boolean> {
    if (isDoubtful) {
      // Nothing is leased for an engine that is away: its rows would only grow old in their waits.
      if (!(await isReachable(engine))) return false;
      await ensureSearchAttributes(engine.connection, engine.namespace);
      if (isAway) log.info('Temporal is back');
      isAway = false;
      isDoubtful = false;
    }
    const bulk = await bulkNow();
    const leased = await leaseOutbox(database, rowsPerRound, bulk);
    if (bulk > 0) hasBulk = leased.some(({ isBulk }) => isBulk);
    if (hasBulk) callAgain();
    if (leased.length === 0) return false;
    const told = await tellAll(leased);
    await settleOutbox(database, told);
    metrics.wakes.inc(told.length);
    return !isDoubtful && leased.some(({ isBulk }) => !isBulk);
  }

  /** While there are bulk rows the rounds come by themselves. */
  function callAgain(): void {
    clearTimeout(calling);
    calling = setTimeout(loop.nudge, Math.max(0, nextBulkAt - performance.now()) + 1).unref();
  }

  /** How many bulk rows may go in this round. */
  async function bulkNow(): Promise<number> {
    const now = performance.now();
    if (now < nextBulkAt) return 0;
    nextBulkAt = now + bulkEveryMs;
    if (!hasBulk) return bulkPerRound;
    const isBusy = stepsUnderWay() > keepsUpWith || (await waitingWorkflowTasks(engine).catch(() => 0)) > keepsUpWith;
    if (isBusy && now < lastBulkAt + bulkAtLeastEveryMs) return 0;
    lastBulkAt = now;
    return isBusy ? 1 : bulkPerRound;
  }

  async function tellAll(leased: readonly LeasedWord[]): Promise<LeasedWord[]> {
    const tellingOf = await tellings(leased);
    const told: LeasedWord[] = [];
    await inFlight(leased, callsInFlight, async (one) => {
      const telling = tellingOf.get(one.id);
      // What was erased has nothing to tell.
      if (!telling || (await isTold(one, telling))) told.push(one);
    });
    return told;
  }

  /** How each of them is told, by its id. */
  async function tellings(leased: readonly LeasedWord[]): Promise<Map<string, () => Promise<unknown>>> {
    const idsOf = (kind: LeasedWord['kind']) => leased.filter((one) => one.kind === kind).map(({ id }) => id);
    const [cases, campaigns] = [idsOf('case'), idsOf('campaign')];
    return new Map<string, () => Promise<unknown>>([
      ...(cases.length > 0 ? await snapshotsOf(database, cases) : []).map(
        (snapshot) => [snapshot.caseId, () => tellCase(engine, snapshot)] as const,
      ),
      ...(campaigns.length > 0 ? await campaignSnapshotsOf(database, campaigns) : []).map(
        (snapshot) => [snapshot.campaignId, () => tellCampaign(engine, snapshot)] as const,
      ),
    ]);
  }

  async function isTold(one: LeasedWord, tell: () => Promise<unknown>): Promise<boolean> {
    // Once the engine is found away, the rest of the round is put back without asking it.
    if (!isAway) {
      try {
        await tell();
        return true;
      } catch (error) {
        isDoubtful = true;
        if (await isReachable(engine)) {
          log.warn(
            { [`${one.kind}Id`]: one.id, attempt: one.attempts, error },
            'a word could not be told to the engine',
          );
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
async function tellCase(engine: EngineClient, snapshot: Snapshot): Promise<void> {
  const isOver = snapshot.waitingOn === null && snapshot.owes.mails.length === 0;
  if (isOver) await tellRunThatWaits(engine, workflowId(snapshot.kind, snapshot.caseId), snapshot);
  else await wakeCase(engine.client, snapshot);
}

/** The same of a campaign. */
async function tellCampaign(engine: EngineClient, snapshot: CampaignSnapshot): Promise<void> {
  if (isCampaignOver(snapshot.state)) await tellRunThatWaits(engine, campaignWorkflowId(snapshot.campaignId), snapshot);
  else await wakeCampaign(engine.client, snapshot);
}

async function tellRunThatWaits(engine: EngineClient, id: string, snapshot: unknown): Promise<void> {
  const handle = engine.client.workflow.getHandle(id);
  try {
    await withTimeout(engine.client, signalTimeoutMs, () => handle.signal(messageNames.wake, snapshot));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

const signalTimeoutMs = 5_000;
