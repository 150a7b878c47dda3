import { chmod, link, mkdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isRunning, markOf } from './process-identity.ts';

export interface DataFolder {
  root: string;
  logs: string;
  mails: string;
  temporal: string;
  /** One file per child, for the next start. */
  run: string;
  /** Lets the next launcher in. */
  release(): Promise<void>;
}

const NEEDED_MB = 500;
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Makes the folder, checks room and rights, and takes it for this launcher alone. Throws one line that names the folder and
 * GATEHOUSE_DATA_DIR. PostgreSQL's account may pass through it (0711); everything in it is private.
 */
export async function takeDataFolder(root: string): Promise<DataFolder> {
  const folder = {
    root,
    logs: path.join(root, 'logs'),
    mails: path.join(root, 'mails'),
    temporal: path.join(root, 'temporal'),
    run: path.join(root, 'run'),
  };
  try {
    await mkdir(root, { recursive: true });
    await chmod(root, 0o711);
    for (const inner of [folder.logs, folder.mails, folder.temporal, folder.run])
      await mkdir(inner, { recursive: true, mode: 0o700 });
    await checkRoom(root);
  } catch (error) {
    throw new Error(
      `the data folder ${root} cannot be used: ${(error as Error).message} (choose another with GATEHOUSE_DATA_DIR)`,
    );
  }
  const lock = path.join(root, 'launcher.lock');
  await takeLock(lock, root);
  return { ...folder, release: () => rm(lock, { force: true }) };
}

/** A log of the launcher's children; one that has grown large makes room first, one older is kept. */
export async function logFile(folder: DataFolder, name: string): Promise<string> {
  const file = path.join(folder.logs, `${name}.log`);
  const size = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(file, `${file}.1`);
  return file;
}

async function checkRoom(root: string): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  const freeMb = Math.floor((bavail * bsize) / 1024 / 1024);
  if (freeMb < NEEDED_MB) throw new Error(`only ${freeMb} MB are free on its disk, ${NEEDED_MB} MB are needed`);
  const probe = path.join(root, `probe.${process.pid}`);
  await writeFile(probe, 'x');
  await rm(probe);
}

/** The lock appears whole (by link), and one whose launcher is gone is nobody's. */
async function takeLock(lock: string, root: string): Promise<void> {
  const mine = `${lock}.${process.pid}`;
  await writeFile(mine, JSON.stringify(markOf(process.pid)));
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const isTaken = await link(mine, lock).then(
        () => true,
        () => false,
      );
      if (isTaken) return;
      const holder = await holderOf(lock);
      if (holder !== undefined)
        throw new Error(
          `another Gatehouse (process ${holder}) runs on ${root}: end it, or choose another folder with GATEHOUSE_DATA_DIR`,
        );
      await rm(lock, { force: true });
    }
    throw new Error(`the data folder ${root} is being taken by another Gatehouse`);
  } finally {
    await rm(mine, { force: true });
  }
}

async function holderOf(lock: string): Promise<number | undefined> {
  try {
    const mark = JSON.parse(await readFile(lock, 'utf8')) as { pid: number; startedAt: string };
    return isRunning(mark) ? mark.pid : undefined;
  } catch {
    return undefined;
  }
}
