import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Stack, startStack } from '../../test/support/stack.ts';
import { median, quantile } from '../load.ts';
import { processorTime, residentMb, spentSince } from '../processor-time.ts';
import { each, type Measured, type Row } from '../row.ts';

const settleSeconds = 20;

/** `npm start` with the demonstration data, cold once and then warm; at its end what API and worker hold when nothing happens. */
export const start: Row = {
  name: 'start',
  house: 'none',
  isOnce: true,
  run: async ({ quick, environment }) => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'gatehouse-bench-'));
    chmodSync(dataDir, 0o711); // as root, PostgreSQL runs under an account of its own and must get through
    try {
      const options = { demo: true, dataDir, environment, byNpm: true };
      const cold = await startStack(options);
      const coldMs = cold.readyAfterMs;
      await cold.stop();
      const warmMs: number[] = [];
      let idle: Measured[] = [];
      const rounds = quick ? 1 : 5;
      for (let round = 0; round < rounds; round += 1) {
        const warm = await startStack({ ...options, ports: cold.ports });
        warmMs.push(warm.readyAfterMs);
        if (round === rounds - 1) idle = await idling(warm, quick ? settleSeconds / 2 : settleSeconds);
        await warm.stop();
      }
      return [warmStart(warmMs, coldMs), ...idle];
    } finally {
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

function warmStart(warmMs: number[], coldMs: number): Measured {
  return {
    what: 'warm `npm start` → ready',
    n: warmMs.length,
    errors: 0,
    p50: median(warmMs),
    p95: quantile(warmMs, 0.95),
    demand: { text: '≤ 15 s', isMet: ({ p50 = Number.NaN }) => p50 <= 15_000 },
    note: `the first, cold one ${(coldMs / 1000).toFixed(1)} s; both build first`,
  };
}

/** What nobody's work costs, over `seconds`, and what API and worker hold at their end. */
async function idling(stack: Stack, seconds: number): Promise<Measured[]> {
  await sleep(seconds * 1000); // what the start left to do is done then
  const before = processorTime(stack);
  await sleep(seconds * 1000);
  const cpu = each(spentSince(before, stack), seconds);
  const most = { api: 200, worker: 350 };
  return [
    { what: 'a second in which nothing happens', n: seconds, errors: 0, cpu },
    ...(['api', 'worker'] as const).map((part) => {
      const mb = residentMb(stack.pidOf(part)) ?? Number.NaN;
      return {
        what: `idle memory of the ${part === 'api' ? 'API' : 'worker'}`,
        n: 1,
        errors: 0,
        p50: mb,
        unit: 'MB',
        demand: { text: `≤ ${most[part]} MB`, isMet: ({ p50 = Number.NaN }: Measured) => p50 <= most[part] },
      };
    }),
  ];
}
