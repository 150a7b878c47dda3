import type { Role } from '../../domain/case.ts';
import { emailKey, nameKey } from '../../domain/people/normalise.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Database } from '../../store/database.ts';
import { makeKeyRingText, parseKeyRing } from '../../store/key-ring.ts';

/** A key ring of a test's own. */
export const testKeys = () => parseKeyRing(makeKeyRingText('test'));

/** A portal under a policy. */
export async function addPortal(database: Database, portal: string, policy: Policy): Promise<void> {
  await database.query('INSERT INTO portals (id, policy_version) VALUES ($1, $2)', [portal, policy.version]);
  await addPolicy(database, portal, policy);
}

/** Another version of a portal's policy, in force at once. */
export async function addPolicy(database: Database, portal: string, policy: Policy): Promise<void> {
  await database.query('INSERT INTO policies (portal, version, document) VALUES ($1, $2, $3)', [
    portal,
    policy.version,
    JSON.stringify(policy),
  ]);
  await database.query('UPDATE portals SET policy_version = $2 WHERE id = $1', [portal, policy.version]);
}

/** A member who can act but not sign in. Answers the id. */
export async function addMember(database: Database, name: string, roles: Role[]): Promise<string> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@gatehouse.example`;
  const [row] = await database.query<{ id: string }>(
    `INSERT INTO members (name, email, email_key, password_hash, roles) VALUES ($1, $2, $3, '!', $4) RETURNING id`,
    [name, email, emailKey(email), roles],
  );
  if (!row) throw new Error('a member has an id');
  return row.id;
}

export interface RecordToAdd {
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  postalCode: string;
  email?: string;
}

/** A patient record with a person of its own. Answers the record's id. */
export async function addRecord(database: Database, portal: string, record: RecordToAdd): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `WITH p AS (INSERT INTO persons (portal) VALUES ($1) RETURNING id)
     INSERT INTO patient_records (portal, person_id, mrn, first_name, last_name, date_of_birth, postal_code, email, first_name_key,
       last_name_key)
     SELECT $1, p.id, $2, $3, $4, $5, $6, $7, $8, $9 FROM p RETURNING id`,
    [
      portal,
      record.mrn,
      record.firstName,
      record.lastName,
      record.dateOfBirth,
      record.postalCode,
      record.email ?? null,
      nameKey(record.firstName),
      nameKey(record.lastName),
    ],
  );
  if (!row) throw new Error('a record has an id');
  return row.id;
}

/** An account nobody can sign in to. Answers its id. */
export async function addAccount(
  database: Pick<Database, 'query'>,
  portal: string,
  { username, email }: { username: string; email: string },
): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `INSERT INTO accounts (portal, username, username_skeleton, first_name, last_name, date_of_birth, email, email_key,
       duplicate_key, password_hash, password_set_at, notify_by_email, language, terms_version, terms_accepted_at, created_at,
       updated_at)
     VALUES ($1, $2, $2, 'Ada', 'Ferris', '1984-02-29', $3, $4, $4, '!', gatehouse_now(), true, 'en', '2026-1', gatehouse_now(),
       gatehouse_now(), gatehouse_now()) RETURNING id`,
    [portal, username, email, emailKey(email)],
  );
  if (!row) throw new Error('an account has an id');
  return row.id;
}
