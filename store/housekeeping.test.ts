import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type House, openHouse } from '../test/support/house.ts';
import { dueMails } from './due-mails.ts';
import { beat, liveProcesses, stopBeating } from './heartbeats.ts';
import { clearWhatIsOver, hasMoreToClear } from './housekeeping.ts';
import { queueMessage } from './messages.ts';
import { leaseOutbox, outboxBacklog, settleOutbox, tellEngine, tellEngineOfCampaign } from './outbox.ts';
import { quietCases, tellEngineAgain } from './reconciliation.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const minute = 60_000;
const at = (from: Date, ms: number) => new Date(from.getTime() + ms);

it('clears what is over to the hour and leaves what is not', async () => {
  const now = await house.now();
  await house.clock.standAt(now);
  for (const [key, ms] of Object.entries({ over: 0, running: 1 })) {
    await house.query('INSERT INTO rate_limits (key, points, ends_at) VALUES ($1, 1, $2)', [key, at(now, ms)]);
  }
  for (const [key, ms] of Object.entries({ old: -24 * 60 * minute, young: -24 * 60 * minute + 1 })) {
    await house.query(
      `INSERT INTO idempotency_keys (scope, key, body_hash, created_at) VALUES ('s', $1, '\\x00', $2)`,
      [key, at(now, ms)],
    );
  }
  const cleared = await clearWhatIsOver(house.database);
  expect(cleared).toEqual({
    limits: 1,
    idempotencyKeys: 1,
    sessions: 0,
    passwordHashes: 0,
    registrationHashes: 0,
    heartbeats: 0,
  });
  expect(hasMoreToClear(cleared)).toBe(false);
  expect(await house.query('SELECT key FROM rate_limits')).toEqual([{ key: 'running' }]);
  expect(await house.query('SELECT key FROM idempotency_keys')).toEqual([{ key: 'young' }]);
});

it('a process is alive for ten seconds after it was heard of', async () => {
  const now = await house.now();
  await house.clock.standAt(now);
  await beat(house.database, 'w1', 'worker');
  await house.clock.standAt(at(now, 9_999));
  expect(await liveProcesses(house.database, 'worker')).toBe(1);
  expect(await liveProcesses(house.database, 'api')).toBe(0);
  await house.clock.standAt(at(now, 10_000));
  expect(await liveProcesses(house.database, 'worker')).toBe(0);
  await beat(house.database, 'w1', 'worker');
  expect(await liveProcesses(house.database, 'worker')).toBe(1);
  await stopBeating(house.database, 'w1');
  expect(await liveProcesses(house.database, 'worker')).toBe(0);
});

it('the dispatcher takes mails of no case at once, most urgent first, and those of a case after a minute', async () => {
  const now = await house.now();
  await house.clock.standAt(now);
  await house.query(`DELETE FROM messages`);
  const { id: caseId } = await house.applies({ email: 'mail@mail.example' });
  const mail = { portal: 'harborview', to: 'ada@mail.example', language: 'en', data: {}, at: now };
  const dueOrdinary = async (except: string[]) =>
    (await dueMails(house.database, { ordinary: 10, bulk: 0, except })).ordinary;
  const ordinary = await house.database.transaction((tx) => queueMessage(tx, { ...mail, template: 'account_exists' }));
  const urgent = await house.database.transaction((tx) =>
    queueMessage(tx, { ...mail, template: 'mailbox_code', priority: 1 }),
  );
  expect(await dueOrdinary([])).toEqual([urgent, ordinary]);
  expect(await dueOrdinary([urgent])).toEqual([ordinary]);
  await house.clock.standAt(at(now, minute - 1));
  expect(await dueOrdinary([])).toHaveLength(2);
  await house.clock.standAt(at(now, minute));
  const [receipt] = await house.query<{ id: string }>('SELECT id FROM messages WHERE case_id = $1', [caseId]);
  const due = await dueOrdinary([]);
  expect([due[0], new Set(due)]).toEqual([urgent, new Set([urgent, ordinary, receipt?.id])]);
  await house.query(`UPDATE messages SET claimed_until = $1`, [at(now, 2 * minute)]);
  expect(await dueOrdinary([])).toEqual([]);
  await house.query(`DELETE FROM messages`);
});

