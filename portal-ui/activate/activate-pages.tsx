import type { Page } from '../page.ts';
import { pageAddress } from '../visit.ts';
import { codePage } from './code-page.tsx';
import { credentialsPage } from './credentials-page.tsx';
import { donePage } from './done-page.tsx';
import { emailCodePage, emailCodesPage } from './email-code-page.tsx';
import { emailPage } from './email-page.tsx';
import { identityPage } from './identity-page.tsx';
import { notificationsPage } from './notifications-page.tsx';
import { duePath, runningWalk } from './steps.tsx';
import { termsPage } from './terms-page.tsx';

/** Where the links of our mails lead: to what is due. Browsers carry the fragment with the code along. */
const startPage: Page = {
  path: '/activate',
  show: async (visit) => {
    const walk = await runningWalk(visit);
    return { to: pageAddress(visit, walk ? duePath(walk) : '/activate/code') };
  },
};

export const activatePages: readonly Page[] = [
  startPage,
  codePage,
  identityPage,
  emailPage,
  emailCodePage,
  emailCodesPage,
  credentialsPage,
  notificationsPage,
  termsPage,
  donePage,
];
