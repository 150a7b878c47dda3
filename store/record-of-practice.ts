import type { Database, Transaction } from './database.ts';
import { type RecordRow, recordColumns } from './patient-records.ts';

/** A record with its practice, as registering is judged by. */
export interface RecordOfPractice extends RecordRow {
  practice: string | null;
  isPracticeClosed: boolean;
  /** Of the record and the identity on it: another one is not the person who was identified by this. */
  identityHash: Buffer;
}

/** The same of the record `r`; what is said of a person may change without an entry of its own. */
export const identityHashSql = `sha256(convert_to(
  jsonb_build_array(r.id, r.first_name, r.last_name, r.date_of_birth, r.postal_code)::text, 'UTF8'))`;

/** Whether the practice `p` of a record is closed by now; a record of none is of none that is closed. */
export const isPracticeClosedSql = 'COALESCE(p.closed_at <= gatehouse_now(), false)';

/** The record as it stands now; undefined without one. */
export async function recordOfPractice(
  db: Pick<Transaction | Database, 'query'>,
  id: string | null,
): Promise<RecordOfPractice | undefined> {
  const [record] = await db.query<RecordOfPractice & Record<string, unknown>>(
    `SELECT ${recordColumns}, p.name AS practice, ${isPracticeClosedSql} AS "isPracticeClosed",
       ${identityHashSql} AS "identityHash"
     FROM patient_records r LEFT JOIN practices p ON p.id = r.practice_id WHERE r.id = $1`,
    [id],
  );
  return record;
}
