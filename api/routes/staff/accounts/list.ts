import { listAccounts } from '../../../../contract/routes/staff/accounts.ts';
import { listAccounts as readAccounts } from '../../../../store/account-list.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';

export const listAccountsRoute = handle(listAccounts, ({ query, member }, { database }) =>
  listAnswer(readAccounts(database, { ...query, portals: member.portals }), (row) => row),
);
