import type { CaseKind } from '../case.ts';
import type { Policy } from './policy.ts';

/** What people can begin with at a portal: the form, where it is open; a link they were sent, everywhere. */
export function openLifecycles({ application }: Pick<Policy, 'application'>): CaseKind[] {
  return [...(application.open ? (['application'] as const) : []), 'registration'];
}
