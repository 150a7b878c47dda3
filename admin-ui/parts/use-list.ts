import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { QueryValue } from '../../contract/client.ts';
import { chosenPortal } from '../layout/choices.ts';
import { staysPut } from '../live/stays-put.ts';
import { onLive } from '../live/stream.ts';
import { useKept } from './kept.ts';

export type ListQuery = Readonly<Record<string, QueryValue>>;

export interface ListPage<Row> {
  data: Row[];
  total: number;
  totalIsCapped: boolean;
}

/** A list of the contract as a screen asks for it; made once per screen, outside its components. */
export interface ListOf<Row> {
  name: string;
  /** What kind of event may have changed its rows. */
  resource: string;
  sort: string;
  order: 'asc' | 'desc';
  /** Parameters of the address that narrow it; each may be there many times. */
  filters: readonly string[];
  /** What these ask for, where it is not simply themselves. */
  queryOf?: (values: ListAsked['values']) => ListQuery;
  read: (query: ListQuery, signal?: AbortSignal) => Promise<ListPage<Row>>;
}

/** What a list is asked for: filters, sort and page from the address; portal and search from memory, for they may be names. */
export interface ListAsked {
  sort: string;
  order: 'asc' | 'desc';
  page: number;
  values: Readonly<Record<string, readonly string[]>>;
  q: string;
  portal: string | undefined;
  query: ListQuery;
  /** Changes the address; the first page is shown again unless `page` is named. */
  change(to: Readonly<Record<string, string | readonly string[] | undefined>>): void;
}

export const rowsPerPage = 25;

export function useListAsked(of: Pick<ListOf<never>, 'sort' | 'order' | 'filters' | 'queryOf'>, q = ''): ListAsked {
  const [params, setParams] = useSearchParams();
  const [portal] = useKept(chosenPortal);
  return useMemo(() => {
    const sort = params.get('sort') ?? of.sort;
    const asked = params.get('order') ?? (sort === of.sort ? of.order : 'asc');
    const order = asked === 'desc' ? 'desc' : 'asc';
    const page = Math.max(1, Number(params.get('page')) || 1);
    const values = Object.fromEntries(of.filters.map((name) => [name, params.getAll(name)]));
    const given =
      of.queryOf?.(values) ?? Object.fromEntries(Object.entries(values).filter(([, found]) => found.length > 0));
    const query = { ...given, ...(portal && { portal }), ...(q && { q }), sort, order, page, perPage: rowsPerPage };
    const change: ListAsked['change'] = (to) =>
      setParams((now) => {
        const next = new URLSearchParams(now);
        if (!('page' in to)) next.delete('page');
        for (const [name, value] of Object.entries(to)) {
          next.delete(name);
          for (const one of [value ?? []].flat()) next.append(name, one);
        }
        return next;
      });
    return { sort, order, page, values, q, portal, query, change };
  }, [params, setParams, portal, q, of]);
}

export interface List<Row> {
  /** undefined: still being read. */
  rows: readonly Row[] | undefined;
  total: number;
  totalIsCapped: boolean;
  error: unknown;
  isLoading: boolean;
  /** The rows are another question's, shown until this one's are there. */
  isOld: boolean;
  /** How many came since the rows were shown; they wait until asked for. */
  newCount: number;
  reload(): void;
}

/** Rows that never jump: what changes is changed in place, what is new is counted and waits. */
export function useList<Row extends { id: string }>(of: ListOf<Row>, query: ListQuery): List<Row> {
  const queries = useQueryClient();
  const key = useMemo(() => ['list', of.name, query], [of, query]);
  const [newCount, setNewCount] = useState(0);
  const { data, error, isLoading, isPlaceholderData, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => of.read(query, signal),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false, // rows do not jump when one comes back to the window
    meta: staysPut,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has nothing new yet
  useEffect(() => setNewCount(0), [key]);

  useEffect(() => {
    let isGone = false;
    let isReading = false;
    let isAskedAgain = false;
    const look = async () => {
      if (isReading) {
        isAskedAgain = true;
        return;
      }
      isReading = true;
      const shown = queries.getQueryData<ListPage<Row>>(key);
      const fresh = shown && (await freshRows(of, query, shown).catch(() => undefined)); // the banner says when nothing passes
      isReading = false;
      if (isGone || !fresh) return;
      queries.setQueryData<ListPage<Row>>(
        key,
        (page) => page && { ...page, data: page.data.map((row) => fresh.byId.get(row.id) ?? row) },
      );
      setNewCount(fresh.newCount);
      void queries.invalidateQueries({ queryKey: ['listCounts', of.name] });
      if (!isAskedAgain) return;
      isAskedAgain = false;
      void look();
    };
    const stop = onLive((events) => {
      if (events.some((event) => event.kind === 'resync' || event.resource === of.resource)) void look();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [queries, key, query, of]);

  const reload = useCallback(() => {
    setNewCount(0);
    void refetch();
    void queries.invalidateQueries({ queryKey: ['listCounts', of.name] });
  }, [refetch, queries, of]);
  return {
    rows: data?.data,
    total: data?.total ?? 0,
    totalIsCapped: data?.totalIsCapped ?? false,
    error: data ? undefined : (error ?? undefined),
    isLoading,
    isOld: isPlaceholderData,
    newCount,
    reload,
  };
}

/** What the shown rows are now, also those that left the question, and how many came. */
async function freshRows<Row extends { id: string }>(of: ListOf<Row>, query: ListQuery, shown: ListPage<Row>) {
  const fresh = (await of.read(query)).data;
  const shownIds = new Set(shown.data.map(({ id }) => id));
  const freshIds = new Set(fresh.map(({ id }) => id));
  const left = [...shownIds].filter((id) => !freshIds.has(id));
  // Two at least: exactly one asked for by its id would be an opening.
  const again = left.length === 1 ? [...left, ...[...shownIds].filter((id) => id !== left[0]).slice(0, 1)] : left;
  const gone = again.length > 1 ? (await of.read({ id: again, perPage: again.length })).data : [];
  return {
    byId: new Map([...fresh, ...gone].map((row) => [row.id, row])),
    newCount: fresh.filter(({ id }) => !shownIds.has(id)).length,
  };
}

/** How many rows each view holds, in words, capped as lists are; asked for after the rows, which are what one waits for. */
export function useListCounts<Row>(
  of: ListOf<Row>,
  views: Readonly<Record<string, ListQuery>>,
  isWanted: boolean,
): Readonly<Record<string, string | undefined>> {
  const [portal] = useKept(chosenPortal);
  const { data } = useQuery({
    queryKey: ['listCounts', of.name, portal],
    enabled: isWanted,
    queryFn: async () => {
      const counts = Object.entries(views).map(async ([name, filter]) => {
        const { total, totalIsCapped } = await of.read({ ...filter, ...(portal && { portal }), perPage: 1 });
        return [name, totalIsCapped ? `${total}+` : String(total)] as const;
      });
      return Object.fromEntries(await Promise.all(counts));
    },
    placeholderData: keepPreviousData,
  });
  return data ?? {};
}
