import type { Actor, Role } from '../domain/case.ts';
import { emailKey } from '../domain/people/normalise.ts';
import { writeAudit } from './audit.ts';
import { databaseNow } from './clock.ts';
import { brokenConstraint, type Database, type Transaction } from './database.ts';
import { Conditions, inPattern, type ListPage, type PageAsked, readPage } from './list-page.ts';
import { type MemberRow, memberColumns } from './members.ts';
import { Refused } from './refused.ts';
import { endSessionsOfMember } from './sessions.ts';

type StaffActor = Extract<Actor, { kind: 'member' }>;

/** A staff account as supervisors see it. */
export interface ListedMember extends Omit<MemberRow, 'version'> {
  hasPassword: boolean;
  createdAt: Date;
}

const listColumns = `id, name, email, roles, portals, active, password_hash <> '' AS "hasPassword", created_at AS "createdAt"`;

export interface MemberListAsked extends PageAsked {
  sort: 'name' | 'email' | 'createdAt';
  filters: { role?: readonly Role[] | undefined };
  /** Of the asking member: then only those who work for one of these are listed. */
  portals: readonly string[] | undefined;
}

const sorts = { name: 'lower(name)', email: 'email_key', createdAt: 'created_at' } as const;

/** Staff accounts; `q` is part of a name or address. */
export async function listMembers(database: Database, asked: MemberListAsked): Promise<ListPage<ListedMember>> {
  const { filters, ids, q, portals, sort, order } = asked;
  const conditions = new Conditions();
  if (portals && portals.length > 0)
    conditions.add(`(portals = '{}' OR portals && ${conditions.param(portals)}::text[])`);
  conditions.oneOf('id', ids, 'uuid');
  if (filters.role) conditions.add(`roles && ${conditions.param(filters.role)}::text[]`);
  if (q !== undefined) {
    const pattern = conditions.param(`%${inPattern(q.toLowerCase())}%`);
    conditions.add(`(lower(name) LIKE ${pattern} OR email_key LIKE ${pattern})`);
  }
  const { where, params } = conditions;
  return readPage(
    asked,
    async (limit, offset) =>
      database.query<ListedMember & Record<string, unknown>>(
        `SELECT ${listColumns} FROM members WHERE ${where} ORDER BY ${sorts[sort]} ${order}, id ${order} LIMIT ${limit} OFFSET ${offset}`,
        params,
      ),
    async (upTo) => {
      const [row] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM (SELECT 1 FROM members WHERE ${where} LIMIT ${upTo}) AS counted`,
        params,
      );
      return row?.n ?? 0;
    },
  );
}

export interface NewMember {
  name: string;
  email: string;
  roles: readonly Role[];
  portals: readonly string[];
  /** Empty = cannot sign in yet. */
  passwordHash: string;
}

/** Adds a member. Throws `Refused('validation_failed')` at `email` for an address in use, at `portals` for one unknown. */
export async function addMember(tx: Transaction, member: NewMember, actor: StaffActor): Promise<ListedMember> {
  await judgePortals(tx, member.portals, actor);
  const now = await databaseNow(tx);
  const added = await insertMember(tx, member, now);
  writeAudit(tx, {
    at: now,
    actor,
    action: 'member_added',
    detail: { memberId: added.id, roles: added.roles, portals: added.portals },
  });
  return added;
}

async function insertMember(tx: Transaction, member: NewMember, now: Date): Promise<ListedMember> {
  const [taken] = await tx.query('SELECT 1 FROM members WHERE email_key = $1', [emailKey(member.email)]);
  const inUse = new Refused('validation_failed', { errors: { email: 'A member has this address already' } });
  if (taken) throw inUse;
  try {
    const [added] = await tx.query<ListedMember & Record<string, unknown>>(
      `INSERT INTO members (name, email, email_key, password_hash, roles, portals, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${listColumns}`,
      [
        member.name,
        member.email,
        emailKey(member.email),
        member.passwordHash,
        [...new Set(member.roles)],
        [...new Set(member.portals)],
        now,
      ],
    );
    if (added) return added;
  } catch (error) {
    if (brokenConstraint(error) === 'members_email_key_key') throw inUse;
    throw error;
  }
  throw new Error('an inserted member has a row');
}

/** What is to change; what is left out stays. */
export interface MemberChanges {
  name?: string | undefined;
  roles?: readonly Role[] | undefined;
  portals?: readonly string[] | undefined;
  active?: boolean | undefined;
  passwordHash?: string | undefined;
}

/**
 * Changes a member; other rights, another password and the end of a membership end their sessions at once. Throws `Refused`:
 * `not_found`, `not_allowed_now` (the last supervisor stays), `not_yours_to_do` (rights for oneself, or over somebody who
 * works for portals one does not), `validation_failed` at `portals`.
 */
export async function changeMember(
  tx: Transaction,
  memberId: string,
  changes: MemberChanges,
  actor: StaffActor,
): Promise<ListedMember> {
  // All supervisors are locked in one order, so that two cannot remove each other at once.
  const supervisors = await tx.query<{ id: string }>(
    `SELECT id FROM members WHERE active AND 'supervisor' = ANY(roles) ORDER BY id FOR UPDATE`,
  );
  const [before] = await tx.query<MemberRow & Record<string, unknown>>(
    `SELECT ${memberColumns} FROM members WHERE id = $1 FOR UPDATE`,
    [memberId],
  );
  if (!before || !isWithinReach(before, actor)) throw new Refused('not_found');
  const after = {
    ...before,
    name: changes.name ?? before.name,
    roles: changes.roles ? [...new Set(changes.roles)] : before.roles,
    portals: changes.portals ? [...new Set(changes.portals)] : before.portals,
    active: changes.active ?? before.active,
  };
  refuseLastSupervisor(supervisors, before, after);
  refuseRightsForOneself(before, after, actor);
  if (changes.portals) await judgePortals(tx, after.portals, actor);
  const now = await databaseNow(tx);
  const endsSessions = isOtherwiseEntitled(before, after) || changes.passwordHash !== undefined;
  const [changed] = await tx.query<ListedMember & Record<string, unknown>>(
    `UPDATE members SET name = $2, roles = $3, portals = $4, active = $5, password_hash = COALESCE($6, password_hash),
       version = version + 1,
       login_failures = CASE WHEN $6::text IS NULL THEN login_failures ELSE 0 END,
       login_waits_to = CASE WHEN $6::text IS NULL THEN login_waits_to END
     WHERE id = $1 RETURNING ${listColumns}`,
    [memberId, after.name, after.roles, after.portals, after.active, changes.passwordHash ?? null],
  );
  if (!changed) throw new Error('a locked member has a row');
  if (endsSessions) await endSessionsOfMember(tx, memberId);
  writeAudit(tx, {
    at: now,
    actor,
    action: 'member_changed',
    detail: {
      memberId,
      changed: Object.keys(changes).filter((name) => changes[name as keyof MemberChanges] !== undefined),
      roles: changes.roles ? after.roles : undefined,
      portals: changes.portals ? after.portals : undefined,
      active: changes.active,
    },
  });
  return changed;
}

/** A member limited to portals manages those who work for no others. */
function isWithinReach(member: Pick<MemberRow, 'portals'>, actor: StaffActor): boolean {
  const own = actor.portals ?? [];
  if (own.length === 0) return true;
  return member.portals.length > 0 && member.portals.every((portal) => own.includes(portal));
}

function refuseLastSupervisor(supervisors: readonly { id: string }[], before: MemberRow, after: MemberRow): void {
  const stays = after.active && after.roles.includes('supervisor');
  const was = before.active && before.roles.includes('supervisor');
  if (!was || stays || supervisors.some(({ id }) => id !== before.id)) return;
  throw new Refused('not_allowed_now', { current: { state: 'last_supervisor', version: before.version } });
}

/** Nobody gives themselves a role or a portal. */
function refuseRightsForOneself(before: MemberRow, after: MemberRow, actor: StaffActor): void {
  if (before.id !== actor.id) return;
  const gainsRole = after.roles.some((role) => !before.roles.includes(role));
  const gainsPortal =
    before.portals.length > 0 &&
    (after.portals.length === 0 || after.portals.some((portal) => !before.portals.includes(portal)));
  if (gainsRole || gainsPortal) throw new Refused('not_yours_to_do');
}

function isOtherwiseEntitled(before: MemberRow, after: MemberRow): boolean {
  const asText = ({ roles, portals, active }: MemberRow) =>
    JSON.stringify([[...roles].sort(), [...portals].sort(), active]);
  return asText(before) !== asText(after);
}

/** They exist, and a member who is limited gives no others than their own. */
async function judgePortals(tx: Transaction, portals: readonly string[], actor: StaffActor): Promise<void> {
  const own = actor.portals ?? [];
  const known = await tx.query<{ id: string }>('SELECT id FROM portals WHERE id = ANY($1)', [portals]);
  const isKnown = portals.every((portal) => known.some(({ id }) => id === portal));
  const isGiven = own.length === 0 || (portals.length > 0 && portals.every((portal) => own.includes(portal)));
  if (isKnown && isGiven) return;
  throw new Refused('validation_failed', { errors: { portals: 'Choose portals that exist and that you work for' } });
}
