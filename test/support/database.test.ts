import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from './database.ts';

const databases: TestDatabase[] = [];

beforeAll(async () => {
  databases.push(...(await Promise.all([createTestDatabase(), createTestDatabase()])));
});
afterAll(() => Promise.all(databases.map((database) => database.drop())));

function pair(): [TestDatabase, TestDatabase] {
  const [first, second] = databases;
  if (!first || !second) throw new Error('the databases were not made');
  return [first, second];
}

async function ask(url: string, sql: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

it('every migration is in a clone, and what one test writes no other sees', async () => {
  const [first, second] = pair();
  await ask(first.ownerUrl, 'CREATE TABLE note (text text)');
  await expect(ask(second.ownerUrl, 'SELECT * FROM note')).rejects.toMatchObject({ code: '42P01' });
  expect(await ask(second.ownerUrl, 'SELECT count(*)::int AS n FROM _prisma_migrations')).not.toEqual([{ n: 0 }]);
});

it("the application's role enters, and may not make tables", async () => {
  const [first] = pair();
  expect(await ask(first.appUrl, 'SELECT current_user AS who')).toEqual([{ who: 'gatehouse_app' }]);
  await expect(ask(first.appUrl, 'CREATE TABLE mine (text text)')).rejects.toMatchObject({ code: '42501' });
});
