import type { Database } from './database.ts';

export type ProcessKind = 'api' | 'worker';

/** A process that has not been heard of for this long counts as gone. */
export const freshSeconds = 10;

/** Says that a process is alive. */
export async function beat(database: Database, process: string, kind: ProcessKind): Promise<void> {
  await database.query(
    `INSERT INTO heartbeats (process, kind, at) VALUES ($1, $2, gatehouse_now())
     ON CONFLICT (process) DO UPDATE SET at = gatehouse_now()`,
    [process, kind],
  );
}

/** Takes a process that ends in order off at once. */
export async function stopBeating(database: Database, process: string): Promise<void> {
  await database.query('DELETE FROM heartbeats WHERE process = $1', [process]);
}

/** How many processes of a kind are alive. */
export async function liveProcesses(database: Database, kind: ProcessKind): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM heartbeats
     WHERE kind = $1 AND at > (SELECT gatehouse_now()) - make_interval(secs => $2)`,
    [kind, freshSeconds],
  );
  return row?.count ?? 0;
}
