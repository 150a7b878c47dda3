import { paragraph } from '../blocks.ts';
import { wayTo } from '../phrases.ts';
import type { Template } from '../template.ts';

export const accountUnlocked: Template<'account_unlocked'> = {
  en: {
    heading: 'You can sign in again',
    body: (_data, here) => [
      paragraph('We checked who you are and unlocked your account.'),
      wayTo(here, { label: 'Sign in', href: here.links.signIn }),
    ],
  },
  es: {
    heading: 'Ya puede entrar de nuevo',
    body: (_data, here) => [
      paragraph('Comprobamos quién es usted y desbloqueamos su cuenta.'),
      wayTo(here, { label: 'Entrar', href: here.links.signIn }),
    ],
  },
};
