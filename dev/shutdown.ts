import { setTimeout as sleep } from 'node:timers/promises';
import type { Supervised } from './supervise.ts';

/** In the order they end, so that nobody loses what it stands on: requests first, then engine work, then what both need. */
const stages = ['api', 'worker', 'mail', 'foundation'] as const;
export type Stage = (typeof stages)[number];

/** Ends what was started, whenever it is asked, once. */
export class Shutdown {
  isAsked = false;
  private readonly parts: { stage: Stage; part: Supervised }[] = [];
  private readonly starting: Promise<void>[] = [];
  private readonly release: () => Promise<void>;
  private running: Promise<void> | undefined;

  /** `release` gives the data folder free at the very end. */
  constructor(release: () => Promise<void>) {
    this.release = release;
  }

  /** Waits for the part's start; what comes up while everything goes down is ended at once. */
  async add(stage: Stage, starting: Promise<Supervised>): Promise<Supervised> {
    const adding = starting.then((part) => {
      this.parts.push({ stage, part });
      return this.isAsked ? part.stop() : undefined;
    });
    this.starting.push(adding);
    await adding;
    return starting;
  }

  throwIfAsked(): void {
    if (this.isAsked) throw new Error('ended before it was ready');
  }

  run(): Promise<void> {
    this.isAsked = true;
    this.running ??= this.endInOrder();
    return this.running;
  }

  /** Everything at once, by SIGKILL. */
  kill(): void {
    this.isAsked = true;
    for (const { part } of this.parts) part.kill();
  }

  /** A part that no new start can help: everything ends with one line. */
  async failWith(line: string): Promise<void> {
    if (this.isAsked) return;
    process.stderr.write(`${line}\n`);
    await this.run();
    process.exit(1);
  }

  private async endInOrder(): Promise<void> {
    for (const stage of stages) {
      await Promise.allSettled(this.parts.filter((one) => one.stage === stage).map(({ part }) => part.stop()));
    }
    await Promise.race([Promise.allSettled(this.starting), sleep(LATE_START_MS, undefined, { ref: false })]);
    await this.release();
  }
}

/** What is still starting by then (a download, say) is found by the next start. */
const LATE_START_MS = 5_000;

/** One Ctrl-C arrives twice through npm (from the terminal and passed on), so the second one counts after a moment only. */
const TWICE_BY_NPM_MS = 700;

/** SIGINT, SIGTERM and SIGHUP end everything in order; asked once more, at once. */
export function endOnSignals(shutdown: Shutdown, print: (line: string) => void): void {
  let askedAt: number | undefined;
  const onSignal = () => {
    if (askedAt === undefined) {
      askedAt = performance.now();
      print('\nending; once more ends it at once');
      void shutdown.run().then(() => process.exit(0));
    } else if (performance.now() - askedAt > TWICE_BY_NPM_MS) {
      shutdown.kill();
      process.exit(137);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}
