import { parseArgs } from 'node:util';
import type { BenchOptions } from './row.ts';

export interface CommandLine extends BenchOptions {
  only: readonly string[] | undefined;
  rounds: number;
  /** Writes `bench/latest.md`. */
  write: boolean;
}

export const usage = `npm run bench -- [--quick] [--only name,…] [--seconds n] [--rounds n] [--cases n] [--codes n] [--samples n]
               [--profile folder] [--write]

  --quick    short runs that prove that every row works; no figures to quote
  --only     these rows alone
  --seconds  length of every measured stretch
  --rounds   how often the rows are gone through, one after the other; the table holds medians (3, quick: 1)
  --cases    in the list row (200000, quick: 20000)
  --codes    that end in the same second (10000, quick: 1000)
  --samples  of each kind where times must be alike (500, quick: 100)
  --profile  leaves a processor profile of API and worker there
  --write    writes the table to bench/latest.md`;

/** Reads the command line. Throws one line for what it does not know. */
export function readCommandLine(args: readonly string[], known: readonly string[]): CommandLine {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: flag,
      write: flag,
      only: text,
      seconds: text,
      rounds: text,
      cases: text,
      codes: text,
      samples: text,
      profile: text,
    },
  });
  const only = values.only?.split(',').filter((name) => name !== '');
  for (const name of only ?? []) {
    if (!known.includes(name)) throw new Error(`there is no row "${name}"; there are ${known.join(', ')}`);
  }
  const { quick } = values;
  return {
    quick,
    only,
    write: values.write,
    seconds: values.seconds === undefined ? undefined : countOf('seconds', values.seconds, 3_600),
    rounds: countOf('rounds', values.rounds ?? (quick ? '1' : '3'), 20),
    cases: countOf('cases', values.cases ?? (quick ? '20000' : '200000'), 5_000_000),
    codes: countOf('codes', values.codes ?? (quick ? '1000' : '10000'), 50_000),
    samples: countOf('samples', values.samples ?? (quick ? '100' : '500'), 5_000),
    environment: values.profile === undefined ? {} : profiling(values.profile),
  };
}

function countOf(name: string, text: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) {
    throw new Error(`--${name}: must be a whole number from 1 to ${most}`);
  }
  return number;
}

/** Reaches API and worker through the launcher, which hands its environment on. */
function profiling(folder: string): Record<string, string> {
  return {
    NODE_OPTIONS: `--import=${new URL('./profile-on-exit.js', import.meta.url).href}`,
    BENCH_PROFILE_FOLDER: folder,
  };
}
