import { createHmac } from 'node:crypto';
import type { Database } from './database.ts';
import { type KeyRing, subkey } from './key-ring.ts';

/** What is counted, e.g. one limit at one portal for one client address. */
export interface Counted {
  name: string;
  /** Kept as an HMAC only. */
  of: readonly string[];
  windowSeconds: number;
}

/** How often it was counted in the running window, this time included, and when the next window begins. */
export interface Count {
  points: number;
  secondsLeft: number;
}

/** Counts once, in one statement: fixed windows by the database's clock. */
export async function count(
  db: Pick<Database, 'query' | 'keys'>,
  { name, of, windowSeconds }: Counted,
): Promise<Count> {
  const [row] = await db.query<Count>(`${counting('VALUES ($1, 1, gatehouse_now() + make_interval(secs => $2))')}`, [
    limitKey(db.keys, name, of),
    windowSeconds,
  ]);
  if (!row) throw new Error('an upsert answers');
  return row;
}

/** Counts a call at a portal and says under which policy version, in one statement; undefined: there is no such portal. */
export async function countAtPortal(
  db: Pick<Database, 'query' | 'keys'>,
  { name, of, windowSeconds }: Counted,
  portal: string,
): Promise<(Count & { policyVersion: number }) | undefined> {
  const [row] = await db.query<Count & { policyVersion: number }>(
    `WITH p AS (SELECT policy_version FROM portals WHERE id = $3),
     counted AS (${counting('SELECT $1, 1, gatehouse_now() + make_interval(secs => $2) FROM p')})
     SELECT counted.*, p.policy_version AS "policyVersion" FROM counted, p`,
    [limitKey(db.keys, name, of), windowSeconds, portal],
  );
  return row;
}

const counting = (source: string) => `INSERT INTO rate_limits AS r (key, points, ends_at) ${source}
  ON CONFLICT (key) DO UPDATE SET
    points = CASE WHEN ${isRunning} THEN r.points + 1 ELSE 1 END,
    ends_at = CASE WHEN ${isRunning} THEN r.ends_at ELSE excluded.ends_at END
  RETURNING points, GREATEST(1, ceil(extract(epoch FROM ends_at - gatehouse_now())))::int AS "secondsLeft"`;

/** A window that would end later than a new one is of a clock that was moved back. */
export const isRunning = 'r.ends_at > excluded.ends_at - make_interval(secs => $2) AND r.ends_at <= excluded.ends_at';

/** `name:` and an HMAC of what is counted: addresses and references are not kept in clear. */
export function limitKey(keys: KeyRing, name: string, of: readonly string[]): string {
  const mac = createHmac('sha256', subkey(keys, keys.current, 'limits')).update(JSON.stringify([name, ...of]));
  return `${name}:${mac.digest('base64url')}`;
}
