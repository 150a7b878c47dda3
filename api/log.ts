import { type DestinationStream, pino } from 'pino';

/** What may be logged of a call: never a query string, a body, a cookie or an address (security.md). */
export interface CallLine {
  method: string;
  /** The route's template, never the path that was asked for. */
  route: string;
  status: number;
  ms: number;
  requestId: string;
}

/** The process's log, by allow-list: there is no way to log anything else. */
export interface Log {
  call(line: CallLine): void;
  /** A fixed sentence of ours. */
  note(sentence: string): void;
  /** A fault: what kind it is and where it arose, never its text, which may hold what a person typed. */
  fault(where: string, error: unknown, requestId?: string): void;
}

/** JSON lines on standard output, or into `destination`. */
export function createLog(destination?: DestinationStream, level = 'info'): Log {
  const options = { level, base: { process: 'api' } };
  const logger = destination ? pino(options, destination) : pino(options);
  return {
    call: ({ method, route, status, ms, requestId }) => logger.info({ method, route, status, ms, requestId }),
    note: (sentence) => logger.info(sentence),
    fault: (where, error, requestId) => logger.error({ where, requestId, ...kindOf(error) }, 'fault'),
  };
}

function kindOf(error: unknown): { kind: string; code?: string; at?: string[] } {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { kind: error.name, ...(code !== undefined && { code }), at: placesOf(error) };
}

/** The frames of the stack without the message above them. */
function placesOf(error: Error): string[] {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.slice(0, 8).map((line) => line.trim().slice(0, 200));
}
