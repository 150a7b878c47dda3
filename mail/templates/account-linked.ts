import { type Inline, paragraph, typed, warning } from '../blocks.ts';
import { wayTo } from '../phrases.ts';
import type { Template } from '../template.ts';

export const accountLinked: Template<'account_linked'> = {
  en: {
    heading: 'A doctor’s office was added to your account',
    body: ({ practice, linkedAt }, here) => [
      paragraph(named(practice, 'A doctor’s office'), ' was added to your account on ', ...here.instant(linkedAt), '.'),
      paragraph('You sign in as before. Your username and your password stay the same.'),
      wayTo(here, { label: 'Sign in', href: here.links.signIn, instead: 'Sign in to see it' }),
      warning(
        'You did not do this?',
        'Then tell us now with the link below. We take the office off your account and stop the account until we have spoken to you.',
      ),
    ],
  },
  es: {
    heading: 'Se agregó un consultorio a su cuenta',
    body: ({ practice, linkedAt }, here) => [
      paragraph(named(practice, 'Un consultorio'), ' se agregó a su cuenta el ', ...here.instant(linkedAt), '.'),
      paragraph('Usted entra como antes. Su nombre de usuario y su contraseña son los mismos.'),
      wayTo(here, { label: 'Entrar', href: here.links.signIn, instead: 'Entre para verlo' }),
      warning(
        '¿No lo hizo usted?',
        'Avísenos ahora con el enlace de abajo. Quitamos el consultorio de su cuenta y detenemos la cuenta hasta hablar con usted.',
      ),
    ],
  },
};

/** The practice's own name, inert, as it was typed into the records. */
const named = (practice: string | null, otherwise: string): Inline => (practice === null ? otherwise : typed(practice));
