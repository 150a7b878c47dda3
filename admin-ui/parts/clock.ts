import { useSyncExternalStore } from 'react';

/**
 * The clock the page counts by: the server's, as far as it was told (`noteServerTime`), for the demonstration's clock may be
 * ahead. One timer for all; whoever reads by the minute is not disturbed by the second.
 */
let offsetMs = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

export function noteServerTime(at: Date): void {
  offsetMs = at.getTime() - Date.now();
  for (const listener of listeners) listener();
}

export function currentTime(): Date {
  return new Date(Date.now() + offsetMs);
}

/** Now, rounded down to `stepMs`: a component that asks for minutes is drawn anew once a minute. */
export function useNow(stepMs: number): Date {
  return new Date(useSyncExternalStore(subscribe, () => Math.floor(currentTime().getTime() / stepMs) * stepMs));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
