import { link, messageFrom, paragraph, strong } from '../blocks.ts';
import { forWhom, shownReference } from '../phrases.ts';
import type { Template } from '../template.ts';

export const registrationExpired: Template<'registration_expired'> = {
  en: {
    heading: 'Your link to register has run out',
    body: ({ reference, initial, expiredAt, message }, here) => [
      paragraph('It worked until ', ...here.instant(expiredAt), '.'),
      ...forWhom(here, initial),
      ...messageFrom(message),
      paragraph(strong('Nothing is lost.'), ' You can have a new link.'),
      paragraph(
        'Call us at ',
        link(here.support.phoneHref, here.support.phone),
        `, ${here.support.hours}, and say your reference `,
        shownReference(reference),
        '. We email you a new link.',
      ),
    ],
  },
  es: {
    heading: 'Su enlace para registrarse venció',
    body: ({ reference, initial, expiredAt, message }, here) => [
      paragraph('Sirvió hasta el ', ...here.instant(expiredAt), '.'),
      ...forWhom(here, initial),
      ...messageFrom(message),
      paragraph(strong('No se perdió nada.'), ' Puede tener un enlace nuevo.'),
      paragraph(
        'Llámenos al ',
        link(here.support.phoneHref, here.support.phone),
        `, ${here.support.hours}, y diga su referencia `,
        shownReference(reference),
        '. Le enviamos un enlace nuevo por correo.',
      ),
    ],
  },
};
