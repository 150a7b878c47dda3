import {
  type Block,
  codeBox,
  either,
  type Inline,
  lead,
  link,
  messageFrom,
  paragraph,
  steps,
  strong,
  together,
  typed,
  warning,
} from './blocks.ts';
import { hiddenSecrets } from './hidden-secrets.ts';
import type { Surroundings } from './surroundings.ts';
import type { RegistrationLinkMail } from './template-data.ts';

/** A reference, never broken over two lines. */
export const shownReference = (reference: string): Inline => together(reference);

/** A button with its address written out below; the text form says `instead` and gives the address alone. */
export function wayTo(
  here: Surroundings,
  { label, href, instead }: { label: string; href: string; instead?: string },
): Block {
  const orGoTo = { en: 'Or go to ', es: 'O vaya a ' }[here.language];
  return either({
    html: [{ kind: 'button', label, href }, paragraph(orGoTo, link(href), '.')],
    text: [paragraph(`${instead ?? label}:`, link(href))],
  });
}

/** The access code in its groups of four, as it is read aloud. */
export const accessCodeBox = (accessCode: string): Block => codeBox(inGroups(accessCode));

/** Both ways to the first step: with the code in the link's fragment, which servers never see, and by typing it. */
export function waysToOpen(here: Surroundings, accessCode: string): Block {
  const { activate } = here.links;
  const withCode = accessCode === hiddenSecrets.accessCode ? activate : `${activate}#${bare(accessCode)}`;
  const words = {
    en: {
      label: 'Open my account',
      orGoTo: 'Or go to ',
      type: ' and type the code.',
      open: 'Open your account:',
      orType: 'Or go to this page and type the code:',
    },
    es: {
      label: 'Abrir mi cuenta',
      orGoTo: 'O vaya a ',
      type: ' y escriba el código.',
      open: 'Abra su cuenta:',
      orType: 'O vaya a esta página y escriba el código:',
    },
  }[here.language];
  return either({
    html: [{ kind: 'button', label: words.label, href: withCode }, paragraph(words.orGoTo, link(activate), words.type)],
    text: [paragraph(words.open, link(withCode)), paragraph(words.orType, link(activate))],
  });
}

/** "It works once, until …" */
export function worksOnceUntil(here: Surroundings, expiresAt: string): Block {
  return paragraph(
    { en: 'It works once, until ', es: 'Sirve una sola vez, hasta el ' }[here.language],
    ...here.instant(expiresAt),
    '.',
  );
}

/** Answers belong on the page, not into a reply: mail is not private. */
export function pleaseDoNotReply(here: Surroundings): Block {
  return paragraph(
    {
      en: 'Please do not reply to this email with your answers. Email is not private enough.',
      es: 'Por favor, no responda a este correo con sus respuestas. El correo no es lo bastante privado.',
    }[here.language],
  );
}

/** The way to the questions' page; both forms also offer the telephone. */
export function wayToAnswer(here: Surroundings): Block {
  const { status } = here.links;
  const words = {
    en: {
      label: 'Answer online',
      need: 'You need your reference and your date of birth. Or go to ',
      orCall: ', or call us.',
      text: 'Answer here, with your reference and your date of birth, or call us:',
    },
    es: {
      label: 'Responder en línea',
      need: 'Necesita su referencia y su fecha de nacimiento. O vaya a ',
      orCall: ', o llámenos.',
      text: 'Responda aquí, con su referencia y su fecha de nacimiento, o llámenos:',
    },
  }[here.language];
  return either({
    html: [{ kind: 'button', label: words.label, href: status }, paragraph(words.need, link(status), words.orCall)],
    text: [paragraph(words.text, link(status))],
  });
}

/**
 * The button to registration, with the link's secret in the fragment, which servers never see. Nobody types 43
 * characters, so both forms show the whole address, to copy.
 */
