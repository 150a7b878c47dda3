import type { Page } from '../page.ts';
import { contactPage } from './contact-page.tsx';
import { helpPage } from './help-page.tsx';
import { homePage } from './home-page.tsx';
import { privacyPage } from './privacy-page.tsx';
import { signUpPage } from './sign-up-page.tsx';
import { termsPage } from './terms-page.tsx';

/** The pages that are only read. */
export const readingPages: readonly Page[] = [homePage, termsPage, privacyPage, helpPage, contactPage, signUpPage];
