import type { Page } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { Prose } from './Prose.tsx';
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
          {!isOpen && <HowToGetOne visit={visit} />}
        </>
      ),
    };
  },
};

/** Where nobody applies online: how an account is got all the same. */
function HowToGetOne({ visit }: { visit: Visit }) {
  const words = readingWords[visit.language];
  if (!visit.portal.open.includes('registration')) {
    return (
      <p className="note">
        {words.noApplying}. {words.noApplyingText}
      </p>
    );
  }
  return (
    <>
      <h2>{words.howToGetOne}</h2>
      <p>
        <Prose visit={visit}>{words.byInvitation}</Prose>
      </p>
      <p>
        <Prose visit={visit}>{words.noInvitation}</Prose>
      </p>
    </>
  );
}

function waysOf(visit: Visit): { path: string; label: string; text: string }[] {
  const words = readingWords[visit.language];
  const { open, promiseBusinessDays } = visit.portal;
  const isOpen = open.includes('application');
  const apply = { path: '/apply', label: words.apply, text: words.applyText(promiseBusinessDays) };
  const register = { path: '/register', label: words.register, text: words.registerText };
  const follow = { path: '/status', label: words.follow, text: words.followText };
  const haveCode = { path: '/activate', label: words.haveCode, text: words.haveCodeText };
  const account = visit.hasAccountSession
    ? { path: '/account', label: words.myAccount, text: words.myAccountText }
    : { path: '/sign-in', label: words.signIn, text: words.signInText };
  const invited = open.includes('registration') ? [register] : [];
  // What most people come for stands first. Applications from before the portal closed them go on.
  return isOpen ? [apply, follow, haveCode, ...invited, account] : [...invited, account, follow, haveCode];
}
