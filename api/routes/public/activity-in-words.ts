import { type Language, languageOf } from '../../../domain/language.ts';

/** What happened to an account, told to its owner; `actor` says who did it. */
export function activityInWords(action: string, actor: string, language: string): string {
  const spoken = languageOf(language);
  const known = words[spoken][action] ?? (actor === 'person' ? others[spoken].person : others[spoken].us);
  return actor === 'member' ? `${known} ${byUs[spoken]}` : known;
}

const byUs: Record<Language, string> = { en: '(by our office)', es: '(por nuestra oficina)' };

const others: Record<Language, { person: string; us: string }> = {
  en: { person: 'The account was changed', us: 'We worked on the account' },
  es: { person: 'La cuenta fue cambiada', us: 'Trabajamos en la cuenta' },
};

const words: Record<Language, Record<string, string>> = {
  en: {
    account_opened: 'The account was opened',
    signed_in: 'Signed in',
    signed_out: 'Signed out',
    sign_in_refused: 'Somebody tried to sign in with a wrong password',
    account_locked: 'Sign-in was stopped after too many wrong passwords',
    preferences_changed: 'Preferences were changed',
    password_changed: 'The password was changed',
    email_changed: 'The email address was changed',
    practice_linked: 'A practice was added to the account',
    link_refused: 'Somebody tried to add a practice and could not show that the account is theirs',
    notMe: 'Somebody told us "this wasn\'t me"',
    suspend: 'The account was stopped',
    restore: 'The account was opened again',
    unlock: 'Sign-in was allowed again',
    close: 'The account was closed',
    changeEmail: 'The email address was changed',
    viewed: 'The account was looked at',
  },
  es: {
    account_opened: 'Se abrió la cuenta',
    signed_in: 'Entrada en la cuenta',
    signed_out: 'Salida de la cuenta',
    sign_in_refused: 'Alguien intentó entrar con una contraseña equivocada',
    account_locked: 'La entrada se detuvo tras demasiadas contraseñas equivocadas',
    preferences_changed: 'Se cambiaron las preferencias',
    password_changed: 'Se cambió la contraseña',
    email_changed: 'Se cambió la dirección de correo',
    practice_linked: 'Se añadió un consultorio a la cuenta',
    link_refused: 'Alguien intentó añadir un consultorio y no pudo mostrar que la cuenta es suya',
    notMe: 'Alguien nos dijo «no fui yo»',
    suspend: 'Se detuvo la cuenta',
    restore: 'Se abrió de nuevo la cuenta',
    unlock: 'Se permitió entrar de nuevo',
    close: 'Se cerró la cuenta',
    changeEmail: 'Se cambió la dirección de correo',
    viewed: 'Se consultó la cuenta',
  },
};
