import {
  chainEnd,
  type Sealing,
  type SweepCursor,
  sealNewEntries,
  sweepStart,
  sweepUnsealed,
} from '../store/audit-seals.ts';
import type { Database } from '../store/database.ts';
import type { Logger } from './log.ts';
import { type Loop, startLoop } from './loop.ts';
import type { WorkerMetrics } from './metrics.ts';

export interface AuditSealerOptions {
  database: Database;
  log: Logger;
  metrics: WorkerMetrics;
}

const everyMs = 500;
const sweepStepMs = 2_000;
const sweepAgainMs = 600_000;
const headEveryMs = 3_600_000;
/** An alarm is raised for each; beyond this many the oldest are looked at again. */
const refusedKept = 1_000;

/**
 * Seals audit entries into the chain within a second of their commit, and walks through all of them in the background for what
 * came too late. The chain's head goes to the log every hour: whoever cuts the chain's end off must change that log as well.
 */
export function startAuditSealer({ database, log, metrics }: AuditSealerOptions): Loop {
  const refused = new Set<string>();
  let cursor: SweepCursor | undefined = sweepStart;
  let sweepAt = 0;
  let headAt = 0;

  async function round(): Promise<boolean> {
    const sealing = await sealNewEntries(database, [...refused]);
    report(sealing);
    metrics.sealLag.set(sealing.lagSeconds);
    const now = performance.now();
    if (now >= sweepAt) await sweep(now);
    if (now >= headAt) await logHead(now);
    return sealing.hasMore;
  }

  async function sweep(now: number): Promise<void> {
    const { sealing, next } = await sweepUnsealed(database, cursor ?? sweepStart);
    report(sealing);
    cursor = next;
    sweepAt = now + (next === undefined ? sweepAgainMs : sweepStepMs);
  }

  function report(sealing: Sealing): void {
    metrics.countMoves(sealing.actions);
    for (const id of sealing.refused) {
      if (refused.has(id)) continue;
      log.error({ auditId: id }, 'an audit entry is not ours or its key is missing; it is not sealed');
      metrics.refusedEntries.inc();
      if (refused.size >= refusedKept) refused.clear();
      refused.add(id);
    }
  }

  async function logHead(now: number): Promise<void> {
    const { no, hash } = await chainEnd(database);
    if (no === 0) return;
    log.info({ no, head: hash.toString('hex') }, 'audit head');
    headAt = now + headEveryMs;
  }

  return startLoop({ task: 'audit sealer', everyMs, log, work: round });
}
