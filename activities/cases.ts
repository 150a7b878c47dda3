import { ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { CaseMove, CaseState } from '../domain/case-names.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { lockCase } from '../store/cases.ts';
import type { Database, Transaction } from '../store/database.ts';
import { giveUpMail } from '../store/mail-delivery.ts';
import { moveCase } from '../store/moves.ts';
import { Refused } from '../store/refused.ts';
import { snapshotOf } from '../store/snapshots.ts';
import { type DeliveryDependencies, deliverMail } from './deliver-mail.ts';

/** What the workflow of any case asks for. Each decides by the row, is idempotent, and answers with a snapshot. */
export interface CaseActivities<State extends string = CaseState, TimedMove extends string = string> {
  readCase(caseId: string): Promise<Snapshot<State>>;
  /** Records what a timer brings; the row decides whether its time has come. */
  recordTimer(caseId: string, move: TimedMove): Promise<Snapshot<State>>;
  deliverMail(caseId: string, messageId: string): Promise<Snapshot<State>>;
  giveUpMail(caseId: string, messageId: string): Promise<Snapshot<State>>;
}

/** Makes the activities over one database and one mail transport. */
export function createCaseActivities(dependencies: DeliveryDependencies): CaseActivities {
  const { database } = dependencies;
  return {
    readCase: (caseId) => snapshotOf(database, caseId),

    recordTimer: (caseId, move) =>
      decided(database, caseId, async (tx) => {
        await moveByEngine(tx, caseId, move as CaseMove);
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

    giveUpMail: (caseId, messageId) => decided(database, caseId, (tx) => giveUpMail(tx, messageId)),
  };
}

/** One transaction, then the row as it stands; that a move is refused now is an answer, not an error. */
export function decided<State extends string = CaseState>(
  database: Database,
  caseId: string,
  decide: (tx: Transaction) => Promise<void>,
): Promise<Snapshot<State>> {
  return database.transaction(async (tx) => {
    await decide(tx).catch((error: unknown) => {
      if (!(error instanceof Refused) || error.code === 'not_found') throw error;
    });
    return snapshotOf<State>(tx, caseId);
  });
}

export async function moveByEngine(tx: Transaction, caseId: string, move: CaseMove): Promise<void> {
  await moveCase(tx, { caseId, move, actor: { kind: 'engine' }, isEngineWaiting: true });
}

/** Issues the code or link a case owes. A second attempt finds it issued: the case owes none any more. */
export function issueOwedSecret<State extends string>(database: Database, caseId: string): Promise<Snapshot<State>> {
  return decided<State>(database, caseId, async (tx) => {
    const { row } = await lockCase(tx, caseId);
    const { owes } = await snapshotOf(tx, caseId);
    if (owes.secret) await moveByEngine(tx, caseId, lifecycles[row.kind].secret.issued);
  });
}
