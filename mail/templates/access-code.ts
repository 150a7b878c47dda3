import { lead, messageFrom, newLine, paragraph, steps, strong, warning } from '../blocks.ts';
import { accessCodeBox, shownReference, waysToOpen, worksOnceUntil } from '../phrases.ts';
import type { Template } from '../template.ts';

export const accessCode: Template<'access_code'> = {
  en: {
    heading: 'You can open your account now',
    body: ({ reference, accessCode: code, expiresAt, message }, here) => [
      paragraph('Your application ', shownReference(reference), ' is approved.', newLine, 'This is your access code:'),
      accessCodeBox(code),
      worksOnceUntil(here, expiresAt),
      waysToOpen(here, code),
      lead(strong('There are 6 short steps.'), ' They take about 10 minutes:'),
      steps(
        'Access code',
        'Date of birth',
        'Email address',
        'Username and password',
        'News by email: yes or no',
        'Terms',
      ),
      ...messageFrom(message),
      warning('Keep this code to yourself.', 'Nobody from our team will ask you for it.'),
    ],
  },
  es: {
    heading: 'Ya puede abrir su cuenta',
    body: ({ reference, accessCode: code, expiresAt, message }, here) => [
      paragraph('Su solicitud ', shownReference(reference), ' está aprobada.', newLine, 'Este es su código de acceso:'),
      accessCodeBox(code),
      worksOnceUntil(here, expiresAt),
      waysToOpen(here, code),
      lead(strong('Son 6 pasos cortos.'), ' Toman unos 10 minutos:'),
      steps(
        'Código de acceso',
        'Fecha de nacimiento',
        'Dirección de correo electrónico',
        'Nombre de usuario y contraseña',
        'Noticias por correo: sí o no',
        'Condiciones',
      ),
      ...messageFrom(message),
      warning('No comparta este código.', 'Nadie de nuestro equipo se lo va a pedir.'),
    ],
  },
};
