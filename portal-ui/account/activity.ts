import type { WireResult } from '../../contract/route.ts';
import type { listOwnActivity } from '../../contract/routes/public/me.ts';
import type { Language } from '../../contract/words.ts';

/** One line of the account's own log, as the API tells it. */
export type Activity = WireResult<typeof listOwnActivity>['data'][number];

/**
 * What happened, in the reader's language, of a mail also which. An action that is not known here keeps the API's own sentence.
 */
export function activityInWords(
  { action, text, template }: Pick<Activity, 'action' | 'text' | 'template'>,
  language: Language,
): string {
  const sentence = wordsFor(sentences[language], action) ?? text;
  const mail = template === null ? undefined : wordsFor(mails[language], template);
  return mail === undefined ? sentence : `${sentence}: ${mail}`;
}

function wordsFor(known: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(known, key) ? known[key] : undefined;
}

/** Entries of one day, both newest first. */
export interface Day<Entry> {
  /** `YYYY-MM-DD` */
  day: string;
  entries: Entry[];
}

/** Groups entries that are in order by their day. */
export function groupedByDay<Entry>(entries: readonly Entry[], dayOf: (entry: Entry) => string): Day<Entry>[] {
  const days: Day<Entry>[] = [];
  for (const entry of entries) {
    const day = dayOf(entry);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

const en = {
  account_opened: 'Your account was opened',
  signed_in: 'You signed in',
  signed_out: 'You signed out',
  sign_in_refused: 'A sign-in did not work: wrong password',
  account_locked: 'Sign-in was stopped: too many wrong passwords',
  preferences_changed: 'You changed how we write to you',
  password_changed: 'You changed your password',
  email_changed: 'You changed your email address',
  practice_linked: "One more doctor's office was added to your account",
  link_refused: "Someone tried to add a doctor's office to your account and could not show that it is theirs",
  notMe: 'Someone told us "this was not me"',
  suspend: 'Our team stopped your account',
  restore: 'Our team opened your account again',
  unlock: 'Our team let you sign in again',
  close: 'Our team closed your account',
  changeEmail: 'Our team changed your email address',
  viewed: 'Our team looked at your account',
  mail_accepted: 'We sent you an email',
  mail_settled_refused: 'An email to you did not go out',
  mail_settled_unknown: 'We tried to send you an email',
  message_resent: 'Our team sent you an email again',
};

const sentences: Record<Language, typeof en> = {
  en,
  es: {
    account_opened: 'Se abrió su cuenta',
    signed_in: 'Usted entró en su cuenta',
    signed_out: 'Usted salió de su cuenta',
    sign_in_refused: 'Una entrada no funcionó: contraseña equivocada',
    account_locked: 'Se detuvo la entrada: demasiadas contraseñas equivocadas',
    preferences_changed: 'Usted cambió cómo le escribimos',
    password_changed: 'Usted cambió su contraseña',
    email_changed: 'Usted cambió su correo electrónico',
    practice_linked: 'Se añadió un consultorio más a su cuenta',
    link_refused: 'Alguien quiso añadir un consultorio a su cuenta y no pudo mostrar que es suya',
    notMe: 'Alguien nos dijo «no fui yo»',
    suspend: 'Nuestro equipo detuvo su cuenta',
    restore: 'Nuestro equipo abrió otra vez su cuenta',
    unlock: 'Nuestro equipo le permitió entrar otra vez',
    close: 'Nuestro equipo cerró su cuenta',
    changeEmail: 'Nuestro equipo cambió su correo electrónico',
    viewed: 'Nuestro equipo miró su cuenta',
    mail_accepted: 'Le enviamos un correo',
    mail_settled_refused: 'Un correo para usted no salió',
    mail_settled_unknown: 'Intentamos enviarle un correo',
    message_resent: 'Nuestro equipo le envió otra vez un correo',
  },
};

const enMails = {
  application_received: 'we have your application',
  information_requested: 'our questions to you',
  information_reminder: 'we still need your answer',
  application_rejected: 'our decision about your application',
  application_withdrawn: 'your application has ended',
  access_code: 'your access code',
  access_code_reissued: 'your new access code',
  access_code_reminder: 'your access code still waits',
  access_code_expired: 'your access code has run out',
  account_exists: 'you have an account already',
  account_activated: 'your account is open',
  registration_invitation: 'your link to register',
  registration_resent: 'your new link to register',
  registration_reminder: 'your link to register still waits',
  registration_expired: 'your link to register has run out',
  registration_confirmation: 'your account is open',
  account_linked: "one more doctor's office is in your account",
  mailbox_code: '8 numbers to check your mailbox',
  email_changed: 'your email address was changed',
  credentials_changed: 'your password was changed',
  account_suspended: 'your account is stopped',
  account_unlocked: 'you can sign in again',
};

/** What a mail is about, by its template. */
const mails: Record<Language, typeof enMails> = {
  en: enMails,
  es: {
    application_received: 'tenemos su solicitud',
    information_requested: 'nuestras preguntas para usted',
    information_reminder: 'todavía necesitamos su respuesta',
    application_rejected: 'nuestra decisión sobre su solicitud',
    application_withdrawn: 'su solicitud terminó',
    access_code: 'su código de acceso',
    access_code_reissued: 'su código de acceso nuevo',
    access_code_reminder: 'su código de acceso todavía le espera',
    access_code_expired: 'su código de acceso ya no sirve',
    account_exists: 'usted ya tiene una cuenta',
    account_activated: 'su cuenta está abierta',
    registration_invitation: 'su enlace para registrarse',
    registration_resent: 'su enlace nuevo para registrarse',
    registration_reminder: 'su enlace para registrarse todavía le espera',
    registration_expired: 'su enlace para registrarse ya venció',
    registration_confirmation: 'su cuenta está abierta',
    account_linked: 'hay un consultorio más en su cuenta',
    mailbox_code: '8 números para comprobar su correo',
    email_changed: 'su correo electrónico se cambió',
    credentials_changed: 'su contraseña se cambió',
    account_suspended: 'su cuenta está detenida',
    account_unlocked: 'ya puede entrar otra vez',
  },
};
