import { passwordWords } from '../forms/password-words.ts';
import type { Visit } from '../visit.ts';

type Reader = Pick<Visit, 'language'> & { portal: Pick<Visit['portal'], 'name' | 'passwordRule'> };

/**
 * What is wrong with a new password: by its length, or by the `reason` that the API gave. Undefined: nothing that can be said
 * without asking it.
 */
export function newPasswordError(password: string, { language, portal }: Reader, reason?: string): string | undefined {
  const words = passwordWords[language];
  const { minLength, maxLength } = portal.passwordRule;
  const letters = [...password.normalize('NFC')].length;
  if (letters === 0) return words.typeNewPassword;
  if (letters < minLength) return words.tooShort(minLength, letters);
  if (letters > maxLength) return words.tooLong(letters - maxLength);
  if (reason === undefined) return undefined;
  return reason === 'common' ? words.common : words.leaveOut(portal.name);
}
