import { paragraph, warning } from '../blocks.ts';
import { linkToRegister } from '../phrases.ts';
import type { Template } from '../template.ts';

export const registrationReminder: Template<'registration_reminder'> = {
  en: {
    heading: 'You are not registered yet',
    body: (data, here) => [
      paragraph(`${here.portalName} emailed you a link to register online. This is the same link.`),
      ...linkToRegister(here, data),
      warning('Changed your mind?', 'Do nothing.'),
    ],
  },
  es: {
    heading: 'Todavía le falta registrarse',
    body: (data, here) => [
      paragraph(`${here.portalName} le envió un enlace para registrarse en línea. Este es el mismo enlace.`),
      ...linkToRegister(here, data),
      warning('¿Cambió de idea?', 'No haga nada.'),
    ],
  },
};
