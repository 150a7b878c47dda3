import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type DatabaseAddresses, databaseVariable } from './addresses.ts';

/** A database of a test file's own, with every migration applied and nothing in it. */
export interface TestDatabase {
  readonly name: string;
  /** As the application's role: may work, not migrate. */
  readonly appUrl: string;
  /** As the owner of the tables: may also erase and move the clock. */
  readonly ownerUrl: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Clones the migrated database (about 0.1 s). Call it in `beforeAll`, and `drop()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { superUrl, ownerUrl, appUrl } = databaseAddresses();
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const owner = new URL(ownerUrl).username;
  const app = new URL(appUrl).username;
  await run(superUrl, [
    `CREATE DATABASE ${name} TEMPLATE ${new URL(ownerUrl).pathname.slice(1)} OWNER ${owner}`,
    `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`, // rights on the database itself are not cloned
    `GRANT CONNECT ON DATABASE ${name} TO ${app}`,
  ]);
  return {
    name,
    appUrl: inDatabase(appUrl, name),
    ownerUrl: inDatabase(ownerUrl, name),
    drop: () => run(superUrl, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]),
  };
}

/** Where this run's server is. Throws one clear line when the run has none. */
export function databaseAddresses(): DatabaseAddresses {
  const text = process.env[databaseVariable];
  if (!text) throw new Error('no test database: list its room with those that have one in jest.config.mjs');
  return JSON.parse(text);
}

const inDatabase = (url: string, name: string): string => Object.assign(new URL(url), { pathname: name }).href;

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
