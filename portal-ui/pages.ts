import { accountPages } from './account/account-pages.ts';
import { activatePages } from './activate/activate-pages.tsx';
import { applyPages } from './apply/apply-pages.tsx';
import { forgetPage } from './forget/forget-page.tsx';
import { notMePages } from './not-me/not-me-pages.tsx';
import type { Page } from './page.ts';
import { readingPages } from './reading/reading-pages.tsx';
import { registerPages } from './register/register-pages.ts';
import { signInPages } from './sign-in/sign-in-pages.tsx';
import { statusPages } from './status/status-pages.tsx';

/** Every page below `/p/{portal}`. A new journey brings its own list. */
export const pages: readonly Page[] = [
  ...applyPages,
  ...activatePages,
  ...registerPages,
  ...statusPages,
  ...signInPages,
  ...accountPages,
  ...notMePages,
  ...readingPages,
  forgetPage,
];
