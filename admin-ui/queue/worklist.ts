import type { QueryValue } from '../../contract/client.ts';
import { Problem } from '../../contract/problems.ts';
import { actOnCase, listCases } from '../../contract/routes/staff/cases.ts';
import { kept } from '../parts/kept.ts';
import type { RegistrationView } from '../registrations/views.ts';
import { call } from '../server/calls.ts';
import type { ViewName } from './views.ts';

/** A view of the queue, or of the board of registrations. */
export type WorklistView = ViewName | `registrations.${RegistrationView}`;

/** The list somebody is going through, so that a case knows the one before and after it. Memory only. */
export interface Worklist {
  view: WorklistView;
  ids: readonly string[];
  /** What the next unclaimed case is looked for with, while the queue is being worked; undefined: just looking. */
  working?: Readonly<Record<string, QueryValue>> | undefined;
}

export const worklist = kept<Worklist | undefined>(undefined);

/** Refusals that say somebody else was first: the next case is tried. */
const taken: readonly string[] = ['not_allowed_now', 'stale_version', 'not_yours_to_do', 'not_found'];

/** Claims the next unclaimed case and answers it; undefined when nothing is left. Throws what else goes wrong. */
export async function claimNext(
  filter: Readonly<Record<string, QueryValue>>,
): Promise<{ id: string; reference: string } | undefined> {
  const query = { ...filter, state: 'submitted', assignee: 'none', sort: 'dueAt', order: 'asc', perPage: 10 };
  const { data } = (await call(listCases, { query })).body;
  for (const { id, version } of data) {
    try {
      const claimed = await call(actOnCase, { params: { caseId: id, action: 'claim' }, body: { version } });
      return { id, reference: claimed.body.reference };
    } catch (error) {
      if (!(error instanceof Problem) || !taken.includes(error.code)) throw error;
    }
  }
  return undefined;
}
