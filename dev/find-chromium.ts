import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { packageRoot } from '../prisma/package-root.ts';
import { isExecutable, onPath } from './find-program.ts';

export interface FindChromium {
  log: (line: string) => void;
  /** Each way answers a program or undefined; replaced in tests only. */
  ways?: readonly ChromiumWay[];
}

export interface ChromiumWay {
  /** For the message when none works. */
  name: string;
  find: (log: (line: string) => void) => Promise<string | undefined>;
}

/** What Chromium needs to run quietly everywhere, as root and without a screen as well (platform.md "Browser"). */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium to run, by the first way that works; `CHROMIUM_PATH` overrules them all. Throws one line that names the ways. */
export async function findChromium({ log, ways = chromiumWays }: FindChromium): Promise<string> {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (isExecutable(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH is ${wanted}, which cannot be run`);
  }
  const tried: string[] = [];
  for (const { name, find } of ways) {
    try {
      const found = await find(log);
      if (found !== undefined) return found;
      tried.push(name);
    } catch (error) {
      tried.push(`${name} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  throw new Error(
    `no Chromium to be had; tried ${tried.join(', ')}. Install Chromium or Google Chrome, or set CHROMIUM_PATH`,
  );
}

const installedNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

const installedElsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export const chromiumWays: readonly ChromiumWay[] = [
  { name: 'an installed one', find: async () => installed() },
  { name: "Playwright's download", find: downloadByPlaywright },
  { name: "Debian's package", find: installByApt },
];

function installed(): string | undefined {
  return installedNames.map((name) => onPath(name)).find(Boolean) ?? installedElsewhere.find(isExecutable);
}

/** Playwright's own copy in the user's cache, fetched once. */
async function downloadByPlaywright(log: (line: string) => void): Promise<string | undefined> {
  const kept = chromium.executablePath();
  if (existsSync(kept)) return kept;
  log('downloading Chromium by Playwright: 150 MB, only this once');
  await run(process.execPath, [
    path.join(packageRoot, 'node_modules', 'playwright-core', 'cli.js'),
    'install',
    'chromium',
  ]);
  return existsSync(kept) ? kept : undefined;
}

async function installByApt(log: (line: string) => void): Promise<string | undefined> {
  const apt = onPath('apt-get');
  if (apt === undefined || process.getuid?.() !== 0) return undefined;
  log("installing Debian's chromium: some 100 MB, only this once");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '--yes', '--no-install-recommends', 'chromium'];
  // The list of packages of a fresh container is empty or old.
  await run(apt, install, env).catch(async () => {
    await run(apt, ['update'], env);
    await run(apt, install, env);
  });
  return onPath('chromium');
}

const patienceMs = 5 * 60_000;

/** Throws with the last line the program wrote. */
async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: patienceMs });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(said.trim().split('\n').at(-1) || `exit code ${code}`);
}
