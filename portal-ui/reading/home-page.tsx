import type { Page } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { readingWords } from './words.ts';

/** The portal's first page: what one can do here, each with one line. */
export const homePage: Page = {
  path: '/',
  show: (visit) => {
    const words = readingWords[visit.language];
    const isOpen = visit.portal.open.includes('application');
    return {
      title: words.title,
      body: (
        <>
          <h1>{words.welcome(visit.portal.name)}</h1>
          <noscript>
            <p className="note">{words.noScript}</p>
          </noscript>
          <div className="card wait" data-cookies-off hidden>
            <p className="state">{words.noCookiesTitle}</p>
            <p>{words.noCookies}</p>
          </div>
          <h2 className="first">{words.what}</h2>
          <ul className="ways">
            {waysOf(visit).map(({ path, label, text }) => (
              <li key={path}>
                <a href={pageAddress(visit, path)}>{label}</a>
                <p>{text}</p>
              </li>
            ))}
          </ul>
          {!isOpen && (
            <p className="note">
              {words.noApplying}. {words.noApplyingText}
            </p>
          )}
        </>
      ),
    };
  },
};

function waysOf(visit: Visit): { path: string; label: string; text: string }[] {
  const words = readingWords[visit.language];
  const { open, promiseBusinessDays } = visit.portal;
  const isOpen = open.includes('application');
  const apply = { path: '/apply', label: words.apply, text: words.applyText(promiseBusinessDays) };
  const account = visit.hasAccountSession
    ? { path: '/account', label: words.myAccount, text: words.myAccountText }
    : { path: '/sign-in', label: words.signIn, text: words.signInText };
  return [
    ...(isOpen ? [apply] : []),
    { path: '/status', label: words.follow, text: words.followText },
    { path: '/activate', label: words.haveCode, text: words.haveCodeText },
    account,
  ];
}
