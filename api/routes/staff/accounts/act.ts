import { Problem } from '../../../../contract/problems.ts';
import { actOnAccount } from '../../../../contract/routes/staff/accounts.ts';
import { actOnAccount as act, noteFirstPerson, SecondPersonNeeded } from '../../../../store/account-actions.ts';
import { handle } from '../../../handle.ts';
import { identityCheckOf } from '../cases/move-request.ts';
import { staffActor } from '../staff-actor.ts';
import { presentAccount } from './present-account.ts';

export const actOnAccountRoute = handle(actOnAccount, async ({ params, body, member, actor, tx }) => {
  const { accountId, action } = params;
  const { version, identityCheck, ...rest } = body;
  const request = {
    ...rest,
    accountId,
    action,
    actor: staffActor(actor),
    expectedVersion: version,
    ...(identityCheck && { identityCheck: identityCheckOf(identityCheck) }),
  };
  try {
    await act(tx, request);
  } catch (error) {
    if (!(error instanceof SecondPersonNeeded)) throw error;
    await noteFirstPerson(tx, request);
    return new Problem('not_yours_to_do', {
      detail: 'Without a check of who the person is, two members have to say so. Your wish was noted.',
      nextStep: 'Ask a second member who may do this to do the same within 24 hours.',
    });
  }
  return presentAccount(tx, accountId, member, staffActor(actor));
});
