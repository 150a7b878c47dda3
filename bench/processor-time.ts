import { readFileSync } from 'node:fs';
import type { Part, Stack } from '../test/support/stack.ts';
import { descendantsOf } from '../test/support/stack.ts';

/** Milliseconds of processor time by who spent them; `load` is this process: load generator and mail sink. */
export type ProcessorTime = Readonly<Record<Spender, number>>;

export const spenders = ['api', 'worker', 'postgres', 'temporal', 'load'] as const;
export type Spender = (typeof spenders)[number];

const partOf: Record<Exclude<Spender, 'load'>, Part> = {
  api: 'api',
  worker: 'worker',
  postgres: 'PostgreSQL',
  temporal: 'Temporal',
};

/** What every part has spent since it started. A part that was started again counts from zero. */
export function processorTime(stack: Stack): ProcessorTime {
  const own = process.cpuUsage();
  const spent = Object.entries(partOf).map(([name, part]) => [name, treeMs(stack.pidOf(part))]);
  return { ...Object.fromEntries(spent), load: (own.user + own.system) / 1000 } as ProcessorTime;
}

export function spentSince(before: ProcessorTime, stack: Stack): ProcessorTime {
  const now = processorTime(stack);
  return Object.fromEntries(spenders.map((name) => [name, Math.max(0, now[name] - before[name])])) as ProcessorTime;
}

/** Resident memory of one process in MB; undefined when it does not run. */
export function residentMb(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return line?.[1] === undefined ? undefined : Number(line[1]) / 1024;
}

/** Clock ticks of /proc are hundredths of a second on every Linux there is. */
const msPerTick = 10;

/** A process, the children it has waited for, and every process below it that still runs. */
function treeMs(pid: number | undefined): number {
  if (pid === undefined) return 0;
  return descendantsOf(pid).reduce((sum, child) => sum + ticksOf(child).own, sumOf(ticksOf(pid))) * msPerTick;
}

const sumOf = ({ own, ended }: { own: number; ended: number }) => own + ended;

/** Fields 14 to 17 of /proc/<pid>/stat: user, system, and both of children that ended. */
function ticksOf(pid: number): { own: number; ended: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return { own: user + system, ended: endedUser + endedSystem };
  } catch {
    return { own: 0, ended: 0 }; // it ended between the listing and the reading
  }
}
