import type { Policy } from '../domain/policy/policy.ts';
import type { Database, Transaction } from './database.ts';

type Queries = Pick<Transaction | Database, 'query' | 'policies'>;

/** A policy as it was in force under a version. Versions never change, so what was read once is kept. Throws when unknown. */
export async function policyAt(tx: Queries, portal: string, version: number): Promise<Policy> {
  const key = `${portal}/${version}`;
  const kept = tx.policies.get(key);
  if (kept) return kept;
  const [row] = await tx.query<{ document: Policy }>(
    'SELECT document FROM policies WHERE portal = $1 AND version = $2',
    [portal, version],
  );
  if (!row) throw new Error(`policy ${key} does not exist`);
  const policy = { ...row.document, version };
  tx.policies.set(key, policy);
  return policy;
}

/** The policy in force now, or undefined when there is no such portal. Reads the version afresh: one primary-key look-up. */
export async function currentPolicy(tx: Queries, portal: string): Promise<Policy | undefined> {
  const [row] = await tx.query<{ version: number }>('SELECT policy_version AS version FROM portals WHERE id = $1', [
    portal,
  ]);
  return row && policyAt(tx, portal, row.version);
}
