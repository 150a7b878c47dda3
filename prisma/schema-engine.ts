import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { packageRoot } from './package-root.ts';

export const migrationsFolder = path.join(packageRoot, 'prisma', 'migrations');
export const schemaFile = path.join(packageRoot, 'prisma', 'schema.prisma');

/** Nothing in the schema is managed by somebody else. */
export const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Prisma's schema engine as WebAssembly over `pg`, so that migrations need no downloaded native engine.
 * `url` is the database as its owner; the engine keeps to one connection, so its own advisory lock holds.
 */
export async function openSchemaEngine(url: string, schema?: string): Promise<engineModule.SchemaEngine> {
  await loadModule();
  const factory = bindMigrationAwareSqlAdapterFactory(new WholeScripts({ connectionString: url, max: 1 }));
  const datamodels: [string, string][] | undefined = schema === undefined ? undefined : [[schemaFile, schema]];
  return engineModule.SchemaEngine.new({ datamodels }, () => undefined, factory);
}

/** The migrations folder as the engine wants it, in order of name. */
export async function readMigrations(): Promise<MigrationList> {
  const entries = existsSync(migrationsFolder) ? await readdir(migrationsFolder, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lock = path.join(migrationsFolder, 'migration_lock.toml');
  return {
    baseDir: migrationsFolder,
    lockfile: { path: './migration_lock.toml', content: existsSync(lock) ? await readFile(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.sort().map(readMigration)),
  };
}

async function readMigration(name: string) {
  const content = await readFile(path.join(migrationsFolder, name, 'migration.sql'), 'utf8');
  return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: content } } };
}

/** Neither `lib: es2023` nor Node's types declare it. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

let loaded: Promise<void> | undefined;

/** The package is made for bundlers (`import … from '*.wasm'`), so Node links the module by hand, once. */
function loadModule(): Promise<void> {
  loaded ??= (async () => {
    const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const bytes = await readFile(path.join(path.dirname(glue), 'schema_engine_bg.wasm'));
    const imports = { './schema_engine_bg.js': engineModule };
    const { instance } = await WebAssembly.instantiate(bytes, imports);
    engineModule.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start === 'function') start();
  })();
  return loaded;
}

/** adapter-pg cuts a script at every semicolon, also inside function bodies; PostgreSQL takes it whole, in one transaction. */
class WholeScripts extends PrismaPg {
  override async connect() {
    return wholeScripts(await super.connect());
  }

  override async connectToShadowDb() {
    return wholeScripts(await super.connectToShadowDb());
  }
}

function wholeScripts<Adapter extends SqlDriverAdapter & { underlyingDriver(): Queryable }>(adapter: Adapter): Adapter {
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  return adapter;
}

interface Queryable {
  query(script: string): Promise<unknown>;
}
