import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../prisma/package-root.ts';
import { isExecutable } from './find-program.ts';

export type SdkServer = 'dev-server' | 'time-skipping';

const probes = { 'dev-server': 'cli', 'time-skipping': 'temporal-test-server' } satisfies Record<SdkServer, string>;
const prefixes = {
  'dev-server': 'temporal-sdk-typescript-',
  'time-skipping': 'temporal-test-server-sdk-typescript-',
} satisfies Record<SdkServer, string>;

/** The site has a few seconds to answer, its file some minutes to arrive. */
const PROBE_MS = 3_000;
const DOWNLOAD_MS = 300_000;

/**
 * A server as Temporal's SDK downloads it, kept in `folder`; undefined when the download site does not answer. The SDK's
 * own download cannot be called off and starts what it fetched, so it runs in a process of its own.
 */
export async function downloadBySdk(
  server: SdkServer,
  folder: string,
  log: (line: string) => void,
): Promise<string | undefined> {
  const kept = await keptDownload(server, folder);
  if (kept !== undefined) return kept;
  if (!(await answers(server))) return undefined;
  log(`downloading ${server === 'dev-server' ? 'the Temporal server' : "Temporal's test server"}, only this once`);
  await mkdir(folder, { recursive: true });
  const script = path.join(packageRoot, 'dev', 'sdk-download-process.mjs');
  const child = fork(script, [server, folder], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), DOWNLOAD_MS);
  await once(child, 'exit');
  clearTimeout(timer);
  return keptDownload(server, folder);
}

async function keptDownload(server: SdkServer, folder: string): Promise<string | undefined> {
  const files = await readdir(folder).catch(() => []);
  const candidates = files.filter((file) => file.startsWith(prefixes[server]) && !file.endsWith('.downloading')).sort();
  return candidates.map((file) => path.join(folder, file)).findLast(isExecutable);
}

async function answers(server: SdkServer): Promise<boolean> {
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const url = `https://temporal.download/${probes[server]}/default?arch=${arch}&platform=${process.platform}&sdk-name=sdk-typescript&sdk-version=1.24.0`;
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(PROBE_MS) })).ok;
  } catch {
    return false;
  }
}
