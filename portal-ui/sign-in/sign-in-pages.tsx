import { Problem } from '../../contract/problems.ts';
import { readSession, signIn, signOut } from '../../contract/routes/public/session.ts';
import { looksLikeAccessCode } from '../../contract/rules.ts';
import { placeAfterSignIn } from '../account/session-over.ts';
import { PageForm } from '../forms/PageForm.tsx';
import { PasswordField } from '../forms/PasswordField.tsx';
import { passwordWords } from '../forms/password-words.ts';
import { TextField } from '../forms/TextField.tsx';
import { LinkButton } from '../layout/LinkButton.tsx';
import type { FieldError, Page, Shown, Taken, Told } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { signInWords } from './words.ts';

const fields = { login: 'login', password: 'pw' } as const;

const signInPage: Page = {
  path: '/sign-in',
  show: async (visit, told) => {
    const username = await signedInAs(visit);
    if (username !== undefined) return { to: pageAddress(visit, placeAfterSignIn(visit, username)) };
    visit.hasAccountSession = false; // over, whatever the browser still carries: the toolbar offers no sign-out
    return signInShown(visit, told);
  },
  take: async (visit) => {
    const [login, password] = [visit.typed.text('login'), visit.typed.raw('password')];
    const missing = missingFields(visit, login, password);
    if (missing.length > 0) return { errors: missing };
    try {
      const { account } = await visit.call(signIn, { ...ofPortal(visit), body: { login, password } });
      return { to: pageAddress(visit, placeAfterSignIn(visit, account.username)) };
    } catch (error) {
      if (!(error instanceof Problem) || !refusals.includes(error.code)) throw error;
      return refused(visit, login, password);
    }
  },
};

/** A text that is too long to be anybody's is refused like a wrong one. */
const refusals: readonly string[] = ['login_unsuccessful', 'validation_failed'];

async function signedInAs(visit: Visit): Promise<string | undefined> {
  if (!visit.hasAccountSession) return undefined;
  try {
    const { account } = await visit.call(readSession, ofPortal(visit));
    return account.username;
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_signed_in') return undefined;
    throw error;
  }
}

function missingFields(visit: Visit, login: string, password: string): FieldError[] {
  return [
    ...(login === '' ? [{ field: fields.login, message: signInWords[visit.language].typeUsername }] : []),
    ...(password === '' ? [{ field: fields.password, message: passwordWords[visit.language].typePassword }] : []),
  ];
}

/** Always alike, but for what the form of a text alone tells: an access code belongs elsewhere. */
function refused(visit: Visit, login: string, password: string): Taken {
  const words = signInWords[visit.language];
  if (looksLikeAccessCode(login)) return { errors: [{ field: fields.login, message: words.isCode }] };
  if (looksLikeAccessCode(password)) return { errors: [{ field: fields.password, message: words.isCode }] };
  return { errors: [{ field: fields.login, message: words.refused }] };
}

function signInShown(visit: Visit, told: Told): Shown {
  const words = signInWords[visit.language];
  const { language, portal } = visit;
  const refusal = told.errors.find(({ message }) => message === words.refused || message === words.isCode);
  const offersEmail = portal.signInBy.includes('email');
  const notice = noticeOf(visit);
  return {
    title: words.title,
    body: (
      <>
        {notice}
        <PageForm visit={visit}>
          <h1>{words.title}</h1>
          <TextField
            name="login"
            id={fields.login}
            label={offersEmail ? words.usernameOrEmail : words.username}
            told={told}
            language={language}
            initial={visit.kept.account?.username ?? visit.kept.opened ?? visit.kept.registered?.username}
            input={{ autoComplete: 'username', spellCheck: false, autoCapitalize: 'none' }}
          />
          <PasswordField
            name="password"
            id={fields.password}
            label={words.password}
            told={told}
            language={language}
            autoComplete="current-password"
          />
          <button className="btn" type="submit">
            {words.signIn}
          </button>
        </PageForm>
        <p>
          <a href={pageAddress(visit, '/help')}>{words.forgot}</a>
        </p>
        {refusal?.message === words.isCode && <CodeHint visit={visit} />}
        {refusal && <WhatToCheck visit={visit} />}
      </>
    ),
  };
}

/** Why somebody is here, told once. */
function noticeOf({ kept, language }: Visit) {
  const words = signInWords[language];
  const { notice, after } = kept;
  if (notice !== 'signed_out' && notice !== 'session_over' && notice !== 'sign_in_first') return null;
  delete kept.notice;
  if (notice === 'sign_in_first') {
    return (
      <div className="card wait" role="status">
        <p className="state">{words.signInFirst}</p>
        <p>{words.signInFirstText}</p>
      </div>
    );
  }
  const isOver = notice === 'session_over';
  return (
    <div className={isOver ? 'card wait' : 'card good'} role="status">
      <p className="state">{isOver ? words.sessionOver : words.signedOut}</p>
      <p>
        {isOver ? words.sessionOverText : words.signedOutText} {isOver && after?.typed && words.nothingLost}
      </p>
    </div>
  );
}

function CodeHint({ visit }: { visit: Visit }) {
  const words = signInWords[visit.language];
  return (
    <div className="card">
      <h2 className="first">{words.codeTitle}</h2>
      <p>{words.codeText}</p>
      <LinkButton visit={visit} path="/activate" words={words.openAccount} />
    </div>
  );
}

function WhatToCheck({ visit }: { visit: Visit }) {
  const words = signInWords[visit.language];
  return (
    <>
      <h2>{words.whatToCheck}</h2>
      <ul>
        <li>{words.checkTyping}</li>
        <li>{words.checkChanged}</li>
        <li>
          {words.checkCode} <a href={pageAddress(visit, '/activate')}>{words.checkCodeLink}</a> {words.checkCodeEnd}
        </li>
        <li>
          {words.checkAccount} <GetOne visit={visit} />
        </li>
      </ul>
    </>
  );
}

function GetOne({ visit }: { visit: Visit }) {
  const words = signInWords[visit.language];
  if (!visit.portal.open.includes('application')) return words.askOffice;
  return (
    <>
      <a href={pageAddress(visit, '/apply')}>{words.apply}</a>
      {words.orAskOffice}
    </>
  );
}

/** The toolbar's button posts here. Looked at, it asks first: a link alone signs nobody out. */
const signOutPage: Page = {
  path: '/sign-out',
  show: (visit) => {
    if (!visit.hasAccountSession) return { to: pageAddress(visit, '/sign-in') };
    const words = signInWords[visit.language];
    return {
      title: words.signOutTitle,
      body: (
        <>
          <h1>{words.signOutTitle}</h1>
          <PageForm visit={visit}>
            <button className="btn" type="submit">
              {words.signOut}
            </button>
          </PageForm>
          <p>
            <a href={pageAddress(visit, '/account')}>{words.stay}</a>
          </p>
        </>
      ),
    };
  },
  take: async (visit) => {
    try {
      await visit.call(signOut, ofPortal(visit));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not_signed_in') throw error;
    }
    for (const name of ['account', 'after', 'opened', 'registered', 'status', 'sent', 'apply'] as const)
      delete visit.kept[name];
    visit.kept.notice = 'signed_out';
    return { to: pageAddress(visit, '/sign-in') };
  },
};

export const signInPages: readonly Page[] = [signInPage, signOutPage];

const ofPortal = ({ portal }: Visit) => ({ params: { portal: portal.portal } });
