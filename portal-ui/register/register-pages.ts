import type { Page } from '../page.ts';
import { disclaimerPage } from './disclaimer-page.tsx';
import { donePage } from './done-page.tsx';
import { identificationPage } from './identification-page.tsx';
import { linkPages } from './link-pages.ts';
import { profilePage } from './profile-page.tsx';
import { startPage } from './start-page.tsx';
import { verificationPage } from './verification-page.tsx';

/** Registering with the link of a registration e-mail. */
export const registerPages: readonly Page[] = [
  startPage,
  ...linkPages,
  identificationPage,
  profilePage,
  verificationPage,
  disclaimerPage,
  donePage,
];
