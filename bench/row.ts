import type { House } from './house.ts';
import { type Loaded, quantile, whole } from './load.ts';
import { type ProcessorTime, processorTime, spenders, spentSince } from './processor-time.ts';

/** What the command line asked for. */
export interface BenchOptions {
  /** Short runs that only prove that every row works. */
  quick: boolean;
  /** Of one measured stretch; undefined = the row's own. */
  seconds: number | undefined;
  /** Cases in the list row. */
  cases: number;
  /** Codes that end in the same second. */
  codes: number;
  /** Of each kind in the row about times that must be alike. */
  samples: number;
  environment: Readonly<Record<string, string>>;
}

/** One line of the table. */
export interface Measured {
  what: string;
  n: number;
  errors: number;
  perSecond?: number;
  /** Milliseconds, or what `unit` says. */
  p50?: number;
  p95?: number;
  unit?: string;
  /** Milliseconds of processor time for each of `n`. */
  cpu?: Partial<ProcessorTime>;
  /** What quality.md demands, and whether it was met. Judged anew on the medians. */
  demand?: Demand;
  note?: string;
  firstErrors?: readonly string[];
}

export interface Demand {
  text: string;
  isMet: (line: Measured) => boolean;
}

export type Row = {
  name: string;
  /** Too long to repeat, or repeated inside. */
  isOnce?: boolean;
} & (
  | {
      /** `shared`: the house of the whole run, at rest. `own`: a fresh one, for rows that leave much behind. */
      house: 'shared' | 'own';
      run(house: House, options: BenchOptions): Promise<Measured[]>;
    }
  | {
      /** It starts its own. */
      house: 'none';
      run(options: BenchOptions): Promise<Measured[]>;
    }
);

/** Runs `load` and measures what it cost; the processor time is that of the stretch, whoever caused it. */
export async function measured(
  house: House,
  load: () => Promise<Loaded>,
): Promise<{ loaded: Loaded; cpu: ProcessorTime }> {
  const before = processorTime(house.stack);
  const loaded = await load();
  return { loaded, cpu: each(spentSince(before, house.stack), loaded.done) };
}

/** A line of what was loaded; `of` names a part of the work, else it is the whole. */
export function line(what: string, loaded: Loaded, more: Partial<Measured> & { of?: string } = {}): Measured {
  const { of = whole, ...rest } = more;
  const times = loaded.times.get(of) ?? [];
  return {
    what,
    n: times.length,
    errors: of === whole ? loaded.errors : 0,
    perSecond: times.length / loaded.seconds,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    firstErrors: of === whole ? loaded.firstErrors : [],
    ...rest,
  };
}

export function each(spent: ProcessorTime, count: number): ProcessorTime {
  return Object.fromEntries(spenders.map((name) => [name, spent[name] / Math.max(1, count)])) as ProcessorTime;
}

/** A demand on rate and p95; undefined parts are not demanded. Any error breaks it. */
export function demands({ perSecond, p95, errors = 0 }: { perSecond?: number; p95?: number; errors?: number }): Demand {
  const parts = [
    ...(perSecond === undefined ? [] : [`≥ ${perSecond}/s`]),
    ...(p95 === undefined ? [] : [`p95 ≤ ${p95} ms`]),
  ];
  return {
    text: parts.join(', '),
    isMet: (found) =>
      found.errors <= errors &&
      found.n > 0 &&
      (perSecond === undefined || (found.perSecond ?? 0) >= perSecond * 0.99) &&
      (p95 === undefined || (found.p95 ?? Number.POSITIVE_INFINITY) <= p95),
  };
}
