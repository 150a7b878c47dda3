import type { FieldError, Told } from '../page.ts';
import type { Visit } from '../visit.ts';
import { termsWords } from '../words/terms.ts';
import { PageForm } from './PageForm.tsx';
import { ErrorText } from './TextField.tsx';

const field = 'accept';

/** What is wrong with the form of the terms; undefined: they were accepted. */
export function termsNotAccepted({ typed, language }: Visit): FieldError | undefined {
  return typed.text('acceptTerms') === 'yes' ? undefined : { field, message: termsWords[language].tickTerms };
}

/** The error of a form that accepted terms which are no longer the newest. */
export function termsHaveChanged({ language }: Visit): FieldError {
  return { field, message: termsWords[language].termsChanged };
}

/** The version that was read. */
export const readTermsVersion = ({ typed }: Visit): string => typed.text('termsVersion');

/** The terms in full, the box to tick, and the button with these words. */
export function TermsForm({ visit, told, button }: { visit: Visit; told: Told; button: string }) {
  const words = termsWords[visit.language];
  const { terms } = visit.portal;
  const { isForeign, languageName } = languageOfTerms(visit);
  const error = told.errors.find((one) => one.field === field);
  // A tick stands for the text that was read: it does not pass on to newer terms.
  const isTicked = told.typed.text('acceptTerms') === 'yes' && told.typed.text('termsVersion') === terms.version;
  return (
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
        {button}
      </button>
    </PageForm>
  );
}

function languageOfTerms({ portal, language }: Visit) {
  const written = new Intl.Locale(portal.locale).language;
  const languageName = new Intl.DisplayNames([language], { type: 'language' }).of(written) ?? written;
  return { written, isForeign: written !== language, languageName };
}

/** The whole text, in the language it is written in. */
function TermsText({ visit }: { visit: Visit }) {
  const words = termsWords[visit.language];
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
