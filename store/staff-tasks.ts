import type { Transaction } from './database.ts';

/** Why staff must look: a flag of a case, or what the engine could not do by itself. */
export type TaskReason = 'mail_refused' | 'mail_unknown' | 'code_burned' | 'not_me' | 'record_changed' | 'engine_stuck';

export interface TaskSubject {
  caseId?: string | undefined;
  accountId?: string | undefined;
  messageId?: string | undefined;
}

/** Raises a task; one that is open for the same reason and subject stays the one. */
export function raiseTask(
  tx: Transaction,
  portal: string,
  reason: TaskReason,
  { caseId, accountId, messageId }: TaskSubject,
  since: Date,
): void {
  tx.write(
    `INSERT INTO staff_tasks (portal, reason, case_id, account_id, message_id, since) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (reason, COALESCE(case_id, account_id, message_id)) WHERE settled_at IS NULL DO NOTHING`,
    [portal, reason, caseId ?? null, accountId ?? null, messageId ?? null, since],
  );
}

/** Settles the open tasks of a case with one of the reasons; all of its tasks when none are named. */
export function settleTasksOfCase(tx: Transaction, caseId: string, at: Date, reasons?: readonly TaskReason[]): void {
  tx.write(
    `UPDATE staff_tasks SET settled_at = $2
     WHERE case_id = $1 AND settled_at IS NULL AND ($3::text[] IS NULL OR reason = ANY($3))`,
    [caseId, at, reasons ?? null],
  );
}

/** Settles the open tasks of a message, after a resend was taken. */
export function settleTasksOfMessage(tx: Transaction, messageId: string, at: Date): void {
  tx.write('UPDATE staff_tasks SET settled_at = $2 WHERE message_id = $1 AND settled_at IS NULL', [messageId, at]);
}
