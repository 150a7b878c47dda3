import { messageFrom, paragraph, warning } from '../blocks.ts';
import { accessCodeBox, shownReference, waysToOpen, worksOnceUntil } from '../phrases.ts';
import type { Template } from '../template.ts';

export const accessCodeReissued: Template<'access_code_reissued'> = {
  en: {
    heading: 'This is your new access code',
    body: ({ reference, accessCode, expiresAt, message }, here) => [
      paragraph('Your new code for application ', shownReference(reference), ':'),
      accessCodeBox(accessCode),
      paragraph('The old one no longer works.'),
      worksOnceUntil(here, expiresAt),
      waysToOpen(here, accessCode),
      ...messageFrom(message),
      warning('Keep this code to yourself.', 'Nobody from our team will ask you for it.'),
    ],
  },
  es: {
    heading: 'Este es su nuevo código de acceso',
    body: ({ reference, accessCode, expiresAt, message }, here) => [
      paragraph('Su nuevo código para la solicitud ', shownReference(reference), ':'),
      accessCodeBox(accessCode),
      paragraph('El código anterior ya no sirve.'),
      worksOnceUntil(here, expiresAt),
      waysToOpen(here, accessCode),
      ...messageFrom(message),
      warning('No comparta este código.', 'Nadie de nuestro equipo se lo va a pedir.'),
    ],
  },
};
