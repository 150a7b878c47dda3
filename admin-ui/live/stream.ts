import { apiBase } from '../../contract/route.ts';
import { followEvents } from '../../contract/routes/staff/events.ts';
import { readStaffSession } from '../../contract/routes/staff/session.ts';
import { call } from '../server/calls.ts';
import { connection, noteConnection } from '../server/connection.ts';
import { isSignedIn } from '../server/session.ts';

/** What changed: never what it now is. `resync`: something may have been missed, read everything anew. */
export type LiveEvent = { kind: 'changed'; resource: string; id: string; version?: number } | { kind: 'resync' };

type Told = { events: LiveEvent[] } | { state: 'live' | 'quiet' | 'lost' } | { ask: 'state' };

const coalesceMs = 300;
const retryMs = 6_000;

const listeners = new Set<(events: readonly LiveEvent[]) => void>();
let channel: BroadcastChannel | undefined;
let source: EventSource | undefined;
let gathered: LiveEvent[] = [];
let stop: (() => void) | undefined;

/** Called with what changed, a few times a second at most. Answers how to stop. */
export function onLive(listener: (events: readonly LiveEvent[]) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** When the next try is made while nothing passes, by this machine's clock; undefined otherwise. */
export let nextTryAt: number | undefined;

/** Tries at once instead of waiting. */
export function tryNow(): void {
  void probe();
}

/**
 * Follows the server's events: one stream per browser. The page that holds the lock reads it and tells the others; when it
 * closes, the next one takes over.
 */
export function startLive(): () => void {
  stop?.();
  const over = new AbortController();
  channel = new BroadcastChannel('gatehouse-live');
  channel.onmessage = ({ data }: MessageEvent<Told>) => heard(data);
  channel.postMessage({ ask: 'state' } satisfies Told);
  navigator.locks.request('gatehouse-live', { signal: over.signal }, () => lead(over.signal)).catch(() => undefined); // stopped before it was its turn
  const cameBack = () => void probe();
  addEventListener('online', cameBack);
  const timer = setInterval(heal, 1000);
  stop = () => {
    over.abort();
    removeEventListener('online', cameBack);
    clearInterval(timer);
    channel?.close();
    channel = undefined;
  };
  return stop;
}

/** Tries again when nothing passed, and says it is live again once the stream, which may have lived on, is there. */
function heal(): void {
  const { state } = connection.current();
  if (state === 'lost') {
    nextTryAt ??= Date.now() + retryMs;
    if (Date.now() >= nextTryAt) void probe();
  } else if (state === 'quiet') {
    nextTryAt = undefined;
    if (source?.readyState === EventSource.OPEN) {
      tell({ state: 'live' });
      tell({ events: [{ kind: 'resync' }] });
    } else if (!source) channel?.postMessage({ ask: 'state' } satisfies Told);
  }
}

/** Holds the stream until the page is done with it. */
function lead(signal: AbortSignal): Promise<void> {
  open();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      source?.close();
      source = undefined;
      resolve();
    });
  });
}

function open(): void {
  source?.close();
  source = new EventSource(apiBase + followEvents.path);
  let wasOpen = false;
  source.onopen = () => {
    if (wasOpen || connection.current().state === 'lost') tell({ events: [{ kind: 'resync' }] });
    wasOpen = true;
    tell({ state: 'live' });
  };
  source.onmessage = ({ data }: MessageEvent<string>) => {
    if (data !== '') gather({ kind: 'changed', ...JSON.parse(data) });
  };
  source.addEventListener('resync', () => gather({ kind: 'resync' }));
  source.onerror = () => void probe();
}

/** The stream broke or a call failed: finds out whether the server is there, and opens the stream again when it can. */
async function probe(): Promise<void> {
  nextTryAt = Number.POSITIVE_INFINITY; // under way
  if (!isSignedIn()) return;
  try {
    await call(readStaffSession);
  } catch {
    tell({ state: 'lost' });
    nextTryAt = Date.now() + retryMs;
    return;
  }
  nextTryAt = undefined;
  const wasLost = connection.current().state !== 'live';
  if (source && source.readyState === EventSource.CLOSED) {
    tell({ state: 'quiet' });
    setTimeout(() => source && open(), 1000);
  }
  if (wasLost) tell({ events: [{ kind: 'resync' }] });
}

let isTellingSoon = false;

function gather(event: LiveEvent): void {
  gathered.push(event);
  if (isTellingSoon) return;
  isTellingSoon = true;
  setTimeout(() => {
    isTellingSoon = false;
    const events = gathered;
    gathered = [];
    tell({ events });
  }, coalesceMs);
}

function tell(told: Told): void {
  channel?.postMessage(told);
  heard(told);
}

function heard(told: Told): void {
  if ('events' in told) for (const listener of listeners) listener(told.events);
  else if ('state' in told) noteConnection(told.state);
  else if (source) channel?.postMessage({ state: connection.current().state } satisfies Told);
}
