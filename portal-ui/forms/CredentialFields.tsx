import type { Problem } from '../../contract/problems.ts';
import type { FieldError, Told } from '../page.ts';
import type { Visit } from '../visit.ts';
import { credentialWords } from '../words/credentials.ts';
import { credentialFields, passwordError, usernameError } from './credential-errors.ts';
import { PasswordField, PasswordRules } from './PasswordField.tsx';
import { passwordWords } from './password-words.ts';
import { TextField } from './TextField.tsx';

/** A username and a password as they were typed. */
export interface Credentials {
  username: string;
  password: string;
}

interface CredentialFieldsProps {
  visit: Visit;
  told: Told;
  /** The username chosen before, which another was first with. */
  taken: string | undefined;
}

/** A new account's username and password, with the rules that the script judges while they are typed. */
export function CredentialFields({ visit, told, taken }: CredentialFieldsProps) {
  const words = credentialWords[visit.language];
  const shared = { told, language: visit.language };
  return (
    <>
      <TextField
        {...shared}
        name="username"
        id={credentialFields.username}
        label={words.username}
        hint={words.usernameHint}
        initial={taken}
        input={{ autoComplete: 'username', spellCheck: false, autoCapitalize: 'none' }}
      />
      <PasswordField
        {...shared}
        name="password"
        id={credentialFields.password}
        label={words.password}
        autoComplete="new-password"
        hint={passwordWords[visit.language].hint}
        rules={<PasswordRules id={credentialFields.password} visit={visit} without={[]} />}
      />
    </>
  );
}

/** What was typed into the two fields. */
export function credentialsOf({ typed }: Visit): Credentials {
  return { username: typed.text('username'), password: typed.raw('password') };
}

/** What is wrong with them, as far as a page can tell by itself. */
export function wrongCredentials(visit: Visit, { username, password }: Credentials): FieldError[] {
  return [usernameError(username, visit), passwordError(password, visit)].filter((one) => one !== undefined);
}

/** The field that the API refused, in words; undefined: its refusal is about something else. */
export function refusedCredential(visit: Visit, { code, extra }: Problem, typed: Credentials): FieldError | undefined {
  const words = credentialWords[visit.language];
  const atUsername = { field: credentialFields.username, message: words.usernameRefused };
  switch (code) {
    case 'username_taken':
      return { ...atUsername, message: words.usernameTaken };
    case 'username_not_allowed':
      return usernameError(typed.username, visit, extra.reason) ?? atUsername;
    case 'password_not_allowed':
      return (
        passwordError(typed.password, visit, extra.reason) ?? {
          field: credentialFields.password,
          message: words.passwordRefused,
        }
      );
    default:
      return undefined;
  }
}

/**
 * The errors of the page: those of the form, or that the username was found taken at the very end, which led back here and is told
 * when nothing was typed anew.
 */
export function withTaken(visit: Visit, { typed, errors }: Told, taken: string | undefined): readonly FieldError[] {
  const isTold = taken !== undefined && errors.length === 0 && typed.text('username') === '';
  if (!isTold) return errors;
  return [{ field: credentialFields.username, message: credentialWords[visit.language].usernameTaken }];
}
