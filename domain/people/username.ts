import { type Language, languageOf } from '../language.ts';
import { looksLikeAccessCode } from '../secrets/access-code.ts';
import { hasForbiddenCharacters, usernameKey } from './normalise.ts';

export type UsernameRefusalCode =
  | 'missing'
  | 'too_short'
  | 'too_long'
  | 'holds_at_sign'
  | 'holds_blank'
  | 'forbidden_characters'
  | 'shaped_like_code';

/** Why a username is not allowed, with the reason for the person, or undefined. Blanks around it are forgiven. */
export function usernameRefusal(
  text: string,
  language = 'en',
): { code: UsernameRefusalCode; words: string } | undefined {
  const code = refusalCode(text);
  return code && { code, words: words[languageOf(language)][code] };
}

function refusalCode(text: string): UsernameRefusalCode | undefined {
  const username = text.trim();
  const key = usernameKey(username);
  if (key === '') return 'missing';
  if (hasForbiddenCharacters(username)) return 'forbidden_characters';
  if (/\s/u.test(key)) return 'holds_blank';
  if (key.includes('@')) return 'holds_at_sign';
  const length = [...key].length;
  if (length < 3) return 'too_short';
  if (length > 64) return 'too_long';
  return looksLikeAccessCode(username) ? 'shaped_like_code' : undefined;
}

const words: Record<Language, Record<UsernameRefusalCode, string>> = {
  en: {
    missing: 'Choose a username.',
    too_short: 'Choose a username of at least 3 characters.',
    too_long: 'Choose a username of at most 64 characters.',
    holds_at_sign: 'A username cannot hold an @. Choose one that is not an email address.',
    holds_blank: 'A username cannot hold a space. Leave it out, or use a dot or a hyphen.',
    forbidden_characters: 'This username holds a character that cannot be seen. Type it again.',
    shaped_like_code: 'This looks like an access code. Choose another username.',
  },
  es: {
    missing: 'Elija un nombre de usuario.',
    too_short: 'Elija un nombre de usuario de al menos 3 caracteres.',
    too_long: 'Elija un nombre de usuario de 64 caracteres como máximo.',
    holds_at_sign: 'El nombre de usuario no puede llevar @. Elija uno que no sea una dirección de correo.',
    holds_blank: 'El nombre de usuario no puede llevar espacios. Quítelos o use un punto o un guion.',
    forbidden_characters: 'Este nombre de usuario tiene un carácter que no se ve. Escríbalo otra vez.',
    shaped_like_code: 'Esto parece un código de acceso. Elija otro nombre de usuario.',
  },
};
