import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { WireResult } from '../../contract/route.ts';
import { listAudit } from '../../contract/routes/staff/audit.ts';
import { staysPut } from '../live/stays-put.ts';
import { call } from '../server/calls.ts';

export type Entry = WireResult<typeof listAudit>['data'][number];

const filterNames = ['action', 'actor', 'caseId', 'accountId'] as const;
type FilterName = (typeof filterNames)[number];
export type Filter = Readonly<Partial<Record<FilterName, string>>>;

const perPage = 50;

/** What is asked of the audit: filters from the address; they are codes and ids, so nothing personal stands there. */
export function useAuditFilter(): {
  filter: Filter;
  change: (to: Partial<Record<FilterName, string | undefined>>) => void;
} {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(
    () =>
      Object.fromEntries(filterNames.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : []))) as Filter,
    [params],
  );
  const change = useCallback(
    (to: Partial<Record<FilterName, string | undefined>>) =>
      setParams((now) => {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(to)) {
          if (value === undefined) next.delete(name);
          else next.set(name, value);
        }
        return next;
      }),
    [setParams],
  );
  return { filter, change };
}

/** The feed, page after page by the id of the last entry: what is written meanwhile moves nothing. */
export function useAudit(filter: Filter) {
  return useInfiniteQuery({
    queryKey: [listAudit.name, 'feed', filter],
    queryFn: async ({ pageParam, signal }) =>
      (await call(listAudit, { query: { ...filter, perPage, ...(pageParam && { before: pageParam }) }, signal })).body,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchOnWindowFocus: false, // rows do not jump when one comes back to the window
    meta: staysPut,
  });
}
