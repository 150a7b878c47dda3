import { figures } from '../domain/policy/figures.ts';
import { readReference } from '../domain/secrets/reference.ts';
import type { Database } from './database.ts';
import { isRunning, limitKey } from './limits.ts';

/** How somebody shows that an application is theirs. */
export interface TypedProof {
  reference: string;
  dateOfBirth: string;
}

/**
 * The case that reference and date of birth belong to, or undefined. One committed statement, the same for known and unknown:
 * a wrong date counts on the reference, and after the tenth in 24 h nobody is let through for 24 h, silently. Tries side by
 * side wait for each other at the counter, so that none gets past it.
 */
export async function caseOfProof(
  database: Pick<Database, 'query' | 'keys'>,
  portal: string,
  { reference, dateOfBirth }: TypedProof,
): Promise<string | undefined> {
  const read = readReference(reference);
  const { count, windowHours } = figures.referenceTries;
  const [row] = await database.query<{ caseId: string | null }>(
    `WITH found AS (
       SELECT id FROM cases WHERE reference = $3 AND portal = $4 AND date_of_birth = $5),
     tried AS (
       INSERT INTO rate_limits AS r (key, points, ends_at)
       SELECT $1, CASE WHEN EXISTS (SELECT FROM found) THEN 0 ELSE 1 END, gatehouse_now() + make_interval(secs => $2)
       ON CONFLICT (key) DO UPDATE SET
         points = CASE WHEN ${isRunning} THEN r.points + excluded.points ELSE excluded.points END,
         ends_at = CASE WHEN ${isRunning} AND r.points + excluded.points <> $6 THEN r.ends_at
           WHEN ${isRunning} AND excluded.points = 0 THEN r.ends_at ELSE excluded.ends_at END
       RETURNING points)
     SELECT found.id AS "caseId" FROM tried LEFT JOIN found ON tried.points < $6`,
    [
      limitKey(database.keys, 'reference', [portal, read ?? reference]),
      windowHours * 3600,
      read ?? '',
      portal,
      dateOfBirth,
      count,
    ],
  );
  return row?.caseId ?? undefined;
}
