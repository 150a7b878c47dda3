import { type Block, codeBox, either, type Inline, link, paragraph, together } from './blocks.ts';
import { hiddenSecrets } from './hidden-secrets.ts';
import type { Surroundings } from './surroundings.ts';

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

const bare = (accessCode: string) => accessCode.replace(/[\s-]/g, '');
const inGroups = (accessCode: string) => [...bare(accessCode)].join('').replace(/(.{4})(?=.)/gu, '$1-');
