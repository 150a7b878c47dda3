import type { Actor } from '../domain/case.ts';
import { endSessionsOfAccount } from './account-states.ts';
import { writeAudit } from './audit.ts';
import { type CaseRow, lockCase } from './cases.ts';
import type { Transaction } from './database.ts';
import { moveCase, ruleOf } from './moves.ts';
import { raiseTask } from './staff-tasks.ts';

/** What turned true of a record that stood before. */
export interface RecordChange {
  recordId: string;
  kind: 'deceased' | 'merged' | 'confidential';
}

/**
 * Follows up what an import says of records (product.md "What must be true" 8): decided cases go to staff, and lose their live
 * code unless the record was merely merged; a deceased person's accounts stop and their enrollments end; cases and enrollments
 * of a merged record go over to the survivor. Staff are told of every account touched.
 */
export async function tellOfRecordChanges(
  tx: Transaction,
  portal: string,
  changes: readonly RecordChange[],
  actor: Actor,
  now: Date,
): Promise<void> {
  for (const change of changes) {
    const survivor = change.kind === 'merged' ? await survivorOf(tx, change.recordId) : undefined;
    await moveCasesOf(tx, change, survivor);
    const accounts = await accountsOf(tx, change.recordId);
    const isDeceased = change.kind === 'deceased' || survivor?.isDeceased === true;
    if (isDeceased) for (const account of accounts) await stopAccount(tx, account, actor, now);
    if (survivor) await moveEnrollments(tx, change.recordId, survivor.id, now);
    for (const { id, portal: where } of accounts) raiseTask(tx, where, 'record_changed', { accountId: id }, now);
    const detail = { patientRecordId: change.recordId, change: change.kind };
    writeAudit(tx, { at: now, actor, action: 'record_changed', portal, detail });
  }
}

interface Survivor {
  id: string;
  isDeceased: boolean;
  isConfidential: boolean;
}

/** The record at the end of the merges that begin with this one; undefined when it was merged into none. */
async function survivorOf(tx: Transaction, recordId: string): Promise<Survivor | undefined> {
  const [survivor] = await tx.query<Survivor & Record<string, unknown>>(
    `WITH RECURSIVE way AS (
       SELECT id, merged_into FROM patient_records WHERE id = $1
       UNION SELECT r.id, r.merged_into FROM patient_records r JOIN way ON r.id = way.merged_into)
     SELECT r.id, r.deceased_on IS NOT NULL AS "isDeceased", r.confidential AS "isConfidential"
     FROM way JOIN patient_records r ON r.id = way.id WHERE way.merged_into IS NULL AND way.id <> $1`,
    [recordId],
  );
  return survivor;
}

/**
 * Cases bound to the record, after the decision; from a merge on they are the survivor's, which its later changes reach, and
 * which an activation enrolls with. Earlier ones are bound to none: their page compares anew each time.
 */
async function moveCasesOf(
  tx: Transaction,
  { recordId, kind }: RecordChange,
  survivor: Survivor | undefined,
): Promise<void> {
  const cases = await tx.query<{ id: string }>(
    'SELECT id FROM cases WHERE patient_record_id = $1 AND waiting_on IS NOT NULL ORDER BY id',
    [recordId],
  );
  for (const { id } of cases) {
    const locked = await lockCase(tx, id);
    if (!ruleOf(locked.row, 'record_changed')) continue;
    const revokesSecret = survivor
      ? survivor.isDeceased || survivor.isConfidential || (await isRegisteredTwice(tx, locked.row, survivor))
      : kind !== 'merged';
    const input = { revokesSecret, ...(survivor && { patientRecordId: survivor.id }) };
    await moveCase(tx, { caseId: id, move: 'record_changed', actor: { kind: 'engine' }, input, locked });
  }
}

/** A registration whose record was merged into one that is being registered too: one link is enough. */
async function isRegisteredTwice(tx: Transaction, { kind, portal }: CaseRow, { id }: Survivor): Promise<boolean> {
  if (kind !== 'registration') return false;
  const open = await tx.query(
    `SELECT 1 FROM cases WHERE patient_record_id = $1 AND portal = $2 AND kind = 'registration' AND waiting_on IS NOT NULL LIMIT 1`,
    [id, portal],
  );
  return open.length > 0;
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
  writeAudit(tx, { at: now, actor, action: 'suspend', portal, accountId: id, detail });
}

/** To the record that survives; an account enrolled there already keeps that enrollment alone. */
async function moveEnrollments(tx: Transaction, recordId: string, survivorId: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE enrollments e SET ended_at = $3, end_reason = 'merged'
     WHERE e.patient_record_id = $1 AND e.ended_at IS NULL
       AND EXISTS (SELECT 1 FROM enrollments o WHERE o.account_id = e.account_id AND o.patient_record_id = $2 AND o.ended_at IS NULL)`,
    [recordId, survivorId, now],
  );
  await tx.query('UPDATE enrollments SET patient_record_id = $2 WHERE patient_record_id = $1 AND ended_at IS NULL', [
    recordId,
    survivorId,
  ]);
}
