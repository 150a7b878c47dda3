import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Database, openDatabase } from '../../store/database.ts';
import { makeKeyRingText, parseKeyRing } from '../../store/key-ring.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { isPasswordOf } from '../password-hash.ts';
import { loadOnce } from './load-once.ts';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.ownerUrl, keys: parseKeyRing(makeKeyRingText('k1')), connections: 3 });
});

afterAll(async () => {
  await database?.close();
  await testDatabase?.drop();
});

it('is loaded once, however many begin', async () => {
  const said = await Promise.all([loadOnce(database, 'first password'), loadOnce(database, 'first password')]);
  expect(said.sort()).toEqual(['the demonstration data is loaded', 'the demonstration data is there']);
});

it('changes nothing when it is there with this password', async () => {
  const cases = await database.query('SELECT id, version FROM cases ORDER BY id');
  expect(await loadOnce(database, 'first password')).toBe('the demonstration data is there');
  expect(await database.query('SELECT id, version FROM cases ORDER BY id')).toEqual(cases);
});

it('gives the demonstration staff another password when another is given', async () => {
  await loadOnce(database, 'second password');
  const [clerk] = await database.query<{ hash: string }>(
    "SELECT password_hash AS hash FROM members WHERE email = 'clerk@gatehouse.example'",
  );
  expect(await isPasswordOf(clerk?.hash ?? '', 'second password')).toBe(true);
  expect(await isPasswordOf(clerk?.hash ?? '', 'first password')).toBe(false);
});
