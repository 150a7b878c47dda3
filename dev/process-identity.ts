import { type ChildProcess, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Names one process for good: its id may be given to another one later, its id with the instant of its start may not. */
export interface ProcessMark {
  pid: number;
  startedAt: string;
}

/** The mark of a running process; undefined when there is none with this id (one that ended unreaped counts as none). */
export function markOf(pid: number): ProcessMark | undefined {
  const startedAt = process.platform === 'linux' ? startedAtByProc(pid) : startedAtByPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isRunning(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.startedAt === mark.startedAt;
}

/** The command line of a running process, for people and for recognising PostgreSQL; undefined when it is gone. */
export function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Settles with the signal or exit code in words when `child` ends, also when it has already. */
export function endOf(child: ChildProcess): Promise<string> {
  const words = (code: number | null, signal: NodeJS.Signals | null) => signal ?? `exit code ${code}`;
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve(words(child.exitCode, child.signalCode));
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(words(code, signal))));
}

/** Sends `signals` one after the other, each with its patience in ms, until the process is gone. Answers whether it is. */
export async function end(mark: ProcessMark, signals: [NodeJS.Signals, number][]): Promise<boolean> {
  for (const [signal, patienceMs] of signals) {
    if (!isRunning(mark)) return true;
    try {
      process.kill(mark.pid, signal);
    } catch {
      return !isRunning(mark);
    }
    if (await goneWithin(mark, patienceMs)) return true;
  }
  return !isRunning(mark);
}

async function goneWithin(mark: ProcessMark, patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    if (!isRunning(mark)) return true;
    await sleep(20);
  }
  return !isRunning(mark);
}

/** Remembers a child in `folder`, so that a later start finds it when this one is killed and the child is not; `signal` ends it in order. */
export async function remember(folder: string, name: string, pid: number, signal: NodeJS.Signals): Promise<void> {
  const mark = markOf(pid);
  if (mark === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.json`), JSON.stringify({ ...mark, signal }));
}

export async function forget(folder: string, name: string): Promise<void> {
  await rm(path.join(folder, `${name}.json`), { force: true });
}

/** Ends what an earlier, killed run left behind. Answers the names of those that were still running. */
export async function endLeftovers(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  const ended = await Promise.all(
    files.map(async (file) => {
      const left = parseLeftover(await readFile(path.join(folder, file), 'utf8').catch(() => ''));
      const wasRunning = left !== undefined && isRunning(left);
      if (wasRunning) {
        await end(left, [
          [left.signal, 6_000],
          ['SIGKILL', 5_000],
        ]);
      }
      await rm(path.join(folder, file), { force: true });
      return wasRunning ? path.basename(file, '.json') : undefined;
    }),
  );
  return ended.filter((name) => name !== undefined);
}

function parseLeftover(text: string): (ProcessMark & { signal: NodeJS.Signals }) | undefined {
  try {
    const { pid, startedAt, signal } = JSON.parse(text) as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof startedAt !== 'string') return undefined;
    return { pid, startedAt, signal: signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM' };
  } catch {
    return undefined; // cut off while it was written: the child is found by its port
  }
}

/** Fields 3 and 22 of /proc/<pid>/stat (the name before them may hold blanks), with the boot they belong to. */
function startedAtByProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

function startedAtByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
