import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedOwnerUrl } from '../../dev/embedded-postgres.ts';
import { endOf, isRunning, type ProcessMark } from '../../dev/process-identity.ts';
import { packageRoot } from '../../prisma/package-root.ts';
import { type KeyRing, parseKeyRing } from '../../store/key-ring.ts';
import { freePort } from './free-port.ts';

/** The launcher's children, by the names it remembers them under. */
export type Part = 'PostgreSQL' | 'Temporal' | 'mail catcher' | 'worker' | 'api';

/** Settings of the launcher that choose a port. */
const portSettings = [
  'PORT',
  'OPS_PORT',
  'WORKER_OPS_PORT',
  'POSTGRES_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'SMTP_PORT',
  'MAIL_UI_PORT',
] as const;

export type StackPorts = Readonly<Record<(typeof portSettings)[number], number>>;

export interface StackOptions {
  /** Whether the demonstration data are loaded. */
  demo: boolean;
  /** A folder of the caller's, e.g. a former stack's; it stays at `stop`. Undefined: a temporary one that goes. */
  dataDir?: string;
  /** A former stack's; undefined: free ones. */
  ports?: StackPorts;
  /** A relay of the caller's; undefined: the launcher's mail catcher. */
  smtpUrl?: string;
  /** Besides ours, for launcher, worker and API. */
  environment?: Readonly<Record<string, string>>;
  /** As people start it, `npm start` with its build, rather than the launcher alone. */
  byNpm?: boolean;
  /** Default: a minute and a half. */
  readyWithinMs?: number;
}

/** The whole product on this machine, every part a real process, started as people start it. */
export interface Stack {
  readonly dataDir: string;
  readonly ports: StackPorts;
  /** Scheme, host and port, without a path; likewise the others. */
  readonly apiUrl: string;
  readonly opsUrl: string;
  readonly workerOpsUrl: string;
  readonly mailUiUrl: string;
  readonly temporalAddress: string;
  /** As the owner of the tables; there for looking and for preparing, never for what the product does itself. */
  readonly ownerUrl: string;
  readonly keys: KeyRing;
  /** Of the demonstration staff. */
  readonly staffPassword: string;
  /** From the start of the first process until it was ready. */
  readonly readyAfterMs: number;
  /** The process of a part as it runs now (the launcher starts it again when it dies); undefined while it does not. */
  pidOf(part: Part | 'launcher'): number | undefined;
  /** Resolves when the API's operations port says so. Throws after `withinMs`. */
  ready(withinMs?: number): Promise<void>;
  /** SIGKILL: one part, which the launcher then starts again, or everything at once, the launcher included. */
  kill9(part?: Part): Promise<void>;
  /** Holds a part (SIGSTOP) until the answered function is called. */
  hold(part: Part): () => void;
  /** What the launcher has printed, the last 64 KiB of it. */
  output(): string;
  /** Ends everything in order, then by force; a temporary data folder goes. Safe to call twice and after `kill9`. */
  stop(): Promise<void>;
}

const staffPassword = 'demonstration staff of a test stack';
const stopPatienceMs = 30_000;

