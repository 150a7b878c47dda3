import { postalKey } from '../domain/people/normalise.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { RegistrationObstacle } from '../domain/registration/obstacles.ts';
import { isMinor, type RecordStanding, recordObstacle } from '../domain/registration/record-standing.ts';
import type { Database, Transaction } from './database.ts';
import { isPracticeClosedSql } from './record-of-practice.ts';

/** A record as sending judges it. */
export interface JudgedRecord {
  /** Null: it can be sent. */
  obstacle: RegistrationObstacle | null;
  name: string;
  /** Where it would go; null when there is no address. */
  email: string | null;
  emailOnFile: string | null;
}

interface JudgedRow extends RecordStanding {
  id: string;
  portal: string;
  name: string;
  email: string | null;
  postalCode: string | null;
  isActive: boolean;
  isOpen: boolean;
  now: Date;
}

/**
 * Whether each record can be sent a registration e-mail, by its id; records that do not exist are left out. `asked`: the records
 * with the address that is to be used instead of the one on file. Only the portal's own records count: those of a `patientPortal` are
 * invited there, and its staff see them there. `exceptCaseId`: a registration that is no obstacle to itself. One statement, without
 * locks; planned for each run (OFFSET 0), since a campaign makes the tables grow under a kept plan.
 */
export async function registrationObstacles(
  db: Pick<Transaction | Database, 'query'>,
  portal: string,
  policy: Policy,
  asked: ReadonlyMap<string, string | undefined>,
  exceptCaseId?: string,
): Promise<Map<string, JudgedRecord>> {
  const rows = await db.query<JudgedRow & Record<string, unknown>>(
    `SELECT r.id, r.portal, r.first_name || ' ' || r.last_name AS name, r.email, r.date_of_birth AS "dateOfBirth",
       r.postal_code AS "postalCode", r.deceased_on AS "deceasedOn", r.merged_into AS "mergedInto", r.confidential,
       ${isPracticeClosedSql} AS "isPracticeClosed",
       EXISTS (SELECT 1 FROM enrollments e JOIN accounts t ON t.id = e.account_id
         WHERE e.patient_record_id = r.id AND e.ended_at IS NULL AND t.portal = $2 AND t.state <> 'closed') AS "isActive",
       EXISTS (SELECT 1 FROM cases c WHERE c.patient_record_id = r.id AND c.kind = 'registration' AND c.portal = $2
         AND c.waiting_on IS NOT NULL AND c.id IS DISTINCT FROM $3::uuid) AS "isOpen",
       gatehouse_now() AS now
     FROM patient_records r LEFT JOIN practices p ON p.id = r.practice_id WHERE r.id = ANY($1::uuid[]) OFFSET 0`,
    [[...asked.keys()], portal, exceptCaseId ?? null],
  );
  return new Map(
    rows.map((row) => {
      const email = asked.get(row.id) ?? row.email;
      const obstacle = row.portal === portal ? obstacleOf(row, email, policy) : 'unknown_record';
      return [row.id, { obstacle, name: row.name, email, emailOnFile: row.email }];
    }),
  );
}

/** The first that stands in the way, in the order of `registrationObstacles`. */
function obstacleOf(row: JudgedRow, email: string | null, policy: Policy): RegistrationObstacle | null {
  const standing = recordObstacle(row);
  if (standing) return standing;
  if (row.isActive) return 'already_active';
  if (row.isOpen) return 'duplicate';
  if (isMinor(row, policy, row.now)) return 'minor';
  if (postalKey(row.postalCode ?? '') === '') return 'no_postal_code';
  return email === null ? 'no_address' : null;
}
