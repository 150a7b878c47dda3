import type { Visit } from '../visit.ts';
import { passwordWords } from './password-words.ts';

/** Whose page it is: its language, and the rule and name of its portal. */
export type PasswordReader = Pick<Visit, 'language'> & { portal: Pick<Visit['portal'], 'name' | 'passwordRule'> };

/**
 * What is wrong with a new password, as `passwordError`, besides that none was typed. A reason without words of its own is told
 * as something to leave out.
 */
export function newPasswordError(password: string, reader: PasswordReader, reason?: string): string | undefined {
  const words = passwordWords[reader.language];
  if (password === '') return words.typeNewPassword;
  return passwordError(password, reader, { reason, orElse: words.leaveOut(reader.portal.name) });
}

interface Judged {
  /** Why the API refused it. */
  reason: string | undefined;
  /** Said of a reason that has no words of its own. */
  orElse: string;
}

/** What is wrong with a password, by its length or by the API's reason; undefined: nothing that can be said without asking it. */
export function passwordError(
  password: string,
  { language, portal }: PasswordReader,
  { reason, orElse }: Judged,
): string | undefined {
  const words = passwordWords[language];
  const { minLength, maxLength } = portal.passwordRule;
  const letters = lettersOf(password);
  switch (reason ?? wrongLength(letters, portal.passwordRule)) {
    case undefined:
      return undefined;
    case 'too_short':
      return words.tooShort(minLength, letters);
    case 'too_long':
      return words.tooLong(letters - maxLength);
    case 'common':
      return words.common;
    case 'contains_username':
    case 'contains_name':
    case 'contains_email':
    case 'contains_portal_name':
      return words.leaveOut(portal.name);
    default:
      return orElse;
  }
}

/** How many letters a text has, as the API counts them. */
export function lettersOf(text: string): number {
  return [...text.normalize('NFC')].length;
}

function wrongLength(
  letters: number,
  { minLength, maxLength }: PasswordReader['portal']['passwordRule'],
): 'too_short' | 'too_long' | undefined {
  if (letters < minLength) return 'too_short';
  return letters > maxLength ? 'too_long' : undefined;
}