it('the dispatcher takes bulk mails at once and apart from the others', async () => {
  const now = await house.now();
  await house.clock.standAt(now);
  await house.query(`DELETE FROM messages`);
  const { id: caseId } = await house.applies({ email: 'bulk@mail.example' });
  await house.query(`DELETE FROM messages`);
  const mail = { portal: 'harborview', to: 'ada@mail.example', language: 'en', data: {}, at: now };
  const queue = (more: object) =>
    house.database.transaction((tx) => queueMessage(tx, { ...mail, template: 'account_exists', ...more }));
  const bulk = [await queue({ caseId, isBulk: true }), await queue({ caseId, isBulk: true })];
  const urgent = await queue({ priority: 1 });
  const due = (most: number, except: string[]) => dueMails(house.database, { ordinary: 10, bulk: most, except });
  expect(await due(10, [])).toEqual({ ordinary: [urgent], bulk });
  expect(await due(1, [bulk[0] ?? ''])).toEqual({ ordinary: [urgent], bulk: [bulk[1]] });
  expect(await due(0, [urgent])).toEqual({ ordinary: [], bulk: [] });
  await house.query(`DELETE FROM messages`);
});

it('the engine is told of bulk last and little by little, of a case and a campaign once', async () => {
  await house.query('DELETE FROM outbox');
  const [first, second] = [await house.caseIn('submitted'), await house.caseIn('submitted')];
  await house.query('DELETE FROM outbox');
  const campaignId = '018f3e7a-7b3c-7cc0-9a51-0242ac120002';
  const now = await house.now();
  await house.database.transaction((tx) => {
    tellEngine(tx, first.id, now, { isBulk: true });
    tellEngine(tx, first.id, now, { isBulk: true });
    tellEngine(tx, second.id, now);
    tellEngineOfCampaign(tx, campaignId, now);
  });
  expect(await outboxBacklog(house.database)).toMatchObject({ rows: 2, bulkRows: 2 });
  const ordinary = await leaseOutbox(house.database, 10, 0);
  expect(ordinary.map(({ kind, id, isBulk }) => [kind, id, isBulk])).toEqual([
    ['case', second.id, false],
    ['campaign', campaignId, false],
  ]);
  const [bulk] = await leaseOutbox(house.database, 10, 1);
  expect(bulk).toMatchObject({ kind: 'case', id: first.id, isBulk: true });
  await settleOutbox(house.database, ordinary);
  expect(await outboxBacklog(house.database)).toMatchObject({ rows: 0, bulkRows: 2 });
  const newer = await leaseOutbox(house.database, 10, 10);
  expect(newer).toHaveLength(1);
  // The newest word of a case settles the older ones, whoever leased them.
  await settleOutbox(house.database, newer);
  expect(await outboxBacklog(house.database)).toMatchObject({ rows: 0, bulkRows: 0 });
});

it('the reconciler looks at open cases that were quiet for two minutes and of which the engine was told, page by page', async () => {
  const now = await house.now();
  await house.clock.standAt(now);
  const cases = [await house.caseIn('submitted'), await house.caseIn('approved'), await house.caseIn('in_review')];
  await house.caseIn('rejected');
  await house.query('DELETE FROM outbox');
  const quiet = async () => {
    const found: string[] = [];
    for (let cursor: Awaited<ReturnType<typeof quietCases>>['next']; ; ) {
      const page = await quietCases(house.database, cursor, 2);
      found.push(...page.cases.map(({ id }) => id));
      cursor = page.next;
      if (!cursor) return found;
    }
  };
  await house.clock.standAt(at(now, 2 * minute - 1));
  expect(await quiet()).not.toContain(cases[0]?.id);
  await house.clock.standAt(at(now, 2 * minute));
  expect(await quiet()).toEqual(expect.arrayContaining(cases.map(({ id }) => id)));

  const [first] = cases.map(({ id }) => id);
  expect(await tellEngineAgain(house.database, [first ?? ''])).toBe(1);
  expect(await tellEngineAgain(house.database, [first ?? ''])).toBe(0); // it waits to be told already
  expect(await quiet()).not.toContain(first);
});
