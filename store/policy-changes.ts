import { createHash } from 'node:crypto';
import type { Actor } from '../domain/case.ts';
import { changedFields } from '../domain/policy/changed-fields.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { writeAudit } from './audit.ts';
import { databaseNow } from './clock.ts';
import type { Database, Transaction } from './database.ts';
import { currentPolicy, policyAt } from './portals.ts';
import { Refused } from './refused.ts';

/** A portal as lists show it. */
export interface PortalRow {
  id: string;
  policy: Policy;
}

/** The portals a member works for, by name; undefined or empty = all. */
export async function listPortals(database: Database, portals: readonly string[] | undefined): Promise<PortalRow[]> {
  const rows = await database.query<{ id: string; version: number }>(
    `SELECT id, policy_version AS version FROM portals WHERE $1::text[] = '{}' OR id = ANY($1)`,
    [portals ?? []],
  );
  const listed = await Promise.all(
    rows.map(async ({ id, version }) => ({ id, policy: await policyAt(database, id, version) })),
  );
  return listed.sort((a, b) => a.policy.name.localeCompare(b.policy.name, 'en'));
}

/** How many open cases of a portal keep which version of its policy, newest version first. */
export async function runningCasesByVersion(
  database: Database,
  portal: string,
): Promise<{ version: number; count: number }[]> {
  return database.query<{ version: number; count: number }>(
    `SELECT policy_version AS version, count(*)::int AS count FROM cases
     WHERE portal = $1 AND waiting_on IS NOT NULL GROUP BY policy_version ORDER BY policy_version DESC`,
    [portal],
  );
}

/**
 * Puts a policy in force as the portal's next version; running cases keep theirs. `note` is the author's why: it stays with the
 * version, which nobody can change, and the audit holds its digest, being no place for typed words. Throws `Refused`: `not_found`,
 * `stale_version` when `policy.version` is not the newest, `validation_failed` for a patient portal that does not exist.
 */
export async function replacePolicy(
  tx: Transaction,
  portal: string,
  policy: Policy,
  actor: Extract<Actor, { kind: 'member' }>,
  note?: string,
): Promise<Policy> {
  const [row] = await tx.query('SELECT 1 FROM portals WHERE id = $1 FOR UPDATE', [portal]);
  const before = row && (await currentPolicy(tx, portal));
  if (!before) throw new Refused('not_found');
  if (policy.version !== before.version) {
    throw new Refused('stale_version', { current: { state: 'in_force', version: before.version } });
  }
  await judgePatientPortal(tx, portal, policy);
  const now = await databaseNow(tx);
  const next: Policy = { ...policy, version: before.version + 1 };
  await tx.query(
    'INSERT INTO policies (portal, version, document, created_at, created_by, note) VALUES ($1, $2, $3, $4, $5, $6)',
    [portal, next.version, JSON.stringify(next), now, actor.id, note ?? null],
  );
  await tx.query('UPDATE portals SET policy_version = $2 WHERE id = $1', [portal, next.version]);
  writeAudit(tx, {
    at: now,
    actor,
    action: 'policy_replaced',
    portal,
    detail: {
      version: next.version,
      changed: changedFields(before, next),
      ...(note !== undefined && { noteSha256: createHash('sha256').update(note).digest('hex') }),
    },
  });
  tx.afterCommit('policy');
  return next;
}

async function judgePatientPortal(tx: Transaction, portal: string, { patientPortal }: Policy): Promise<void> {
  if (patientPortal === null) return;
  const [known] = await tx.query('SELECT 1 FROM portals WHERE id = $1', [patientPortal]);
  if (known && patientPortal !== portal) return;
  throw new Refused('validation_failed', { errors: { patientPortal: 'Name another portal that exists, or none' } });
}
