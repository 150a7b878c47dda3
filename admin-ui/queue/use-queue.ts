import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { QueryValue } from '../../contract/client.ts';
import type { WireResult } from '../../contract/route.ts';
import { listCases } from '../../contract/routes/staff/cases.ts';
import type { CaseKind } from '../../domain/case.ts';
import type { CaseRow } from '../cases/case.ts';
import { chosenPortal, searchedFor } from '../layout/choices.ts';
import { staysPut } from '../live/stays-put.ts';
import { onLive } from '../live/stream.ts';
import { currentTime } from '../parts/clock.ts';
import { useKept } from '../parts/kept.ts';
import { ownPreferences } from '../preferences/preferences.ts';
import { call } from '../server/calls.ts';
import { ownViewsOf, useViews } from './own-views.ts';
import { countOfNew, idsOfGone, inPlace } from './rows-in-place.ts';
import { mostPerPage, perPage, type Sort, type View, viewNamed, views, withinView } from './views.ts';

type Page = WireResult<typeof listCases>;
type Query = Readonly<Record<string, QueryValue>>;

/** What the queue is asked for: the view and filters from the address, portal and search from the bar. */
export interface Asked {
  view: View;
  sort: Sort;
  order: 'asc' | 'desc';
  page: number;
  kind: CaseKind | undefined;
  states: readonly string[];
  band: string | undefined;
  q: string;
  query: Query;
  change(to: Readonly<Record<string, string | readonly string[] | undefined>>): void;
}

const bands = ['late', 'due', 'ok'];
const kinds: readonly CaseKind[] = ['application', 'registration'];

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
    const kind = kinds.find((each) => each === params.get('kind'));
    const states = params.getAll('state');
    const band = bands.find((each) => each === params.get('promise'));
    const query = {
      ...view.filter,
      ...(kind && { kind }),
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
    return { view, sort, order, page, kind, states, band, q, query, change };
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

/**
 * Rows that never jump: what changes is changed in place, what is new is counted and waits; also after the connection was
 * lost. Only what the person does moves rows.
 */
export function useQueue({ view, query }: Asked): Queue {
  const queries = useQueryClient();
  const key = useMemo(() => ['queue', query], [query]);
  const [idsNow, setIdsNow] = useState<readonly string[]>([]);
  const { data, error, isLoading, isPlaceholderData, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => readRows(view, query, signal),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false, // rows do not jump when one comes back to the window
    meta: staysPut,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has nothing new yet
  useEffect(() => setIdsNow([]), [key]);

  const patchAll = useCallback(
    (known: readonly CaseRow[]) =>
      queries.setQueryData<Page>(key, (page) => page && { ...page, data: inPlace(page.data, known) }),
    [queries, key],
  );

  useEffect(() => {
    let isGone = false;
    let isReading = false;
    let isAskedAgain = false;
    const look = async () => {
      isAskedAgain = true;
      if (isReading) return;
      isReading = true;
      while (isAskedAgain && !isGone) {
        isAskedAgain = false;
        const shown = queries.getQueryData<Page>(key);
        const fresh = shown && (await freshRows(view, query, shown.data).catch(() => undefined)); // the banner says when nothing passes
        if (isGone || !fresh) continue;
        patchAll(fresh.known);
        setIdsNow(fresh.ids);
        void queries.invalidateQueries({ queryKey: ['queueCounts'] });
      }
      isReading = false;
    };
    const stop = onLive((events) => {
      if (events.some((event) => event.kind === 'resync' || event.resource === 'case')) void look();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [queries, key, view, query, patchAll]);

  const reload = useCallback(() => {
    setIdsNow([]);
    void refetch();
    void queries.invalidateQueries({ queryKey: ['queueCounts'] });
  }, [refetch, queries]);
  return {
    rows: data?.data,
    total: data?.total ?? 0,
    totalIsCapped: data?.totalIsCapped ?? false,
    error: data ? undefined : error,
    isLoading,
    isOld: isPlaceholderData,
    newCount: data && !isPlaceholderData ? countOfNew(data.data, idsNow) : 0,
    showNew: reload,
    reload,
    patch: useCallback((row: CaseRow) => void patchAll([row]), [patchAll]),
  };
}

/** A page of the list, without what the view leaves away: cut off as it is read, so that a row that changes later stays. */
async function readRows(view: View, query: Query, signal?: AbortSignal): Promise<Page> {
  const page = (await call(listCases, { query, ...(signal && { signal }) })).body;
  if (view.endsWithinDays === undefined) return page;
  const data = [...withinView(view, page.data, currentTime())];
  return { ...page, data, total: data.length, totalIsCapped: false };
}

/** What the shown rows are now, also those that left the view, and the ids of all that the view has now. */
async function freshRows(
  view: View,
  query: Query,
  shown: readonly CaseRow[],
): Promise<{ known: CaseRow[]; ids: string[] }> {
  const fresh = (await readRows(view, query)).data;
  const id = idsOfGone(shown, fresh);
  const gone = id.length > 0 ? (await call(listCases, { query: { id, perPage: id.length } })).body.data : [];
  return { known: [...fresh, ...gone], ids: fresh.map((row) => row.id) };
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
