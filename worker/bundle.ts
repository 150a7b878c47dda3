import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import { failureConverterPath } from '../engine/data-converter.ts';
import type { Logger } from './log.ts';
import { packageRoot } from './package-root.ts';

/** Code that runs in the sandbox can only come from these rooms (test/import-rules.ts). */
const sandboxRooms = ['workflows', 'domain', 'engine'];

/**
 * The workflows as one script, bundled once for the same code and kept under `dist/`: a start finds it there and needs no
 * webpack. Where nothing can be written it is bundled in memory.
 */
export async function workflowBundle(log: Logger, keptIn = keptFolder): Promise<WorkflowBundleOption> {
  const codePath = path.join(keptIn, `${await contentHash()}.js`);
  if (existsSync(codePath)) return { codePath };
  const { code } = await bundleWorkflowCode({
    workflowsPath: path.join(sources, 'workflows', `index${extension}`),
    failureConverterPath,
    logger: quiet,
  });
  try {
    await keep(codePath, code);
    return { codePath };
  } catch (error) {
    log.warn({ error }, 'the workflow bundle cannot be kept; it is made again at every start');
    return { code };
  }
}

/** Seen from `dist/` the compiled rooms, under test runners the sources themselves. */
const sources = path.dirname(import.meta.dirname);
const extension = path.extname(import.meta.filename);
const keptFolder = path.join(packageRoot, 'dist', 'workflow-bundle');

/** Of everything the bundle is made from: our code, and the SDK's version. */
async function contentHash(): Promise<string> {
  const hash = createHash('sha256').update(sdkVersion());
  const files = (await Promise.all(sandboxRooms.map(filesOf))).flat();
  for (const file of files.sort()) hash.update(`\0${path.relative(sources, file)}\0`).update(await readFile(file));
  return hash
    .update(await readFile(failureConverterPath))
    .digest('hex')
    .slice(0, 24);
}

async function filesOf(room: string): Promise<string[]> {
  const entries = await readdir(path.join(sources, room), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension) && !entry.name.endsWith(`.test${extension}`))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function sdkVersion(): string {
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  return version;
}

/** Under another name first, so that nobody reads half a bundle; what an older code left goes. */
async function keep(codePath: string, code: string): Promise<void> {
  const folder = path.dirname(codePath);
  await mkdir(folder, { recursive: true });
  const half = `${codePath}.${process.pid}`;
  await writeFile(half, code);
  await rename(half, codePath);
  const older = (await readdir(folder)).filter((name) => name.endsWith('.js')).map((name) => path.join(folder, name));
  await Promise.all(older.filter((file) => file !== codePath).map((file) => rm(file, { force: true })));
}

const say = () => undefined;
const quiet = { log: say, trace: say, debug: say, info: say, warn: say, error: say };
