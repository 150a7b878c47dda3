import type { Actor } from '../domain/case.ts';
import { duplicateKey } from '../domain/people/duplicates.ts';
import { emailKey, usernameSkeleton } from '../domain/people/normalise.ts';
import { figures } from '../domain/policy/figures.ts';
import { readMailboxCode } from '../domain/secrets/mailbox-code.ts';
import { addDuration } from '../domain/time/duration.ts';
import { openAccount, refuseSignInAddressInUse } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { type LockedCase, lockCase } from './cases.ts';
import type { Database, Transaction } from './database.ts';
import { queueMessage } from './messages.ts';
import { moveCase } from './moves.ts';
import { tellEngine } from './outbox.ts';
import { policyAt } from './portals.ts';
import { Refused } from './refused.ts';
import {
  endSecret,
  endSecretsOfCase,
  isSecretText,
  issueSecret,
  lookupsOf,
  type SecretRow,
  secretColumns,
} from './secrets.ts';
import { hashOfToken, newToken } from './sessions.ts';

/** The steps after the code, in order. */
export type ActivationStepName = 'identity' | 'email' | 'credentials' | 'notifications' | 'terms';

/** One walk through the steps; nothing in it counts until the last. */
export interface ActivationRow {
  id: string;
  portal: string;
  caseId: string;
  secretId: string;
  step: ActivationStepName;
  endsAt: Date;
  /** Not ended, and its time not over. */
  isRunning: boolean;
  /** The address the access code was mailed to. */
  mailedTo: string;
  email: string | null;
  oldMailboxAt: Date | null;
  newMailboxAt: Date | null;
  username: string | null;
  notifyByEmail: boolean | null;
}

const activationColumns = `a.id, a.portal, a.case_id AS "caseId", a.secret_id AS "secretId", a.step, a.ends_at AS "endsAt",
  (a.ended_at IS NULL AND a.ends_at > gatehouse_now()) AS "isRunning", a.mailed_to AS "mailedTo", a.email,
  a.old_mailbox_at AS "oldMailboxAt", a.new_mailbox_at AS "newMailboxAt", a.username, a.notify_by_email AS "notifyByEmail"`;

/** The activation of a cookie's token at a portal, running or ended; undefined when there never was one. */
export async function activationOfToken(
  db: Pick<Transaction | Database, 'query'>,
  portal: string,
  token: string,
): Promise<ActivationRow | undefined> {
  const [row] = await db.query<ActivationRow>(
    `SELECT ${activationColumns} FROM activations a WHERE a.token_hash = $1 AND a.portal = $2`,
    [hashOfToken(token), portal],
  );
  return row;
}

/** A started activation with the token for its cookie. */
export interface StartedActivation {
  activation: ActivationRow;
  token: string;
  now: Date;
}

/**
 * Judges a typed access code and starts the steps; an earlier start with the same code ends. Undefined for every kind of
 * refusal. Lock order: case row, then secret; the secret is found without a lock first. A wrong proof is counted and, at the
 * policy's last, the code is burned.
 */
export async function startActivation(
  database: Database,
  { portal, typed, actor }: { portal: string; typed: string; actor: Actor },
): Promise<StartedActivation | undefined> {
  const lookups = lookupsOf(database.keys, portal, 'access_code', typed);
  if (lookups.length === 0) return undefined;
  const [found] = await database.query<{ id: string; caseId: string | null }>(
    `SELECT id, case_id AS "caseId" FROM secrets WHERE portal = $1 AND purpose = 'access_code' AND lookup = ANY($2)`,
    [portal, lookups],
  );
  const caseId = found?.caseId;
  if (!found || !caseId) return undefined;
  return database.transaction(async (tx) => {
    const locked = await lockCase(tx, caseId);
    const secret = await lockSecret(tx, found.id);
    if (!secret?.isLive || locked.facts.openCode?.id !== secret.id) return undefined;
    if (!isSecretText(tx.keys, secret, typed)) {
      await countWrongProof(tx, locked, secret);
      return undefined;
    }
    return start(tx, locked, secret, actor);
  });
}