function wayToRegister(here: Surroundings, registrationLink: string): Block {
  const { register } = here.links;
  const href = registrationLink === hiddenSecrets.registrationLink ? register : `${register}#${registrationLink}`;
  const words = {
    en: {
      label: 'Register here',
      copy: 'The button does not work? Copy this address into your browser: ',
      text: 'Register here:',
    },
    es: {
      label: 'Registrarme aquí',
      copy: '¿No funciona el botón? Copie esta dirección en su navegador: ',
      text: 'Regístrese aquí:',
    },
  }[here.language];
  return either({
    html: [{ kind: 'button', label: words.label, href }, paragraph(words.copy, link(href))],
    text: [paragraph(words.text, link(href))],
  });
}

/** "The link works once, until …": following it does not use it up, registering does. */
function linkWorksOnceUntil(here: Surroundings, expiresAt: string): Block {
  return paragraph(
    { en: 'You can register once with this link, until ', es: 'Puede registrarse una vez con este enlace, hasta el ' }[
      here.language
    ],
    ...here.instant(expiresAt),
    '.',
  );
}

/** What every mail with a link to register says of it, in this order: for whom, the way, until when, what it takes, the reference. */
export function linkToRegister(
  here: Surroundings,
  { reference, initial, registrationLink, expiresAt }: RegistrationLinkMail,
  message?: string,
): Block[] {
  const sayReference = { en: 'When you call us, say your reference: ', es: 'Cuando nos llame, diga su referencia: ' };
  return [
    ...forWhom(here, initial),
    wayToRegister(here, registrationLink),
    linkWorksOnceUntil(here, expiresAt),
    ...whatRegisteringTakes(here),
    ...messageFrom(message),
    paragraph(sayReference[here.language], shownReference(reference), '.'),
  ];
}

/** Whom a registration mail is for: the initial alone, so that people who share an address know. Nothing without it. */
export function forWhom(here: Surroundings, initial: string | undefined): Block[] {
  if (initial === undefined || initial === '') return [];
  const words = {
    en: paragraph(
      'This email is for the patient whose first name begins with ',
      typed(initial),
      ', and for nobody else.',
    ),
    es: paragraph(
      'Este correo es para la persona cuyo primer nombre empieza con ',
      typed(initial),
      ', y para nadie más.',
    ),
  };
  return [words[here.language]];
}

/** What to have ready, the steps, and that an account through another office goes on. */
function whatRegisteringTakes(here: Surroundings): Block[] {
  return {
    en: [
      paragraph(
        'Have ready your first name, last name, date of birth and ZIP code, exactly as your doctor’s office has them.',
      ),
      lead(strong('There are 3 short steps.'), ' They take about 5 minutes:'),
      steps('Name, date of birth and ZIP code', 'Username, password and security questions', 'Terms'),
      warning('You have an account with us already?', 'Use this link too. You keep your account.'),
    ],
    es: [
      paragraph(
        'Tenga a mano su nombre, apellido, fecha de nacimiento y código postal (ZIP), exactamente como los tiene el consultorio de su médico.',
      ),
      lead(strong('Son 3 pasos cortos.'), ' Toman unos 5 minutos:'),
      steps(
        'Nombre, fecha de nacimiento y código postal (ZIP)',
        'Nombre de usuario, contraseña y preguntas de seguridad',
        'Condiciones',
      ),
      warning('¿Ya tiene una cuenta con nosotros?', 'Use también este enlace. Usted conserva su cuenta.'),
    ],
  }[here.language];
}

/** Not "not for you?": whoever shares the address would stop the link of somebody else. */
export function wrongAddress(here: Surroundings): Block {
  return {
    en: warning(
      'Wrong address, or you did not expect it?',
      'Then tell us with the link below. The link to register stops working.',
    ),
    es: warning(
      '¿Es la dirección equivocada, o no lo esperaba?',
      'Avísenos con el enlace de abajo. El enlace para registrarse deja de servir.',
    ),
  }[here.language];
}

const bare = (accessCode: string) => accessCode.replace(/[\s-]/g, '');
const inGroups = (accessCode: string) => [...bare(accessCode)].join('').replace(/(.{4})(?=.)/gu, '$1-');
