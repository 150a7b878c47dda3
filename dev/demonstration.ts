import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../prisma/package-root.ts';
import { writePrivately } from './private-file.ts';

export interface Demonstration {
  dataDir: string;
  ownerUrl: string;
  appUrl: string;
  keys: string;
  /** Of the five demonstration members; another one than last time is set anew. */
  staffPassword: string;
  /** The cluster was made by this start: whatever was noted about loading is about another one. */
  isNewDatabase: boolean;
}

/**
 * Loads the demonstration data in a process of its own, unless this data folder notes that this database has them with
 * this password (a warm start spends no second on it). Throws one line when it fails.
 */
export async function loadDemonstration(demonstration: Demonstration): Promise<'loaded' | 'there before'> {
  const note = path.join(demonstration.dataDir, 'demonstration-loaded');
  const mark = createHmac('sha256', demonstration.keys)
    .update(`${demonstration.appUrl}\n${demonstration.staffPassword}`)
    .digest('hex');
  const noted = (await readFile(note, 'utf8').catch(() => '')).trim();
  if (noted === mark && !demonstration.isNewDatabase) return 'there before';
  await runLoader(demonstration);
  await writePrivately(note, mark);
  return 'loaded';
}

async function runLoader({ ownerUrl, appUrl, keys, staffPassword }: Demonstration): Promise<void> {
  const script = path.join(packageRoot, 'dist', 'prisma', 'demonstration', 'main.js');
  const env = {
    ...process.env,
    DATABASE_OWNER_URL: ownerUrl,
    DATABASE_URL: appUrl,
    GATEHOUSE_KEYS: keys,
    GATEHOUSE_DEMO_PASSWORD: staffPassword,
  };
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4_000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the demonstration data cannot be loaded: ${firstLine(said)}`);
}

function firstLine(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => /error/i.test(line)) ?? lines[0] ?? 'it said nothing';
}
