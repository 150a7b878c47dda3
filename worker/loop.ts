import type { Logger } from './log.ts';

/** Something done over and over beside the engine. */
export interface LoopOptions {
  /** Shown in the log. */
  task: string;
  /** How long it rests when there is nothing to do, in ms. */
  everyMs: number;
  /** How long until the first time, in ms. */
  firstMs?: number;
  log: Logger;
  /** One round. Answers true when there is more to do at once. */
  work: (stopping: AbortSignal) => Promise<boolean>;
}

export interface Loop {
  /** Makes the next round come now. */
  nudge(): void;
  /** When the last round ended well, by the process's own clock (`performance.now()`); undefined before the first. */
  readonly lastGoodAt: number | undefined;
  /** Ends after the round under way. */
  stop(): Promise<void>;
}

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** Runs `work` until stopped. A failing round is logged and tried again after a pause that doubles to 5 s: the loop itself never ends. */
export function startLoop({ task, everyMs, firstMs = 0, log, work }: LoopOptions): Loop {
  const stopping = new AbortController();
  let lastGoodAt: number | undefined;
  let isNudged = false;
  let wakeUp: (() => void) | undefined;
  let pauseMs = firstPauseMs;

  const nudge = () => {
    isNudged = true;
    wakeUp?.();
  };

  async function run(): Promise<void> {
    if (firstMs > 0) await rest(firstMs);
    while (!stopping.signal.aborted) {
      isNudged = false;
      try {
        const hasMore = await work(stopping.signal);
        if (pauseMs > firstPauseMs) log.info({ task }, 'works again');
        pauseMs = firstPauseMs;
        lastGoodAt = performance.now();
        if (!hasMore) await rest(everyMs);
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.warn({ task, error, ms: pauseMs }, 'a round failed; tried again');
        await ended(pauseMs);
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      }
    }
  }

  /** Ends early when stopped, and when nudged unless it is there to spare whatever failed. */
  async function rest(ms: number): Promise<void> {
    if (isNudged) return;
    await ended(ms, (wake) => {
      wakeUp = wake;
    });
    wakeUp = undefined;
  }

  function ended(ms: number, mayWake?: (wake: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      stopping.signal.addEventListener('abort', done);
      mayWake?.(done);
      if (stopping.signal.aborted) done();
    });
  }

  const running = run();
  return {
    nudge,
    get lastGoodAt() {
      return lastGoodAt;
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
