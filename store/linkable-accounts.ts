import type { Policy } from '../domain/policy/policy.ts';
import { type Identity, isSameIdentity } from '../domain/registration/identity.ts';
import type { Transaction } from './database.ts';
import type { RecordRow } from './patient-records.ts';

/** The account a record's person has at a portal. */
export interface AccountOfPerson {
  accountId: string;
  /** Enrolled with this very record. */
  isEnrolledHere: boolean;
  /** Enrolled with another record that says exactly the same person. */
  isLinkable: boolean;
}

interface EnrolledRow extends Identity {
  accountId: string;
  isOfPerson: boolean;
  recordId: string | null;
}

/**
 * The account of a record's person at a portal: by the person the records are of, never by e-mail alone (lifecycles.md §2); or
 * one that shows this very record, whoever it is of. A closed account is none.
 */
export async function accountOfPerson(
  tx: Transaction,
  portal: string,
  record: RecordRow,
  rule: Pick<Policy['registration'], 'namesIgnoreCase'>,
): Promise<AccountOfPerson | undefined> {
  const rows = await tx.query<EnrolledRow & Record<string, unknown>>(
    `SELECT a.id AS "accountId", a.person_id IS NOT DISTINCT FROM $2::uuid AS "isOfPerson", e.patient_record_id AS "recordId",
       COALESCE(r.first_name, '') AS "firstName", COALESCE(r.last_name, '') AS "lastName", r.date_of_birth AS "dateOfBirth",
       r.postal_code AS "postalCode"
     FROM accounts a
     LEFT JOIN enrollments e ON e.account_id = a.id AND e.ended_at IS NULL
     LEFT JOIN patient_records r ON r.id = e.patient_record_id
     WHERE a.portal = $1 AND a.state <> 'closed' AND a.id = ANY(ARRAY(
       SELECT id FROM accounts WHERE person_id = $2
       UNION ALL SELECT n.account_id FROM enrollments n WHERE n.patient_record_id = $3 AND n.ended_at IS NULL))
     ORDER BY a.created_at, a.id`,
    [portal, record.personId, record.id],
  );
  const here = rows.find(({ recordId }) => recordId === record.id);
  const exact = rows.find((row) => row.isOfPerson && row.recordId !== null && isSameIdentity(row, record, rule));
  const found = here ?? exact ?? rows[0];
  if (!found) return undefined;
  return { accountId: found.accountId, isEnrolledHere: here !== undefined, isLinkable: !here && exact !== undefined };
}
