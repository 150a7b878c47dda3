import { setTimeout as sleep } from 'node:timers/promises';
import { startActivation } from '../../contract/routes/public/activations.ts';
import { databaseNow } from '../../store/clock.ts';
import { type House, owed, portal } from '../house.ts';
import { median, oneByOne, quantile, whole } from '../load.ts';
import { type PreparedCase, prepareCases } from '../prepared-cases.ts';
import { processorTime, residentMb, spentSince } from '../processor-time.ts';
import { type Demand, each, type Row } from '../row.ts';

const allWithinSeconds = 180;
const tries = 50;

/** Many codes that end at the same instant: real secrets, and for each a workflow that waits for it. */
export const expiry: Row = {
  name: 'expiry',
  house: 'own',
  isOnce: true,
  run: async (house, { quick, codes }) => {
    const count = quick ? Math.min(codes, 1_000) : codes;
    const { cases, endAt, startedIn } = await casesThatWait(house, count);
    await proveAlive(house, cases, endAt);
    const workerMb = residentMb(house.stack.pidOf('worker'));
    await sleep(endAt.getTime() - (await databaseNow(house.database)).getTime());

    const before = processorTime(house.stack);
    const refused = await oneByOne(tries, (index) => refusedOnce(house, cases[index]));
    const found = await untilExpired(house, endAt, count);
    const cpu = each(spentSince(before, house.stack), count);
    const mailsAfter = await untilMailed(house, endAt);
    return [
      {
        what: `${count} codes end at once`,
        n: found.expired,
        errors: count - found.expired + (count - found.mails),
        perSecond: found.expired / found.lastAfter,
        p50: found.p50 * 1000,
        p95: found.p95 * 1000,
        cpu,
        demand: demandAll(found.lastAfter),
        note: `last expired ${found.lastAfter.toFixed(1)} s after, ${found.mails} mails queued, all sent ${mailsAfter}; worker ${workerMb?.toFixed(0)} MB while waiting; workflows started in ${startedIn.toFixed(0)} s`,
      },
      {
        what: '· dead codes tried meanwhile',
        n: refused.done,
        errors: refused.errors,
        p50: median(refused.times.get(whole) ?? []),
        p95: quantile(refused.times.get(whole) ?? [], 0.95),
        firstErrors: refused.firstErrors,
        demand: { text: 'refused at once', isMet: ({ errors }) => errors === 0 },
      },
    ];
  },
};

const demandAll = (lastAfter: number): Demand => ({
  text: `all in ${allWithinSeconds} s`,
  isMet: ({ errors }) => errors === 0 && lastAfter <= allWithinSeconds,
});

/** The end is set so far ahead that every workflow waits by then; whether it does is checked. */
async function casesThatWait(house: House, count: number) {
  const startsPerSecond = 25; // with a wide margin
  const aheadMs = 30_000 + (count / startsPerSecond) * 1000;
  const endAt = new Date(Math.ceil(((await databaseNow(house.database)).getTime() + aheadMs) / 1000) * 1000);
  const cases = await prepareCases(house.database, { count, expiresAt: endAt, isWaitedFor: true });
  const startedAt = performance.now();
  while ((await owed(house.database)).rows > 0) {
    if ((await databaseNow(house.database)).getTime() > endAt.getTime() - 10_000) {
      throw new Error('the engine did not start every workflow before the codes ended');
    }
    await sleep(500);
  }
  return { cases, endAt, startedIn: (performance.now() - startedAt) / 1000 };
}

/** A code must work before its end, else its refusal afterwards proves nothing. */
async function proveAlive({ http }: House, cases: readonly PreparedCase[], endAt: Date): Promise<void> {
  const last = cases.at(-1);
  if (!last) throw new Error('no cases were prepared');
  await http.call(startActivation, { params: { portal }, body: { accessCode: last.code } });
  if (Date.now() > endAt.getTime()) throw new Error('the codes ended before they were tried');
}

async function refusedOnce({ http }: House, prepared: PreparedCase | undefined): Promise<void> {
  await http.call(startActivation, { params: { portal }, body: { accessCode: prepared?.code ?? '' } }, 422);
}

interface Expired {
  expired: number;
  mails: number;
  /** Seconds after the codes' end. */
  p50: number;
  p95: number;
  lastAfter: number;
}

async function untilExpired({ database }: House, endAt: Date, count: number): Promise<Expired> {
  for (;;) {
    const [row] = await database.query<{ [Name in keyof Expired]: number | null } & { now: Date }>(
      `SELECT gatehouse_now() AS now, count(*)::int AS expired, max(after) AS "lastAfter",
         percentile_cont(0.5) WITHIN GROUP (ORDER BY after) AS p50, percentile_cont(0.95) WITHIN GROUP (ORDER BY after) AS p95,
         (SELECT count(*)::int FROM messages WHERE template = 'access_code_expired') AS mails
       FROM (SELECT extract(epoch FROM updated_at - $1::timestamptz)::float AS after FROM cases
         WHERE state = 'expired') AS changed`,
      [endAt],
    );
    if (!row) throw new Error('an aggregate answers');
    const { expired, mails, p50, p95, lastAfter } = row;
    const isOver = row.now.getTime() > endAt.getTime() + 1.5 * allWithinSeconds * 1000;
    if ((expired ?? 0) >= count || isOver) {
      const none = Number.POSITIVE_INFINITY;
      return {
        expired: expired ?? 0,
        mails: mails ?? 0,
        p50: p50 ?? none,
        p95: p95 ?? none,
        lastAfter: lastAfter ?? none,
      };
    }
    await sleep(500);
  }
}

async function untilMailed(house: House, endAt: Date): Promise<string> {
  try {
    await house.rest(allWithinSeconds);
  } catch {
    return `not ${allWithinSeconds} s later`;
  }
  const now = await databaseNow(house.database);
  return `${((now.getTime() - endAt.getTime()) / 1000).toFixed(0)} s after`;
}
