import type { Actor } from '../domain/case.ts';
import { duplicateKey } from '../domain/people/duplicates.ts';
import { emailKey, loginKey, usernameSkeleton } from '../domain/people/normalise.ts';
import { figures } from '../domain/policy/figures.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { endSessionsOfAccount } from './account-states.ts';
import { writeAudit } from './audit.ts';
import { detailSql } from './audit-feed.ts';
import { databaseNow } from './clock.ts';
import type { Database, Transaction } from './database.ts';
import { queueMessage } from './messages.ts';
import { currentPolicy } from './portals.ts';
import { Refused } from './refused.ts';
import { startSession } from './sessions.ts';
import { comparable } from './typed-text.ts';

type Queries = Pick<Transaction | Database, 'query'>;

export interface AccountToOpen {
  portal: string;
  caseId: string;
  patientRecordId: string | null;
  username: string;
  usernameSkeleton: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  email: string;
  emailKey: string;
  duplicateKey: string;
  passwordHash: string;
  notifyByEmail: boolean;
  language: string;
  termsVersion: string;
  at: Date;
  actor: Actor;
}

/** Opens an account, enrolled where a record is bound. One username (by its looks) and one person has one account per portal. */
export async function openAccount(
  tx: Transaction,
  account: AccountToOpen,
): Promise<{ id: string } | 'username_taken' | 'person_has_account'> {
  const record = account.patientRecordId ? await boundRecord(tx, account.patientRecordId) : undefined;
  const [opened] = await tx.query<{ id: string }>(
    `INSERT INTO accounts (portal, person_id, username, username_skeleton, first_name, last_name, date_of_birth, email, email_key,
       duplicate_key, password_hash, password_set_at, notify_by_email, language, terms_version, terms_accepted_at, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $12, $12, $12)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      account.portal,
      record?.personId ?? null,
      account.username,
      account.usernameSkeleton,
      account.firstName,
      account.lastName,
      account.dateOfBirth,
      account.email,
      account.emailKey,
      account.duplicateKey,
      account.passwordHash,
      account.at,
      account.notifyByEmail,
      account.language,
      account.termsVersion,
    ],
  );
  if (!opened) {
    const isTaken = await isUsernameTaken(tx, account.portal, account.username);
    return isTaken ? 'username_taken' : 'person_has_account';
  }
  if (record) enroll(tx, { accountId: opened.id, record, caseId: account.caseId, at: account.at });
  writeAudit(tx, {
    at: account.at,
    actor: account.actor,
    action: 'account_opened',
    portal: account.portal,
    caseId: account.caseId,
    accountId: opened.id,
    detail: { termsVersion: account.termsVersion, isEnrolled: record !== undefined },
  });
  return opened;
}

interface BoundRecord {
  id: string;
  personId: string;
  practiceId: string | null;
  opensMessages: boolean | null;
  opensRecord: string | null;
}

async function boundRecord(tx: Transaction, id: string): Promise<BoundRecord | undefined> {
  const [record] = await tx.query<BoundRecord>(
    `SELECT r.id, r.person_id AS "personId", r.practice_id AS "practiceId", p.opens_messages AS "opensMessages",
       p.opens_record AS "opensRecord"
     FROM patient_records r LEFT JOIN practices p ON p.id = r.practice_id WHERE r.id = $1`,
    [id],
  );
  return record;
}

/** Lets an account show one more record; one that shows it already stays as it is. Throws when there is no such record. */
export async function enrollAccount(
  tx: Transaction,
  {
    accountId,
    patientRecordId,
    caseId,
    at,
  }: { accountId: string; patientRecordId: string; caseId: string | null; at: Date },
): Promise<void> {
  const record = await boundRecord(tx, patientRecordId);
  if (!record) throw new Error('the record does not exist');
  enroll(tx, { accountId, record, caseId, at });
}

/** What the practice lets its patients see; without a practice, all. */
function enroll(
  tx: Transaction,
  { accountId, record, caseId, at }: { accountId: string; record: BoundRecord; caseId: string | null; at: Date },
): void {
  const scope = { messages: record.opensMessages ?? true, record: record.opensRecord ?? 'all' };
  tx.write(
    `INSERT INTO enrollments (account_id, patient_record_id, practice_id, scope, created_at, case_id) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (account_id, patient_record_id) WHERE ended_at IS NULL DO NOTHING`,
    [accountId, record.id, record.practiceId, JSON.stringify(scope), at, caseId],
  );
}

/** Whether a username, or one that looks like it, is given out at the portal. */
export async function isUsernameTaken(db: Queries, portal: string, username: string): Promise<boolean> {
  const rows = await db.query('SELECT 1 FROM accounts WHERE portal = $1 AND username_skeleton = $2', [
    portal,
    usernameSkeleton(username),
  ]);
  return rows.length > 0;
}

/**
 * Refuses a proven address that is another account's sign-in name already: with two of them neither could sign in by it. Where
 * nobody signs in by e-mail no address is refused here. Throws `Refused('validation_failed')` at `email`.
 */
export async function refuseSignInAddressInUse(
  tx: Transaction,
  { portal, email, accountId }: { portal: string; email: string; accountId?: string },
): Promise<void> {
  const policy = await currentPolicy(tx, portal);
  if (!policy?.account.signInBy.includes('email')) return;
  const [other] = await tx.query(
    `SELECT 1 FROM accounts
     WHERE portal = $1 AND email_key = $2 AND id IS DISTINCT FROM $3::uuid AND state <> 'closed' LIMIT 1`,
    [portal, emailKey(email), accountId ?? null],
  );
  if (!other) return;
  throw new Refused('validation_failed', {
    errors: { email: 'An account has this address already. Give another one, or sign in to that account.' },
  });
}

/** What of an account a try to sign in is judged by. */
export interface AccountToSignIn {
  id: string;
  passwordHash: string;
}

/** The account a typed name means at a portal, by what its policy signs in with; an ambiguous address means none. */
export async function accountOfLogin(
  db: Queries,
  portal: string,
  login: string,
  signInBy: Policy['account']['signInBy'],
): Promise<AccountToSignIn | undefined> {
  const key = loginKey(login);
  const isEmail = key.includes('@');
  const isOffered = signInBy.includes(isEmail ? 'email' : 'username');
  const found = await db.query<AccountToSignIn>(
    `SELECT id, password_hash AS "passwordHash" FROM accounts
     WHERE portal = $1 AND ${isEmail ? 'email_key' : 'username_skeleton'} = $2 AND state <> 'closed' LIMIT 2`,
    [portal, comparable(isEmail ? key : usernameSkeleton(login))],
  );
  return isOffered && found.length === 1 ? found[0] : undefined;
}

export interface TriedPassword {
  accountId: string;
  /** The hash the try was compared with; another one by now means the password was changed meanwhile. */
  passwordHash: string;
  isRight: boolean;
  lockoutAfter: number;
  actor: Actor;
}

/**
 * Decides a compared password under the account's lock, so that tries side by side count one after the other: a right one while
 * tries have to wait is refused like a wrong one, a wrong one counts unless tries have to wait anyway. Only a right one on an
 * active account answers the instant of its decision, and forgets the failures before it; any other answers undefined.
 */
export async function decidePassword(tx: Transaction, tried: TriedPassword): Promise<Date | undefined> {
  const locking = tx.query<{
    portal: string;
    state: string;
    failures: number;
    waitsTo: Date | null;
    hash: string;
  }>(
    `SELECT portal, state, login_failures AS failures, login_waits_to AS "waitsTo", password_hash AS hash
     FROM accounts WHERE id = $1 FOR UPDATE`,
    [tried.accountId],
  );
  const [[account], now] = await Promise.all([locking, databaseNow(tx)]);
  if (account?.state !== 'active' || (account.waitsTo && account.waitsTo > now)) return undefined;
  if (tried.isRight) {
    // Right for a password that was changed meanwhile: refused, and no failure.
    if (account.hash !== tried.passwordHash) return undefined;
    if (account.failures > 0) {
      tx.write('UPDATE accounts SET login_failures = 0, login_waits_to = NULL WHERE id = $1', [tried.accountId]);
    }
    return now;
  }
  countFailure(tx, tried, account, now);
  return undefined;
}

function countFailure(
  tx: Transaction,
  { accountId, lockoutAfter, actor }: TriedPassword,
  { portal, failures: before }: { portal: string; failures: number },
  now: Date,
): void {
  const failures = before + 1;
  const isLocked = failures >= lockoutAfter;
  tx.write(
    `UPDATE accounts SET login_failures = $2, login_waits_to = $3::timestamptz + make_interval(secs => $4),
       state = CASE WHEN $5 THEN 'locked' ELSE state END, version = version + CASE WHEN $5 THEN 1 ELSE 0 END,
       updated_at = CASE WHEN $5 THEN $3 ELSE updated_at END
     WHERE id = $1`,
    [accountId, failures, now, waitSeconds(failures), isLocked],
  );
  const action = isLocked ? 'account_locked' : 'sign_in_refused';
  writeAudit(tx, { at: now, actor, action, portal, accountId, detail: { failures } });
}

/** From the third failure 1 s, doubling to 15 minutes (security.md "login"). */
export function waitSeconds(failures: number): number {
  const { fromFailure, firstSeconds, longestSeconds } = figures.loginWait;
  if (failures < fromFailure) return 0;
  return Math.min(longestSeconds, firstSeconds * 2 ** Math.min(30, failures - fromFailure));
}

/** Signs in at an instant: a session of the account, told in its own log. Returns the token for the cookie. */
export async function signIn(
  tx: Transaction,
  { accountId, portal, actor, at }: { accountId: string; portal: string; actor: Actor; at: Date },
): Promise<string> {
  const { token } = await startSession(tx, { accountId });
  writeAudit(tx, { at, actor, action: 'signed_in', portal, accountId });
  return token;
}

/** Who changes which account. */
export interface AccountChange {
  accountId: string;
  portal: string;
  actor: Actor;
}

/** News by e-mail and language; undefined stays. */
export async function changePreferences(
  tx: Transaction,
  { accountId, portal, actor }: AccountChange,
  { notifyByEmail, language }: { notifyByEmail?: boolean | undefined; language?: string | undefined },
): Promise<void> {
  const at = await databaseNow(tx);
  tx.write(
    `UPDATE accounts SET notify_by_email = COALESCE($2, notify_by_email), language = COALESCE($3, language),
       version = version + 1, updated_at = $4 WHERE id = $1`,
    [accountId, notifyByEmail ?? null, language ?? null, at],
  );
  writeAudit(tx, {
    at,
    actor,
    action: 'preferences_changed',
    portal,
    accountId,
    detail: { notifyByEmail, language },
  });
}

/** Sets a new password: everywhere else is signed out, and the verified address is told. Returns when. */
export async function changePassword(
  tx: Transaction,
  { accountId, portal, actor }: AccountChange,
  { passwordHash, keptSessionId }: { passwordHash: string; keptSessionId: string },
): Promise<Date> {
  const at = await databaseNow(tx);
  const [account] = await tx.query<{ email: string; language: string }>(
    `UPDATE accounts SET password_hash = $2, password_set_at = $3, login_failures = 0, login_waits_to = NULL,
       version = version + 1, updated_at = $3 WHERE id = $1 RETURNING email, language`,
    [accountId, passwordHash, at],
  );
  if (!account) throw new Error('a signed-in account exists');
  await endSessionsOfAccount(tx, accountId, at, keptSessionId);
  await queueMessage(tx, {
    portal,
    accountId,
    template: 'credentials_changed',
    to: account.email,
    language: account.language,
    data: { changedAt: at.toISOString() },
    at,
    priority: 1,
  });
  writeAudit(tx, { at, actor, action: 'password_changed', portal, accountId });
  return at;
}

/** The new address counts from now on; the old one is told, with "this wasn't me". Throws as `refuseSignInAddressInUse`. */
export async function changeEmail(
  tx: Transaction,
  { accountId, portal, actor }: AccountChange,
  email: string,
  at: Date,
): Promise<void> {
  const [old] = await tx.query<{
    email: string;
    language: string;
    lastName: string;
    dateOfBirth: string;
  }>(
    `SELECT email, language, last_name AS "lastName", date_of_birth AS "dateOfBirth" FROM accounts WHERE id = $1 FOR UPDATE`,
    [accountId],
  );
  if (!old) throw new Error('a signed-in account exists');
  await refuseSignInAddressInUse(tx, { portal, email, accountId });
  tx.write(
    `UPDATE accounts SET email = $2, email_key = $3, duplicate_key = $4, version = version + 1, updated_at = $5 WHERE id = $1`,
    [accountId, email, emailKey(email), duplicateKey({ ...old, email }), at],
  );
  await queueMessage(tx, {
    portal,
    accountId,
    template: 'email_changed',
    to: old.email,
    language: old.language,
    data: {},
    at,
    priority: 1,
  });
  writeAudit(tx, { at, actor, action: 'email_changed', portal, accountId });
}

interface OwnEnrollmentRow {
  id: string;
  practice: string | null;
  enrolledAt: Date;
  endedAt: Date | null;
  opens: { messages: boolean; record: 'none' | 'some' | 'all' };
}

/** The practices an account is enrolled with, newest first, and what each opens. */
export async function enrollmentsOf(db: Queries, accountId: string): Promise<OwnEnrollmentRow[]> {
  return db.query(
    `SELECT e.id, p.name AS practice, e.created_at AS "enrolledAt", e.ended_at AS "endedAt",
       jsonb_build_object('messages', COALESCE((e.scope->>'messages')::boolean, true), 'record', COALESCE(e.scope->>'record', 'all')) AS opens
     FROM enrollments e LEFT JOIN practices p ON p.id = e.practice_id WHERE e.account_id = $1 ORDER BY e.created_at DESC, e.id`,
    [accountId],
  );
}

/** Entries of an account's own log. */
export async function activityOf(
  db: Queries,
  accountId: string,
  { order, limit, offset }: { order: 'asc' | 'desc'; limit: number; offset: number },
): Promise<{ id: string; at: Date; action: string; actor: string; template: string | null }[]> {
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  return db.query(
    `SELECT e.id, e.at, e.action, e.actor_kind AS actor,
       CASE WHEN e.action LIKE 'mail%' THEN (${detailSql}) ->> 'template' END AS template
     FROM audit_entries e WHERE e.account_id = $1
     ORDER BY e.at ${direction}, e.id ${direction} LIMIT $2 OFFSET $3`,
    [accountId, limit, offset],
  );
}

/** How many entries there are, counted up to `upTo`. */
export async function countActivityOf(db: Queries, accountId: string, upTo: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM (SELECT 1 FROM audit_entries WHERE account_id = $1 LIMIT $2) e',
    [accountId, upTo],
  );
  return row?.count ?? 0;
}
