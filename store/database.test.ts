import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts';
import { type Database, openDatabase } from './database.ts';
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
