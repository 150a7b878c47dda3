import { z } from 'zod';
import { listDefaults } from '../list-query.ts';
import { caseFilters } from './case.ts';
import { lineText } from './scalars.ts';

export const mostSavedViews = 20;

/** Alternatives of one filter, as the list takes them. */
function some<S extends z.ZodType>(value: S) {
  return z.array(value).min(1).max(listDefaults.mostValues).optional();
}

/** A view of the queue of a member's own: codes only. What is searched for is never kept, for it may be a name. */
export const savedView = z
  .strictObject({
    name: lineText(1, 40),
    filters: z.strictObject({
      kind: some(caseFilters.kind),
      state: some(caseFilters.state),
      waitingOn: some(caseFilters.waitingOn),
      assignee: some(caseFilters.assignee),
      portal: some(caseFilters.portal),
      sla: some(caseFilters.sla),
      flag: some(caseFilters.flag),
    }),
    sort: z.enum(['receivedAt', 'dueAt', 'expiresAt', 'updatedAt', 'reference']).optional(),
    order: z.enum(['asc', 'desc']).optional(),
  })
  .meta({ id: 'SavedView' });
export type SavedView = z.output<typeof savedView>;

/** How a member has the back office. `system` = as the browser has it. */
export const preferences = z
  .strictObject({
    theme: z.enum(['system', 'light', 'dark']),
    language: z.enum(['system', 'en', 'es']),
    keys: z.enum(['on', 'off']).describe('Whether single keys act.'),
    savedViews: z
      .array(savedView)
      .max(mostSavedViews)
      .refine((views) => new Set(views.map(({ name }) => name.toLowerCase())).size === views.length, {
        error: 'Give each view a name of its own.',
      }),
  })
  .meta({ id: 'Preferences' });
export type Preferences = z.output<typeof preferences>;

/** Those of a member who never chose. */
export const defaultPreferences: Preferences = { theme: 'system', language: 'system', keys: 'on', savedViews: [] };
