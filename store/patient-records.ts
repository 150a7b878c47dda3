import { compareWithRecord, type RecordMatch, rankCandidates } from '../domain/people/matching.ts';
import { nameKey } from '../domain/people/normalise.ts';
import type { RecordTroubleCode } from '../domain/people/record-troubles.ts';
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
       'dateOfBirth', c.date_of_birth, 'email', c.email, 'postalCode', COALESCE(a.postal_code, g.postal_code), 'sexAtBirth', a.sex_at_birth) AS claim
     FROM patient_records r, cases c LEFT JOIN applications a ON a.case_id = c.id LEFT JOIN registrations g ON g.case_id = c.id
     WHERE r.id = $2 AND c.id = $1`,
    [caseId, recordId],
  );
  if (!row) throw new Error('the case or the record does not exist');
  return compareWithRecord(row.claim, row);
}

/** Why a record cannot be bound, and what stands in the way. */
export interface RecordTrouble {
  code: RecordTroubleCode;
  account: { id: string; username: string } | null;
  case: { id: string; reference: string } | null;
}

type BindingCase = Pick<CaseRow, 'id' | 'portal' | 'accountId'>;

/** Why each record cannot be bound to the case, by the record's id; those that can be are left out. */
export async function recordTroublesOf(
  tx: Queries,
  records: readonly RecordRow[],
  row: BindingCase,
  policy: Policy,
): Promise<Map<string, RecordTrouble>> {
  if (records.length === 0) return new Map();
  const taken = await takenPersons(tx, [...new Set(records.map(({ personId }) => personId))], row);
  return new Map(
    records.flatMap((record): [string, RecordTrouble][] => {
      const trouble = troubleOf(record, taken.get(record.personId), recordsPortal(row.portal, policy));
      return trouble ? [[record.id, trouble]] : [];
    }),
  );
}

interface TakenPerson {
  account: RecordTrouble['account'];
  case: RecordTrouble['case'];
}

function troubleOf(record: RecordRow, taken: TakenPerson | undefined, portal: string): RecordTrouble | undefined {
  const because = (code: RecordTroubleCode, more: Partial<TakenPerson> = {}): RecordTrouble => ({
    code,
    account: null,
    case: null,
    ...more,
  });
  if (record.portal !== portal) return because('other_portal');
  if (record.deceasedOn) return because('deceased');
  if (record.mergedInto) return because('merged');
  if (record.confidential) return because('confidential');
  if (taken?.account) return because('has_account', { account: taken.account });
  return taken?.case ? because('approved_already', { case: taken.case }) : undefined;
}

/** The account these persons have at the case's portal, and the other open case one of their records is bound to. */
async function takenPersons(
  tx: Queries,
  personIds: readonly string[],
  { id, portal, accountId }: BindingCase,
): Promise<Map<string, TakenPerson>> {
  const rows = await tx.query<TakenPerson & { personId: string }>(
    `SELECT p.id AS "personId",
       CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('id', t.id, 'username', t.username) END AS account,
       (SELECT jsonb_build_object('id', c.id, 'reference', c.reference) FROM patient_records r
        JOIN cases c ON c.patient_record_id = r.id
        WHERE r.person_id = p.id AND c.portal = $2 AND c.id <> $3 AND c.waiting_on IS NOT NULL
        ORDER BY c.received_at, c.id LIMIT 1) AS "case"
     FROM unnest($1::uuid[]) AS p(id)
     LEFT JOIN accounts t ON t.portal = $2 AND t.person_id = p.id AND t.state <> 'closed' AND t.id IS DISTINCT FROM $4::uuid`,
    [personIds, portal, id, accountId],
  );
  return new Map(rows.map((row) => [row.personId, row]));
}

/** Why a record cannot be bound to a case, in words for staff; undefined when it can. Locks the record. */
export async function recordTrouble(
  tx: Transaction,
  recordId: string,
  row: BindingCase,
  policy: Policy,
): Promise<string | undefined> {
  const [record] = await tx.query<RecordRow>(
    `SELECT ${recordColumns} FROM patient_records r WHERE r.id = $1 FOR UPDATE`,
    [recordId],
  );
  if (!record) return troubleInWords.other_portal({ account: null, case: null });
  const trouble = (await recordTroublesOf(tx, [record], row, policy)).get(recordId);
  return trouble && troubleInWords[trouble.code](trouble);
}

const troubleInWords: Record<RecordTroubleCode, (taken: TakenPerson) => string> = {
  other_portal: () => 'This record is not one of this portal',
  deceased: () => 'This record is of a person who has died',
  merged: () => 'This record was merged into another one; choose that one',
  confidential: () => 'This record is confidential and cannot be opened online',
  has_account: () => 'This person has an account at this portal already',
  approved_already: ({ case: other }) => `Application ${other?.reference} for this person is approved already`,
};
