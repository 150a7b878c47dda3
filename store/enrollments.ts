import type { Transaction } from './database.ts';

/** Ends what a case added to an account, whatever record it is of by now. What has ended keeps its end. */
export function endEnrollmentOfCase(tx: Transaction, caseId: string, reason: string, at: Date): void {
  tx.write('UPDATE enrollments SET ended_at = $2, end_reason = $3 WHERE case_id = $1 AND ended_at IS NULL', [
    caseId,
    at,
    reason,
  ]);
}

/** Whether something that a case added to an account still stands. */
export async function hasLiveEnrollment(tx: Transaction, caseId: string): Promise<boolean> {
  const found = await tx.query('SELECT 1 FROM enrollments WHERE case_id = $1 AND ended_at IS NULL LIMIT 1', [caseId]);
  return found.length > 0;
}