type LockedSecret = SecretRow & { isLive: boolean; now: Date };

/** The lock first, the time after it. */
async function lockSecret(tx: Transaction, id: string): Promise<LockedSecret | undefined> {
  await tx.query('SELECT 1 FROM secrets WHERE id = $1 FOR UPDATE', [id]);
  const [secret] = await tx.query<LockedSecret>(
    `SELECT ${secretColumns}, n.now, (s.ended_at IS NULL AND s.expires_at > n.now) AS "isLive"
     FROM (SELECT gatehouse_now() AS now) n, secrets s WHERE s.id = $1`,
    [id],
  );
  return secret;
}

async function countWrongProof(tx: Transaction, locked: LockedCase, secret: SecretRow): Promise<void> {
  await tx.query('UPDATE secrets SET tries = tries + 1 WHERE id = $1', [secret.id]);
  const { accessCode } = await policyAt(tx, locked.row.portal, locked.row.policyVersion);
  if (secret.tries + 1 >= accessCode.maxTries) await burn(tx, locked);
}

/** The code dies of wrong tries; staff see why, the half-finished activation ends with it. */
async function burn(tx: Transaction, locked: LockedCase): Promise<void> {
  await moveCase(tx, { caseId: locked.row.id, move: 'code_burned', actor: { kind: 'engine' }, locked });
}

async function start(
  tx: Transaction,
  { row }: LockedCase,
  secret: LockedSecret,
  actor: Actor,
): Promise<StartedActivation> {
  const { now } = secret;
  await tx.query(
    `UPDATE activations SET ended_at = $2, ended_as = 'superseded', password_hash = NULL WHERE secret_id = $1 AND ended_at IS NULL`,
    [secret.id, now],
  );
  await endSecretsOfCase(tx, row.id, 'superseded', now, 'mailbox_code');
  const { token, hash } = newToken();
  const [activation] = await tx.query<ActivationRow>(
    `INSERT INTO activations AS a (portal, case_id, secret_id, token_hash, step, started_at, ends_at, mailed_to)
     VALUES ($1, $2, $3, $4, 'identity', $5, LEAST($5::timestamptz + make_interval(hours => $6), $7), $8)
     RETURNING ${activationColumns}`,
    [
      row.portal,
      row.id,
      secret.id,
      hash,
      now,
      figures.activationLifetimeHours,
      secret.expiresAt,
      secret.sentTo ?? row.email,
    ],
  );
  if (!activation) throw new Error('an inserted activation is there');
  await writeAudit(tx, { at: now, actor, action: 'activation_started', portal: row.portal, caseId: row.id });
  return { activation, token, now };
}

/** A running activation with everything its step may touch, all locked. */
export interface LockedActivation {
  activation: ActivationRow;
  locked: LockedCase;
  secret: Pick<SecretRow, 'id' | 'issuedAt' | 'identityTries'>;
  /** The mailbox code sent last, when it still works; read at the e-mail step alone. */
  mailboxCode: SecretRow | undefined;
  now: Date;
}

/** Locks case, access code and activation, in that order; undefined when the activation is over by now. */
export async function lockActivation(
  tx: Transaction,
  { id, caseId, secretId }: Pick<ActivationRow, 'id' | 'caseId' | 'secretId'>,
): Promise<LockedActivation | undefined> {
  const locked = await lockCase(tx, caseId);
  const { openCode } = locked.facts;
  // The case's lock has taken its open code along; another code, or one past its time, ends the walk.
  if (openCode?.id !== secretId || openCode.expiresAt <= locked.now) return undefined;
  const [activation] = await tx.query<ActivationRow & { identityTries: number }>(
    `SELECT ${activationColumns}, s.identity_tries AS "identityTries"
     FROM activations a JOIN secrets s ON s.id = a.secret_id WHERE a.id = $1 FOR UPDATE OF a`,
    [id],
  );
  if (!activation?.isRunning) return undefined;
  const mailboxCode = activation.step === 'email' ? await liveMailboxCode(tx, { activationId: id }) : undefined;
  const secret = { id: secretId, issuedAt: openCode.issuedAt, identityTries: activation.identityTries };
  return { activation, locked, secret, mailboxCode, now: locked.now };
}

