import type { ListQuery } from '../parts/use-list.ts';

/** A view of the board: what it asks the list for, and how it is sorted before anybody sorts it. */
interface BoardView {
  filter: ListQuery;
  sort?: 'receivedAt' | 'updatedAt';
}

export const views = {
  staff: { filter: { waitingOn: 'staff' }, sort: 'updatedAt' },
  waiting: { filter: { state: ['sent', 'identified'], waitingOn: 'applicant' } },
  undelivered: { filter: { state: ['undeliverable'] }, sort: 'receivedAt' },
  locked: { filter: { state: ['locked'] }, sort: 'updatedAt' },
  expired: { filter: { state: ['expired'] }, sort: 'updatedAt' },
  done: { filter: { state: ['registered', 'linked'] }, sort: 'updatedAt' },
  all: { filter: {}, sort: 'receivedAt' },
} as const satisfies Readonly<Record<string, BoardView>>;
export type RegistrationView = keyof typeof views;

export const viewNames = Object.keys(views) as RegistrationView[];
/** The view the board opens with. */
const firstView: RegistrationView = 'waiting';

/** The view of the address; one that is not known is the one it opens with. */
export function viewOf(values: ListAddress): RegistrationView {
  return viewNames.find((name) => name === values.view?.[0]) ?? firstView;
}

type ListAddress = Readonly<Record<string, readonly string[]>>;

/** What is asked of the address to get to a view, sorted as it is at first. */
export function addressOfView(name: RegistrationView): Readonly<Record<string, string | undefined>> {
  const { sort }: BoardView = views[name];
  return { view: name, sort, order: sort && 'desc' };
}

/** What the board asks the list of cases for; a campaign that is named narrows every view. */
export function queryOfBoard(values: ListAddress): ListQuery {
  const campaignId = values.campaignId?.[0];
  return { ...views[viewOf(values)].filter, ...(campaignId && { campaignId }) };
}
