import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { packageRoot } from './package-root.ts';
import { noFilters, readMigrations, withSchemaEngine } from './schema-engine.ts';
import { readMigrationSettings } from './settings.ts';

/** Any number of starters may migrate at once; one works, the others wait and find nothing left to do. */
const MIGRATION_LOCK = 7_423_881_402;

export interface MigrateOptions {
  /** The database as its owner. */
  ownerUrl: string;
  /** Gets the rights of `prisma/grants.sql`; undefined leaves rights as they are. */
  appRole?: string | undefined;
  log: (line: string) => void;
}

/**
 * Brings the database to the newest migration, as `prisma migrate deploy` would (same `_prisma_migrations` rows), and
 * grants the app's role its rights. Answers the names applied now. Throws an Error with one line that names the migration.
 */
export async function migrate({ ownerUrl, appRole, log }: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'gatehouse migrate' });
  await client.connect().catch((error: NodeJS.ErrnoException) => {
    const { host } = new URL(ownerUrl); // never the whole URL: it holds the password
    throw new Error(
      `the database at ${host} does not let the owner in (DATABASE_OWNER_URL): ${error.message || error.code}`,
    );
  });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await applyMissing(client, ownerUrl, log);
    if (appRole !== undefined) await grant(client, appRole);
    return applied;
  } finally {
    await client.end();
  }
}

async function applyMissing(client: pg.Client, ownerUrl: string, log: MigrateOptions['log']): Promise<string[]> {
  const migrationsList = await readMigrations();
  const known = await appliedMigrations(client);
  const missing: string[] = [];
  for (const { path: name, migrationFile } of migrationsList.migrationDirectories) {
    const checksum = known.get(name);
    if (checksum === undefined) missing.push(name);
    else if (migrationFile.content.tag === 'ok' && checksum !== sha256(migrationFile.content.value))
      log(`migration ${name} was changed after it had been applied to this database; the change is not in it`);
  }
  if (missing.length === 0) return []; // the engine's 0.3 s are not spent on a warm start

  await forgetCutOff(client);
  try {
    return await withSchemaEngine({ url: ownerUrl }, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters });
      return appliedMigrationNames;
    });
  } catch (error) {
    throw new Error(`migration ${await unfinished(client)} failed: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * A migration that failed or was cut off left nothing behind, since a script is one transaction: it may be tried again.
 * This is what `prisma migrate resolve --rolled-back` writes.
 */
async function forgetCutOff(client: pg.Client): Promise<void> {
  if (!(await hasMigrationsTable(client))) return;
  await client.query(
    'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
}

async function hasMigrationsTable(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  return rows[0]?.found === true;
}

/** Finished migrations and the checksums they were applied with. */
async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  if (!(await hasMigrationsTable(client))) return new Map();
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

/** `prisma/grants.sql` may be run again at any time; `:app_role` stands for the role's quoted name. */
async function grant(client: pg.Client, appRole: string): Promise<void> {
  const file = path.join(packageRoot, 'prisma', 'grants.sql');
  if (!existsSync(file)) return;
  const script = await readFile(file, 'utf8');
  await client.query(script.replaceAll(':app_role', pg.escapeIdentifier(appRole)));
}

async function unfinished(client: pg.Client): Promise<string> {
  if (!(await hasMigrationsTable(client))) return 'of an empty database';
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
  return rows.map((row) => row.migration_name).join(', ');
}

/** The engine's message has many lines, its own source positions among them; one line without those is left. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n').map((line) => line.trim());
  const positions = lines.findIndex((line) => /^0: /.test(line));
  return lines
    .slice(0, positions === -1 ? undefined : positions)
    .filter((line) => line !== '' && line !== 'external connector error')
    .join(' ');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `node dist/prisma/migrate.js`: DATABASE_OWNER_URL is migrated, the user of DATABASE_URL gets the app's rights. */
async function main(): Promise<void> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const { ownerUrl, appRole } = readMigrationSettings();
  if (appRole === undefined) print('DATABASE_URL is not set: no rights are granted to the app role');
  const applied = await migrate({ ownerUrl, appRole, log: print });
  print(applied.length === 0 ? 'nothing to migrate' : `applied ${applied.join(', ')}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
