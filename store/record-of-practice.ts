import type { Database, Transaction } from './database.ts';
import { type RecordRow, recordColumns } from './patient-records.ts';

/** A record with its practice, as registering is judged by. */
export interface RecordOfPractice extends RecordRow {
  practice: string | null;
  isPracticeClosed: boolean;
}

/** Whether the practice `p` of a record is closed by now; a record of none is of none that is closed. */
export const isPracticeClosedSql = 'COALESCE(p.closed_at <= gatehouse_now(), false)';

/** The record as it stands now; undefined without one. */
export async function recordOfPractice(
  db: Pick<Transaction | Database, 'query'>,
  id: string | null,
): Promise<RecordOfPractice | undefined> {
  const [record] = await db.query<RecordOfPractice & Record<string, unknown>>(
    `SELECT ${recordColumns}, p.name AS practice, ${isPracticeClosedSql} AS "isPracticeClosed"
     FROM patient_records r LEFT JOIN practices p ON p.id = r.practice_id WHERE r.id = $1`,
    [id],
  );
  return record;
}
