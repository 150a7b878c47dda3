import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../domain/case.ts';
import { figures } from '../domain/policy/figures.ts';
import type { Database, Transaction } from './database.ts';

type Queries = Pick<Transaction | Database, 'query'>;

/** A 256-bit reference for a cookie, base64url. The database holds its hash alone. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashOfToken(token) };
}

/** SHA-256: enough for 256 random bits. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A new session of a member or an account; the token goes into the cookie and is known nowhere else. */
export async function startSession(
  tx: Queries,
  owner: { memberId: string; accountId?: never } | { accountId: string; memberId?: never },
): Promise<{ id: string; token: string }> {
  const { token, hash } = newToken();
  const hours = owner.memberId === undefined ? figures.accountSession.longestHours : figures.staffSession.longestHours;
  const [row] = await tx.query<{ id: string }>(
    `INSERT INTO sessions (token_hash, member_id, account_id, started_at, last_active_at, ends_at)
     SELECT $1, $2, $3, n.at, n.at, n.at + make_interval(hours => $4) FROM (SELECT gatehouse_now() AS at) n RETURNING id`,
    [hash, owner.memberId ?? null, owner.accountId ?? null, hours],
  );
  if (!row) throw new Error('an inserted session has an id');
  return { id: row.id, token };
}

/** The member behind a staff session. `portals` empty = all. */
export interface SessionMember {
  sessionId: string;
  id: string;
  name: string;
  email: string;
  roles: Role[];
  portals: string[];
}

/** The account behind a session of its portal. */
export interface SessionAccount {
  sessionId: string;
  id: string;
  portal: string;
  version: number;
  username: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  email: string;
  state: 'active' | 'locked' | 'suspended' | 'closed';
  notifyByEmail: boolean;
  language: string;
  passwordHash: string;
  passwordSetAt: Date;
  createdAt: Date;
  /** Bound to no patient record. */
  limited: boolean;
}

/**
 * The member whose session this is, or undefined when it is unknown, over, idle too long or the member may not work.
 * `isActive`: the person did something, so the idle time starts anew.
 */
export async function memberOfSession(
  db: Queries,
  token: string,
  isActive: boolean,
): Promise<SessionMember | undefined> {
  const [found] = await db.query<SessionMember>(
    reading(
      isActive,
      'members o',
      `s.id AS "sessionId", o.id, o.name, o.email, o.roles, o.portals`,
      's.member_id = o.id AND o.active',
    ),
    [hashOfToken(token), figures.staffSession.idleMinutes],
  );
  return found;
}

/** The account whose session at `portal` this is, or undefined. A locked account keeps the sessions it has. */
export async function accountOfSession(
  db: Queries,
  token: string,
  portal: string,
  isActive: boolean,
): Promise<SessionAccount | undefined> {
  const [found] = await db.query<SessionAccount>(
    reading(
      isActive,
      'accounts o',
      `s.id AS "sessionId", ${sessionAccountColumns}`,
      `s.account_id = o.id AND o.portal = $3 AND o.state IN ('active', 'locked')`,
    ),
    [hashOfToken(token), figures.accountSession.idleMinutes, portal],
  );
  return found;
}

/** What of an account its own pages show, of a table known as `o`. */
export const sessionAccountColumns = `o.id, o.portal, o.version, o.username, o.first_name AS "firstName", o.last_name AS "lastName",
  o.date_of_birth AS "dateOfBirth", o.email, o.state, o.notify_by_email AS "notifyByEmail", o.language,
  o.password_hash AS "passwordHash", o.password_set_at AS "passwordSetAt", o.created_at AS "createdAt",
  NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.account_id = o.id AND e.ended_at IS NULL) AS limited`;

/** The idle time is kept to this many seconds, so that not every call of a busy person writes and waits for its row. */
const touchedEverySeconds = 10;

/** One statement a request: it reads, and where the person acted it also starts the idle time anew. */
function reading(isActive: boolean, owner: string, columns: string, condition: string): string {
  const found = `SELECT ${columns} FROM sessions s, ${owner}
    WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.ends_at > (SELECT gatehouse_now())
      AND s.last_active_at > (SELECT gatehouse_now()) - make_interval(mins => $2) AND ${condition}`;
  if (!isActive) return found;
  return `WITH found AS (${found}),
    touched AS (UPDATE sessions s SET last_active_at = gatehouse_now() FROM found
      WHERE s.id = found."sessionId" AND s.last_active_at < gatehouse_now() - make_interval(secs => ${touchedEverySeconds}))
    SELECT * FROM found`;
}

/** Signs out: the session is over at once. */
export async function endSession(tx: Queries, id: string): Promise<void> {
  await tx.query('UPDATE sessions SET ended_at = gatehouse_now() WHERE id = $1 AND ended_at IS NULL', [id]);
}

/** Signs a member out everywhere, or everywhere but one session. */
export async function endSessionsOfMember(tx: Queries, memberId: string, exceptId?: string): Promise<void> {
  await tx.query(
    `UPDATE sessions SET ended_at = gatehouse_now()
     WHERE member_id = $1 AND ended_at IS NULL AND ($2::uuid IS NULL OR id <> $2)`,
    [memberId, exceptId ?? null],
  );
}

/** Which of these staff sessions are still live: what runs for long (event streams) asks once a second. */
export async function liveStaffSessions(db: Queries, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    `SELECT s.id FROM sessions s JOIN members m ON m.id = s.member_id AND m.active
     WHERE s.id = ANY($1) AND s.ended_at IS NULL AND s.ends_at > (SELECT gatehouse_now())
       AND s.last_active_at > (SELECT gatehouse_now()) - make_interval(mins => $2)`,
    [ids, figures.staffSession.idleMinutes],
  );
  return new Set(rows.map(({ id }) => id));
}

/** An account by its id, as its own pages show it. Throws when it does not exist. */
export async function accountById(db: Queries, id: string): Promise<Omit<SessionAccount, 'sessionId'>> {
  const [account] = await db.query<Omit<SessionAccount, 'sessionId'>>(
    `SELECT ${sessionAccountColumns} FROM accounts o WHERE o.id = $1`,
    [id],
  );
  if (!account) throw new Error('the account does not exist');
  return account;
}
