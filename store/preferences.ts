import type { Database } from './database.ts';

/** How a member has the back office, as it was kept; empty before they chose anything. Its form is judged by the contract. */
export async function readPreferences(database: Database, memberId: string): Promise<Record<string, unknown>> {
  const [row] = await database.query<{ preferences: Record<string, unknown> }>(
    'SELECT preferences FROM members WHERE id = $1',
    [memberId],
  );
  return row?.preferences ?? {};
}

/** Keeps them. Nothing of a case or a person changes by it, so it is neither a version of the member nor audited. */
export async function replacePreferences(database: Database, memberId: string, preferences: object): Promise<void> {
  await database.query('UPDATE members SET preferences = $2 WHERE id = $1', [memberId, JSON.stringify(preferences)]);
}
