import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../dev/embedded-postgres.ts';
import { endLeftovers, markOf, remember } from '../../dev/process-identity.ts';
import { migrate } from '../../prisma/migrate.ts';
import { type DatabaseAddresses, databaseVariable } from './addresses.ts';

/** A PostgreSQL server of the tests; `stop` ends it and removes its data. */
export interface DatabaseServer {
  readonly addresses: DatabaseAddresses;
  stop(): Promise<void>;
}

let running: DatabaseServer | undefined;

/** The server of a whole run: started once, its addresses left in the environment; `stopRunDatabase` ends it. */
export async function startRunDatabase(): Promise<void> {
  if (running || process.env[databaseVariable]) return; // `npm test` has started one for all its groups
  try {
    running = await startDatabaseServer();
  } catch (error) {
    throw new Error(`the test database did not start: ${messageOf(error)}`, { cause: error });
  }
  process.env[databaseVariable] = JSON.stringify(running.addresses);
}

/** Ends what `startRunDatabase` started in this process; otherwise nothing. */
export async function stopRunDatabase(): Promise<void> {
  const server = running;
  running = undefined;
  if (!server) return;
  delete process.env[databaseVariable];
  await server.stop();
}

/** Starts an empty embedded PostgreSQL and migrates its database, from which every test file's is cloned. */
export async function startDatabaseServer(): Promise<DatabaseServer> {
  await removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  chmodSync(folder, 0o711); // as root, PostgreSQL runs under an account of its own and must get through
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  try {
    const postgres = await startPostgres({ dataDir: join(folder, 'data'), port: 0, forTests: true, log });
    await remember(join(folder, processFolder), 'postgres', postgres.pid, 'SIGINT');
    const stop = () => postgres.stop().finally(remove);
    const { superUrl, ownerUrl, appUrl } = postgres;
    try {
      await migrate({ ownerUrl, appRole: new URL(appUrl).username, log });
      await closeToAll(superUrl, new URL(ownerUrl).pathname.slice(1));
    } catch (error) {
      await stop();
      throw error;
    }
    return { addresses: { superUrl, ownerUrl, appUrl }, stop };
  } catch (error) {
    remove();
    throw new Error([messageOf(error), ...lines].join('\n'), { cause: error });
  }
}

/** A database is cloned only while nobody is in it. */
async function closeToAll(superUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl });
  await client.connect();
  try {
    await client.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname = $1', [database]);
  } finally {
    await client.end();
  }
}

const folderPrefix = 'gatehouse-test-';
const processFolder = 'processes';

/** A run that was killed leaves a server and its data behind; the folder's name says whose it was. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const run = name.match(/^gatehouse-test-(\d+)-/)?.[1];
    if (run === undefined || markOf(Number(run)) !== undefined) continue;
    const folder = join(tmpdir(), name);
    await endLeftovers(join(folder, processFolder));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One line for the person who reads it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
