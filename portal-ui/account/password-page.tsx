import { Problem } from '../../contract/problems.ts';
import { changePassword, readMe } from '../../contract/routes/public/me.ts';
import { PageForm } from '../forms/PageForm.tsx';
import { PasswordField, PasswordRules } from '../forms/PasswordField.tsx';
import { newPasswordError } from '../forms/password-error.ts';
import { passwordWords } from '../forms/password-words.ts';
import type { FieldError, Shown, Told } from '../page.ts';
import { pageAddress, type Visit } from '../visit.ts';
import type { Me } from './overview.tsx';
import { tellSaved } from './saved.tsx';
import type { AccountPage } from './session-over.ts';
import { accountWords } from './words.ts';

const fields = { current: 'now', next: 'new' } as const;

/** A new password, against the one that works now. Neither is ever given back or kept. */
export const passwordPage: AccountPage = {
  path: '/account/password',
  show: async (visit, told) => passwordShown(visit, told, await visit.call(readMe, ofPortal(visit))),
  take: async (visit) => {
    const [currentPassword, newPassword] = [visit.typed.raw('currentPassword'), visit.typed.raw('newPassword')];
    const errors = passwordErrors(visit, currentPassword, newPassword);
    if (errors.length > 0) return { errors };
    try {
      await visit.call(changePassword, { ...ofPortal(visit), body: { currentPassword, newPassword } });
    } catch (error) {
      const refusal = error instanceof Problem ? passwordRefused(visit, error, newPassword) : undefined;
      if (!refusal) throw error;
      return { errors: [refusal] };
    }
    tellSaved(visit, 'password');
    return { to: pageAddress(visit, '/account') };
  },
};

function passwordErrors(visit: Visit, current: string, next: string): FieldError[] {
  const wrong = newPasswordError(next, visit);
  return [
    ...(current === '' ? [{ field: fields.current, message: passwordWords[visit.language].typePassword }] : []),
    ...(wrong ? [{ field: fields.next, message: wrong }] : []),
  ];
}

function passwordRefused(visit: Visit, { code, extra }: Problem, next: string): FieldError | undefined {
  if (code === 'validation_failed') {
    return { field: fields.current, message: accountWords[visit.language].passwordNowWrong };
  }
  if (code !== 'password_not_allowed') return undefined;
  const message = newPasswordError(next, visit, extra.reason ?? 'common');
  return message === undefined ? undefined : { field: fields.next, message };
}

function passwordShown(visit: Visit, told: Told, { username, email, firstName }: Me): Shown {
  const words = accountWords[visit.language];
  const shared = { told, language: visit.language };
  const emailName = email.slice(0, Math.max(0, email.lastIndexOf('@')));
  return {
    title: words.passwordTitle,
    journey: words.title,
    back: { path: '/account', words: words.back },
    body: (
      <PageForm visit={visit}>
        <h1>{words.passwordTitle}</h1>
        <input type="hidden" name="username" autoComplete="username" defaultValue={username} />
        <PasswordField
          {...shared}
          name="currentPassword"
          id={fields.current}
          label={words.passwordNow}
          shows={words.showsPasswordNow}
          autoComplete="current-password"
        />
        <PasswordField
          {...shared}
          name="newPassword"
          id={fields.next}
          label={words.newPassword}
          hint={passwordWords[visit.language].hint}
          shows={words.showsNewPassword}
          autoComplete="new-password"
          rules={<PasswordRules id={fields.next} visit={visit} without={[username, firstName, emailName]} />}
        />
        <p>{words.elsewhere}</p>
        <button className="btn" type="submit">
          {words.changeMyPassword}
        </button>
      </PageForm>
    ),
  };
}

const ofPortal = ({ portal }: Visit) => ({ params: { portal: portal.portal } });
