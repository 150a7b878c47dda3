/** When the person last touched the page, and when the server was last told (security.md: only the person keeps a session). */
let touchedAt = 0;
let toldAt = 0;

/** While somebody types a long text without any call, the server is told this often. */
const tellEveryMs = 4 * 60_000;

/** Headers of the next call: says so once after each real input. */
export function activityHeaders(): Record<string, string> {
  if (touchedAt <= toldAt) return {};
  toldAt = performance.now();
  return { 'x-gatehouse-active': '1' };
}

/** Watches for real input; `tell` is called when a person has worked for minutes without a call. Answers how to stop. */
export function watchActivity(tell: () => void): () => void {
  const touched = (event: Event) => {
    if (!event.isTrusted) return;
    touchedAt = performance.now();
    if (touchedAt - toldAt > tellEveryMs) tell();
  };
  const kinds = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
  for (const kind of kinds) addEventListener(kind, touched, { capture: true, passive: true });
  return () => {
    for (const kind of kinds) removeEventListener(kind, touched, { capture: true });
  };
}
