import { Problem } from '../../contract/problems.ts';
import { changeOwnEmail, confirmOwnEmail, readMe } from '../../contract/routes/public/me.ts';
import { emailKey, figures } from '../../contract/rules.ts';
import { timeInWords } from '../../contract/words.ts';
import { MaskedAddress } from '../activate/masked-address.tsx';
import { PageForm } from '../forms/PageForm.tsx';
import { PasswordField } from '../forms/PasswordField.tsx';
import { passwordWords } from '../forms/password-words.ts';
import { emailError } from '../forms/read-email.ts';
import { TextField } from '../forms/TextField.tsx';
import type { FieldError, Shown, Taken, Told } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import type { Me } from './overview.tsx';
import { tellSaved } from './saved.tsx';
import type { AccountPage } from './session-over.ts';
import { accountWords } from './words.ts';

const fields = { email: 'email', password: 'now', code: 'digits' } as const;

/** A new address, and the password; the 8 numbers go to the new mailbox. */
export const emailPage: AccountPage = {
  path: '/account/email',
  keeps: ['email'],
  show: async (visit, told) => {
    return emailShown(visit, told, await visit.call(readMe, ofPortal(visit)));
  },
  take: async (visit) => {
    const [email, currentPassword] = [visit.typed.text('email'), visit.typed.raw('password')];
    const errors = emailErrors(visit, email, currentPassword);
    if (errors.length > 0) return { errors };
    try {
      const { codeExpiresAt } = await visit.call(changeOwnEmail, {
        ...ofPortal(visit),
        body: { email, currentPassword },
      });
      const { username } = await visit.call(readMe, ofPortal(visit));
      visit.kept.account = { username, newEmail: { address: email, endsAt: codeExpiresAt } };
      return { to: pageAddress(visit, codePage.path) };
    } catch (error) {
      const refusal = error instanceof Problem ? emailRefused(visit, error) : undefined;
      if (!refusal) throw error;
      return { errors: [refusal] };
    }
  },
};

function emailErrors(visit: Visit, email: string, password: string): FieldError[] {
  const wrong = emailError(email, visit.language);
  return [
    ...(wrong ? [{ field: fields.email, message: wrong }] : []),
    ...(password === '' ? [{ field: fields.password, message: passwordWords[visit.language].typePassword }] : []),
  ];
}

function emailRefused(visit: Visit, problem: Problem): FieldError | undefined {
  const words = accountWords[visit.language];
  const { code, errors = {}, retryAfterSeconds = 0 } = problem;
  if (code === 'mailed_recently') {
    const isLast = retryAfterSeconds > figures.personalMails.apartSeconds;
    return { field: fields.email, message: isLast ? words.mailedOften : words.mailedNow };
  }
  if (code !== 'validation_failed') return undefined;
  return errors.currentPassword === undefined
    ? { field: fields.email, message: words.sameEmail }
    : { field: fields.password, message: words.passwordNowWrong };
}

function emailShown(visit: Visit, told: Told, { username, pendingEmailHint }: Me): Shown {
  const words = accountWords[visit.language];
  const shared = { told, language: visit.language };
  return {
    title: words.emailTitle,
    journey: words.title,
    back: { path: '/account', words: words.back },
    body: (
      <>
        <PageForm visit={visit}>
          <h1>{words.emailTitle}</h1>
          <TextField
            {...shared}
            name="email"
            id={fields.email}
            label={words.newEmail}
            hint={words.newEmailHint}
            initial={visit.kept.account?.newEmail?.address}
            input={{ type: 'email', autoComplete: 'email', spellCheck: false, autoCapitalize: 'none' }}
          />
          <input type="hidden" name="username" autoComplete="username" defaultValue={username} />
          <PasswordField
            {...shared}
            name="password"
            id={fields.password}
            label={words.passwordNow}
            shows={words.showsPasswordNow}
            autoComplete="current-password"
          />
          <button className="btn" type="submit">
            {words.sendNumbers}
          </button>
        </PageForm>
        {pendingEmailHint !== null && (
          <p>
            {words.haveNumbers} <a href={pageAddress(visit, codePage.path)}>{words.typeNumbers}</a>
          </p>
        )}
      </>
    ),
  };
}

