import type { Role } from '../domain/case.ts';
import type { Database, Transaction } from './database.ts';

type Queries = Pick<Transaction | Database, 'query'>;

/** A staff account without its password. `portals` empty = all. */
export interface MemberRow {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  portals: string[];
  active: boolean;
  version: number;
}

export const memberColumns = 'id, name, email, roles, portals, active, version';

/** One member, or undefined. */
export async function findMember(tx: Queries, id: string): Promise<MemberRow | undefined> {
  const [row] = await tx.query<MemberRow>(`SELECT ${memberColumns} FROM members WHERE id = $1`, [id]);
  return row;
}

/** The supervisors who see a portal: they are told when a promise is broken. */
export async function supervisorsOf(tx: Queries, portal: string): Promise<MemberRow[]> {
  return tx.query<MemberRow>(
    `SELECT ${memberColumns} FROM members
     WHERE active AND 'supervisor' = ANY(roles) AND (portals = '{}' OR $1 = ANY(portals)) ORDER BY id`,
    [portal],
  );
}
