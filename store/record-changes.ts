import { applicationLifecycle } from '../domain/application/lifecycle.ts';
import type { Actor } from '../domain/case.ts';
import { endSessionsOfAccount } from './account-states.ts';
import { writeAudit } from './audit.ts';
import { lockCase } from './cases.ts';
import type { Transaction } from './database.ts';
import { moveCase } from './moves.ts';
import { raiseTask } from './staff-tasks.ts';

/** What turned true of a record that stood before. */
export interface RecordChange {
  recordId: string;
  kind: 'deceased' | 'merged' | 'confidential';
}

/**
 * Follows up what an import says of records (product.md "What must be true" 8): decided cases go to staff, and lose their live
 * code unless the record was merely merged; a deceased person's accounts stop and their enrollments end; enrollments of a
 * merged record go over to the survivor. Staff are told of every account touched.
 */
export async function tellOfRecordChanges(
  tx: Transaction,
  portal: string,
  changes: readonly RecordChange[],
  actor: Actor,
  now: Date,
): Promise<void> {
  for (const change of changes) {
    await moveCasesOf(tx, change);
    const accounts = await accountsOf(tx, change.recordId);
    if (change.kind === 'deceased') for (const account of accounts) await stopAccount(tx, account, actor, now);
    if (change.kind === 'merged') await moveEnrollments(tx, change.recordId, now);
    for (const { id, portal: where } of accounts) await raiseTask(tx, where, 'record_changed', { accountId: id }, now);
    const detail = { patientRecordId: change.recordId, change: change.kind };
    await writeAudit(tx, { at: now, actor, action: 'record_changed', portal, detail });
  }
}

/** Cases bound to the record, after the decision. Earlier ones are bound to none: their page compares anew each time. */
async function moveCasesOf(tx: Transaction, { recordId, kind }: RecordChange): Promise<void> {
  const cases = await tx.query<{ id: string }>(
    'SELECT id FROM cases WHERE patient_record_id = $1 AND waiting_on IS NOT NULL ORDER BY id',
    [recordId],
  );
  for (const { id } of cases) {
    const locked = await lockCase(tx, id);
    if (!('record_changed' in applicationLifecycle[locked.row.state])) continue;
    const input = { revokesCode: kind !== 'merged' };
    await moveCase(tx, { caseId: id, move: 'record_changed', actor: { kind: 'engine' }, input, locked });
  }
}

interface AccountOfRecord {
  id: string;
  portal: string;
  state: string;
}

/** Accounts enrolled with the record. */
async function accountsOf(tx: Transaction, recordId: string): Promise<AccountOfRecord[]> {
  return tx.query<AccountOfRecord & Record<string, unknown>>(
    `SELECT a.id, a.portal, a.state FROM accounts a
     WHERE a.state <> 'closed'
       AND EXISTS (SELECT 1 FROM enrollments e WHERE e.account_id = a.id AND e.patient_record_id = $1 AND e.ended_at IS NULL)
     ORDER BY a.id FOR UPDATE`,
    [recordId],
  );
}

/** Signed out at once and closed to everybody; nothing is mailed to the address of a person who died. */
async function stopAccount(
  tx: Transaction,
  { id, portal, state }: AccountOfRecord,
  actor: Actor,
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE enrollments SET ended_at = $2, end_reason = 'deceased' WHERE account_id = $1 AND ended_at IS NULL`,
    [id, now],
  );
  if (state === 'suspended') return;
  await tx.query(`UPDATE accounts SET state = 'suspended', version = version + 1, updated_at = $2 WHERE id = $1`, [
    id,
    now,
  ]);
  await endSessionsOfAccount(tx, id, now);
  const detail = { from: state, to: 'suspended', reason: 'deceased' };
  await writeAudit(tx, { at: now, actor, action: 'suspend', portal, accountId: id, detail });
}

/** To the record that survives; an account enrolled there already keeps that enrollment alone. */
async function moveEnrollments(tx: Transaction, recordId: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE enrollments e SET ended_at = $2, end_reason = 'merged' FROM patient_records r
     WHERE r.id = $1 AND e.patient_record_id = r.id AND e.ended_at IS NULL
       AND EXISTS (SELECT 1 FROM enrollments o WHERE o.account_id = e.account_id AND o.patient_record_id = r.merged_into AND o.ended_at IS NULL)`,
    [recordId, now],
  );
  await tx.query(
    `UPDATE enrollments e SET patient_record_id = r.merged_into FROM patient_records r
     WHERE r.id = $1 AND r.merged_into IS NOT NULL AND e.patient_record_id = r.id AND e.ended_at IS NULL`,
    [recordId],
  );
}
