import type { QueryValue } from '../../contract/client.ts';
import type { CaseRow } from '../cases/case.ts';

export type ViewName =
  | 'open'
  | 'unassigned'
  | 'mine'
  | 'staff'
  | 'applicant'
  | 'late'
  | 'delivery'
  | 'expiring'
  | 'closed'
  | 'all'
  | `own-${number}`;

export type Sort = 'dueAt' | 'receivedAt' | 'expiresAt' | 'updatedAt' | 'reference';

/** A saved view: what it asks the list of cases for. */
export interface View {
  name: ViewName;
  /** What a view of one's own was called; the others have their word. */
  label?: string;
  filter: Readonly<Record<string, QueryValue>>;
  sort: Sort;
  order: 'asc' | 'desc';
  /** Only what ends within so many days; the list gives what ends first, the rest is left away here. */
  endsWithinDays?: number;
  /** Its number is not asked for: all that ever was. */
  isUncounted?: boolean;
}

const open = ['staff', 'applicant', 'patient', 'engine'] as const;
const byPromise = { sort: 'dueAt', order: 'asc' } as const;

export const views: readonly View[] = [
  { name: 'open', filter: { waitingOn: open }, ...byPromise },
  { name: 'unassigned', filter: { waitingOn: 'staff', assignee: 'none' }, ...byPromise },
  { name: 'mine', filter: { waitingOn: open, assignee: 'me' }, ...byPromise },
  { name: 'staff', filter: { waitingOn: 'staff' }, ...byPromise },
  { name: 'applicant', filter: { waitingOn: ['applicant', 'patient'] }, ...byPromise },
  { name: 'late', filter: { sla: 'late', waitingOn: open }, ...byPromise },
  { name: 'delivery', filter: { flag: ['mail_refused', 'mail_unknown'], waitingOn: open }, ...byPromise },
  {
    name: 'expiring',
    filter: { state: ['approved', 'code_sent', 'waiting_on_applicant', 'draft', 'sent', 'identified'] },
    sort: 'expiresAt',
    order: 'asc',
    endsWithinDays: 7,
  },
  {
    name: 'closed',
    filter: { state: ['activated', 'rejected', 'withdrawn', 'closed', 'registered', 'linked', 'cancelled'] },
    sort: 'updatedAt',
    order: 'desc',
    isUncounted: true,
  },
];

/** Everything, for a search that found nothing in a view. */
const all: View = { name: 'all', filter: {}, sort: 'updatedAt', order: 'desc', isUncounted: true };

export const firstView = views[0] as View;

/** `known` = everybody's and one's own. */
export function viewNamed(name: string | null, known: readonly View[] = views): View {
  if (name === 'all') return all;
  return known.find((view) => view.name === name) ?? firstView;
}

export const perPage = 25;
/** The most a page of the list holds: for views that are cut off here. */
export const mostPerPage = 100;

/** Rows of a view that ends by a date: the list is sorted by it. */
export function withinView(view: View, rows: readonly CaseRow[], now: Date): readonly CaseRow[] {
  const { endsWithinDays } = view;
  if (endsWithinDays === undefined) return rows;
  const end = now.getTime() + endsWithinDays * 24 * 3_600_000;
  return rows.filter(({ expiresAt }) => expiresAt !== null && new Date(expiresAt).getTime() <= end);
}
