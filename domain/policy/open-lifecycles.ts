import type { CaseKind } from '../case.ts';
import type { Policy } from './policy.ts';

/**
 * What a portal's pages offer people to begin with: the form where it is open, else the link that the practice sends them. A link
 * works at every portal whose staff sent it, offered or not.
 */
export function openLifecycles({ application }: Pick<Policy, 'application'>): CaseKind[] {
  return application.open ? ['application'] : ['registration'];
}
