import { readAccount } from '../../../../contract/routes/staff/accounts.ts';
import { auditView } from '../../../../store/viewed.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { presentAccount } from './present-account.ts';

export const readAccountRoute = handle(readAccount, async ({ params: { accountId }, member, actor }, { database }) => {
  const account = await presentAccount(database, accountId, member, staffActor(actor));
  await auditView(database, staffActor(actor), { portal: account.portal, accountId });
  return account;
});
