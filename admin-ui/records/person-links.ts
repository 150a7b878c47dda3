import { useQuery } from '@tanstack/react-query';
import { listAccounts } from '../../contract/routes/staff/accounts.ts';
import { listCases } from '../../contract/routes/staff/cases.ts';
import type { AccountRow } from '../accounts/accounts.ts';
import type { CaseRow } from '../cases/case.ts';
import { call } from '../server/calls.ts';

/** By whom cases and accounts are looked for. */
export interface Person {
  id: string;
  portal: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  email: string | null;
}

export interface Found<Row> {
  rows: readonly Row[];
  /** How many were looked through, when there are more of the name than that. */
  cutAt: number | undefined;
}

const looked = 100;

/** The cases of a person in a portal: born the same day, and of the same name or e-mail. `also`: one known to be theirs. */
export function useCasesOf(person: Person, also?: string | null) {
  return useQuery({
    queryKey: ['casesOf', person.id, also ?? null],
    queryFn: async (): Promise<Found<CaseRow>> => {
      const read = (query: Record<string, string | number | string[]>) =>
        call(listCases, { query: { ...query, perPage: looked } }).then(({ body }) => body);
      const pages = await Promise.all([
        ...questionsOf(person).map((q) => read({ q, portal: person.portal, sort: 'receivedAt', order: 'desc' })),
        ...(also ? [read({ id: [also] })] : []),
      ]);
      const rows = unique(pages.flatMap(({ data }) => data)).filter(
        ({ id, subject }) => id === also || subject.dateOfBirth === person.dateOfBirth,
      );
      return {
        rows: rows.sort((a, b) => b.receivedAt.localeCompare(a.receivedAt)),
        cutAt: pages.some(({ total }) => total > looked) ? looked : undefined,
      };
    },
  });
}

/** The accounts of a person in a portal: born the same day, and of the same name or e-mail. */
export function useAccountsOf(person: Person) {
  return useQuery({
    queryKey: ['accountsOf', person.id],
    queryFn: async (): Promise<Found<AccountRow>> => {
      const pages = await Promise.all(
        questionsOf(person).map((q) =>
          call(listAccounts, { query: { q, portal: person.portal, perPage: looked } }).then(({ body }) => body),
        ),
      );
      const rows = unique(pages.flatMap(({ data }) => data));
      return {
        rows: rows.filter(({ dateOfBirth }) => dateOfBirth === person.dateOfBirth),
        cutAt: pages.some(({ total }) => total > looked) ? looked : undefined,
      };
    },
  });
}

const longestSearch = 200;

function questionsOf({ firstName, lastName, email }: Person): string[] {
  return [`${firstName} ${lastName}`.slice(0, longestSearch), ...(email ? [email.slice(0, longestSearch)] : [])];
}

function unique<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
