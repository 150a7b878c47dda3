import type { Actor } from '../domain/case.ts';
import { duplicateKey } from '../domain/people/duplicates.ts';
import { emailKey, usernameSkeleton } from '../domain/people/normalise.ts';
import { figures } from '../domain/policy/figures.ts';
import { addDuration } from '../domain/time/duration.ts';
import { openAccount, refuseSignInAddressInUse } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { type LockedCase, lockCase } from './cases.ts';
import type { Database, Transaction } from './database.ts';
import { liveMailboxCode, mailboxCodeEnd, queueMailboxCode } from './mailbox-codes.ts';
import { queueMessage } from './messages.ts';
import { moveCase } from './moves.ts';
import { tellEngine } from './outbox.ts';
import { currentPolicy, policyAt } from './portals.ts';
import { Refused } from './refused.ts';
import { endSecretsOfCase, isSecretText, issueSecret, lookupsOf, type SecretRow, secretColumns } from './secrets.ts';
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

/** An activation with what its steps are judged by: its code's age and the person of its case. */
export interface ActivationWalk extends ActivationRow {
  /** When the access code was issued. */
  issuedAt: Date;
  now: Date;
  policyVersion: number;
  firstName: string;
  lastName: string;
  language: string;
}

/** The activation of a cookie's token at a portal, running or ended; undefined when there never was one. */
export async function activationOfToken(
  db: Pick<Transaction | Database, 'query'>,
  portal: string,
  token: string,
): Promise<ActivationWalk | undefined> {
  const [row] = await db.query<ActivationWalk>(
    `SELECT ${activationColumns}, s.issued_at AS "issuedAt", gatehouse_now() AS now, c.policy_version AS "policyVersion",
       c.first_name AS "firstName", c.last_name AS "lastName", c.language
     FROM activations a JOIN secrets s ON s.id = a.secret_id JOIN cases c ON c.id = a.case_id
     WHERE a.token_hash = $1 AND a.portal = $2`,
    [hashOfToken(token), portal],
  );
  return row;
}

/** What a step leaves behind in the walk. */
type StepFacts = Partial<Record<'email' | 'username' | 'password_hash' | 'notify_by_email', string | boolean>>;

/**
 * Takes a step that touches the walk alone, in one statement: nothing it writes counts before the last step, which judges
 * everything again under the locks of case and code. Undefined: the walk is over by now, or stands at another step.
 */
async function takeStep(
  database: Database,
  id: string,
  [from, to]: [ActivationStepName, ActivationStepName],
  facts: StepFacts = {},
): Promise<ActivationRow | undefined> {
  const names = Object.keys(facts) as (keyof StepFacts)[];
  const sets = names.map((name, index) => `, ${name} = $${index + 4}`).join('');
  const [row] = await database.query<ActivationRow>(
    `UPDATE activations a SET step = $3${sets} FROM secrets s
     WHERE a.id = $1 AND a.step = $2 AND a.ended_at IS NULL AND a.ends_at > gatehouse_now()
       AND s.id = a.secret_id AND s.ended_at IS NULL AND s.expires_at > gatehouse_now()
     RETURNING ${activationColumns}`,
    [id, from, to, ...names.map((name) => facts[name])],
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
    const secret = await readLockedCode(tx, locked, found.id);
    if (!secret) return undefined;
    if (!isSecretText(tx.keys, secret, typed)) {
      await countWrongProof(tx, locked, secret);
      return undefined;
    }
    return start(tx, locked, secret, actor);
  });
}

/** The code as it stands, which the case's lock has taken along; undefined when it is another one or past its time. */
async function readLockedCode(
  tx: Transaction,
  { facts: { openSecret }, now }: LockedCase,
  id: string,
): Promise<SecretRow | undefined> {
  if (openSecret?.id !== id || openSecret.expiresAt <= now) return undefined;
  const [secret] = await tx.query<SecretRow>(`SELECT ${secretColumns} FROM secrets s WHERE s.id = $1`, [id]);
  return secret;
}

