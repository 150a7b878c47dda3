import { listCases } from '../../contract/routes/staff/cases.ts';
import type { CaseRow } from '../cases/case.ts';
import { kept } from '../parts/kept.ts';
import type { ListOf } from '../parts/use-list.ts';
import { call } from '../server/calls.ts';
import { queryOfBoard } from './views.ts';

const onlyRegistrations = { kind: 'registration' } as const;

/** Registration e-mails as the board lists them. */
export const registrations: ListOf<CaseRow> = {
  name: 'registrations',
  resource: 'case',
  sort: 'expiresAt',
  order: 'asc',
  filters: ['view', 'campaignId'],
  queryOf: queryOfBoard,
  read: async (query, signal) =>
    (await call(listCases, { query: { ...onlyRegistrations, ...query }, ...(signal && { signal }) })).body,
};

/** What is searched for here. Kept out of the address, for it may be a name. */
export const searchedRegistrations = kept('');
