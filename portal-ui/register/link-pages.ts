import type { LinkReasonClass } from '../../contract/problems.ts';
import type { Page } from '../page.ts';
import { runOutPage, unusablePage } from './ended-pages.tsx';

const runOutPath = '/register/run-out';
const unusablePath = '/register/unusable';

/** Where a refused link leads: a page with an address, which stays when it is read again, larger or in the other language. */
export function refusedLinkPath(reasonClass: LinkReasonClass | undefined): string {
  return reasonClass === 'expired' ? runOutPath : unusablePath;
}

export const linkPages: readonly Page[] = [
  { path: runOutPath, show: runOutPage },
  { path: unusablePath, show: unusablePage },
];
