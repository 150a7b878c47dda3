import { Problem } from '../../contract/problems.ts';
import { chooseCredentials } from '../../contract/routes/public/activations.ts';
import { PageForm } from '../forms/PageForm.tsx';
import { PasswordField, PasswordRules } from '../forms/PasswordField.tsx';
import { passwordWords } from '../forms/password-words.ts';
import { TextField } from '../forms/TextField.tsx';
import type { FieldError, Page, Taken, Told } from '../page.ts';
import type { Visit } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { credentialFields, passwordError, usernameError } from './credential-errors.ts';
import { onward, paramsOf, showStep, stepPage, takeStep, wordsOf } from './steps.tsx';

const { username: usernameField, password: passwordField } = credentialFields;

/** Step 4: username and password. The last step may lead back here, when somebody else was first with the username. */
export const credentialsPage: Page = {
  path: '/activate/credentials',
  show: (visit, told) =>
    showStep(visit, 'credentials', (walk) => {
      const words = wordsOf(visit);
      // Nobody comes back to this step but from the last one, which found the username taken.
      const isTaken = walk.username !== undefined && told.errors.length === 0 && told.typed.text('username') === '';
      const errors = isTaken ? [{ field: usernameField, message: words.usernameTaken }] : told.errors;
      return stepPage(visit, {
        step: 'credentials',
        title: words.credentialsTitle,
        walk,
        errors,
        body: credentialsBody(visit, { ...told, errors }, walk.username),
      });
    }),
  take: (visit) =>
    takeStep(visit, async () => {
      const [username, password] = [visit.typed.text('username'), visit.typed.raw('password')];
      const errors = [usernameError(username, visit), passwordError(password, visit)].filter(
        (one) => one !== undefined,
      );
      return errors.length > 0 ? { errors } : choose(visit, { username, password });
    }),
};

async function choose(visit: Visit, body: { username: string; password: string }): Promise<Taken> {
  try {
    return onward(visit, await visit.call(chooseCredentials, { params: paramsOf(visit), body }));
  } catch (error) {
    const wrong = error instanceof Problem ? refusedField(visit, error, body) : undefined;
    if (!wrong) throw error;
    return { errors: [wrong] };
  }
}

function refusedField(visit: Visit, { code, extra }: Problem, body: { username: string; password: string }) {
  const words = wordsOf(visit);
  const at = (field: string, message: string): FieldError => ({ field, message });
  switch (code) {
    case 'username_taken':
      return at(usernameField, words.usernameTaken);
    case 'username_not_allowed':
      return usernameError(body.username, visit, extra.reason) ?? at(usernameField, words.usernameRefused);
    case 'password_not_allowed':
      return passwordError(body.password, visit, extra.reason) ?? at(passwordField, words.passwordRefused);
    case 'validation_failed':
      return at(usernameField, words.usernameRefused);
    default:
      return undefined;
  }
}

function credentialsBody(visit: Visit, told: Told, taken: string | undefined) {
  const words = wordsOf(visit);
  const shared = { told, language: visit.language };
  return (
    <PageForm visit={visit}>
      <h1>{words.credentialsTitle}</h1>
      {taken !== undefined && <p className="note">{words.usernameTakenNote}</p>}
      <TextField
        {...shared}
        name="username"
        id={usernameField}
        label={words.username}
        hint={words.usernameHint}
        initial={taken}
        input={{ autoComplete: 'username', spellCheck: false, autoCapitalize: 'none' }}
      />
      <PasswordField
        {...shared}
        name="password"
        id={passwordField}
        label={words.password}
        autoComplete="new-password"
        hint={passwordWords[visit.language].hint}
        rules={<PasswordRules id={passwordField} visit={visit} without={[]} />}
      />
      <button className="btn" type="submit">
        {formWords[visit.language].continue}
      </button>
    </PageForm>
  );
}
