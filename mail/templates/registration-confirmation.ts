import { paragraph, warning } from '../blocks.ts';
import { wayTo } from '../phrases.ts';
import type { Template } from '../template.ts';

export const registrationConfirmation: Template<'registration_confirmation'> = {
  en: {
    heading: 'You are registered',
    body: ({ openedAt }, here) => [
      paragraph('Your account was opened on ', ...here.instant(openedAt), '.'),
      paragraph(
        'Your link is used up. From now on you sign in with the username and the password you chose. They are not in this email.',
      ),
      wayTo(here, { label: 'Sign in', href: here.links.signIn }),
      warning(
        'You did not do this?',
        'Then tell us now with the link below. We close the account to everyone until we have spoken to you.',
      ),
    ],
  },
  es: {
    heading: 'Su registro está completo',
    body: ({ openedAt }, here) => [
      paragraph('Su cuenta se abrió el ', ...here.instant(openedAt), '.'),
      paragraph(
        'Su enlace ya se usó. Desde ahora entra con el nombre de usuario y la contraseña que usted eligió. No están en este correo.',
      ),
      wayTo(here, { label: 'Entrar', href: here.links.signIn }),
      warning(
        '¿No lo hizo usted?',
        'Avísenos ahora con el enlace de abajo. Cerramos la cuenta para todos hasta hablar con usted.',
      ),
    ],
  },
};
