import { changedFields } from '../domain/policy/changed-fields.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Database } from './database.ts';
import { type ListPage, type PageAsked, readPage } from './list-page.ts';
import { policyAt } from './portals.ts';

/** One version of a portal's policy: when it came into force, by whom, what it changed and why. */
export interface PolicyVersionRow {
  version: number;
  at: Date;
  /** Null for the one a portal began with. */
  by: { id: string; name: string } | null;
  /** Paths of the fields that differ from the version before; none of the first. */
  changed: string[];
  note: string | null;
}

/** Every version that was ever in force. */
export async function listPolicyVersions(
  database: Database,
  portal: string,
  asked: PageAsked,
): Promise<ListPage<PolicyVersionRow>> {
  return readPage(
    asked,
    async (limit, offset) => {
      const rows = await database.query<VersionWithDocuments & Record<string, unknown>>(
        `SELECT p.version, p.created_at AS at, p.note, p.document, b.document AS before,
           CASE WHEN m.id IS NOT NULL THEN jsonb_build_object('id', m.id, 'name', m.name) END AS by
         FROM policies p
         LEFT JOIN policies b ON b.portal = p.portal AND b.version = p.version - 1
         LEFT JOIN members m ON m.id = p.created_by
         WHERE p.portal = $1 ORDER BY p.version ${asked.order} LIMIT ${limit} OFFSET ${offset}`,
        [portal],
      );
      return rows.map(({ before, document, version, at, by, note }) => {
        return { version, at, by, note, changed: before === null ? [] : changedFields(before, document) };
      });
    },
    async (upTo) => {
      const [row] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM (SELECT 1 FROM policies WHERE portal = $1 LIMIT ${upTo}) AS counted`,
        [portal],
      );
      return row?.n ?? 0;
    },
  );
}

interface VersionWithDocuments extends Omit<PolicyVersionRow, 'changed'> {
  document: Policy;
  before: Policy | null;
}

/** The policy as it was in force under a version, or undefined when there never was such a one. */
export async function policyOfVersion(
  database: Database,
  portal: string,
  version: number,
): Promise<Policy | undefined> {
  const [known] = await database.query('SELECT 1 FROM policies WHERE portal = $1 AND version = $2', [portal, version]);
  return known && policyAt(database, portal, version);
}
