import { usernameRefusal } from '../../contract/rules.ts';
import { passwordWords } from '../forms/password-words.ts';
import type { FieldError } from '../page.ts';
import type { Visit } from '../visit.ts';
import { activateWords } from './words.ts';

/** The ids of the two fields. */
export const credentialFields = { username: 'user', password: 'pass' } as const;

type Reader = Pick<Visit, 'language'> & { portal: Pick<Visit['portal'], 'name' | 'passwordRule'> };

/** What is wrong with a username, by its form or by the `reason` that the API gave; undefined: nothing that is known here. */
export function usernameError(username: string, reader: Reader, reason?: string): FieldError | undefined {
  const broken = reason ?? usernameRefusal(username)?.code;
  return broken === undefined
    ? undefined
    : { field: credentialFields.username, message: usernameMessage(username, reader, broken) };
}

function usernameMessage(username: string, { language }: Reader, broken: string): string {
  const words = activateWords[language];
  switch (broken) {
    case 'missing':
      return words.typeUsername;
    case 'too_short':
      return words.usernameShort;
    case 'too_long':
      return words.usernameLong(lettersOf(username) - longestUsername);
    case 'holds_at_sign':
      return words.noAtSign;
    case 'holds_blank':
      return words.usernameBlank;
    case 'forbidden_characters':
      return words.usernameUnseen;
    case 'shaped_like_code':
      return words.looksLikeCode;
    default:
      return words.usernameRefused;
  }
}

const longestUsername = 64;

/** What is wrong with a password, by its length or by the `reason` that the API gave; undefined: nothing that is known here. */
export function passwordError(password: string, reader: Reader, reason?: string): FieldError | undefined {
  const broken = reason ?? wrongLength(password, reader);
  return broken === undefined
    ? undefined
    : { field: credentialFields.password, message: passwordMessage(password, reader, broken) };
}

function wrongLength(password: string, { portal: { passwordRule } }: Reader): string | undefined {
  const letters = lettersOf(password);
  if (letters < passwordRule.minLength) return 'too_short';
  return letters > passwordRule.maxLength ? 'too_long' : undefined;
}

function passwordMessage(password: string, { language, portal }: Reader, broken: string): string {
  const { minLength, maxLength } = portal.passwordRule;
  switch (broken) {
    case 'too_short':
      return passwordWords[language].tooShort(minLength, lettersOf(password));
    case 'too_long':
      return passwordWords[language].tooLong(lettersOf(password) - maxLength);
    case 'common':
      return passwordWords[language].common;
    case 'contains_username':
    case 'contains_name':
    case 'contains_email':
    case 'contains_portal_name':
      return passwordWords[language].leaveOut(portal.name);
    default:
      return activateWords[language].passwordRefused;
  }
}

/** As the API counts them. */
function lettersOf(text: string): number {
  return [...text.normalize('NFC')].length;
}
