import { Problem } from '../../contract/problems.ts';
import { completeActivation } from '../../contract/routes/public/activations.ts';
import { readTermsVersion, TermsForm, termsHaveChanged, termsNotAccepted } from '../forms/TermsForm.tsx';
import type { Page, Taken } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { termsWords } from '../words/terms.ts';
import { paramsOf, showStep, stepPage, takeStep, wordsOf } from './steps.tsx';

/** Step 6: the terms in full, and the button that opens the account. */
export const termsPage: Page = {
  path: '/activate/terms',
  show: (visit, told) =>
    showStep(visit, 'terms', (walk) => {
      const words = wordsOf(visit);
      const body = (
        <>
          <TermsForm visit={visit} told={told} button={words.openAccount} />
          <p>{words.notAccept}</p>
        </>
      );
      return stepPage(visit, { step: 'terms', title: termsWords[visit.language].termsTitle, walk, body });
    }),
  take: (visit) =>
    takeStep(visit, async () => {
      const error = termsNotAccepted(visit);
      return error ? { errors: [error] } : complete(visit);
    }),
};

async function complete(visit: Visit): Promise<Taken> {
  try {
    const body = { acceptTerms: true as const, termsVersion: readTermsVersion(visit) };
    const { username } = await visit.call(completeActivation, { params: paramsOf(visit), body });
    visit.kept.opened = username;
    delete visit.kept.activation;
    return { to: pageAddress(visit, '/activate/done') };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    switch (error.code) {
      case 'terms_changed':
      case 'validation_failed': // the form named no version
        return { errors: [termsHaveChanged(visit)], status: 409 };
      case 'username_taken': // that page says so
        return { to: pageAddress(visit, '/activate/credentials') };
      default:
        throw error;
    }
  }
}
