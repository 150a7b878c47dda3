import type { Database, Transaction } from '../../store/database.ts';
import { hashPassword, isPasswordOf } from '../password-hash.ts';
import { liftTimeLimits, loadDemonstration } from './load.ts';
import { demonstrationMembers } from './members.ts';
import { hashesOf } from './password-hashes.ts';

/** Any number of starters may load at once; one does, the others wait and find it done. */
const LOAD_LOCK = 7_423_881_403;

/**
 * Loads the demonstration into a database without portals, in one transaction of the owner: whoever is killed in the middle
 * leaves an empty database, and the next one loads it. Where it was loaded before, the demonstration staff get `password`.
 * Answers what was done, in one line.
 */
export async function loadOnce(database: Database, password: string): Promise<string> {
  if (await hasPortals(database)) return keepPassword(database, password);
  const hashes = await hashesOf(password);
  return database.transaction(async (tx) => {
    await liftTimeLimits(tx);
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOAD_LOCK]);
    if (await hasPortals(tx)) return 'the demonstration data is there';
    await loadDemonstration(tx, hashes);
    return 'the demonstration data is loaded';
  });
}

async function hasPortals(queries: Pick<Transaction | Database, 'query'>): Promise<boolean> {
  const [portal] = await queries.query('SELECT 1 FROM portals LIMIT 1');
  return portal !== undefined;
}

/** Members whose password is another one get the given one and are signed out everywhere. */
async function keepPassword(database: Database, password: string): Promise<string> {
  const emails = Object.values(demonstrationMembers).map(({ email }) => email);
  const members = await database.query<{ id: string; hash: string }>(
    'SELECT id, password_hash AS hash FROM members WHERE email_key = ANY($1)',
    [emails],
  );
  const rightOnes = await Promise.all(members.map(({ hash }) => isPasswordOf(hash, password)));
  const others = members.filter((_, index) => !rightOnes[index]);
  for (const { id } of others) await setPassword(database, id, await hashPassword(password));
  return others.length === 0
    ? 'the demonstration data is there'
    : `the password of ${others.length} demonstration members is set anew`;
}

async function setPassword(database: Database, memberId: string, hash: string): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(
      'UPDATE members SET password_hash = $2, login_failures = 0, login_waits_to = NULL, version = version + 1 WHERE id = $1',
      [memberId, hash],
    );
    await tx.query('UPDATE sessions SET ended_at = gatehouse_now() WHERE member_id = $1 AND ended_at IS NULL', [
      memberId,
    ]);
  });
}
