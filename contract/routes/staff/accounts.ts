import { listOf } from '../../list-query.ts';
import type { Permission } from '../../permissions.ts';
import { route } from '../../route.ts';
import {
  accountAction,
  accountActionBody,
  accountActionBodyOf,
  accountListItem,
  accountState,
  staffAccount,
} from '../../schemas/account.ts';
import { pageOf } from '../../schemas/answers.ts';
import { portalId, uuid } from '../../schemas/scalars.ts';
import { accountActionParams, accountParams } from '../params.ts';

const ofAccounts = { tags: ['Accounts'], access: 'staff', idempotent: false, status: 200 } as const;

export const listAccounts = route({
  ...ofAccounts,
  name: 'listAccounts',
  method: 'get',
  path: '/staff/accounts',
  summary: 'Accounts; `q` searches username, names and e-mail',
  permission: 'account.read',
  list: listOf({
    sorts: ['createdAt', 'username'],
    defaultSort: 'createdAt',
    defaultOrder: 'desc',
    filters: { portal: portalId, state: accountState, patientRecordId: uuid },
    search: true,
  }),
  response: pageOf(accountListItem),
  problems: [],
});

export const readAccount = route({
  ...ofAccounts,
  name: 'readAccount',
  method: 'get',
  path: '/staff/accounts/:accountId',
  summary: 'One account, with what this member may do next',
  permission: 'account.read',
  params: accountParams,
  response: staffAccount,
  problems: [],
});

export const actOnAccount = route({
  ...ofAccounts,
  name: 'actOnAccount',
  method: 'post',
  path: '/staff/accounts/:accountId/actions/:action',
  summary: 'Suspend, restore, unlock, close, or change the e-mail',
  permission: (params) => accountActionPermission(params.action),
  idempotent: true,
  params: accountActionParams,
  body: accountActionBody,
  bodyOf: ({ action }) => accountActionBodyOf(action),
  response: staffAccount,
  problems: ['not_allowed_now', 'not_yours_to_do', 'stale_version', 'reason_required'],
});

function accountActionPermission(action: string | undefined): Permission | undefined {
  const known = accountAction.safeParse(action);
  return known.success ? `account.${known.data}` : undefined;
}
