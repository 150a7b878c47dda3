import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type House, openHouse } from '../test/support/house.ts';
import { sealNewEntries } from './audit-seals.ts';
import { type Database, openDatabase } from './database.ts';
import { makeKeyRingText, parseKeyRing } from './key-ring.ts';
import { compromiseKey, keysInUse, keyUsage } from './key-usage.ts';
import { troubleAtStart } from './start-checks.ts';

let house: House;
/** The same database after a rotation: a new key first, the old one still in the ring. */
let rotated: Database;

beforeEach(async () => {
  house = await openHouse();
  const { keys, pool } = house.database;
  const fresh = parseKeyRing(makeKeyRingText('fresh'));
  const url = pool.options.connectionString ?? '';
  rotated = openDatabase({ url, keys: { current: 'fresh', byId: new Map([...fresh.byId, ...keys.byId]) } });
});
afterEach(async () => {
  await rotated.close();
  await house.close();
});

describe('keys', () => {
  it('are counted by what refers to them', async () => {
    await house.caseIn('code_sent');
    await sealNewEntries(rotated);
    const usage = await keyUsage(rotated);
    expect(usage).toEqual([
      { keyId: 'fresh', isCurrent: true, isInRing: true, liveSecrets: 0, auditEntries: 0, seals: 5 },
      { keyId: 'test', isCurrent: false, isInRing: true, liveSecrets: 1, auditEntries: 5, seals: 0 },
    ]);
    expect((await keysInUse(rotated)).sort()).toEqual(['fresh', 'test']);
  });

  it('that are in use and not in the ring keep a process from starting, and so do a shifted clock and the owner in production', async () => {
    await house.caseIn('code_sent');
    const url = rotated.pool.options.connectionString ?? '';
    const without = openDatabase({ url, keys: parseKeyRing(makeKeyRingText('fresh')) });
    expect(await troubleAtStart(without, { isProduction: false })).toEqual([expect.stringContaining('"test"')]);
    await without.close();
    expect(await troubleAtStart(rotated, { isProduction: true })).toEqual([]);
    await house.owner.query(`UPDATE clock_shift SET shift = '60 days'`);
    expect(await troubleAtStart(rotated, { isProduction: true })).toEqual([expect.stringContaining('clock')]);
    expect(await troubleAtStart(rotated, { isProduction: false })).toEqual([]);
  });
});

describe('a compromised key', () => {
  const compromise = { keyId: 'test', memberEmail: 'sue.supervisor@gatehouse.example', perMinute: 60 };

  it('opens nothing any more, and the new codes are queued one second apart, each a decision of the supervisor', async () => {
    const cases = await Promise.all([house.caseIn('code_sent'), house.caseIn('code_sent')]);
    await house.query('DELETE FROM outbox');
    expect(await compromiseKey(rotated, compromise)).toEqual({
      reissued: 2,
      expired: 0,
      refused: [],
      mailboxCodes: 0,
    });
    const live = await house.query('SELECT 1 FROM secrets WHERE ended_at IS NULL');
    expect(live).toEqual([]);
    const rows = await house.query<{ wait: number }>(
      'SELECT EXTRACT(epoch FROM next_at - created_at)::float AS wait FROM outbox ORDER BY next_at',
    );
    expect(rows.map(({ wait }) => wait)).toEqual([0, 1]);
    for (const { id, version } of cases) {
      const row = await house.row(id);
      expect(row).toMatchObject({ state: 'approved', owesSecret: true, version: version + 1 });
      expect((await house.everythingOf(id)).decisions?.at(-1)).toBeDefined();
    }
    expect(await compromiseKey(rotated, compromise)).toMatchObject({ reissued: 0 });
  });

  it('leaves a case that a flag has silenced to staff', async () => {
    const { id } = await house.caseIn('code_sent');
    await house.moves(id, 'record_changed', { kind: 'engine' });
    expect(await compromiseKey(rotated, compromise)).toMatchObject({ reissued: 0, expired: 1 });
    expect(await house.row(id)).toMatchObject({ state: 'expired', flags: ['record_changed'], owesSecret: false });
  });

  it.each([
    ['the current key', { ...compromise, keyId: 'fresh' }, 'current'],
    ['a key nobody knows', { ...compromise, keyId: 'other' }, 'no key'],
    ['a clerk', { ...compromise, memberEmail: 'cleo.clerk@gatehouse.example' }, '--as'],
  ])('is refused for %s', async (_what, asked, words) => {
    await expect(compromiseKey(rotated, asked)).rejects.toThrow(words);
  });
});
