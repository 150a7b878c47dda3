import type { WireBody, WireResult } from '../../contract/route.ts';
import { type actOnAccount, listAccounts, type readAccount } from '../../contract/routes/staff/accounts.ts';
import { kept } from '../parts/kept.ts';
import type { ListOf } from '../parts/use-list.ts';
import { call } from '../server/calls.ts';

/** An account as lists show it. */
export type AccountRow = WireResult<typeof listAccounts>['data'][number];
/** The whole account. */
export type Account = WireResult<typeof readAccount>;
export type AccountBody = WireBody<typeof actOnAccount>;

/** Why staff act on an account (lifecycles.md §8). */
export type AccountReason =
  | 'suspected_fraud'
  | 'holder_request'
  | 'deceased'
  | 'other'
  | 'identity_confirmed'
  | 'could_not_check'
  | 'duplicate_of_account'
  | 'address_refused';

export const accounts: ListOf<AccountRow> = {
  name: listAccounts.name,
  resource: 'account',
  sort: 'createdAt',
  order: 'desc',
  filters: ['state'],
  read: async (query, signal) => (await call(listAccounts, { query, ...(signal && { signal }) })).body,
};

export const accountStates = ['active', 'locked', 'suspended', 'closed'] as const satisfies AccountRow['state'][];

/** What is searched for here. Kept out of the address, for it may be a name. */
export const searchedAccounts = kept('');

export function accountPath(id: string): string {
  return `/accounts/${id}`;
}
