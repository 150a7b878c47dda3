/** Whether the server can be reached, as the last calls and the event stream found it. Observed with `useSyncExternalStore`. */
export interface Connection {
  state: 'live' | 'quiet' | 'lost';
  /** When it was lost, by this machine's clock; undefined while it is there. */
  lostSince: Date | undefined;
}

type Listener = () => void;

const listeners = new Set<Listener>();
let now: Connection = { state: 'quiet', lostSince: undefined };

export const connection = {
  current: (): Connection => now,
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** The stream runs (`live`), does not but calls pass (`quiet`), or nothing passes (`lost`). */
export function noteConnection(state: Connection['state']): void {
  if (state === now.state) return;
  now = { state, lostSince: state === 'lost' ? new Date() : undefined };
  for (const listener of listeners) listener();
}

/** A call got through: what was lost is back, though perhaps without the stream. */
export function noteAnswer(): void {
  if (now.state === 'lost') noteConnection('quiet');
}
