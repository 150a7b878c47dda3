import { paragraph, warning } from '../blocks.ts';
import { accessCodeBox, shownReference, waysToOpen, worksOnceUntil } from '../phrases.ts';
import type { Template } from '../template.ts';

export const accessCodeReminder: Template<'access_code_reminder'> = {
  en: {
    heading: 'Your account is not open yet',
    body: ({ reference, accessCode, expiresAt }, here) => [
      paragraph('This is your access code for application ', shownReference(reference), ':'),
      accessCodeBox(accessCode),
      worksOnceUntil(here, expiresAt),
      waysToOpen(here, accessCode),
      warning('Changed your mind?', 'Do nothing.'),
    ],
  },
  es: {
    heading: 'Su cuenta todavía no está abierta',
    body: ({ reference, accessCode, expiresAt }, here) => [
      paragraph('Este es su código de acceso para la solicitud ', shownReference(reference), ':'),
      accessCodeBox(accessCode),
      worksOnceUntil(here, expiresAt),
      waysToOpen(here, accessCode),
      warning('¿Cambió de idea?', 'No haga nada.'),
    ],
  },
};