/** The 8 numbers from the new mailbox. New ones are asked for where the address is given, with the password. */
export const codePage: AccountPage = {
  path: '/account/email-code',
  show: async (visit, told) => {
    const me = await visit.call(readMe, ofPortal(visit));
    const waits = me.pendingEmailHint !== null || told.errors.length > 0;
    return waits ? codeShown(visit, told, me) : { to: pageAddress(visit, emailPage.path) };
  },
  take: async (visit) => {
    const words = accountWords[visit.language];
    const code = visit.typed.text('code');
    if (code === '') return { errors: [{ field: fields.code, message: words.typeDigits }] };
    try {
      await visit.call(confirmOwnEmail, { ...ofPortal(visit), body: { code } });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return codeRefused(visit, error);
    }
    return emailChanged(visit);
  },
};

async function codeRefused(visit: Visit, problem: Problem): Promise<Taken> {
  const words = accountWords[visit.language];
  const wrong = (message: string) => ({ errors: [{ field: fields.code, message }] });
  if (problem.code === 'validation_failed') return wrong(words.emailInUse);
  if (problem.code !== 'code_not_accepted') throw problem;
  const { triesLeft = 0 } = problem.extra;
  if (triesLeft > 0) return wrong(words.digitsWrong(triesLeft));
  return (await wasChangedAlready(visit)) ? emailChanged(visit) : wrong(words.digitsDead);
}

/** The button was pressed twice: the first press used the numbers. */
async function wasChangedAlready(visit: Visit): Promise<boolean> {
  const asked = visit.kept.account?.newEmail?.address;
  const { email } = await visit.call(readMe, ofPortal(visit));
  return asked !== undefined && emailKey(asked) === emailKey(email);
}

function emailChanged(visit: Visit): Taken {
  if (visit.kept.account) visit.kept.account = { username: visit.kept.account.username };
  tellSaved(visit, 'email');
  return { to: pageAddress(visit, '/account') };
}

function codeShown(visit: Visit, told: Told, { pendingEmailHint }: Me): Shown {
  const words = accountWords[visit.language];
  return {
    title: words.digitsTitle,
    journey: words.title,
    back: { path: '/account', words: words.back },
    body: (
      <>
        <PageForm visit={visit}>
          <TextField
            name="code"
            id={fields.code}
            label={words.digitsTitle}
            told={told}
            language={visit.language}
            hint={pendingEmailHint !== null && <SentTo visit={visit} hint={pendingEmailHint} />}
            isHeading
            input={{ className: 'code code8', inputMode: 'numeric', autoComplete: 'one-time-code', spellCheck: false }}
          />
          <button className="btn" type="submit">
            {formWords[visit.language].continue}
          </button>
        </PageForm>
        <p>
          <a href={pageAddress(visit, emailPage.path)}>{words.sendAgain}</a>
        </p>
        <p className="hint">
          {words.emailFrom} <strong>{visit.portal.sender.address}</strong>
          {words.emailFromText}
        </p>
        <p>{words.stillOld}</p>
      </>
    ),
  };
}

/** Whole where it was typed in this browser, so that a slip is seen; masked elsewhere. */
function SentTo({ visit, hint }: { visit: Visit; hint: string }) {
  const words = accountWords[visit.language];
  const asked = visit.kept.account?.newEmail;
  const ends = asked && new Date(asked.endsAt);
  const until = ends && ends > visit.now && timeInWords(ends, visit.portal.timeZone, visit.locale);
  return (
    <>
      {words.sentTo}{' '}
      {asked ? <strong>{asked.address}</strong> : <MaskedAddress hint={hint} language={visit.language} />}.{' '}
      {until && words.workUntil(until).replace(/[^.]$/, '$&.')}
    </>
  );
}

const ofPortal = ({ portal }: Visit) => ({ params: { portal: portal.portal } });
