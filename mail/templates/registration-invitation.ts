import { paragraph } from '../blocks.ts';
import { linkToRegister, wrongAddress } from '../phrases.ts';
import type { Template } from '../template.ts';

export const registrationInvitation: Template<'registration_invitation'> = {
  en: {
    heading: 'Register for your account',
    body: (data, here) => [
      paragraph(`${here.portalName} invites you to register online for your own account.`),
      ...linkToRegister(here, data, data.message),
      wrongAddress(here),
    ],
  },
  es: {
    heading: 'Regístrese para tener su cuenta',
    body: (data, here) => [
      paragraph(`${here.portalName} le invita a registrarse en línea para tener su propia cuenta.`),
      ...linkToRegister(here, data, data.message),
      wrongAddress(here),
    ],
  },
};
