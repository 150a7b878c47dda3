import type { ApplicationState, EngineMove } from '../domain/application/lifecycle.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { lockCase } from '../store/cases.ts';
import type { Transaction } from '../store/database.ts';
import { moveCase } from '../store/moves.ts';
import { onlyWholeMatch, recordsPortal, recordTrouble } from '../store/patient-records.ts';
import { policyAt } from '../store/portals.ts';
import { Refused } from '../store/refused.ts';
import { type CaseActivities, decided, issueOwedSecret } from './cases.ts';
import type { DeliveryDependencies } from './deliver-mail.ts';

type Application = Snapshot<ApplicationState>;

/** The moves a timer of an application makes. */
export type TimedMove = Extract<
  EngineMove,
  'turned_due' | 'turned_late' | 'reminded' | 'left_unanswered' | 'code_expired' | 'lapsed'
>;

/** What the workflow of an application asks for beyond what any case does. */
export interface ApplicationOwnActivities {
  approveByPolicy(caseId: string): Promise<Application>;
  issueAccessCode(caseId: string): Promise<Application>;
}
export type ApplicationActivities = ApplicationOwnActivities & CaseActivities<ApplicationState, TimedMove>;

/** Makes the activities over one database. */
export function createApplicationActivities({
  database,
}: Pick<DeliveryDependencies, 'database'>): ApplicationOwnActivities {
  return {
    approveByPolicy: (caseId) => decided(database, caseId, (tx) => approveWhenItQualifies(tx, caseId)),
    issueAccessCode: (caseId) => issueOwedSecret(database, caseId),
  };
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
