import type { WireResult } from '../../contract/route.ts';
import type { readStaffSession } from '../../contract/routes/staff/session.ts';

export type StaffSession = WireResult<typeof readStaffSession>;

/** What the page knows of who is signed in: memory only, nothing personal is kept by the browser. */
let session: StaffSession | undefined;
let waiting: PromiseWithResolversLike | undefined;
const listeners = new Set<() => void>();

interface PromiseWithResolversLike {
  promise: Promise<boolean>;
  resolve: (isSignedIn: boolean) => void;
}

export function currentSession(): StaffSession | undefined {
  return session;
}

export function keepSession(next: StaffSession | undefined): void {
  session = next;
  tell();
}

export function isSignedIn(): boolean {
  return session !== undefined;
}

/** Whether somebody has to sign in again before calls can go on; for the dialog. */
export const signInAgain = {
  isAsked: (): boolean => waiting !== undefined,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** true: signed in again, calls go on; false: given up, calls fail. */
  settle(isSignedIn: boolean): void {
    const settled = waiting;
    waiting = undefined;
    if (!isSignedIn) session = undefined;
    tell();
    settled?.resolve(isSignedIn);
  },
};

/** Resolves once the person has signed in again (true) or given up (false); all calls wait for the one dialog. */
export function untilSignedInAgain(): Promise<boolean> {
  if (!waiting) {
    waiting = withResolvers();
    tell();
  }
  return waiting.promise;
}

function withResolvers(): PromiseWithResolversLike {
  let resolve: (isSignedIn: boolean) => void = () => undefined;
  const promise = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function tell(): void {
  for (const listener of listeners) listener();
}