async function countWrongProof(tx: Transaction, locked: LockedCase, secret: SecretRow): Promise<void> {
  tx.write('UPDATE secrets SET tries = tries + 1 WHERE id = $1', [secret.id]);
  const { accessCode } = await policyAt(tx, locked.row.portal, locked.row.policyVersion);
  if (secret.tries + 1 >= accessCode.maxTries) await burn(tx, locked);
}

/** The code dies of wrong tries; staff see why, the half-finished activation ends with it. */
async function burn(tx: Transaction, locked: LockedCase): Promise<void> {
  await moveCase(tx, { caseId: locked.row.id, move: 'code_burned', actor: { kind: 'engine' }, locked });
}

async function start(
  tx: Transaction,
  { row, now }: LockedCase,
  secret: SecretRow,
  actor: Actor,
): Promise<StartedActivation> {
  tx.write(
    `UPDATE activations SET ended_at = $2, ended_as = 'superseded', password_hash = NULL WHERE secret_id = $1 AND ended_at IS NULL`,
    [secret.id, now],
  );
  endSecretsOfCase(tx, row.id, 'superseded', now, 'mailbox_code');
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
  writeAudit(tx, { at: now, actor, action: 'activation_started', portal: row.portal, caseId: row.id });
  return { activation, token, now };
}

