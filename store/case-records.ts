import type { Actor } from '../domain/case.ts';
import { compareWithRecord } from '../domain/people/matching.ts';
import { type CaseSubjectRow, kindJoins, subjectSql } from './case-list.ts';
import { type CandidateRow, candidateRows } from './case-page.ts';
import { maySee } from './cases.ts';
import type { Database } from './database.ts';
import type { ListPage } from './list-page.ts';
import { type RecordRow, recordColumns, recordsPortal } from './patient-records.ts';
import { policyAt } from './portals.ts';
import { listRecords, type RecordListAsked } from './record-list.ts';
import { Refused } from './refused.ts';

/** Records found for a case, and the portal they are of. */
export interface CaseRecords {
  page: ListPage<CandidateRow>;
  recordsPortal: string;
}

/**
 * Records a case could be bound to, found as in the list of records: whoever sees the case may look through the records that
 * serve its portal, each beside what the person gave. Throws `Refused('not_found')`, also for what the member's portals hide.
 */
export async function findCaseRecords(
  database: Database,
  caseId: string,
  asked: Omit<RecordListAsked, 'filters' | 'portals'>,
  actor: Extract<Actor, { kind: 'member' }>,
): Promise<CaseRecords> {
  const [found] = await database.query<ClaimingCase & Record<string, unknown>>(
    `SELECT c.id, c.portal, c.account_id AS "accountId", c.policy_version AS "policyVersion", ${subjectSql} AS subject
     FROM cases c ${kindJoins} WHERE c.id = $1`,
    [caseId],
  );
  if (!found || !maySee(actor, found.portal)) throw new Refused('not_found');
  const policy = await policyAt(database, found.portal, found.policyVersion);
  const portal = recordsPortal(found.portal, policy);
  const listed = await listRecords(database, { ...asked, filters: { portal: [portal] }, portals: undefined });
  const records = await recordsInOrder(
    database,
    listed.data.map(({ id }) => id),
  );
  const compared = records.map((record) => ({ match: compareWithRecord(found.subject, record), record }));
  return {
    page: { ...listed, data: await candidateRows(database, compared, found, policy) },
    recordsPortal: portal,
  };
}

interface ClaimingCase {
  id: string;
  portal: string;
  accountId: string | null;
  policyVersion: number;
  subject: CaseSubjectRow;
}

async function recordsInOrder(database: Database, ids: readonly string[]): Promise<RecordRow[]> {
  if (ids.length === 0) return [];
  return database.query<RecordRow & Record<string, unknown>>(
    `SELECT ${recordColumns} FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, no)
     JOIN patient_records r ON r.id = wanted.id ORDER BY wanted.no`,
    [ids],
  );
}
