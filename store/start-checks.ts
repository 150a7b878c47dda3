import { hasOurMac } from './audit-seals.ts';
import type { Database } from './database.ts';
import { missingKeys } from './key-ring.ts';
import { keysInUse } from './key-usage.ts';

/**
 * Why this process must not work with this database, a line each; empty when it may. Throws while the database is away or not
 * migrated yet. In production: no shifted clock, and a role that owns none of the tables.
 */
export async function troubleAtStart(
  database: Database,
  { isProduction }: { isProduction: boolean },
): Promise<string[]> {
  const missing = missingKeys(database.keys, await keysInUse(database));
  const trouble = missing.map(
    (id) => `GATEHOUSE_KEYS: lacks the key "${id}", under which secrets or audit entries still stand`,
  );
  for (const id of await keysThatDiffer(database)) {
    trouble.push(`GATEHOUSE_KEYS: the key "${id}" is not the one the audit entries under that id were made with`);
  }
  if (!isProduction) return trouble;
  const [found] = await database.query<{ isShifted: boolean; isOwner: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM clock_shift WHERE shift <> interval '0') AS "isShifted",
       EXISTS (SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
               AND pg_has_role(current_user, relowner, 'MEMBER')) AS "isOwner"`,
  );
  if (found?.isShifted) trouble.push('the clock of the database is shifted; production works with the true time only');
  if (found?.isOwner) trouble.push("DATABASE_URL: its role owns tables; production works with the app's own role");
  return trouble;
}

/** Ids of the ring under which the newest audit entry bears another MAC than ours: the id is right, its bytes are not. */
async function keysThatDiffer(database: Database): Promise<string[]> {
  const newest = await database.query<{ keyId: string; entry: string; mac: Buffer }>(
    `SELECT DISTINCT ON (key_id) key_id AS "keyId", entry, mac
     FROM (SELECT key_id, entry, mac, at, id FROM audit_entries ORDER BY at DESC, id DESC LIMIT 1000) recent
     ORDER BY key_id, at DESC, id DESC`,
  );
  return newest.filter((row) => hasOurMac(database.keys, row) === false).map(({ keyId }) => keyId);
}
