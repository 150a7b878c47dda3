import { Problem } from '../../../../contract/problems.ts';
import { passwordRefusal } from '../../../../domain/people/password.ts';
import { figures } from '../../../../domain/policy/figures.ts';
import type { Passwords } from '../../../passwords.ts';

/** A member's new password, judged by the rule for everybody and hashed. Raises `password_not_allowed` with the reason. */
export async function hashOfNewPassword(
  passwords: Passwords,
  password: string,
  { name, email }: { name: string; email: string },
): Promise<string> {
  const refusal = passwordRefusal(password, { minLength: figures.password.minLength, names: name.split(' '), email });
  if (refusal) throw new Problem('password_not_allowed', { detail: refusal.words });
  return passwords.hash(password);
}
