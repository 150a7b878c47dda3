import type { Actor } from '../domain/case.ts';
import { figures } from '../domain/policy/figures.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { LockReason } from '../domain/registration/reasons.ts';
import type { SecretEnding } from '../domain/secrets/purposes.ts';
import { writeAudit } from './audit.ts';
import { type LockedCase, lockCase } from './cases.ts';
import type { Database, Transaction } from './database.ts';
import { moveCase } from './moves.ts';
import { policyAt } from './portals.ts';
import { identityHashSql } from './record-of-practice.ts';
import { isSecretText, lookupsOf, type SecretRow, secretColumns } from './secrets.ts';
import type { HashedAnswer } from './security-answers.ts';
import { hashOfToken, newToken } from './sessions.ts';

type Queries = Pick<Transaction | Database, 'query'>;

/** The steps after the link; a walk has either `profile` or `verification`. */
export type RegistrationStepName = 'identification' | 'profile' | 'verification' | 'disclaimer';

/** How a walk ended: as its link did, or by what was found out on the way. `locked`: of wrong tries. */
export type WalkEnding = Exclude<SecretEnding, 'burned'> | 'locked' | LockReason;

/** One walk through the steps, with what they are judged by; nothing in it counts until the last. */
export interface RegistrationWalk {
  id: string;
  portal: string;
  caseId: string;
  secretId: string;
  /** Identification again when the record is another by now, or says another identity, than the person was identified by. */
  step: RegistrationStepName;
  /** What they were identified by, as `identityHashSql`; null before. */
  identifiedAs: Buffer | null;
  endsAt: Date;
  /** Neither walk nor link has ended, and the time of both is not over. */
  isRunning: boolean;
  /** Why it is over; null while it runs, and when only its own 24 hours are over and the link still works. */
  endedAs: WalkEnding | null;
  /** The account that was found for the person. */
  accountId: string | null;
  username: string | null;
  linkExpiresAt: Date;
  /** Wrong verifications and wrong identifications counted on the link. */
  tries: number;
  identityTries: number;
  policyVersion: number;
  /** Of the record as it stands. */
  firstName: string;
  lastName: string;
  /** The practice of the record, by its name. */
  practice: string | null;
  email: string;
  language: string;
}

const walkColumns = `w.id, w.portal, w.case_id AS "caseId", w.secret_id AS "secretId",
  CASE WHEN w.ended_at IS NOT NULL OR w.identified_as = ${identityHashSql} THEN w.step ELSE 'identification' END AS step,
  w.identified_as AS "identifiedAs", w.ends_at AS "endsAt",
  (w.ended_at IS NULL AND w.ends_at > gatehouse_now() AND s.ended_at IS NULL AND s.expires_at > gatehouse_now()) AS "isRunning",
  replace(COALESCE(w.ended_as, s.ended_as, CASE WHEN s.expires_at <= gatehouse_now() THEN 'expired' END), 'burned', 'locked')
    AS "endedAs",
  w.account_id AS "accountId", w.username, s.expires_at AS "linkExpiresAt", s.tries, s.identity_tries AS "identityTries",
  c.policy_version AS "policyVersion", COALESCE(r.first_name, c.first_name) AS "firstName",
  COALESCE(r.last_name, c.last_name) AS "lastName", p.name AS practice, c.email, c.language`;

const walkTables = `registration_walks w JOIN secrets s ON s.id = w.secret_id JOIN cases c ON c.id = w.case_id
  LEFT JOIN patient_records r ON r.id = c.patient_record_id LEFT JOIN practices p ON p.id = r.practice_id`;

/** The walk of a cookie's token at a portal, running or ended; undefined when there never was one. */
export async function walkOfToken(db: Queries, portal: string, token: string): Promise<RegistrationWalk | undefined> {
  const [walk] = await db.query<RegistrationWalk>(
    `SELECT ${walkColumns} FROM ${walkTables} WHERE w.token_hash = $1 AND w.portal = $2`,
    [hashOfToken(token), portal],
  );
  return walk;
}

/** A walk as it stands now, running or ended. Throws when there is none. */
export async function walkById(db: Queries, id: string): Promise<RegistrationWalk> {
  const [walk] = await db.query<RegistrationWalk>(`SELECT ${walkColumns} FROM ${walkTables} WHERE w.id = $1`, [id]);
  if (!walk) throw new Error('a walk that was begun is there');
  return walk;
}

/** A started walk with the token for its cookie, or why the link was refused, as far as the person may know. */
export type StartedWalk = { walk: RegistrationWalk; token: string; now: Date } | { refusedAs: 'expired' | 'unusable' };

/**
 * Judges a typed link and starts the steps; an earlier start with the same link ends. Lock order: case row, then secret; the
 * secret is found without a lock first. A wrong proof is not counted: 128 bits are not guessed.
 */
