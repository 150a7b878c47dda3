import { usernameRefusal } from '../../contract/rules.ts';
import type { FieldError } from '../page.ts';
import { credentialWords } from '../words/credentials.ts';
import { lettersOf, type PasswordReader, passwordError as wrongPassword } from './password-error.ts';

/** The ids of the two fields. */
export const credentialFields = { username: 'user', password: 'pass' } as const;

/** What is wrong with a username, by its form or by the `reason` that the API gave; undefined: nothing that is known here. */
export function usernameError(username: string, reader: PasswordReader, reason?: string): FieldError | undefined {
  const broken = reason ?? usernameRefusal(username)?.code;
  return broken === undefined
    ? undefined
    : { field: credentialFields.username, message: usernameMessage(username, reader, broken) };
}

function usernameMessage(username: string, { language }: PasswordReader, broken: string): string {
  const words = credentialWords[language];
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
export function passwordError(password: string, reader: PasswordReader, reason?: string): FieldError | undefined {
  const message = wrongPassword(password, reader, { reason, orElse: credentialWords[reader.language].passwordRefused });
  return message === undefined ? undefined : { field: credentialFields.password, message };
}