/** What the activation's pages show; read without locks. */
export interface ActivationState {
  activation: ActivationRow;
  isStepUpDue: boolean;
  mailboxCode: SecretRow | undefined;
}

/** Where a running activation stands; undefined when it is over by now. */
export async function activationState(
  db: Pick<Transaction | Database, 'query' | 'policies'>,
  id: string,
): Promise<ActivationState | undefined> {
  const [row] = await db.query<ActivationRow & { issuedAt: Date; now: Date; policyVersion: number }>(
    `SELECT ${activationColumns}, s.issued_at AS "issuedAt", gatehouse_now() AS now, c.policy_version AS "policyVersion"
     FROM activations a JOIN secrets s ON s.id = a.secret_id JOIN cases c ON c.id = a.case_id WHERE a.id = $1`,
    [id],
  );
  if (!row?.isRunning) return undefined;
  const policy = await policyAt(db, row.portal, row.policyVersion);
  return {
    activation: row,
    isStepUpDue: row.now >= addDuration(row.issuedAt, policy.accessCode.stepUpAfter, policy.timeZone),
    mailboxCode: row.step === 'email' ? await liveMailboxCode(db, { activationId: id }) : undefined,
  };
}

/** The live mailbox code of an activation or an account. */
export async function liveMailboxCode(
  db: Pick<Transaction | Database, 'query'>,
  { activationId, accountId }: { activationId?: string; accountId?: string },
): Promise<SecretRow | undefined> {
  const [secret] = await db.query<SecretRow>(
    `SELECT ${secretColumns} FROM secrets s
     WHERE s.purpose = 'mailbox_code' AND ${activationId ? 's.activation_id' : 's.account_id'} = $1
       AND s.ended_at IS NULL AND s.expires_at > gatehouse_now()`,
    [activationId ?? accountId],
  );
  return secret;
}

/** Which mailbox's 8 numbers are due at the e-mail step: first the old, then the new; undefined: none. */
export function dueMailbox(
  { mailedTo, email, oldMailboxAt, newMailboxAt }: ActivationRow,
  isStepUpDue: boolean,
): string | undefined {
  if (email === null) return undefined;
  const isChanged = emailKey(email) !== emailKey(mailedTo);
  if ((isChanged || isStepUpDue) && !oldMailboxAt) return mailedTo;
  return isChanged && !newMailboxAt ? email : undefined;
}

/** Step 2. A wrong date counts on the code; at the policy's last the code is burned and the activation over. */
export async function tryIdentity(
  tx: Transaction,
  { activation, locked, secret }: LockedActivation,
  dateOfBirth: string,
): Promise<{ isRight: true } | { isRight: false; triesLeft: number }> {
  if (dateOfBirth === locked.row.dateOfBirth) {
    await toStep(tx, activation.id, 'email');
    return { isRight: true };
  }
  await tx.query('UPDATE secrets SET identity_tries = identity_tries + 1 WHERE id = $1', [secret.id]);
  const { accessCode } = await policyAt(tx, locked.row.portal, locked.row.policyVersion);
  const triesLeft = Math.max(0, accessCode.identityTries - secret.identityTries - 1);
  if (triesLeft === 0) await burn(tx, locked);
  return { isRight: false, triesLeft };
}

/** Step 3: the address the person wants. Numbers that were sent elsewhere than where they are due now are dead. */
export async function chooseEmail(tx: Transaction, held: LockedActivation, email: string): Promise<void> {
  const { activation, locked, mailboxCode, now } = held;
  const isSame = activation.email !== null && emailKey(activation.email) === emailKey(email);
  const chosen: ActivationRow = {
    ...activation,
    email,
    newMailboxAt: isSame ? activation.newMailboxAt : null,
  };
  await tx.query('UPDATE activations SET email = $2, new_mailbox_at = $3 WHERE id = $1', [
    activation.id,
    email,
    chosen.newMailboxAt,
  ]);
  const due = dueMailbox(chosen, await isStepUpDue(tx, held));
  if (due === undefined) await leaveEmailStep(tx, { ...held, activation: chosen });
  else if (mailboxCode && emailKey(mailboxCode.sentTo ?? '') !== emailKey(due)) {
    await endSecretsOfCase(tx, locked.row.id, 'superseded', now, 'mailbox_code');
  }
}

