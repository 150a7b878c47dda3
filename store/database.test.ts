import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts';
import { type Database, openDatabase, type Transaction } from './database.ts';
import { makeKeyRingText, parseKeyRing } from './key-ring.ts';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.appUrl, keys: parseKeyRing(makeKeyRingText('k1')), connections: 2 });
});

afterAll(async () => {
  await database?.close();
  await testDatabase?.drop();
});

it('a connection cut off between two statements ends its transaction and nothing else', async () => {
  const cutOff = database.transaction(async (tx) => {
    const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await database.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    await sleep(100); // the end is heard while no statement runs
    await tx.query('SELECT 1');
  });
  await expect(cutOff).rejects.toThrow();
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

describe('writes that nobody waits for', () => {
  const table = 'rate_limits'; // any the app may write
  const insert = `INSERT INTO ${table} (key, points, ends_at) VALUES ($1, 1, gatehouse_now())`;
  const keysLike = async (prefix: string) =>
    (
      await database.query<{ key: string }>(`SELECT key FROM ${table} WHERE key LIKE $1 ORDER BY key`, [`${prefix}%`])
    ).map(({ key }) => key);

  it('are there after the commit, in order with what was waited for', async () => {
    await database.transaction(async (tx) => {
      tx.write(insert, ['kept-1']);
      await tx.query(insert, ['kept-2']);
      tx.write(insert, ['kept-3']);
    });
    expect(await keysLike('kept-')).toEqual(['kept-1', 'kept-2', 'kept-3']);
  });

  it.each([
    ['at the commit', async () => {}],
    ['at the next statement', async (tx: Transaction) => void (await tx.query('SELECT 1'))],
  ])('fail the transaction %s, with their own error, and nothing of it stays', async (_when, next) => {
    const failing = database.transaction(async (tx) => {
      tx.write(insert, ['lost-1']);
      tx.write(insert, ['lost-1']);
      await next(tx);
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await keysLike('lost-')).toEqual([]);
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('of a part that throws are undone, those before and after it stay', async () => {
    await database.transaction(async (tx) => {
      tx.write(insert, ['part-1']);
      const thrown = tx.undoneWhenThrown(async () => {
        tx.write(insert, ['part-2']);
        throw new Error('refused');
      });
      await expect(thrown).rejects.toThrow('refused');
      const failed = tx.undoneWhenThrown(async () => tx.write(insert, ['part-1']));
      await expect(failed).rejects.toMatchObject({ code: '23505' });
      tx.write(insert, ['part-3']);
    });
    expect(await keysLike('part-')).toEqual(['part-1', 'part-3']);
  });

  it('cannot come after the end, where another transaction may be', async () => {
    let late: Transaction | undefined;
    await database.transaction((tx) => {
      late = tx;
    });
    expect(() => late?.write(insert, ['late-1'])).toThrow('over');
    await expect(late?.query('SELECT 1')).rejects.toThrow('over');
    expect(await keysLike('late-')).toEqual([]);
  });
});
