import pino, { type Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * The process's log: JSON lines, and of what is logged only the fields named here, so that no person's data can reach it by
 * way of an error, a row or a forgotten field. Messages are constant texts of ours.
 */
export function createLog({
  level = 'info',
  stream,
}: {
  level?: string;
  stream?: pino.DestinationStream;
} = {}): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { room: 'worker' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: allowed },
  };
  return stream ? pino(options, stream) : pino(options);
}

/** What an error may say of itself: its class, its code and the place in our code. Its message may quote what people typed. */
export interface KnownError {
  name: string;
  code?: string;
  at?: string;
}

/** The part of an error that may be logged. */
export function knownError(error: unknown): KnownError {
  if (!(error instanceof Error)) return { name: typeof error };
  // A call to Temporal that failed wraps the gRPC error, which has the code.
  const code = codeOf(error) ?? (error.cause instanceof Error ? codeOf(error.cause) : undefined);
  const at = placeOf(error);
  return {
    name: plainText(error.name),
    ...(code === undefined ? {} : { code }),
    ...(at === undefined ? {} : { at }),
  };
}

const fields = new Set([
  ...['task', 'port', 'count', 'limit', 'ms', 'seconds', 'attempt', 'rows', 'state', 'states', 'signal', 'version'],
  ...[
    'caseId',
    'campaignId',
    'messageId',
    'auditId',
    'keyId',
    'no',
    'head',
    'action',
    'reason',
    'from',
    'how',
    'problem',
    'names',
  ],
  ...['activityType', 'workflowType', 'workflowId', 'runId', 'taskQueue', 'namespace', 'sdkComponent', 'errorType'],
]);

function allowed(record: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === 'error' || name === 'err') kept.error = knownError(value);
    else if (fields.has(name)) kept[name] = plain(value);
  }
  return kept;
}

// Ids, codes, hashes and paths; nothing with a blank, an @ or a quote.
const word = /^[\w.:/-]{1,200}$/;

function plain(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.slice(0, 20).map((one) => plain(one));
  return undefined;
}

function plainText(text: string): string {
  return word.test(text) ? text : '(hidden)';
}

function codeOf(error: Error): string | undefined {
  const { code, type } = error as Error & { code?: unknown; type?: unknown };
  const found = code ?? type;
  return typeof found === 'string' || typeof found === 'number' ? plainText(String(found)) : undefined;
}

/** The topmost frame that is ours; the message before the frames is left out. */
function placeOf(error: Error): string | undefined {
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !line.includes('node_modules'));
  const frame = frames.find((line) => !line.includes('node:'));
  return frame?.match(/((?:[\w-]+\/)?[\w.-]+\.[cm]?[jt]s:\d+):\d+\)?$/)?.[1];
}