/** Whether the access code is old enough to ask for a fresh mailbox code as well. */
export async function isStepUpDue(tx: Transaction, { locked, secret, now }: LockedActivation): Promise<boolean> {
  const policy = await policyAt(tx, locked.row.portal, locked.row.policyVersion);
  return now >= addDuration(secret.issuedAt, policy.accessCode.stepUpAfter, policy.timeZone);
}

/** Sends 8 numbers to the mailbox that is due; older ones are dead first. Throws `Refused('mailed_recently')`. */
export async function sendActivationMailboxCode(
  tx: Transaction,
  { activation, locked, now }: LockedActivation,
  mailbox: string,
): Promise<void> {
  const secretId = await issueSecret(tx, {
    portal: activation.portal,
    purpose: 'mailbox_code',
    caseId: activation.caseId,
    activationId: activation.id,
    issuedAt: now,
    expiresAt: mailboxCodeEnd(now),
    sentTo: mailbox,
  });
  await queueMailboxCode(tx, {
    portal: activation.portal,
    secretId,
    to: mailbox,
    language: locked.row.language,
    at: now,
  });
}

/** When numbers sent now stop working. */
export function mailboxCodeEnd(now: Date): Date {
  return new Date(now.getTime() + figures.mailboxCode.lifetimeMinutes * 60_000);
}

/** The mail with 8 numbers: of no case, so that it leaves at once whatever the engine does. */
export async function queueMailboxCode(
  tx: Transaction,
  mail: { portal: string; secretId: string; accountId?: string; to: string; language: string; at: Date },
): Promise<void> {
  await queueMessage(tx, { ...mail, template: 'mailbox_code', data: {}, priority: 1, isPersonal: true });
}

/** Judges typed numbers: a try is counted before it is compared, the last wrong one ends them; what is no code is not counted. */
export async function tryMailboxCode(
  tx: Transaction,
  secret: SecretRow | undefined,
  typed: string,
  now: Date,
): Promise<{ isRight: true } | { isRight: false; triesLeft: number }> {
  const most = figures.mailboxCode.tries;
  if (!secret) return { isRight: false, triesLeft: 0 };
  if (readMailboxCode(typed) === undefined) return { isRight: false, triesLeft: most - secret.tries };
  const [counted] = await tx.query<{ tries: number }>(
    `UPDATE secrets SET tries = tries + 1 WHERE id = $1 AND ended_at IS NULL AND tries < $2 RETURNING tries`,
    [secret.id, most],
  );
  if (!counted) return { isRight: false, triesLeft: 0 };
  const isRight = isSecretText(tx.keys, secret, typed);
  if (isRight || counted.tries >= most) await endSecret(tx, secret.id, isRight ? 'used' : 'burned', now);
  return isRight ? { isRight } : { isRight, triesLeft: most - counted.tries };
}

/** The numbers were right: their mailbox is proven, and the step is done when no other is due. */
export async function proveMailbox(tx: Transaction, held: LockedActivation, mailbox: string): Promise<void> {
  const { activation, now } = held;
  const isOld = emailKey(mailbox) === emailKey(activation.mailedTo);
  const proven: ActivationRow = { ...activation, ...(isOld ? { oldMailboxAt: now } : { newMailboxAt: now }) };
  await tx.query('UPDATE activations SET old_mailbox_at = $2, new_mailbox_at = $3 WHERE id = $1', [
    activation.id,
    proven.oldMailboxAt,
    proven.newMailboxAt,
  ]);
  if (dueMailbox(proven, await isStepUpDue(tx, held)) === undefined) {
    await leaveEmailStep(tx, { ...held, activation: proven });
  }
}

