import { type Block, either, link, newLine, paragraph, strong } from './blocks.ts';
import type { Surroundings } from './surroundings.ts';

/** Every mail greets without a name: who reads it is not known, and a name is personal data. */
export function greeting({ language }: Surroundings): Block {
  return paragraph({ en: 'Hello,', es: 'Hola:' }[language]);
}

/** The foot of every mail to a person: help, "Was this not you?", never a password, the sender's address. */
export function foot(here: Surroundings): Block[] {
  const words = footWords[here.language];
  const { email, phone, phoneHref, hours } = here.support;
  return [
    paragraph(
      strong(words.questions),
      words.call,
      link(phoneHref, phone),
      `, ${hours},`,
      words.write,
      link(`mailto:${email}`, email),
      '.',
    ),
    ...notMe(here.links.notMe, words),
    paragraph(strong(words.neverAsk), words.byPhoneOrEmail, newLine, `${words.sender} ${here.senderAddress}.`),
  ];
}

type FootWords = (typeof footWords)[keyof typeof footWords];

function notMe(href: string | undefined, words: FootWords): Block[] {
  if (href === undefined) return [];
  return [
    either({
      html: [paragraph(strong(words.notYou), ' ', link(href, words.tellUs), '.')],
      text: [paragraph(`${words.notYou} ${words.tellUs}:`, link(href))],
    }),
  ];
}

const footWords = {
  en: {
    questions: 'Questions?',
    call: ' Call ',
    write: ' or write to ',
    notYou: 'Was this not you?',
    tellUs: 'Tell us, and we stop it',
    neverAsk: 'We never ask for your password',
    byPhoneOrEmail: ', by phone or by email.',
    sender: 'This email comes from',
  },
  es: {
    questions: '¿Preguntas?',
    call: ' Llame al ',
    write: ' o escriba a ',
    notYou: '¿No fue usted?',
    tellUs: 'Avísenos y lo detenemos',
    neverAsk: 'Nunca le pedimos su contraseña',
    byPhoneOrEmail: ', ni por teléfono ni por correo.',
    sender: 'Este correo viene de',
  },
} as const;
