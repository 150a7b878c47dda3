import { type Language, languageOf } from '../language.ts';
import { figures } from '../policy/figures.ts';
import { isCommonPassword } from './common-passwords.ts';
import { folded } from './normalise.ts';

export type PasswordRefusalCode =
  | 'too_short'
  | 'too_long'
  | 'common'
  | 'contains_username'
  | 'contains_name'
  | 'contains_email'
  | 'contains_portal_name';

/** What a password is judged against; what is not known yet is left out. */
export interface PasswordSetting {
  /** 15, or 8 when a second factor is enrolled (security.md). */
  minLength: number;
  username?: string | undefined;
  /** First and last name. */
  names?: readonly string[] | undefined;
  email?: string | undefined;
  portalName?: string | undefined;
  /** Of the words; English when left out. */
  language?: string | undefined;
}

/**
 * Why a password is not allowed, with the reason for the person, or undefined. Length in characters after NFC; no rules
 * of composition; parts shorter than 4 characters (a name such as "Li") do not count.
 */
export function passwordRefusal(
  password: string,
  setting: PasswordSetting,
): { code: PasswordRefusalCode; words: string } | undefined {
  const code = refusalCode(password, setting);
  return code && { code, words: refusalWords[languageOf(setting.language ?? 'en')][code](setting.minLength) };
}

/** The password rule before anybody breaks it. */
export function passwordRuleInWords(minLength: number, language: string): string {
  return ruleWords[languageOf(language)](minLength);
}

function refusalCode(password: string, setting: PasswordSetting): PasswordRefusalCode | undefined {
  const length = [...password.normalize('NFC')].length;
  if (length < setting.minLength) return 'too_short';
  if (length > longest) return 'too_long';
  if (isCommonPassword(password)) return 'common';
  const text = folded(password);
  const holds = (parts: readonly string[]) => parts.some((part) => text.includes(part));
  if (holds(longEnough([setting.username?.trim() ?? '']))) return 'contains_username';
  if (holds(partsOf(setting.names ?? []))) return 'contains_name';
  if (holds(partsOf([emailName(setting.email ?? '')]))) return 'contains_email';
  return holds(partsOf([setting.portalName ?? ''])) ? 'contains_portal_name' : undefined;
}

const longest = figures.password.maxLength;
const shortestPart = 4;

function emailName(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 0 ? email : email.slice(0, at);
}

/** Each text whole, and the words of it. */
function partsOf(texts: readonly string[]): string[] {
  return longEnough(texts.flatMap((text) => [text.trim(), ...text.split(/[^\p{L}\p{M}\p{N}]+/u)]));
}

function longEnough(texts: readonly string[]): string[] {
  return texts.map(folded).filter((text) => [...text].length >= shortestPart);
}

const ruleWords: Record<Language, (minLength: number) => string> = {
  en: (minLength) =>
    `${minLength} to ${longest} characters of any kind. Spaces count. A few words that do not belong together work well. ` +
    'It cannot be a common password, or hold your name, your username, the name in your email address or our name.',
  es: (minLength) =>
    `De ${minLength} a ${longest} caracteres de cualquier tipo. Los espacios cuentan. Sirven bien varias palabras sin ` +
    'relación entre sí. No puede ser una contraseña común ni contener su nombre, su nombre de usuario, el nombre de su ' +
    'dirección de correo ni nuestro nombre.',
};

const refusalWords: Record<Language, Record<PasswordRefusalCode, (minLength: number) => string>> = {
  en: {
    too_short: (minLength) => `This password is too short. Use at least ${minLength} characters; spaces count.`,
    too_long: () => `This password is too long. Use at most ${longest} characters.`,
    common: () => 'Many people use this password, or it follows a simple pattern. Choose another one.',
    contains_username: () => 'The password holds your username. Choose one without it.',
    contains_name: () => 'The password holds your name. Choose one without it.',
    contains_email: () => 'The password holds the name in your email address. Choose one without it.',
    contains_portal_name: () => 'The password holds a part of our name. Choose one without it.',
  },
  es: {
    too_short: (minLength) =>
      `La contraseña es demasiado corta. Use al menos ${minLength} caracteres; los espacios cuentan.`,
    too_long: () => `La contraseña es demasiado larga. Use ${longest} caracteres como máximo.`,
    common: () => 'Muchas personas usan esta contraseña, o sigue un patrón sencillo. Elija otra.',
    contains_username: () => 'La contraseña contiene su nombre de usuario. Elija una sin él.',
    contains_name: () => 'La contraseña contiene su nombre. Elija una sin él.',
    contains_email: () => 'La contraseña contiene el nombre de su dirección de correo. Elija una sin él.',
    contains_portal_name: () => 'La contraseña contiene una parte de nuestro nombre. Elija una sin ella.',
  },
};
