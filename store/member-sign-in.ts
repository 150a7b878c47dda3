import type { Actor } from '../domain/case.ts';
import { emailKey } from '../domain/people/normalise.ts';
import { figures } from '../domain/policy/figures.ts';
import { waitSeconds } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { databaseNow } from './clock.ts';
import type { Database, Transaction } from './database.ts';
import { type MemberRow, memberColumns } from './members.ts';
import { startSession } from './sessions.ts';
import { comparable } from './typed-text.ts';

/** What a member's try to sign in is judged by; an empty hash is right for nobody. */
export interface MemberToSignIn extends MemberRow {
  passwordHash: string;
}

/** The member of an address, or undefined. */
export async function memberOfEmail(database: Database, email: string): Promise<MemberToSignIn | undefined> {
  const [member] = await database.query<MemberToSignIn & Record<string, unknown>>(
    `SELECT ${memberColumns}, password_hash AS "passwordHash" FROM members WHERE email_key = $1`,
    [comparable(emailKey(email))],
  );
  return member;
}

interface Tried {
  memberId: string;
  /** The hash the try was compared with; another one by now means the password was changed meanwhile. */
  passwordHash: string;
  isRight: boolean;
  /** Who tries: nobody is known yet. */
  actor: Extract<Actor, { kind: 'person' }>;
}

/**
 * Decides a compared password under the member's lock and, when it is right, signs in; answers the cookie's token or undefined.
 * Waits grow as with accounts; after 50 failures in a row only a new password from a supervisor helps.
 */
export async function signInMember(tx: Transaction, tried: Tried): Promise<string | undefined> {
  const locking = tx.query<Pick<MemberRow, 'id' | 'active' | 'roles'> & Standing>(
    `SELECT id, active, roles, password_hash AS hash, login_failures AS failures, login_waits_to AS "waitsTo"
     FROM members WHERE id = $1 FOR UPDATE`,
    [tried.memberId],
  );
  const [[member], now] = await Promise.all([locking, databaseNow(tx)]);
  if (!member?.active || isWaiting(member, now)) return undefined;
  if (!tried.isRight || member.hash !== tried.passwordHash) {
    await countFailure(tx, tried, member.failures + 1, now);
    return undefined;
  }
  if (member.failures > 0) {
    tx.write('UPDATE members SET login_failures = 0, login_waits_to = NULL WHERE id = $1', [member.id]);
  }
  const { token } = await startSession(tx, { memberId: member.id });
  const actor: Actor = { kind: 'member', id: member.id, roles: member.roles, ...addressOf(tried.actor) };
  writeAudit(tx, { at: now, actor, action: 'staff_signed_in' });
  return token;
}

interface Standing {
  hash: string;
  failures: number;
  waitsTo: Date | null;
}

function isWaiting({ failures, waitsTo }: Standing, now: Date): boolean {
  return failures >= figures.staffLockoutAfter || (waitsTo !== null && waitsTo > now);
}

async function countFailure(tx: Transaction, { memberId, actor }: Tried, failures: number, now: Date): Promise<void> {
  await tx.query(
    'UPDATE members SET login_failures = $2, login_waits_to = $3::timestamptz + make_interval(secs => $4) WHERE id = $1',
    [memberId, failures, now, waitSeconds(failures)],
  );
  writeAudit(tx, { at: now, actor, action: 'staff_sign_in_refused', detail: { memberId, failures } });
}

function addressOf({ address }: { address?: string }): { address?: string } {
  return address === undefined ? {} : { address };
}
