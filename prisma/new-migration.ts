import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '../dev/embedded-postgres.ts';
import { migrationsFolder, noFilters, openSchemaEngine, readMigrations, schemaFile } from './schema-engine.ts';

/**
 * `npm run migration -- <name>`: writes `prisma/migrations/<time>_<name>/migration.sql` with what `schema.prisma` has and
 * the migrations have not. What Prisma's schema cannot say (functions, triggers, checks, partial indexes) is added by hand.
 */
async function main(name: string | undefined): Promise<string> {
  if (name === undefined || !/^[a-z0-9_]+$/.test(name)) return 'say its name: npm run migration -- add_something';
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-migration-'));
  const postgres = await startPostgres({ dataDir: folder, port: 0, forTests: true, log: () => undefined });
  try {
    const migrationName = await writeMigration(postgres.superUrl, name);
    return migrationName === undefined
      ? 'schema.prisma and the migrations already agree'
      : `wrote prisma/migrations/${migrationName}/migration.sql: read it, add what Prisma cannot say`;
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The migrations as they stand are applied to a database of their own, and that is compared with the schema (the engine as
 * WebAssembly makes no shadow database). Answers the new folder's name, or undefined when nothing differs.
 */
async function writeMigration(databaseUrl: string, name: string): Promise<string | undefined> {
  const schema = { files: [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }] };
  const engine = await openSchemaEngine(databaseUrl, schema.files[0]?.content);
  try {
    await engine.applyMigrations({ migrationsList: await readMigrations(), filters: noFilters });
    const { stdout: script, exitCode } = await engine.diff({
      from: { tag: 'schemaDatasource', ...schema, configDir: path.dirname(schemaFile) },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: true, // 2: something differs
      filters: noFilters,
    });
    if (exitCode !== 2 || script === null) return undefined;
    return await write(name, script);
  } finally {
    engine.free();
  }
}

/** Named as Prisma names it: UTC time to the second, then the name. */
async function write(name: string, script: string): Promise<string> {
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = path.join(migrationsFolder, `${time}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'migration.sql'), script);
  return path.basename(folder);
}

process.stdout.write(`${await main(process.argv[2])}\n`);
