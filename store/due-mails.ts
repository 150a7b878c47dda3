import type { Database } from './database.ts';

/** The workflow of a case sends its mails; what it left alone for this long is anybody's. */
const leftAloneSeconds = 60;

/**
 * Mails the dispatcher should deliver now, most urgent first: those of no case at once, those of a case when nobody has
 * claimed them for a minute. `except`: messages already in its hands.
 */
export async function dueMails(database: Database, limit: number, except: readonly string[]): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM messages
     WHERE state = 'queued' AND (claimed_until IS NULL OR claimed_until <= (SELECT gatehouse_now()))
       AND next_attempt_at <= (SELECT gatehouse_now()) - CASE WHEN case_id IS NULL THEN interval '0' ELSE make_interval(secs => $2) END
       AND next_attempt_at <= (SELECT gatehouse_now()) AND id <> ALL($3::uuid[])
     ORDER BY priority, next_attempt_at LIMIT $1`,
    [limit, leftAloneSeconds, except],
  );
  return rows.map(({ id }) => id);
}
