import { Problem } from '../../contract/problems.ts';
import { completeActivation } from '../../contract/routes/public/activations.ts';
import { PageForm } from '../forms/PageForm.tsx';
import { ErrorText } from '../forms/TextField.tsx';
import type { Page, Taken, Told } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { paramsOf, showStep, stepPage, takeStep, wordsOf } from './steps.tsx';

const field = 'accept';

/** Step 6: the terms in full, and the button that opens the account. */
export const termsPage: Page = {
  path: '/activate/terms',
  show: (visit, told) =>
    showStep(visit, 'terms', (walk) =>
      stepPage(visit, { step: 'terms', title: wordsOf(visit).termsTitle, walk, body: termsBody(visit, told) }),
    ),
  take: (visit) =>
    takeStep(visit, async () => {
      const words = wordsOf(visit);
      if (visit.typed.text('acceptTerms') !== 'yes') return { errors: [{ field, message: words.tickTerms }] };
      return complete(visit);
    }),
};

async function complete(visit: Visit): Promise<Taken> {
  const termsVersion = visit.typed.text('termsVersion');
  try {
    const body = { acceptTerms: true as const, termsVersion };
    const { username } = await visit.call(completeActivation, { params: paramsOf(visit), body });
    visit.kept.opened = username;
    delete visit.kept.activation;
    return { to: pageAddress(visit, '/activate/done') };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    switch (error.code) {
      case 'terms_changed':
      case 'validation_failed': // the form named no version
        return { errors: [{ field, message: wordsOf(visit).termsChanged }], status: 409 };
      case 'username_taken': // that page says so
        return { to: pageAddress(visit, '/activate/credentials') };
      default:
        throw error;
    }
  }
}

function termsBody(visit: Visit, told: Told) {
  const words = wordsOf(visit);
  const { terms } = visit.portal;
  const { isForeign, languageName } = languageOfTerms(visit);
  const error = told.errors.find((one) => one.field === field);
  // A tick stands for the text that was read: it does not pass on to newer terms.
  const isTicked = told.typed.text('acceptTerms') === 'yes' && told.typed.text('termsVersion') === terms.version;
  return (
    <>
      <PageForm visit={visit}>
        <h1>{words.termsTitle}</h1>
        <p>
          <a href={`#${field}`}>{words.termsEnd}</a>
        </p>
        <TermsText visit={visit} />
        <input type="hidden" name="termsVersion" value={terms.version} />
        <div className={error ? 'q err' : 'q'}>
          <ErrorText id={field} error={error?.message} language={visit.language} />
          <label className="pick">
            <input
              type="checkbox"
              id={field}
              name="acceptTerms"
              value="yes"
              defaultChecked={isTicked}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${field}-e` : undefined}
            />
            <span>{isForeign ? words.acceptForeign(languageName) : words.accept}</span>
          </label>
        </div>
        <button className="btn" type="submit">
          {words.openAccount}
        </button>
      </PageForm>
      <p>{words.notAccept}</p>
    </>
  );
}

function languageOfTerms({ portal, language }: Visit) {
  const written = new Intl.Locale(portal.locale).language;
  const languageName = new Intl.DisplayNames([language], { type: 'language' }).of(written) ?? written;
  return { written, isForeign: written !== language, languageName };
}

/** The whole text, in the language it is written in. */
function TermsText({ visit }: { visit: Visit }) {
  const words = wordsOf(visit);
  const { title, version, text } = visit.portal.terms;
  const { written, isForeign, languageName } = languageOfTerms(visit);
  return (
    <>
      {isForeign && <p className="note">{words.termsLanguage(languageName)}</p>}
      <section className="terms" aria-labelledby="terms-t">
        <h2 id="terms-t" lang={isForeign ? written : undefined}>
          {title}
        </h2>
        <p>{words.termsVersion(version)}</p>
        <div lang={isForeign ? written : undefined}>
          {paragraphsOf(text).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </section>
    </>
  );
}

/** Blank lines part paragraphs. */
export function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean);
}
