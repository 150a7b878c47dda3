import { ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { ApplicationState, EngineMove } from '../domain/application/lifecycle.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { lockCase } from '../store/cases.ts';
import type { Transaction } from '../store/database.ts';
import { giveUpMail } from '../store/mail-delivery.ts';
import { moveCase } from '../store/moves.ts';
import { onlyWholeMatch, recordsPortal, recordTrouble } from '../store/patient-records.ts';
import { policyAt } from '../store/portals.ts';
import { Refused } from '../store/refused.ts';
import { snapshotOf } from '../store/snapshots.ts';
import { type DeliveryDependencies, deliverMail } from './deliver-mail.ts';

type Application = Snapshot<ApplicationState>;

/** The moves a timer makes. */
export type TimedMove = Extract<
  EngineMove,
  'turned_due' | 'turned_late' | 'reminded' | 'left_unanswered' | 'code_expired' | 'lapsed'
>;

/** What the workflow of an application asks for. Each decides by the row, is idempotent, and answers with a snapshot. */
export interface ApplicationActivities {
  readCase(caseId: string): Promise<Application>;
  approveByPolicy(caseId: string): Promise<Application>;
  issueAccessCode(caseId: string): Promise<Application>;
  recordTimer(caseId: string, move: TimedMove): Promise<Application>;
  deliverMail(caseId: string, messageId: string): Promise<Application>;
  giveUpMail(caseId: string, messageId: string): Promise<Application>;
}

/** Makes the activities over one database and one mail transport. */
export function createApplicationActivities(dependencies: DeliveryDependencies): ApplicationActivities {
  const { database } = dependencies;

  /** One transaction, then the row as it stands; that a move is refused now is an answer, not an error. */
  const decided = (caseId: string, decide: (tx: Transaction) => Promise<void>): Promise<Application> =>
    database.transaction(async (tx) => {
      await decide(tx).catch((error: unknown) => {
        if (!(error instanceof Refused) || error.code === 'not_found') throw error;
      });
      return snapshotOf(tx, caseId);
    });
  const move = (tx: Transaction, caseId: string, name: EngineMove) =>
    moveCase(tx, { caseId, move: name, actor: { kind: 'engine' }, isEngineWaiting: true });

  return {
    readCase: (caseId) => snapshotOf(database, caseId),

    approveByPolicy: (caseId) => decided(caseId, (tx) => approveWhenItQualifies(tx, caseId)),

    issueAccessCode: (caseId) =>
      decided(caseId, async (tx) => {
        // A second attempt finds the code issued: the case owes none any more.
        const { owes } = await lockedSnapshot(tx, caseId);
        if (owes.secret) await move(tx, caseId, 'code_issued');
      }),

    recordTimer: (caseId, name) =>
      decided(caseId, async (tx) => {
        await move(tx, caseId, name);
      }),

    async deliverMail(caseId, messageId) {
      const delivery = await deliverMail(dependencies, messageId, {
        isEngineWaiting: true,
        signal: cancellationSignal(),
      });
      if (delivery.kind === 'elsewhere') throw ApplicationFailure.retryable('another process has it', 'mail_elsewhere');
      if (delivery.kind === 'postponed') throw ApplicationFailure.retryable(delivery.problem, 'mail_not_taken');
      return snapshotOf(database, caseId);
    },

    giveUpMail: (caseId, messageId) => decided(caseId, (tx) => giveUpMail(tx, messageId)),
  };
}

async function lockedSnapshot(tx: Transaction, caseId: string): Promise<Application> {
  await lockCase(tx, caseId);
  return snapshotOf(tx, caseId);
}

/** Policy `approval: automatic`: exactly one record matches wholly and nothing is flagged; else staff have it, for good. */
async function approveWhenItQualifies(tx: Transaction, caseId: string): Promise<void> {
  const { row } = await lockCase(tx, caseId);
  if (!row.owesApproval) return;
  const [claim] = await tx.query<{ postalCode: string }>(
    'SELECT postal_code AS "postalCode" FROM applications WHERE case_id = $1',
    [caseId],
  );
  const policy = await policyAt(tx, row.portal, row.policyVersion);
  const record = await onlyWholeMatch(tx, recordsPortal(row.portal, policy), { ...row, ...claim });
  try {
    if (!record || (await recordTrouble(tx, record.id, row, policy))) throw new Refused('not_allowed_now');
    await moveCase(tx, {
      caseId,
      move: 'auto_approved',
      actor: { kind: 'engine' },
      input: { patientRecordId: record.id },
      isEngineWaiting: true,
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await tx.query('UPDATE cases SET owes_approval = false WHERE id = $1', [caseId]);
  }
}
