import { randomBytes, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { duplicateKey } from '../domain/people/duplicates.ts';
import { emailKey, usernameSkeleton } from '../domain/people/normalise.ts';
import type { SecretEnding } from '../domain/secrets/purposes.ts';
import { referenceText } from '../domain/secrets/reference.ts';
import { searchTextOf } from '../store/cases.ts';
import type { Database } from '../store/database.ts';
import { lookupsOf, secretText } from '../store/secrets.ts';
import { type Applicant, newApplicant, portal } from './house.ts';

/** A case whose code has been mailed, and the code itself. */
export interface PreparedCase {
  caseId: string;
  reference: string;
  code: string;
  applicant: Applicant;
}

export interface CasesToPrepare {
  count: number;
  /** When every code ends. Default: in 60 days. */
  expiresAt?: Date;
  /** The codes have ended so; the cases are `expired` then, within their reissue window. */
  endedAs?: SecretEnding;
  /** The engine is told of each, so that a workflow waits for it. */
  isWaitedFor?: boolean;
}

const perStatement = 500;

/**
 * Cases in `code_sent` with real secrets, written by SQL: what the product has after apply, claim, approve and the mail, less
 * its history. Bench data only: their audit begins in the middle.
 */
export async function prepareCases(database: Database, asked: CasesToPrepare): Promise<PreparedCase[]> {
  const prepared: PreparedCase[] = [];
  while (prepared.length < asked.count) {
    prepared.push(...(await prepareSome(database, Math.min(perStatement, asked.count - prepared.length), asked)));
  }
  return prepared;
}

async function prepareSome(
  database: Database,
  count: number,
  { expiresAt, endedAs, isWaitedFor = false }: CasesToPrepare,
): Promise<PreparedCase[]> {
  const rows = Array.from({ length: count }, () => {
    const applicant = newApplicant();
    const reference = referenceText(randomBytes(5));
    const secretId = randomUUID();
    const keyId = database.keys.current;
    const code = secretText(database.keys, { id: secretId, keyId, portal, purpose: 'access_code' });
    const [lookup] = lookupsOf(database.keys, portal, 'access_code', code);
    return {
      prepared: { caseId: uuidv7(), reference, code, applicant },
      secretId,
      lookup: lookup?.toString('hex') ?? '',
    };
  });
  const written = rows.map(({ prepared: { caseId, reference, applicant }, secretId, lookup }) => ({
    case_id: caseId,
    secret_id: secretId,
    reference,
    lookup,
    first_name: applicant.firstName,
    last_name: applicant.lastName,
    date_of_birth: applicant.dateOfBirth,
    email: applicant.email,
    postal_code: applicant.postalCode,
    duplicate_key: duplicateKey(applicant),
    search_text: searchTextOf({ ...applicant, reference }),
  }));
  const params = [JSON.stringify(written), portal, expiresAt ?? new Date(Date.now() + 60 * 86_400_000)];
  await database.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO cases (id, reference, kind, portal, state, version, source, waiting_on, policy_version, first_name, last_name,
         date_of_birth, email, duplicate_key, search_text, language, received_at, updated_at, decided_at, expires_at, closes_at,
         secrets_issued)
       SELECT w.case_id, w.reference, 'application', $2, $4, 4, 'online', $5, p.policy_version, w.first_name, w.last_name,
         w.date_of_birth, w.email, w.duplicate_key, w.search_text, 'en', n.at, n.at, n.at, $3,
         CASE WHEN $4 = 'expired' THEN n.at + interval '180 days' END, 1
       FROM ${recordset} JOIN portals p ON p.id = $2, (SELECT gatehouse_now() AS at) n`,
      [...params, endedAs ? 'expired' : 'code_sent', 'patient'],
    );
    await tx.query(
      `INSERT INTO applications (case_id, postal_code) SELECT w.case_id, w.postal_code FROM ${recordset}`,
      params.slice(0, 1),
    );
    await tx.query(
      `INSERT INTO secrets (id, portal, case_id, purpose, key_id, lookup, issued_at, expires_at, ended_at, ended_as, sent_to)
       SELECT w.secret_id, $2, w.case_id, 'access_code', $4, decode(w.lookup, 'hex'), n.at, $3,
         CASE WHEN $5::text IS NOT NULL THEN n.at END, $5, w.email
       FROM ${recordset}, (SELECT gatehouse_now() AS at) n`,
      [...params, database.keys.current, endedAs ?? null],
    );
    if (!isWaitedFor) return;
    await tx.query(
      `INSERT INTO outbox (case_id, created_at, next_at) SELECT w.case_id, n.at, n.at
       FROM ${recordset}, (SELECT gatehouse_now() AS at) n`,
      params.slice(0, 1),
    );
    tx.afterCommit('outbox');
  });
  return rows.map(({ prepared }) => prepared);
}

const recordset = `jsonb_to_recordset($1::jsonb) AS w(case_id uuid, secret_id uuid, reference text, lookup text, first_name text,
  last_name text, date_of_birth date, email text, postal_code text, duplicate_key text, search_text text)`;

/** Prepared cases that were not used are over, so that the reconciler starts no workflow for them. */
export async function retire(database: Database, cases: readonly PreparedCase[]): Promise<void> {
  await database.query(
    `UPDATE cases SET state = 'closed', waiting_on = NULL, expires_at = NULL, closes_at = NULL
     WHERE id = ANY($1::uuid[]) AND waiting_on IS NOT NULL`,
    [cases.map(({ caseId }) => caseId)],
  );
}

/** Accounts that can sign in, written by SQL; all share one hash, which costs a verify what any other does. Answers the usernames. */
export async function prepareAccounts(database: Database, count: number, passwordHash: string): Promise<string[]> {
  const people = Array.from({ length: count }, () => {
    const applicant = newApplicant();
    return { applicant, username: `user-${applicant.email.split('@')[0]}` };
  });
  const written = people.map(({ applicant, username }) => ({
    username,
    skeleton: usernameSkeleton(username),
    first_name: applicant.firstName,
    last_name: applicant.lastName,
    date_of_birth: applicant.dateOfBirth,
    email: applicant.email,
    email_key: emailKey(applicant.email),
    duplicate_key: duplicateKey(applicant),
  }));
  await database.query(
    `INSERT INTO accounts (portal, username, username_skeleton, first_name, last_name, date_of_birth, email, email_key, duplicate_key,
       password_hash, password_set_at, notify_by_email, language, terms_version, terms_accepted_at, created_at, updated_at)
     SELECT $2, w.username, w.skeleton, w.first_name, w.last_name, w.date_of_birth, w.email, w.email_key, w.duplicate_key,
       $3, n.at, true, 'en', '2026-1', n.at, n.at, n.at
     FROM jsonb_to_recordset($1::jsonb) AS w(username text, skeleton text, first_name text, last_name text, date_of_birth date,
       email text, email_key text, duplicate_key text), (SELECT gatehouse_now() AS at) n`,
    [JSON.stringify(written), portal, passwordHash],
  );
  return people.map(({ username }) => username);
}
