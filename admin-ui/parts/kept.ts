import { useSyncExternalStore } from 'react';

/** A value that outlives the screen that shows it, but not the page: nothing personal goes into the browser's storage. */
export interface Kept<T> {
  get(): T;
  set(next: T): void;
  subscribe(listener: () => void): () => void;
}

export function kept<T>(initial: T): Kept<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useKept<T>(of: Kept<T>): [T, (next: T) => void] {
  return [useSyncExternalStore(of.subscribe, of.get), of.set];
}
