const missing = new WeakSet<object>();

/** Remembers which errors say that a part of the page could not be loaded; whoever shows them tells them apart by it. */
export function watchForMissingParts(): void {
  addEventListener('vite:preloadError', (event) => {
    if ('payload' in event && event.payload instanceof Error) missing.add(event.payload);
  });
}

/** Whether an error says that a part of the page did not come: the connection is away, or a new build took the part with it. */
export function isMissingPart(error: unknown): boolean {
  return typeof error === 'object' && error !== null && missing.has(error);
}

/** Loads the page anew, which knows the parts of the newest build. Answers false, and does nothing, when it would not come either. */
export async function reloadPage(): Promise<boolean> {
  const isThere = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isThere) location.reload();
  return isThere;
}

/** The same by itself, once for a place one has come to: or it would never end. Answers whether the page goes. */
export async function reloadPageOnce(): Promise<boolean> {
  if (history.state?.reloadedForParts) return false;
  history.replaceState({ ...history.state, reloadedForParts: true }, '');
  return reloadPage();
}
