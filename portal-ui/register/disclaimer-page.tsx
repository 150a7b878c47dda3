import { Problem } from '../../contract/problems.ts';
import { completeRegistration } from '../../contract/routes/public/registrations.ts';
import { readTermsVersion, TermsForm, termsHaveChanged, termsNotAccepted } from '../forms/TermsForm.tsx';
import type { Page, Taken } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { termsWords } from '../words/terms.ts';
import { addressInUsePage } from './ended-pages.tsx';
import { donePath, paramsOf, pathOf, showStep, stepPage, takeStep, wordsOf } from './steps.tsx';

/** The last step: the terms in full, and the button that uses the link up. */
export const disclaimerPage: Page = {
  path: pathOf('disclaimer'),
  show: (visit, told) =>
    showStep(visit, 'disclaimer', (walk) => {
      const words = wordsOf(visit);
      const isLinking = walk.steps.includes('verification');
      const body = (
        <>
          <TermsForm visit={visit} told={told} button={isLinking ? words.addToAccount : words.openAccount} />
          <p>{isLinking ? words.notAcceptLinked : words.notAccept}</p>
        </>
      );
      return stepPage(visit, { walk, title: termsWords[visit.language].termsTitle, body });
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
    const { outcome, username, practice } = await visit.call(completeRegistration, { params: paramsOf(visit), body });
    visit.kept.registered = { outcome, ...(username !== undefined && { username }), ...(practice && { practice }) };
    delete visit.kept.registration;
    return { to: pageAddress(visit, donePath) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    switch (error.code) {
      case 'terms_changed':
        return { errors: [termsHaveChanged(visit)], status: 409 };
      case 'validation_failed': // the address is in use by now, or the form named no version
        if (error.errors?.email) return { shown: addressInUsePage(visit) };
        return { errors: [termsHaveChanged(visit)], status: 409 };
      case 'username_taken': // that page says so
        visit.kept.registration = { ...visit.kept.registration, isTaken: true };
        return { to: pageAddress(visit, pathOf('profile')) };
      default:
        throw error;
    }
  }
}
