import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { QueryValue } from '../../contract/client.ts';
import type { WireResult } from '../../contract/route.ts';
import { listCases } from '../../contract/routes/staff/cases.ts';
import type { CaseRow } from '../cases/case.ts';
import { chosenPortal, searchedFor } from '../layout/choices.ts';
import { onLive } from '../live/stream.ts';
import { currentTime } from '../parts/clock.ts';
import { useKept } from '../parts/kept.ts';
import { ownPreferences } from '../preferences/preferences.ts';
import { call } from '../server/calls.ts';
import { ownViewsOf, useViews } from './own-views.ts';
import { mostPerPage, perPage, type Sort, type View, viewNamed, views, withinView } from './views.ts';

type Page = WireResult<typeof listCases>;
type Query = Readonly<Record<string, QueryValue>>;

/** What the queue is asked for: the view and filters from the address, portal and search from the bar. */
export interface Asked {
  view: View;
  sort: Sort;
  order: 'asc' | 'desc';
  page: number;
  states: readonly string[];
  band: string | undefined;
  q: string;
  query: Query;
  change(to: Readonly<Record<string, string | readonly string[] | undefined>>): void;
}

const bands = ['late', 'due', 'ok'];

export function useAsked(): Asked {
  const [params, setParams] = useSearchParams();
  const [portal] = useKept(chosenPortal);
  const [q] = useKept(searchedFor);
  const [{ savedViews }] = useKept(ownPreferences);
  return useMemo(() => {
    const view = viewNamed(params.get('view'), [...views, ...ownViewsOf(savedViews)]);
    const sort = (params.get('sort') as Sort | null) ?? view.sort;
    const order = params.get('order') === null ? view.order : params.get('order') === 'desc' ? 'desc' : 'asc';
    const page = Math.max(1, Number(params.get('page')) || 1);
    const states = params.getAll('state');
    const band = bands.find((each) => each === params.get('promise'));
    const query = {
      ...view.filter,
      ...(states.length > 0 && { state: states }),
      ...(band && { sla: band }),
      ...(portal && { portal }),
      ...(q && { q }),
      sort,
      order,
      page: view.endsWithinDays === undefined ? page : 1,
      perPage: view.endsWithinDays === undefined ? perPage : mostPerPage,
    };
    const change: Asked['change'] = (to) =>
      setParams((now) => {
        const next = new URLSearchParams(now);
        if (!('page' in to)) next.delete('page');
        for (const [name, value] of Object.entries(to)) {
          next.delete(name);
          for (const one of [value ?? []].flat()) next.append(name, one);
        }
        return next;
      });
    return { view, sort, order, page, states, band, q, query, change };
  }, [params, setParams, portal, q, savedViews]);
}

export interface Queue {
  rows: readonly CaseRow[] | undefined;
  total: number;
  totalIsCapped: boolean;
  error: unknown;
  isLoading: boolean;
  /** The rows are another question's, shown until this one's are there. */
  isOld: boolean;
  /** How many came since the rows were shown; they wait until asked for. */
  newCount: number;
  showNew(): void;
  reload(): void;
  /** Puts the server's answer about one case in its row's place. */
  patch(row: CaseRow): void;
}

/** Rows that never jump: what changes is changed in place, what is new is counted and waits. */
export function useQueue({ view, query }: Asked): Queue {
  const queries = useQueryClient();
  const key = useMemo(() => ['queue', query], [query]);
  const [newIds, setNewIds] = useState<ReadonlySet<string>>(new Set());
  const { data, error, isLoading, isPlaceholderData, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call(listCases, { query, signal })).body,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false, // rows do not jump when one comes back to the window
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has nothing new yet
  useEffect(() => setNewIds(new Set()), [key]);

  const patchAll = useCallback(
    (changed: readonly CaseRow[]) => {
      const byId = new Map(changed.map((row) => [row.id, row]));
      queries.setQueryData<Page>(
        key,
        (page) => page && { ...page, data: page.data.map((row) => byId.get(row.id) ?? row) },
      );
    },
    [queries, key],
  );

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
      const shown = queries.getQueryData<Page>(key);
      const fresh = await freshRows(query, shown).catch(() => undefined); // the banner says when nothing passes
      isReading = false;
      if (isGone || !fresh || !shown) return;
      patchAll(fresh.changed);
      setNewIds(new Set(fresh.newIds));
      void queries.invalidateQueries({ queryKey: ['queueCounts'] });
      if (isAskedAgain) {
        isAskedAgain = false;
        void look();
      }
    };
    const stop = onLive((events) => {
      if (events.some((event) => event.kind === 'resync' || event.resource === 'case')) void look();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [queries, key, query, patchAll]);

  const rows = useMemo(() => data && withinView(view, data.data, currentTime()), [data, view]);
  const reload = useCallback(() => {
    setNewIds(new Set());
    void refetch();
    void queries.invalidateQueries({ queryKey: ['queueCounts'] });
  }, [refetch, queries]);
  return {
    rows,
    total: view.endsWithinDays === undefined ? (data?.total ?? 0) : (rows?.length ?? 0),
    totalIsCapped: view.endsWithinDays === undefined && (data?.totalIsCapped ?? false),
    error: data ? undefined : error,
    isLoading,
    isOld: isPlaceholderData,
    newCount: newIds.size,
    showNew: reload,
    reload,
    patch: useCallback((row: CaseRow) => patchAll([row]), [patchAll]),
  };
}

/** What the shown rows are now, also those that left the view, and which ids came. */
async function freshRows(query: Query, shown: Page | undefined): Promise<{ changed: CaseRow[]; newIds: string[] }> {
  const fresh = (await call(listCases, { query })).body.data;
  const shownIds = new Set(shown?.data.map(({ id }) => id));
  const freshIds = new Set(fresh.map(({ id }) => id));
  const left = [...shownIds].filter((id) => !freshIds.has(id));
  const gone = left.length > 0 ? (await call(listCases, { query: { id: left, perPage: left.length } })).body.data : [];
  return { changed: [...fresh, ...gone], newIds: [...freshIds].filter((id) => !shownIds.has(id)) };
}

/** How many cases each view holds; asked for after the rows, which are what one waits for. */
export function useCounts(isWanted: boolean): Readonly<Record<string, string | undefined>> {
  const [portal] = useKept(chosenPortal);
  const all = useViews();
  const { data } = useQuery({
    queryKey: ['queueCounts', portal, all.map(({ filter }) => filter)],
    enabled: isWanted,
    queryFn: async () => Object.fromEntries(await Promise.all(all.map((view) => countOf(view, portal)))),
    placeholderData: keepPreviousData,
  });
  return data ?? {};
}

async function countOf(view: View, portal: string | undefined): Promise<[string, string | undefined]> {
  if (view.isUncounted) return [view.name, undefined];
  const isCut = view.endsWithinDays !== undefined;
  const query = {
    ...view.filter,
    ...(portal && { portal }),
    sort: view.sort,
    order: view.order,
    perPage: isCut ? mostPerPage : 1,
  };
  const { data, total, totalIsCapped } = (await call(listCases, { query })).body;
  if (!isCut) return [view.name, totalIsCapped ? `${total}+` : String(total)];
  const within = withinView(view, data, currentTime()).length;
  return [view.name, within === mostPerPage ? `${within}+` : String(within)];
}
