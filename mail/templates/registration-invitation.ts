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

export const registrationInvitation: Template<'registration_invitation'> = {
  en: {
    heading: 'Register for your account',
    body: ({ reference, initial, registrationLink, expiresAt, message }, here) => [
      paragraph(`${here.portalName} invites you to register online for your own account.`),
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
    heading: 'Regístrese para tener su cuenta',
    body: ({ reference, initial, registrationLink, expiresAt, message }, here) => [
      paragraph(`${here.portalName} le invita a registrarse en línea para tener su propia cuenta.`),
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
