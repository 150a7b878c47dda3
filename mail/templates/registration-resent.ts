import { messageFrom, paragraph } from '../blocks.ts';
import {
  forWhom,
  linkWorksOnceUntil,
  shownReference,
  wayToRegister,
  whatRegisteringTakes,
  wrongAddress,
} from '../phrases.ts';
import type { Template } from '../template.ts';

export const registrationResent: Template<'registration_resent'> = {
  en: {
    heading: 'This is your new link to register',
    body: ({ reference, initial, registrationLink, expiresAt, message }, here) => [
      paragraph(
        `${here.portalName} sends you a new link to register online for your own account. The old one no longer works.`,
      ),
      ...forWhom(here, initial),
      wayToRegister(here, registrationLink),
      linkWorksOnceUntil(here, expiresAt),
      ...whatRegisteringTakes(here),
      ...messageFrom(message),
      paragraph('When you call us, say your reference: ', shownReference(reference), '.'),
      wrongAddress(here),
    ],
  },
  es: {
    heading: 'Este es su nuevo enlace para registrarse',
    body: ({ reference, initial, registrationLink, expiresAt, message }, here) => [
      paragraph(
        `${here.portalName} le envía un nuevo enlace para registrarse en línea y tener su propia cuenta. El enlace anterior ya no sirve.`,
      ),
      ...forWhom(here, initial),
      wayToRegister(here, registrationLink),
      linkWorksOnceUntil(here, expiresAt),
      ...whatRegisteringTakes(here),
      ...messageFrom(message),
      paragraph('Cuando nos llame, diga su referencia: ', shownReference(reference), '.'),
      wrongAddress(here),
    ],
  },
};
