import { phoneAddress, spokenPhone, zoneInWords } from '../../contract/words.ts';
import { mainFormId, PageForm } from '../forms/PageForm.tsx';
import { atLineStart } from '../line-start.ts';
import type { FieldError, Shown } from '../page.ts';
import { PageTooOld } from '../refusals/refusal-pages.tsx';
import { pageAddress, type TextSize, textSizes, type Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { layoutWords } from '../words/layout.ts';

interface DocumentProps {
  visit: Visit;
  shown: Shown;
  errors: readonly FieldError[];
  /** Addresses of the style sheet and the script, which change with their content. */
  assets: { style: string; script: string };
  /** Whether the page has a form of its own for the toolbar's buttons. */
  hasForm: boolean;
}

/** The whole page: skip link, band, tools, the page's own part, help, foot. */
export function Document({ visit, shown, errors, assets, hasForm }: DocumentProps) {
  const words = layoutWords[visit.language];
  const title = [shown.title, shown.journey, visit.portal.name].filter(Boolean).join(' – ');
  return (
    <html lang={visit.language} data-text={visit.textSize === 'normal' ? undefined : visit.textSize}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{errors.length > 0 ? `${words.error} ${title}` : title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.style} />
        <link rel="stylesheet" href={pageAddress(visit, '/theme.css')} />
        <script type="module" src={assets.script} />
      </head>
      <body
        data-language={visit.language}
        data-ends-at={shown.endsAt?.toISOString()}
        data-now={shown.endsAt && visit.now.toISOString()}
        data-zone={shown.endsAt && visit.portal.timeZone}
        data-zone-name={shown.endsAt && zoneInWords(shown.endsAt, visit.portal.timeZone, visit.locale)}
      >
        {hasForm && (
          // The first button of a form is the one that Enter presses: it must not be one of the toolbar's.
          <button className="vh" type="submit" form={mainFormId} tabIndex={-1} aria-hidden="true" />
        )}
        <a className="skip" href="#main">
          {words.skip}
        </a>
        <header className="top">
          <div className="wrap">
            <a className="brand" href={pageAddress(visit, '/')}>
              <span className="logo" aria-hidden="true" />
              {visit.portal.name}
            </a>
          </div>
        </header>
        <Toolbar visit={visit} />
        <div className="wrap body">
          <main className="screen" id="main">
            {shown.back && (
              <a className="back" href={pageAddress(visit, shown.back.path)}>
                {shown.back.words ?? words.back}
              </a>
            )}
            <ErrorSummary visit={visit} errors={errors} />
            <PageTooOld visit={visit} />
            {shown.body}
            {!hasForm && <FormOfToolbar visit={visit} />}
          </main>
          <HelpBox visit={visit} />
        </div>
        <Foot visit={visit} />
      </body>
    </html>
  );
}

/** Bigger text and the other language send what was typed along; nothing is lost. */
function Toolbar({ visit }: { visit: Visit }) {
  const words = layoutWords[visit.language];
  const next = nextTextSize(visit.textSize);
  const other = visit.language === 'en' ? 'es' : 'en';
  return (
    <nav className="toolbar" aria-label={words.settings}>
      <div className="wrap tools">
        <button className="plain" type="submit" name="set" value={`text:${next}`} form={mainFormId}>
          {next === 'normal' ? words.normalText : words.biggerText}
        </button>
        {visit.portal.languages.includes(other) && (
          <button className="plain" type="submit" name="set" value={`lang:${other}`} form={mainFormId} lang={other}>
            {words.otherLanguage}
          </button>
        )}
        {visit.hasAccountSession ? (
          <PageForm visit={visit} action="/sign-out" isSecond className="last">
            <button className="plain" type="submit">
              {words.signOut}
            </button>
          </PageForm>
        ) : (
          <a className="last" href={pageAddress(visit, '/help')}>
            {words.help}
          </a>
        )}
      </div>
    </nav>
  );
}

function nextTextSize(size: TextSize): TextSize {
  return textSizes[(textSizes.indexOf(size) + 1) % textSizes.length] ?? 'normal';
}

/** A page without a question still needs something for the toolbar to send. */
function FormOfToolbar({ visit }: { visit: Visit }) {
  return (
    <form id={mainFormId} method="post" action={pageAddress(visit, visit.path)}>
      <input type="hidden" name="form" value={visit.formToken} />
    </form>
  );
}

/** The same words as at the fields; each leads to its field. It takes the focus, with or without the script. */
function ErrorSummary({ visit, errors }: { visit: Visit; errors: readonly FieldError[] }) {
  if (errors.length === 0) return null;
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: a fieldset would be read as a part of the form
    // biome-ignore-start lint/a11y/noAutofocus: reading goes on here after a refused form, with or without the script
    <div
      className="problem"
      role="group"
      aria-labelledby="problem-t"
      aria-describedby="problem-l"
      tabIndex={-1}
      autoFocus
    >
      <h2 id="problem-t">{formWords[visit.language].problem}</h2>
      <ul id="problem-l">
        {errors.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
    // biome-ignore-end lint/a11y/useSemanticElements: see above
    // biome-ignore-end lint/a11y/noAutofocus: see above
  );
}

function HelpBox({ visit }: { visit: Visit }) {
  const words = layoutWords[visit.language];
  const { phone, hours, email } = visit.portal.support;
  return (
    <aside className="help" aria-labelledby="help-t">
      <h2 id="help-t">{words.stuck}</h2>
      <p>
        <a className="tel" href={phoneAddress(phone)}>
          {spokenPhone(phone)}
        </a>
        <br />
        {atLineStart(hours, visit.language)}
      </p>
      <p>
        <a href={`mailto:${email}`}>{email}</a>
      </p>
      <p>{words.neverAsk}</p>
    </aside>
  );
}

function Foot({ visit }: { visit: Visit }) {
  const words = layoutWords[visit.language];
  const links = [
    ['/help', words.help],
    ['/status', words.follow],
    ['/terms', words.terms],
    ['/privacy', words.privacy],
    ['/contact', words.contact],
  ] as const;
  return (
    <footer className="foot">
      <div className="wrap">
        <ul>
          {links.map(([path, label]) => (
            <li key={path}>
              <a href={pageAddress(visit, path)}>{label}</a>
            </li>
          ))}
        </ul>
        <p>{words.emergency}</p>
      </div>
    </footer>
  );
}
