import { paragraph } from '../blocks.ts';
import { linkToRegister, wrongAddress } from '../phrases.ts';
import type { Template } from '../template.ts';

export const registrationResent: Template<'registration_resent'> = {
  en: {
    heading: 'This is your new link to register',
    body: (data, here) => [
      paragraph(
        `${here.portalName} sends you a new link to register online for your own account. The old one no longer works.`,
      ),
      ...linkToRegister(here, data, data.message),
      wrongAddress(here),
    ],
  },
  es: {
    heading: 'Este es su nuevo enlace para registrarse',
    body: (data, here) => [
      paragraph(
        `${here.portalName} le envía un nuevo enlace para registrarse en línea y tener su propia cuenta. El enlace anterior ya no sirve.`,
      ),
      ...linkToRegister(here, data, data.message),
      wrongAddress(here),
    ],
  },
};
