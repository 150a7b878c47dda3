import type { StaffAccount } from '../../../../contract/schemas/account.ts';
import { accountRules } from '../../../../store/account-actions.ts';
import { readAccountPage } from '../../../../store/account-list.ts';
import type { Database, Transaction } from '../../../../store/database.ts';
import { historyOfAccount } from '../../../../store/timeline.ts';
import type { SignedInMember } from '../../../asked.ts';
import { historyFactsOf } from '../cases/timeline-sentences.ts';
import type { StaffActor } from '../staff-actor.ts';

/** An account as staff are shown it, with what this member may do next. Throws `Refused('not_found')`. */
export async function presentAccount(
  queries: Pick<Transaction | Database, 'query'>,
  accountId: string,
  member: SignedInMember,
  actor: StaffActor,
): Promise<StaffAccount> {
  const { possibleActions, ...account } = await readAccountPage(queries, accountId, actor);
  const history = await historyOfAccount(queries, accountId);
  return {
    ...account,
    history: history.map((row) => ({
      at: row.at,
      ...historyFactsOf(row),
      by: row.actorName,
      note: row.note,
      identityCheck: row.identityCheck,
    })),
    allowedActions: possibleActions
      .filter((name) => member.permissions.includes(`account.${name}`))
      .map((name) => ({ name, reasons: [...accountRules[name].reasons] })),
  };
}
