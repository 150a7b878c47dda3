import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '../dev/embedded-postgres.ts';
import { migrationsFolder, noFilters, readMigrations, schemaFile, withSchemaEngine } from './schema-engine.ts';

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
  const content = await readFile(schemaFile, 'utf8');
  const schema = { files: [{ path: schemaFile, content }] };
  const { stdout: script, exitCode } = await withSchemaEngine({ url: databaseUrl, schema: content }, async (engine) => {
    await engine.applyMigrations({ migrationsList: await readMigrations(), filters: noFilters });
    return engine.diff({
      from: { tag: 'schemaDatasource', ...schema, configDir: path.dirname(schemaFile) },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: true, // 2: something differs
      filters: noFilters,
    });
  });
  return exitCode === 2 && script !== null ? write(name, script) : undefined;
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