/** A running activation with everything its step may touch, all locked. */
export interface LockedActivation {
  activation: ActivationRow & { passwordHash: string | null };
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
  const lockingCase = lockCase(tx, caseId);
  const lockingWalk = tx.query<LockedActivation['activation'] & { identityTries: number }>(
    `SELECT ${activationColumns}, a.password_hash AS "passwordHash", s.identity_tries AS "identityTries"
     FROM activations a JOIN secrets s ON s.id = a.secret_id WHERE a.id = $1 FOR UPDATE OF a`,
    [id],
  );
  const [locked, [activation]] = await Promise.all([lockingCase, lockingWalk]);
  const { openSecret } = locked.facts;
  // The case's lock has taken its open code along; another code, or one past its time, ends the walk.
  if (openSecret?.id !== secretId || openSecret.expiresAt <= locked.now) return undefined;
  if (!activation?.isRunning) return undefined;
  const mailboxCode = activation.step === 'email' ? await liveMailboxCode(tx, { activationId: id }) : undefined;
  const secret = { id: secretId, issuedAt: openSecret.issuedAt, identityTries: activation.identityTries };
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
  const [row] = await db.query<ActivationRow & Pick<ActivationWalk, 'issuedAt' | 'now' | 'policyVersion'>>(
    `SELECT ${activationColumns}, s.issued_at AS "issuedAt", gatehouse_now() AS now, c.policy_version AS "policyVersion"
     FROM activations a JOIN secrets s ON s.id = a.secret_id JOIN cases c ON c.id = a.case_id WHERE a.id = $1`,
    [id],
  );
  if (!row?.isRunning) return undefined;
  return {
    activation: row,
    isStepUpDue: await isOldEnoughForStepUp(db, row),
    mailboxCode: row.step === 'email' ? await liveMailboxCode(db, { activationId: id }) : undefined,
  };
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

/**
 * Step 2, judged under the case's lock, so that guesses side by side count one after the other: a wrong date counts on the code; at
 * the policy's last the code is burned and the activation over.
 */
export async function tryIdentity(
  tx: Transaction,
  { activation, locked, secret }: LockedActivation,
  dateOfBirth: string,
): Promise<{ passed: ActivationRow } | { triesLeft: number }> {
  if (dateOfBirth === locked.row.dateOfBirth) {
    toStep(tx, activation.id, 'email');
    return { passed: { ...activation, step: 'email' } };
  }
  tx.write('UPDATE secrets SET identity_tries = identity_tries + 1 WHERE id = $1', [secret.id]);
  const { accessCode } = await policyAt(tx, locked.row.portal, locked.row.policyVersion);
  const triesLeft = Math.max(0, accessCode.identityTries - secret.identityTries - 1);
  if (triesLeft === 0) await burn(tx, locked);
  return { triesLeft };
}

/**
 * Step 3 when the person keeps the address the code was mailed to and no mailbox has to be proven. Undefined also when it is
 * not that simple: then `chooseEmail`.
 */
export async function keepEmail(
  database: Database,
  walk: ActivationWalk,
  email: string,
): Promise<ActivationRow | undefined> {
  const isKept = walk.email === null && emailKey(email) === emailKey(walk.mailedTo);
  if (!isKept || (await isOldEnoughForStepUp(database, walk))) return undefined;
  const policy = await currentPolicy(database, walk.portal);
  if (policy?.account.signInBy.includes('email')) return undefined;
  return takeStep(database, walk.id, ['email', 'credentials'], { email });
}

/** Step 3: the address the person wants. Numbers that were sent elsewhere than where they are due now are dead. */
export async function chooseEmail(tx: Transaction, held: LockedActivation, email: string): Promise<void> {
  const { activation, locked, mailboxCode, now } = held;
  const isSame = activation.email !== null && emailKey(activation.email) === emailKey(email);
  const chosen = {
    ...activation,
    email,
    newMailboxAt: isSame ? activation.newMailboxAt : null,
  };
  tx.write('UPDATE activations SET email = $2, new_mailbox_at = $3 WHERE id = $1', [
    activation.id,
    email,
    chosen.newMailboxAt,
  ]);
  const due = dueMailbox(chosen, await isStepUpDue(tx, held));
  if (due === undefined) await leaveEmailStep(tx, { ...held, activation: chosen });
  else if (mailboxCode && emailKey(mailboxCode.sentTo ?? '') !== emailKey(due)) {
    endSecretsOfCase(tx, locked.row.id, 'superseded', now, 'mailbox_code');
  }
}

/** Whether the access code is old enough to ask for a fresh mailbox code as well. */
export function isStepUpDue(tx: Transaction, { locked, secret, now }: LockedActivation): Promise<boolean> {
  return isOldEnoughForStepUp(tx, { ...locked.row, issuedAt: secret.issuedAt, now });
}

async function isOldEnoughForStepUp(
  db: Pick<Transaction | Database, 'query' | 'policies'>,
  { portal, policyVersion, issuedAt, now }: Pick<ActivationWalk, 'portal' | 'policyVersion' | 'issuedAt' | 'now'>,
): Promise<boolean> {
  const { accessCode, timeZone } = await policyAt(db, portal, policyVersion);
  return now >= addDuration(issuedAt, accessCode.stepUpAfter, timeZone);
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

/** The numbers were right: their mailbox is proven, and the step is done when no other is due. */
export async function proveMailbox(tx: Transaction, held: LockedActivation, mailbox: string): Promise<void> {
  const { activation, now } = held;
  const isOld = emailKey(mailbox) === emailKey(activation.mailedTo);
  const proven = { ...activation, ...(isOld ? { oldMailboxAt: now } : { newMailboxAt: now }) };
  tx.write('UPDATE activations SET old_mailbox_at = $2, new_mailbox_at = $3 WHERE id = $1', [
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
  toStep(tx, activation.id, 'credentials');
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
  tellEngine(tx, activation.caseId, now);
}

/** Step 4. The hash is kept until the activation ends; the username is not reserved. */
export function keepCredentials(
  database: Database,
  walk: ActivationWalk,
  { username, passwordHash }: { username: string; passwordHash: string },
): Promise<ActivationRow | undefined> {
  return takeStep(database, walk.id, ['credentials', 'notifications'], { username, password_hash: passwordHash });
}

/** Step 5. */
export function keepNotifications(
  database: Database,
  walk: ActivationWalk,
  optIn: boolean,
): Promise<ActivationRow | undefined> {
  return takeStep(database, walk.id, ['notifications', 'terms'], { notify_by_email: optIn });
}

/** Sets where the person is. */
function toStep(tx: Transaction, activationId: string, step: ActivationStepName): void {
  tx.write('UPDATE activations SET step = $2 WHERE id = $1', [activationId, step]);
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
  const { username, passwordHash } = activation;
  if (username === null || !passwordHash) throw new Error('the terms come after the credentials');
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
    passwordHash,
    notifyByEmail: activation.notifyByEmail ?? false,
    language: row.language,
    termsVersion,
    at: now,
    actor,
  });
  if (opened === 'username_taken') toStep(tx, activation.id, 'credentials');
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