/** A changed address is told to the old one, with "this wasn't me". Throws as `refuseSignInAddressInUse`. */
async function leaveEmailStep(tx: Transaction, { activation, locked, now }: LockedActivation): Promise<void> {
  const { portal, email, mailedTo } = activation;
  await refuseSignInAddressInUse(tx, { portal, email: email ?? mailedTo });
  await toStep(tx, activation.id, 'credentials');
  if (activation.email === null || emailKey(activation.email) === emailKey(activation.mailedTo)) return;
  await queueMessage(tx, {
    portal: activation.portal,
    caseId: activation.caseId,
    template: 'email_changed',
    to: activation.mailedTo,
    language: locked.row.language,
    data: {},
    at: now,
    priority: 1,
  });
  await tellEngine(tx, activation.caseId, now);
}

/** Step 4. The hash is kept until the activation ends; the username is not reserved. */
export async function keepCredentials(
  tx: Transaction,
  { activation }: LockedActivation,
  { username, passwordHash }: { username: string; passwordHash: string },
): Promise<void> {
  await tx.query(`UPDATE activations SET username = $2, password_hash = $3, step = 'notifications' WHERE id = $1`, [
    activation.id,
    username,
    passwordHash,
  ]);
}

/** Step 5. */
export async function keepNotifications(
  tx: Transaction,
  { activation }: LockedActivation,
  optIn: boolean,
): Promise<void> {
  await tx.query(`UPDATE activations SET notify_by_email = $2, step = 'terms' WHERE id = $1`, [activation.id, optIn]);
}

/** Sets where the person is. */
export async function toStep(tx: Transaction, activationId: string, step: ActivationStepName): Promise<void> {
  await tx.query('UPDATE activations SET step = $2 WHERE id = $1', [activationId, step]);
}

/**
 * Step 6: uses up the code, opens the account and moves the case, all in the caller's transaction. `username_taken` leads back
 * to step 4; `person_has_account`: somebody opened one for the bound record meanwhile.
 */
export async function completeActivation(
  tx: Transaction,
  { activation, locked, now }: LockedActivation,
  { termsVersion, actor }: { termsVersion: string; actor: Actor },
): Promise<{ accountId: string; username: string } | 'username_taken' | 'person_has_account' | 'ended'> {
  const { row } = locked;
  const [kept] = await tx.query<{ passwordHash: string | null }>(
    'SELECT password_hash AS "passwordHash" FROM activations WHERE id = $1',
    [activation.id],
  );
  const { username } = activation;
  if (username === null || !kept?.passwordHash) throw new Error('the terms come after the credentials');
  const email = activation.email ?? activation.mailedTo;
  const opened = await openAccount(tx, {
    portal: row.portal,
    caseId: row.id,
    patientRecordId: row.patientRecordId,
    username,
    usernameSkeleton: usernameSkeleton(username),
    firstName: row.firstName,
    lastName: row.lastName,
    dateOfBirth: row.dateOfBirth,
    email,
    emailKey: emailKey(email),
    duplicateKey: duplicateKey({ ...row, email }),
    passwordHash: kept.passwordHash,
    notifyByEmail: activation.notifyByEmail ?? false,
    language: row.language,
    termsVersion,
    at: now,
    actor,
  });
  if (opened === 'username_taken') await toStep(tx, activation.id, 'credentials');
  if (typeof opened === 'string') return opened;
  const isChanged = emailKey(email) !== emailKey(row.email);
  try {
    await moveCase(tx, {
      caseId: row.id,
      move: 'activate',
      actor,
      locked,
      input: { accountId: opened.id, ...(isChanged && { email }) },
    });
  } catch (error) {
    if (error instanceof Refused) return 'ended';
    throw error;
  }
  return { accountId: opened.id, username };
}

/** Whom a case is about, as far as choosing a password needs it. */
export async function activatedPerson(
  db: Pick<Transaction | Database, 'query'>,
  caseId: string,
): Promise<{ firstName: string; lastName: string; language: string }> {
  const [person] = await db.query<{ firstName: string; lastName: string; language: string }>(
    'SELECT first_name AS "firstName", last_name AS "lastName", language FROM cases WHERE id = $1',
    [caseId],
  );
  if (!person) throw new Error('an activation has its case');
  return person;
}