/** Starts the product on free ports (needs a build: `dist/`). Answers when it is ready. Throws with the launcher's last lines. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const ports = options.ports ?? (await freePorts());
  const startedAt = performance.now();
  const launcher = spawnLauncher(options, dataDir, ports);
  const output = collectOutput(launcher);
  const ended = endOf(launcher);
  const opsUrl = `http://127.0.0.1:${ports.OPS_PORT}`;
  const remove = () => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  const killAtExit = () => {
    killEverything(dataDir);
    remove();
  };
  process.once('exit', killAtExit); // whoever started it may be ended before it could call `stop`
  const stop = async () => {
    process.off('exit', killAtExit);
    await endLauncher(launcher, ended, dataDir);
    remove();
  };
  const untilReady = async (withinMs: number) => {
    const giveUpAt = performance.now() + withinMs;
    while (!(await isReady(opsUrl))) {
      if (launcher.exitCode !== null || launcher.signalCode !== null)
        throw new Error(`the launcher ended: ${output()}`);
      if (performance.now() > giveUpAt) {
        throw new Error([`not ready within ${withinMs} ms: ${output()}`, ...lastLogLines(dataDir)].join('\n'));
      }
      await sleep(50);
    }
  };
  try {
    await untilReady(options.readyWithinMs ?? 90_000);
    const ownerUrl = await embeddedOwnerUrl(dataDir, ports.POSTGRES_PORT);
    if (ownerUrl === undefined) throw new Error('the data folder keeps no password of its PostgreSQL');
    return {
      dataDir,
      ports,
      apiUrl: `http://127.0.0.1:${ports.PORT}`,
      opsUrl,
      workerOpsUrl: `http://127.0.0.1:${ports.WORKER_OPS_PORT}`,
      mailUiUrl: `http://127.0.0.1:${ports.MAIL_UI_PORT}`,
      temporalAddress: `127.0.0.1:${ports.TEMPORAL_PORT}`,
      ownerUrl,
      keys: parseKeyRing((await readFile(path.join(dataDir, 'keys'), 'utf8')).trim()),
      staffPassword,
      readyAfterMs: performance.now() - startedAt,
      pidOf: (part) => runningPid(dataDir, part),
      ready: (withinMs = 60_000) => untilReady(withinMs),
      kill9: async (part) => {
        if (part !== undefined) return killPart(dataDir, part);
        killEverything(dataDir);
        await ended;
      },
      hold: (part) => holdPart(dataDir, part),
      output,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function spawnLauncher(options: StackOptions, dataDir: string, ports: StackPorts): ChildProcess {
  const env: NodeJS.ProcessEnv = {
    ...inheritedEnvironment(),
    ...Object.fromEntries(portSettings.map((name) => [name, String(ports[name])])),
    GATEHOUSE_DATA_DIR: dataDir,
    GATEHOUSE_DEMO: options.demo ? '1' : '0',
    GATEHOUSE_DEMO_PASSWORD: staffPassword,
    ...(options.smtpUrl === undefined ? {} : { SMTP_URL: options.smtpUrl }),
    ...options.environment,
  };
  const [program, args] = options.byNpm
    ? ['npm', ['start']]
    : [process.execPath, [path.join(packageRoot, 'dist', 'dev', 'start.js')]];
  // A group of its own, so that `stop` reaches npm, its shell and the launcher as Ctrl-C at a terminal does.
  return spawn(program, args, { env, cwd: packageRoot, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Ours, without what would make the stack another one, and without the test runner's own Node options. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(?:GATEHOUSE_|TEMPORAL_|DATABASE_|SMTP_|PUBLIC_URL$|TRUST_PROXY$|NODE_ENV$|NODE_OPTIONS$|JEST_)/;
  const kept = /^TEMPORAL_TEST_SERVER$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name) || !foreign.test(name)));
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-stack-'));
  chmodSync(folder, 0o711); // as root, PostgreSQL runs under an account of its own and must get through
  return folder;
}

async function freePorts(): Promise<StackPorts> {
  const chosen = new Set<number>();
  while (chosen.size < portSettings.length) chosen.add(await freePort());
  const numbers = [...chosen];
  return Object.fromEntries(portSettings.map((name, index) => [name, numbers[index] ?? 0])) as StackPorts;
}

function collectOutput(launcher: ChildProcess): () => string {
  let said = '';
  const take = (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-65_536);
  };
  launcher.stdout?.on('data', take);
  launcher.stderr?.on('data', take);
  return () => said;
}

/** What worker and API last wrote; it says why they do not come up. */
function lastLogLines(dataDir: string): string[] {
  return ['worker', 'api'].map((room) => {
    try {
      const lines = readFileSync(path.join(dataDir, 'logs', `${room}.log`), 'utf8')
        .trimEnd()
        .split('\n');
      return `${room}: ${lines.at(-1)}`;
    } catch {
      return `${room}: has written nothing`;
    }
  });
}

async function isReady(opsUrl: string): Promise<boolean> {
  try {
    const answer = await fetch(`${opsUrl}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

async function endLauncher(launcher: ChildProcess, ended: Promise<string>, dataDir: string): Promise<void> {
  if (launcher.exitCode === null && launcher.signalCode === null && launcher.pid !== undefined) {
    signalQuietly(-launcher.pid, 'SIGINT');
    await Promise.race([ended, sleep(stopPatienceMs, undefined, { ref: false })]);
  }
  killEverything(dataDir);
  if (launcher.pid !== undefined && launcher.exitCode === null) signalQuietly(-launcher.pid, 'SIGKILL');
  await Promise.race([ended, sleep(2_000, undefined, { ref: false })]);
}

async function killPart(dataDir: string, part: Part): Promise<void> {
  const mark = markIn(path.join(dataDir, 'run', `${part}.json`));
  if (mark === undefined || !isRunning(mark)) throw new Error(`${part} does not run`);
  for (const pid of [mark.pid, ...descendantsOf(mark.pid)]) signalQuietly(pid, 'SIGKILL');
  while (isRunning(mark)) await sleep(10);
}

/** The launcher first, so that it starts nothing again. */
function killEverything(dataDir: string): void {
  const marks = [path.join(dataDir, 'launcher.lock'), ...runFiles(dataDir)].map(markIn);
  const pids = marks.filter((mark) => mark !== undefined && isRunning(mark)).map((mark) => mark?.pid ?? 0);
  const all = new Set(pids.flatMap((pid) => [pid, ...descendantsOf(pid)]));
  for (const pid of all) if (pid > 1) signalQuietly(pid, 'SIGKILL');
}

function holdPart(dataDir: string, part: Part): () => void {
  const pid = runningPid(dataDir, part);
  if (pid === undefined) throw new Error(`${part} does not run`);
  process.kill(pid, 'SIGSTOP');
  return () => signalQuietly(pid, 'SIGCONT');
}

function runFiles(dataDir: string): string[] {
  try {
    return readdirSync(path.join(dataDir, 'run')).map((name) => path.join(dataDir, 'run', name));
  } catch {
    return [];
  }
}

function runningPid(dataDir: string, part: Part | 'launcher'): number | undefined {
  const file = part === 'launcher' ? 'launcher.lock' : path.join('run', `${part}.json`);
  const mark = markIn(path.join(dataDir, file));
  return mark !== undefined && isRunning(mark) ? mark.pid : undefined;
}

function markIn(file: string): ProcessMark | undefined {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessMark>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
  } catch {
    return undefined; // not there, or cut off while it was written
  }
}

/** Every process below this one, children before grandchildren. Linux only; elsewhere none are found. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirOf('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const found = [pid];
  for (const ancestor of found) for (const [child, parent] of parents) if (parent === ancestor) found.push(child);
  return found.slice(1);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

function readdirOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone already
  }
}
