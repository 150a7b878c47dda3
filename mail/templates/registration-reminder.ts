import { paragraph, warning } from '../blocks.ts';
import { forWhom, linkWorksOnceUntil, shownReference, wayToRegister, whatRegisteringTakes } from '../phrases.ts';
import type { Template } from '../template.ts';

export const registrationReminder: Template<'registration_reminder'> = {
  en: {
    heading: 'You are not registered yet',
    body: ({ reference, initial, registrationLink, expiresAt }, here) => [
      paragraph(`${here.portalName} emailed you a link to register online. This is the same link.`),
      ...forWhom(here, initial),
      wayToRegister(here, registrationLink),
      linkWorksOnceUntil(here, expiresAt),
      ...whatRegisteringTakes(here),
      paragraph('When you call us, say your reference: ', shownReference(reference), '.'),
      warning('Changed your mind?', 'Do nothing.'),
    ],
  },
  es: {
    heading: 'Todavía le falta registrarse',
    body: ({ reference, initial, registrationLink, expiresAt }, here) => [
      paragraph(`${here.portalName} le envió un enlace para registrarse en línea. Este es el mismo enlace.`),
      ...forWhom(here, initial),
      wayToRegister(here, registrationLink),
      linkWorksOnceUntil(here, expiresAt),
      ...whatRegisteringTakes(here),
      paragraph('Cuando nos llame, diga su referencia: ', shownReference(reference), '.'),
      warning('¿Cambió de idea?', 'No haga nada.'),
    ],
  },
};
