import { Problem } from '../../../contract/problems.ts';
import { passwordRefusal } from '../../../domain/people/password.ts';
import { usernameRefusal } from '../../../domain/people/username.ts';
import { figures } from '../../../domain/policy/figures.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { isUsernameTaken } from '../../../store/accounts.ts';
import type { Dependencies } from '../../dependencies.ts';

/** What somebody chose for a new account, and who they are as far as a password must not say it. */
export interface WishedCredentials {
  username: string;
  password: string;
  names: readonly string[];
  email: string;
  /** Of the reasons told. */
  language: string;
}

/**
 * Judges username and password of a new account; the username as it is kept. Not yet hashed, so that everything else that was
 * sent can be judged first. Raises `username_not_allowed`, `username_taken`, `password_not_allowed`.
 */
export async function judgedUsername(
  { portal, policy }: { portal: string; policy: Policy },
  { username: typed, password, names, email, language }: WishedCredentials,
  { database }: Pick<Dependencies, 'database'>,
): Promise<string> {
  const username = typed.normalize('NFKC').trim();
  const usernameTrouble = usernameRefusal(username, language);
  if (usernameTrouble) throw notAllowed('username_not_allowed', usernameTrouble);
  if (await isUsernameTaken(database, portal, username)) throw new Problem('username_taken');
  const passwordTrouble = passwordRefusal(password, {
    minLength: figures.password.minLength,
    username,
    names,
    email,
    portalName: policy.name,
    language,
  });
  if (passwordTrouble) throw notAllowed('password_not_allowed', passwordTrouble);
  return username;
}

function notAllowed(
  code: 'username_not_allowed' | 'password_not_allowed',
  trouble: { code: string; words: string },
): Problem {
  return new Problem(code, { detail: trouble.words, extra: { reason: trouble.code } });
}
