import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../prisma/package-root.ts';

/** What the interface is made from: its own room and those it imports. */
const sources = ['admin-ui', 'contract', 'domain', 'package-lock.json'];
const built = path.join(packageRoot, 'dist', 'admin-ui');
const note = path.join(built, '.made-from');

/** Builds the back office into `dist/admin-ui`, unless it stands there built from the same sources. */
async function main(): Promise<void> {
  const hash = await contentHash();
  if (existsSync(note) && (await readFile(note, 'utf8')) === hash) return;
  const { build } = await import('vite');
  await build({ configFile: path.join(packageRoot, 'admin-ui', 'vite.config.ts'), logLevel: 'warn' });
  await writeFile(note, hash);
}

async function contentHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(sources.map(filesOf))).flat().sort()) {
    hash.update(`\0${file}\0`).update(await readFile(path.join(packageRoot, file)));
  }
  return hash.digest('hex');
}

async function filesOf(source: string): Promise<string[]> {
  if (path.extname(source)) return [source];
  const entries = await readdir(path.join(packageRoot, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => path.relative(packageRoot, path.join(entry.parentPath, entry.name)));
}

await main();
