import { paragraph } from '../blocks.ts';
import { wayTo } from '../phrases.ts';
import type { Template } from '../template.ts';

export const accountExists: Template<'account_exists'> = {
  en: {
    heading: 'You have an account already',
    body: (_data, here) => [
      paragraph('Someone, perhaps you, applied with your details. Nothing has changed.'),
      wayTo(here, { label: 'Sign in', href: here.links.signIn }),
      wayTo(here, { label: 'Forgot the password?', href: here.links.help, instead: 'Forgot the password? Look here' }),
    ],
  },
  es: {
    heading: 'Usted ya tiene una cuenta',
    body: (_data, here) => [
      paragraph('Alguien, quizás usted, hizo una solicitud con sus datos. Nada ha cambiado.'),
      wayTo(here, { label: 'Entrar', href: here.links.signIn }),
      wayTo(here, {
        label: '¿Olvidó la contraseña?',
        href: here.links.help,
        instead: '¿Olvidó la contraseña? Mire aquí',
      }),
    ],
  },
};
