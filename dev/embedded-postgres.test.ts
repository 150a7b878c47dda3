import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { migrate } from '../prisma/migrate.ts';
import { type RunningPostgres, startPostgres } from './embedded-postgres.ts';

let folder: string;
let running: RunningPostgres;
const start = () => startPostgres({ dataDir: folder, port: 0, forTests: true, log: () => undefined });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-postgres-'));
  running = await start();
}, 60_000);
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('is migrated once, and migrating again changes nothing', async () => {
    const options = { ownerUrl: running.ownerUrl, appRole: 'gatehouse_app', log: () => undefined };
    const atOnce = await Promise.all([migrate(options), migrate(options)]);
    expect(atOnce.map((applied) => applied.length > 0).sort()).toEqual([false, true]); // one worked, one waited
    expect(await migrate(options)).toEqual([]);
    const [counts] = await rows(
      running.ownerUrl,
      'SELECT count(*)::int AS all, count(DISTINCT migration_name)::int AS names FROM _prisma_migrations',
    );
    expect(counts?.all).toBe(counts?.names);
  }, 30_000);

  it('lets the app work and nothing else', async () => {
    await expect(rows(running.appUrl, 'CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(rows(running.appUrl, `UPDATE clock_shift SET shift = interval '1 day'`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(rows(running.appUrl.replace('gatehouse_app', 'gatehouse_owner'), 'SELECT 1')).rejects.toThrow(
      /password/,
    );
    await expect(rows(running.appUrl.replace(/\/gatehouse$/, '/postgres'), 'CREATE DATABASE x')).rejects.toThrow(
      /permission/,
    );
  });

  it('starts again after kill -9, with its data', async () => {
    await rows(running.ownerUrl, `CREATE TABLE kept AS SELECT 'here' AS word`);
    process.kill(running.pid, 'SIGKILL');
    expect(await running.ended).toBe('SIGKILL');
    running = await start();
    expect(await rows(running.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'here' }]);
    expect(running.isNew).toBe(false);
  }, 60_000);

  it('ends a server that an earlier run left behind', async () => {
    const left = running;
    running = await start();
    expect(await left.ended).toBe('exit code 0');
    expect(await rows(running.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'here' }]);
  }, 60_000);

  it('leaves a stranger alone that has the process id of a stale postmaster.pid', async () => {
    const [{ cluster } = { cluster: '' }] = await rows(
      running.superUrl,
      `SELECT current_setting('data_directory') AS cluster`,
    );
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
    await writeFile(path.join(String(cluster), 'postmaster.pid'), `${process.pid}\n${cluster}\n`);
    running = await start(); // and this test still runs
    expect(await rows(running.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'here' }]);
  }, 60_000);
});

async function rows(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the server is killed under it
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
