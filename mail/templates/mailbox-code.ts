import { figures } from '../../domain/policy/figures.ts';
import { codeBox, paragraph, warning } from '../blocks.ts';
import type { Template } from '../template.ts';

const { lifetimeMinutes } = figures.mailboxCode;

export const mailboxCode: Template<'mailbox_code'> = {
  en: {
    heading: 'Your 8 numbers',
    body: ({ mailboxCode: code }) => [
      codeBox(code),
      paragraph(`Type them on the page where you asked. They work for ${lifetimeMinutes} minutes.`),
      warning('Keep these numbers to yourself.', 'Nobody from our team will ask you for them.'),
    ],
  },
  es: {
    heading: 'Sus 8 números',
    body: ({ mailboxCode: code }) => [
      codeBox(code),
      paragraph(`Escríbalos en la página donde los pidió. Sirven durante ${lifetimeMinutes} minutos.`),
      warning('No comparta estos números.', 'Nadie de nuestro equipo se los va a pedir.'),
    ],
  },
};
