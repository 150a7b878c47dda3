import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { packageRoot } from './package-root.ts';

export const migrationsFolder = path.join(packageRoot, 'prisma', 'migrations');
export const schemaFile = path.join(packageRoot, 'prisma', 'schema.prisma');

/** Nothing in the schema is managed by somebody else. */
export const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Prisma's schema engine as WebAssembly over `pg`, so that migrations need no downloaded native engine; lent to `use`.
 * `url` is the database as its owner; the engine keeps to one connection, so its own advisory lock holds.
 */
export async function withSchemaEngine<T>(
  { url, schema }: { url: string; schema?: string },
  use: (engine: engineModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadModule();
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: 'gatehouse migrate' });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new MigratingAdapters(pool));
    const datamodels: [string, string][] | undefined = schema === undefined ? undefined : [[schemaFile, schema]];
    const engine = await engineModule.SchemaEngine.new({ datamodels }, () => undefined, factory);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
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
    const imports = { './schema_engine_bg.js': { ...engineModule, ...waitingForNobody() } };
    const { instance } = await WebAssembly.instantiate(bytes, imports);
    engineModule.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start === 'function') start();
  })();
  return loaded;
}

/** The engine never clears the 10 s it gives its lock, and would keep a finished process that long. */
function waitingForNobody(): Record<string, (callback: () => void, ms: number) => NodeJS.Timeout> {
  const names = Object.keys(engineModule).filter((name) => name.startsWith('__wbg_setTimeout'));
  return Object.fromEntries(names.map((name) => [name, (callback, ms) => setTimeout(callback, ms >>> 0).unref()]));
}

/** What the engine needs of the adapter and adapter-pg 7.10 does not do; both are corrected where they connect. */
class MigratingAdapters extends PrismaPg {
  private readonly pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.pool = pool;
  }

  override async connect() {
    return readingCatalog(takingWholeScripts(await super.connect(), this.pool), this.pool);
  }
}

/**
 * adapter-pg cuts a script at every semicolon, also inside function bodies; PostgreSQL takes it whole, in one transaction.
 * The note that the migration is finished goes into the same transaction, so that no kill comes between the two.
 */
function takingWholeScripts<Adapter extends SqlDriverAdapter>(adapter: Adapter, pool: pg.Pool): Adapter {
  adapter.executeScript = async (script) => {
    await pool.query(`${script}\n;${noteFinished}`).catch((error: pg.DatabaseError) => {
      const { code = 'XX000', severity = 'ERROR', message, detail, column, hint } = error;
      throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint });
    });
  };
  return adapter;
}

/** The one row that is not finished is the migration being applied: the starter holds the lock and has cleared older ones. */
const noteFinished = `
DO $note$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $note$`;

/** OID of the catalog's one-byte type "char", which adapter-pg refuses; it passes as text and is named afterwards. */
const CATALOG_CHAR = 18;
const TEXT = 25;

/** The engine asks one question at a time, so one list of columns is enough. */
function readingCatalog<Adapter extends SqlDriverAdapter>(adapter: Adapter, pool: pg.Pool): Adapter {
  const charColumns: number[] = [];
  const query = pool.query.bind(pool) as (...input: unknown[]) => Promise<pg.QueryResult | pg.QueryResult[]>;
  const queryRaw = adapter.queryRaw.bind(adapter);
  const noting = async (...input: unknown[]) => {
    const result = await query(...input);
    for (const [index, field] of (Array.isArray(result) ? [] : result.fields).entries()) {
      if (field.dataTypeID !== CATALOG_CHAR) continue;
      field.dataTypeID = TEXT;
      charColumns.push(index);
    }
    return result;
  };
  Object.assign(pool, { query: noting });
  adapter.queryRaw = async (question) => {
    charColumns.length = 0;
    const answer = await queryRaw(question);
    for (const index of charColumns) answer.columnTypes[index] = ColumnTypeEnum.Character;
    return answer;
  };
  return adapter;
}
