import { setTimeout as sleep } from 'node:timers/promises';
import { forget, remember } from './process-identity.ts';

/** Anything that runs as a child: what `startPostgres`, `startTemporal`, `startMailCatcher` and `startNode` answer. */
export interface Running {
  pid: number;
  /** Settles with the signal or exit code in words. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  name: string;
  start: () => Promise<Running>;
  /** Where the child is remembered for a later start. */
  runFolder: string;
  /** What ends it in order when a later start finds it. */
  signal?: NodeJS.Signals;
  log: (line: string) => void;
  /** Asked at every end: true when starting again cannot help (a wrong setting); it is then not started again. */
  isHopeless?: (how: string) => boolean;
}

export interface Supervised {
  /** Ends the child in order and does not start it again. */
  stop(): Promise<void>;
  /** Ends the child in order and starts it anew; one that died and waits is started at once. */
  restart(): Promise<void>;
  /** SIGKILL, now. */
  kill(): void;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** Having lived this long, it gets the short wait again. */
const STEADY_AFTER_MS = 30_000;

/** Starts a child and starts it again whenever it dies. The first start's error is thrown; later ones are logged and tried again. */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const { name, log, runFolder } = options;
  const stopping = new AbortController();
  let current = await startOnce(options);
  /** Its end is asked for and no news. */
  let isRestarting = false;
  /** There while it waits to be started again. */
  let waiting: AbortController | undefined;
  const watching = watch();

  async function watch(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      const how = await current.ended;
      const isExpected = isRestarting;
      isRestarting = false;
      if (stopping.signal.aborted || (!isExpected && options.isHopeless?.(how))) break;
      if (isExpected || performance.now() - startedAt > STEADY_AFTER_MS) waitMs = FIRST_WAIT_MS;
      if (!isExpected) {
        log(`${name} ended (${how}); starting it again in ${waitMs / 1000} s`);
        await wait(waitMs);
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      }
      await startAgain();
    }
  }

  async function wait(ms: number): Promise<void> {
    waiting = new AbortController();
    const signal = AbortSignal.any([stopping.signal, waiting.signal]);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    waiting = undefined;
  }

  async function startAgain(): Promise<void> {
    for (let waitMs = 1_000; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        current = await startOnce(options);
        if (stopping.signal.aborted) await current.stop(); // it came up while everything else went down
        return;
      } catch (error) {
        log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  return {
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching;
      await forget(runFolder, name);
    },
    restart: async () => {
      if (stopping.signal.aborted) return;
      if (waiting) return waiting.abort();
      isRestarting = true;
      await current.stop();
    },
    kill: () => {
      stopping.abort();
      killQuietly(current.pid);
    },
  };
}

async function startOnce({ name, start, runFolder, signal = 'SIGTERM' }: SuperviseOptions): Promise<Running> {
  const running = await start();
  await remember(runFolder, name, running.pid, signal);
  return running;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already
  }
}