export async function startWalk(
  database: Database,
  { portal, typed, actor }: { portal: string; typed: string; actor: Actor },
): Promise<StartedWalk> {
  const lookups = lookupsOf(database.keys, portal, 'registration_link', typed);
  const [found] =
    lookups.length === 0
      ? []
      : await database.query<SecretRow>(
          `SELECT ${secretColumns} FROM secrets s
           WHERE s.portal = $1 AND s.purpose = 'registration_link' AND s.lookup = ANY($2)`,
          [portal, lookups],
        );
  const caseId = found?.caseId;
  // Before the lock, so that a guess never makes anybody wait for the case.
  if (!found || !caseId || !isSecretText(database.keys, found, typed)) return { refusedAs: 'unusable' };
  return database.transaction(async (tx) => {
    const locked = await lockCase(tx, caseId);
    const [link] = await tx.query<SecretRow>(`SELECT ${secretColumns} FROM secrets s WHERE s.id = $1`, [found.id]);
    if (!link) return { refusedAs: 'unusable' };
    const isPast = link.endedAt === null && link.expiresAt <= locked.now;
    if (isPast || link.endedAs === 'expired') return { refusedAs: 'expired' };
    return link.endedAt === null ? begin(tx, locked, link, actor) : { refusedAs: 'unusable' };
  });
}

async function begin(tx: Transaction, { row, now }: LockedCase, link: SecretRow, actor: Actor): Promise<StartedWalk> {
  tx.write(`${endingWalks} WHERE secret_id = $1 AND ended_at IS NULL`, [link.id, now, 'superseded']);
  tx.write('UPDATE registrations SET opened_at = $2 WHERE case_id = $1 AND opened_at IS NULL', [row.id, now]);
  const { token, hash } = newToken();
  const [inserted] = await tx.query<{ id: string }>(
    `INSERT INTO registration_walks (portal, case_id, secret_id, token_hash, step, started_at, ends_at)
     VALUES ($1, $2, $3, $4, 'identification', $5, LEAST($5::timestamptz + make_interval(hours => $6), $7)) RETURNING id`,
    [row.portal, row.id, link.id, hash, now, figures.activationLifetimeHours, link.expiresAt],
  );
  if (!inserted) throw new Error('an inserted walk is there');
  writeAudit(tx, { at: now, actor, action: 'registration_started', portal: row.portal, caseId: row.id });
  return { walk: await walkById(tx, inserted.id), token, now };
}

/** Ends walks: instant and ending are $2 and $3. What was typed on the way is erased. */
const endingWalks = 'UPDATE registration_walks SET ended_at = $2, ended_as = $3, password_hash = NULL, answers = NULL';

/** A running walk with everything its step may touch, all locked. */
export interface LockedWalk {
  walk: RegistrationWalk & { passwordHash: string | null; answers: HashedAnswer[] | null };
  locked: LockedCase;
  /** The case's own snapshot. */
  policy: Policy;
  now: Date;
}

/** Locks case, link and walk, in that order; undefined when the walk is over by now: `walkById` says why. */
export async function lockWalk(
  tx: Transaction,
  { id, caseId, secretId }: Pick<RegistrationWalk, 'id' | 'caseId' | 'secretId'>,
): Promise<LockedWalk | undefined> {
  const lockingCase = lockCase(tx, caseId);
  // After the case's lock, so that what it reads of link and record is current.
  const lockingWalk = tx.query<LockedWalk['walk']>(
    `SELECT ${walkColumns}, w.password_hash AS "passwordHash", w.answers FROM ${walkTables} WHERE w.id = $1 FOR UPDATE OF w`,
    [id],
  );
  const [locked, [walk]] = await Promise.all([lockingCase, lockingWalk]);
  const { openSecret } = locked.facts;
  if (openSecret?.id !== secretId || openSecret.expiresAt <= locked.now || !walk?.isRunning) return undefined;
  const policy = await policyAt(tx, locked.row.portal, locked.row.policyVersion);
  return { walk, locked, policy, now: locked.now };
}

/**
 * The link dies before its time, and the walk with it: of wrong tries, or of what was found out on the way. Staff see why.
 * Answers how the walk ended.
 */
export async function lockLink(
  tx: Transaction,
  { walk, locked, now }: LockedWalk,
  reason?: LockReason,
): Promise<WalkEnding> {
  const ending = reason ?? 'locked';
  // Before the move, which ends what still runs: the walk keeps the more precise word.
  tx.write(`${endingWalks} WHERE id = $1`, [walk.id, now, ending]);
  await moveCase(tx, { caseId: walk.caseId, move: 'link_locked', actor: { kind: 'engine' }, locked, reason });
  return ending;
}

/** Sets where the person is, and the account that was found for them. */
export function toStep(tx: Transaction, id: string, step: RegistrationStepName, accountId: string | null): void {
  tx.write('UPDATE registration_walks SET step = $2, account_id = $3 WHERE id = $1', [id, step, accountId]);
}

/** What a new account will be opened with. */
export interface ChosenProfile {
  username: string;
  passwordHash: string;
  answers: readonly HashedAnswer[];
}

/**
 * Keeps username, password and answers until the walk ends, in one statement: nothing of it counts before the last step, which
 * judges everything again. False: the walk is over by now, or stands at another step.
 */
export async function keepProfile(
  database: Database,
  { id }: Pick<RegistrationWalk, 'id'>,
  { username, passwordHash, answers }: ChosenProfile,
): Promise<boolean> {
  const kept = await database.query(
    `UPDATE registration_walks w SET step = 'disclaimer', username = $2, password_hash = $3, answers = $4 FROM secrets s
     WHERE w.id = $1 AND w.step = 'profile' AND w.ended_at IS NULL AND w.ends_at > gatehouse_now()
       AND s.id = w.secret_id AND s.ended_at IS NULL AND s.expires_at > gatehouse_now() RETURNING 1`,
    [id, username, passwordHash, JSON.stringify(answers)],
  );
  return kept.length > 0;
}
