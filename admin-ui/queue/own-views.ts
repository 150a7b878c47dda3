import type { SavedView } from '../../contract/schemas/preferences.ts';
import { useKept } from '../parts/kept.ts';
import { ownPreferences } from '../preferences/preferences.ts';
import { useWords } from '../words/use-words.ts';
import type { Asked } from './use-queue.ts';
import { type View, views } from './views.ts';
import type { WorklistView } from './worklist.ts';

/** One's own saved views after those of everybody. In the address they go by their number: a name may be a person's. */
export function ownViewsOf(saved: readonly SavedView[]): readonly View[] {
  return saved.map(({ name, filters, sort = 'dueAt', order = 'asc' }, no) => ({
    name: `own-${no + 1}` as const,
    label: name,
    filter: filters,
    sort,
    order,
  }));
}

export function useViews(): readonly View[] {
  const [{ savedViews }] = useKept(ownPreferences);
  return [...views, ...ownViewsOf(savedViews)];
}

/** How a view is called: everybody's by its word, one's own by the name it was given. */
export function useViewLabel(): (name: WorklistView) => string {
  const say = useWords();
  const [{ savedViews }] = useKept(ownPreferences);
  return (name) => {
    if (isOwn(name)) return savedViews[numberOf(name)]?.name ?? say('queue.view.open');
    if (isOfBoard(name)) return say(`registrations.view.${boardViewOf(name)}`);
    return name === 'all' ? say('queue.empty.searchAll') : say(`queue.view.${name}`);
  };
}

type BoardView = Extract<WorklistView, `registrations.${string}`>;

function isOfBoard(name: WorklistView): name is BoardView {
  return name.startsWith('registrations.');
}

function boardViewOf<Name extends string>(name: `registrations.${Name}`): Name {
  return name.slice('registrations.'.length) as Name;
}

export function isOwn(name: WorklistView): name is `own-${number}` {
  return name.startsWith('own-');
}

/** Its place among the saved ones, from 0. */
export function numberOf(name: `own-${number}`): number {
  return Number(name.slice('own-'.length)) - 1;
}

const filters = ['kind', 'state', 'waitingOn', 'assignee', 'portal', 'sla', 'flag'] as const;

/** What is on the screen as a view: filters and order, never the search. */
export function viewOf({ query, sort, order }: Asked, name: string): SavedView {
  const given = filters.flatMap((filter) => {
    const value = query[filter];
    return value === undefined ? [] : [[filter, [value].flat().map(String)] as const];
  });
  return { name, filters: Object.fromEntries(given) as SavedView['filters'], sort, order };
}

/** Whether what is on the screen differs from the view it began as, so that there is something to save. */
export function isChanged({ view, query, sort, order }: Asked): boolean {
  const isNarrowed = filters.some((filter) => JSON.stringify(query[filter]) !== JSON.stringify(view.filter[filter]));
  return isNarrowed || sort !== view.sort || order !== view.order;
}
