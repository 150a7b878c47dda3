import type { Database } from './database.ts';

/** The workflow of a case sends its mails; what it left alone for this long is anybody's. */
const leftAloneSeconds = 60;

/** How many mails are wanted. `except`: messages already in the dispatcher's hands. */
export interface DueMailsAsked {
  ordinary: number;
  bulk: number;
  except: readonly string[];
}

/**
 * Mails the dispatcher should deliver now, each kind most urgent first: those of no case and bulk ones at once, those of a case
 * when nobody has claimed them for a minute.
 */
export async function dueMails(
  database: Database,
  { ordinary, bulk, except }: DueMailsAsked,
): Promise<{ ordinary: string[]; bulk: string[] }> {
  const rows = await database.query<{ id: string; bulk: boolean }>(
    `(SELECT id, bulk FROM messages
      WHERE NOT bulk AND ${isFree}
        AND next_attempt_at <= (SELECT gatehouse_now()) - CASE WHEN case_id IS NULL THEN interval '0' ELSE make_interval(secs => $3) END
      ORDER BY priority, next_attempt_at LIMIT $1)
     UNION ALL
     (SELECT id, bulk FROM messages WHERE bulk AND ${isFree} ORDER BY priority, next_attempt_at LIMIT $2)`,
    [ordinary, bulk, leftAloneSeconds, except],
  );
  return {
    ordinary: rows.filter((row) => !row.bulk).map(({ id }) => id),
    bulk: rows.filter((row) => row.bulk).map(({ id }) => id),
  };
}

const isFree = `state = 'queued' AND (claimed_until IS NULL OR claimed_until <= (SELECT gatehouse_now()))
        AND next_attempt_at <= (SELECT gatehouse_now()) AND id <> ALL($4::uuid[])`;
