import { Runtime } from '@temporalio/worker';
import { type KnownError, knownError, type Logger } from './log.ts';

/**
 * Sends what the SDK and its native core say through our log. To be called once, before anything of the SDK is used. Their own
 * log prints errors after decryption: here a message keeps its head only, and of what hangs on it the fields of the log's list.
 */
export function installSdkLog(log: Logger): void {
  const spokenAt = new Map<string, number>();
  const say = (level: SdkLevel, message: string, meta?: Record<string, unknown>) => {
    const head = headOf(message);
    if (isRepeated(spokenAt, head)) return;
    const { error, ...more } = meta ?? {};
    log[methods[level]](error instanceof Error ? { ...more, error, errorType: rootOf(error) } : more, head);
  };
  Runtime.install({
    logger: {
      log: (level, message, meta) => say(level, message, meta),
      trace: (message, meta) => say('TRACE', message, meta),
      debug: (message, meta) => say('DEBUG', message, meta),
      info: (message, meta) => say('INFO', message, meta),
      warn: (message, meta) => say('WARN', message, meta),
      error: (message, meta) => say('ERROR', message, meta),
    },
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
    // Signals are ours: the loops end with the worker, in order.
    shutdownSignals: [],
  });
}

type SdkLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** The SDK's "info" is its comings and goings; ours says when the worker runs. */
const methods = { TRACE: 'trace', DEBUG: 'trace', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

/** Up to the first thing that could carry a value: `Error while processing ActivityTask.start: …` ends at the colon. */
function headOf(message: string): string {
  const head = message.match(/^[A-Za-z][\w .,'()-]*/)?.[0] ?? 'said something';
  return `temporal: ${head.slice(0, 100).trim()}`;
}

const repeatedWithinMs = 60_000;
const headsKept = 200;

/** A Temporal that is away is complained about by every poller several times a second. */
function isRepeated(spokenAt: Map<string, number>, head: string): boolean {
  const gist = head.replace(/\d+/g, 'n');
  const now = performance.now();
  const before = spokenAt.get(gist);
  if (before !== undefined && now - before < repeatedWithinMs) return true;
  if (spokenAt.size >= headsKept) spokenAt.clear();
  spokenAt.set(gist, now);
  return false;
}

/** The class of the failure's first cause, which is what an operator looks for. */
function rootOf(error: unknown): string {
  let root = error;
  for (let depth = 0; depth < 10 && root instanceof Error && root.cause instanceof Error; depth += 1) root = root.cause;
  const { name, code }: KnownError = knownError(root);
  return code === undefined ? name : `${name}/${code}`;
}
