import { setTimeout as sleep } from 'node:timers/promises';

/** Latencies in ms of one kind of work, how long it went on, and what went wrong. */
export interface Loaded {
  /** Of the whole work; other parts of it by the name `note` was called with. */
  times: ReadonlyMap<string, readonly number[]>;
  done: number;
  errors: number;
  /** The messages of the first errors, each once. */
  firstErrors: readonly string[];
  seconds: number;
}

export const whole = 'whole';

/** `note` adds the time of a part of the work. A thrown error counts as one. */
export type Work = (note: (name: string, ms: number) => void) => Promise<void>;

/** Closed loop: `concurrency` at a time, each begins again as soon as it is done, for `seconds`. */
export async function saturate({
  concurrency,
  seconds,
  work,
}: {
  concurrency: number;
  seconds: number;
  work: Work;
}): Promise<Loaded> {
  const record = startRecord();
  const endAt = performance.now() + seconds * 1000;
  const loop = async () => {
    while (performance.now() < endAt) await record.run(work, performance.now());
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  return record.loaded();
}

/** Open loop: begins `perSecond` times a second whatever becomes of the others. Late beginnings count into the time. */
export async function steady({
  perSecond,
  seconds,
  work,
  mostAtOnce = 500,
}: {
  perSecond: number;
  seconds: number;
  work: Work;
  mostAtOnce?: number;
}): Promise<Loaded> {
  const record = startRecord();
  const startAt = performance.now();
  const underWay = new Set<Promise<void>>();
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const dueAt = startAt + (count * 1000) / perSecond;
    const waitMs = dueAt - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    if (underWay.size >= mostAtOnce) {
      record.fail(new Error(`${mostAtOnce} are under way: cannot keep up with ${perSecond}/s`));
      continue;
    }
    const running: Promise<void> = record.run(work, dueAt).finally(() => underWay.delete(running));
    underWay.add(running);
  }
  await Promise.all(underWay);
  return record.loaded();
}

/** One after the other, `count` times. */
export async function oneByOne(count: number, work: (index: number) => Promise<void>): Promise<Loaded> {
  const record = startRecord();
  for (let index = 0; index < count; index += 1) await record.run(() => work(index), performance.now());
  return record.loaded();
}

function startRecord() {
  const times = new Map<string, number[]>([[whole, []]]);
  const firstErrors = new Set<string>();
  const startedAt = performance.now();
  let done = 0;
  let errors = 0;
  const note = (name: string, ms: number) => {
    const series = times.get(name);
    if (series) series.push(ms);
    else times.set(name, [ms]);
  };
  const fail = (error: unknown) => {
    errors += 1;
    if (firstErrors.size < 5) firstErrors.add(error instanceof Error ? error.message : String(error));
  };
  return {
    fail,
    run: async (work: Work, dueAt: number) => {
      try {
        await work(note);
        note(whole, performance.now() - dueAt);
        done += 1;
      } catch (error) {
        fail(error);
      }
    },
    loaded: (): Loaded => ({
      times,
      done,
      errors,
      firstErrors: [...firstErrors],
      seconds: (performance.now() - startedAt) / 1000,
    }),
  };
}

/** The value below which `share` (0 to 1) of the values lie; NaN when there are none. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (below + above) / 2;
}
