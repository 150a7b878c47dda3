import { shortSpan } from '../words/dates.ts';

const soonMs = 7 * 24 * 3_600_000;

/** In a narrow column, how long until a code or link ends; nothing once it has. */
export function EndsIn({ at, now }: { at: string | null; now: number }) {
  const left = at === null ? 0 : new Date(at).getTime() - now;
  if (left <= 0) return <span className="m">–</span>;
  return <span className={left < soonMs ? 'due b2' : undefined}>{shortSpan(left)}</span>;
}
