import { setTimeout as sleep } from 'node:timers/promises';
import { databaseNow } from '../../store/clock.ts';
import { queueMessage } from '../../store/messages.ts';
import { type House, password, portal } from '../house.ts';
import { prepareAccounts } from '../prepared-cases.ts';
import { processorTime, spentSince } from '../processor-time.ts';
import { demands, each, type Row } from '../row.ts';

/** Mails of no case, queued at once; until every one of them is settled in the ledger. */
export const mailDispatch: Row = {
  name: 'mail-dispatch',
  house: 'shared',
  run: async (house, { quick, seconds }) => {
    await house.rest(60);
    const count = seconds === undefined ? (quick ? 300 : 2_000) : seconds * 100;
    const hash = await house.passwords.hash(password);
    const [username = ''] = await prepareAccounts(house.database, 1, hash);
    const before = processorTime(house.stack);
    const takenBefore = house.sink.taken;
    const queuedAt = await queue(house, username, count);
    const elapsed = await untilSettled(house, queuedAt, count, 120);
    const [times] = await house.database.query<{ p50: number; p95: number; wrong: number }>(
      `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS p50, percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) AS p95,
         count(*) FILTER (WHERE state <> 'accepted')::int AS wrong
       FROM (SELECT state, extract(epoch FROM settled_at - queued_at)::float * 1000 AS ms FROM messages
         WHERE template = 'account_unlocked' AND queued_at = $1) AS sent`,
      [queuedAt],
    );
    return [
      {
        what: `${count} mails queued at once`,
        n: count,
        errors: (times?.wrong ?? 0) + Math.max(0, count - (house.sink.taken - takenBefore)),
        perSecond: count / elapsed,
        p50: times?.p50 ?? Number.NaN,
        p95: times?.p95 ?? Number.NaN,
        cpu: each(spentSince(before, house.stack), count),
        demand: demands({ perSecond: 50 }),
        note: 'p50, p95: from queued to settled',
      },
    ];
  },
};

async function queue({ database }: House, username: string, count: number): Promise<Date> {
  const [account] = await database.query<{ id: string }>('SELECT id FROM accounts WHERE username = $1', [username]);
  return database.transaction(async (tx) => {
    const at = await databaseNow(tx);
    for (let index = 0; index < count; index += 1) {
      await queueMessage(tx, {
        portal,
        accountId: account?.id,
        template: 'account_unlocked',
        to: `${username}.${index}@mail.example`,
        language: 'en',
        data: {},
        at,
        priority: 1,
      });
    }
    return at;
  });
}

async function untilSettled(
  { database }: House,
  queuedAt: Date,
  count: number,
  withinSeconds: number,
): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const [row] = await database.query<{ settled: number }>(
      `SELECT count(*)::int AS settled FROM messages WHERE template = 'account_unlocked' AND queued_at = $1 AND state <> 'queued'`,
      [queuedAt],
    );
    const seconds = (performance.now() - startedAt) / 1000;
    if ((row?.settled ?? 0) >= count) return seconds;
    if (seconds > withinSeconds)
      throw new Error(`only ${row?.settled ?? 0} of ${count} mails settled in ${withinSeconds} s`);
    await sleep(50);
  }
}
