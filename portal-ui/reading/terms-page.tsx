import { languageOf } from '../../contract/words.ts';
import type { Page } from '../page.ts';
import { PrintLink } from './PrintLink.tsx';
import { TermsText } from './TermsText.tsx';
import { readingWords } from './words.ts';

/** The terms of the policy in force. */
export const termsPage: Page = {
  path: '/terms',
  show: (visit) => {
    const { terms, locale } = visit.portal;
    const written = languageOf(locale);
    return {
      title: terms.title,
      body: (
        <>
          <h1 lang={written === visit.language ? undefined : written}>{terms.title}</h1>
          <TermsText visit={visit} />
          <PrintLink>{readingWords[visit.language].print}</PrintLink>
        </>
      ),
    };
  },
};
