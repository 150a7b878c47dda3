import { compareWithRecord, type RecordMatch, rankCandidates } from '../domain/people/matching.ts';
import { nameKey } from '../domain/people/normalise.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { CaseRow } from './cases.ts';
import type { Database, Transaction } from './database.ts';

type Queries = Pick<Transaction | Database, 'query'>;

/** A patient record as matching and pages read it; dates are `YYYY-MM-DD`. */
export interface RecordRow {
  id: string;
  portal: string;
  practiceId: string | null;
  personId: string;
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  postalCode: string | null;
  sexAtBirth: string | null;
  email: string | null;
  phone: string | null;
  primaryCareProvider: string | null;
  deceasedOn: string | null;
  mergedInto: string | null;
  confidential: boolean;
}

export const recordColumns = `r.id, r.portal, r.practice_id AS "practiceId", r.person_id AS "personId", r.mrn,
  r.first_name AS "firstName", r.last_name AS "lastName", r.date_of_birth AS "dateOfBirth", r.postal_code AS "postalCode",
  r.sex AS "sexAtBirth", r.email, r.phone, r.primary_care_provider AS "primaryCareProvider", r.deceased_on AS "deceasedOn",
  r.merged_into AS "mergedInto", r.confidential`;

/** What a person claims that can be compared with a record. */
export interface Claim {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  postalCode?: string | null | undefined;
  email?: string | null | undefined;
  sexAtBirth?: string | null | undefined;
}

const candidatesRead = 50;

/** The portal whose records serve a policy's portal. */
export function recordsPortal(portal: string, policy: Policy): string {
  return policy.patientPortal ?? portal;
}

/** Records that could be the person's, best first: same date of birth, or same names; merged ones are left out. */
export async function candidatesFor(
  tx: Queries,
  portal: string,
  claim: Claim,
): Promise<{ match: RecordMatch; record: RecordRow }[]> {
  const records = await tx.query<RecordRow>(
    `SELECT ${recordColumns} FROM patient_records r
     WHERE r.portal = $1 AND r.merged_into IS NULL AND (r.date_of_birth = $2 OR (r.last_name_key = $3 AND r.first_name_key = $4))
     ORDER BY (r.last_name_key = $3) DESC, (r.first_name_key = $4) DESC, r.id LIMIT $5`,
    [portal, claim.dateOfBirth, nameKey(claim.lastName), nameKey(claim.firstName), candidatesRead],
  );
  const byId = new Map(records.map((record) => [record.id, record]));
  return rankCandidates(claim, records).flatMap((match) => {
    const record = byId.get(match.recordId);
    return record ? [{ match, record }] : [];
  });
}

/** The one live record that matches wholly, or undefined when there is none or more than one. */
export async function onlyWholeMatch(tx: Queries, portal: string, claim: Claim): Promise<RecordRow | undefined> {
  const whole = (await candidatesFor(tx, portal, claim)).filter(({ match }) => match.isWholeMatch);
  const [only] = whole;
  if (!only || whole.length > 1) return undefined;
  return only.record.deceasedOn || only.record.confidential ? undefined : only.record;
}

/** How a case's claim compares with one record. Throws when either does not exist. */
export async function compareCaseWithRecord(tx: Queries, caseId: string, recordId: string): Promise<RecordMatch> {
  const [row] = await tx.query<RecordRow & { claim: Claim }>(
    `SELECT ${recordColumns}, jsonb_build_object('firstName', c.first_name, 'lastName', c.last_name,
       'dateOfBirth', c.date_of_birth, 'email', c.email, 'postalCode', a.postal_code, 'sexAtBirth', a.sex_at_birth) AS claim
     FROM patient_records r, cases c LEFT JOIN applications a ON a.case_id = c.id
     WHERE r.id = $2 AND c.id = $1`,
    [caseId, recordId],
  );
  if (!row) throw new Error('the case or the record does not exist');
  return compareWithRecord(row.claim, row);
}

/** Why a record cannot be bound to a case, in words for staff; undefined when it can. Locks the record. */
export async function recordTrouble(
  tx: Transaction,
  recordId: string,
  row: Pick<CaseRow, 'id' | 'portal'>,
  policy: Policy,
): Promise<string | undefined> {
  const [record] = await tx.query<RecordRow>(
    `SELECT ${recordColumns} FROM patient_records r WHERE r.id = $1 FOR UPDATE`,
    [recordId],
  );
  if (!record || record.portal !== recordsPortal(row.portal, policy)) return 'This record is not one of this portal';
  if (record.deceasedOn) return 'This record is of a person who has died';
  if (record.mergedInto) return 'This record was merged into another one; choose that one';
  if (record.confidential) return 'This record is confidential and cannot be opened online';
  const [account] = await tx.query(
    `SELECT 1 FROM accounts WHERE portal = $1 AND person_id = $2 AND state <> 'closed'`,
    [row.portal, record.personId],
  );
  if (account) return 'This person has an account at this portal already';
  const [other] = await tx.query<{ reference: string }>(
    `SELECT c.reference FROM cases c JOIN patient_records r ON r.id = c.patient_record_id
     WHERE r.person_id = $1 AND c.portal = $2 AND c.id <> $3 AND c.waiting_on IS NOT NULL LIMIT 1`,
    [record.personId, row.portal, row.id],
  );
  return other && `Application ${other.reference} for this person is approved already`;
}
