import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { isExecutable, onPath } from './find-program.ts';
import { downloadBySdk } from './sdk-download.ts';

/** The newest CLI whose go.mod has no `replace`, so that `go install` takes it: server 1.29, Web 2.42. */
const BUILDABLE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

export interface FindTemporal {
  log: (line: string) => void;
  /** Each way answers a program or undefined; replaced in tests only. */
  ways?: Way[];
}

export interface Way {
  /** For the message when none works. */
  name: string;
  find: (log: (line: string) => void) => Promise<string | undefined>;
}

/** A `temporal` program that can run the dev server, by the first way that works. Throws one line that names the ways. */
export async function findTemporal({ log, ways = temporalWays }: FindTemporal): Promise<string> {
  const tried: string[] = [];
  for (const way of ways) {
    const found = await way.find(log).catch((error: unknown) => {
      tried.push(`${way.name} (${error instanceof Error ? error.message : String(error)})`);
      return undefined;
    });
    if (found !== undefined) return found;
    if (!tried.some((line) => line.startsWith(way.name))) tried.push(way.name);
  }
  throw new Error(
    `no Temporal server to be had; tried ${tried.join(', ')}. Install the Temporal CLI (https://docs.temporal.io/cli) or Go, or set TEMPORAL_ADDRESS`,
  );
}

const keptCopy = () => path.join(cacheFolder(), 'bin', process.platform === 'win32' ? 'temporal.exe' : 'temporal');

export const temporalWays: Way[] = [
  { name: '`temporal` on PATH', find: async () => onPath('temporal') },
  { name: 'the kept copy', find: async () => (isExecutable(keptCopy()) ? keptCopy() : undefined) },
  { name: "the SDK's download", find: (log) => downloadBySdk('dev-server', path.dirname(keptCopy()), log) },
  { name: '`go install`', find: buildWithGo },
];

/** Some three minutes on two cores, once; 250 MB kept in the user's cache. */
async function buildWithGo(log: (line: string) => void): Promise<string | undefined> {
  const go = onPath('go');
  if (go === undefined) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-temporal-'));
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  log('building the Temporal server with Go: some minutes, only this once');
  const ticker = setInterval(() => log(`… still building the Temporal server (${seconds()} s)`), 20_000);
  try {
    await runGo(go, folder);
    await mkdir(path.dirname(keptCopy()), { recursive: true });
    await copyFile(path.join(folder, path.basename(keptCopy())), `${keptCopy()}.${process.pid}`);
    await rename(`${keptCopy()}.${process.pid}`, keptCopy()); // never half a program under the name
    log(`Temporal server built in ${seconds()} s, kept in ${keptCopy()}`);
    return keptCopy();
  } finally {
    clearInterval(ticker);
    await rm(folder, { recursive: true, force: true });
  }
}

async function runGo(go: string, folder: string): Promise<void> {
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '-trimpath', GOTOOLCHAIN: 'auto' };
  const child = spawn(go, ['install', BUILDABLE], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`go install failed: ${said.trim().split('\n').at(-1) ?? `exit code ${code}`}`);
}
