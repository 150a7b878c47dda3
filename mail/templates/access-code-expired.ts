import { messageFrom, paragraph } from '../blocks.ts';
import { shownReference, wayTo } from '../phrases.ts';
import type { Template } from '../template.ts';

export const accessCodeExpired: Template<'access_code_expired'> = {
  en: {
    heading: 'Your access code has run out',
    body: ({ reference, expiredAt, canRenew = true, message }, here) => [
      paragraph('It worked until ', ...here.instant(expiredAt), '.'),
      ...messageFrom(message),
      ...(canRenew
        ? [
            paragraph(
              'You can get a new one with your reference ',
              shownReference(reference),
              ' and your date of birth.',
            ),
            wayTo(here, { label: 'Get a new code', href: here.links.status }),
            paragraph('Or call us.'),
          ]
        : [paragraph('You need a new one? Call us and say your reference ', shownReference(reference), '.')]),
    ],
  },
  es: {
    heading: 'Su código de acceso venció',
    body: ({ reference, expiredAt, canRenew = true, message }, here) => [
      paragraph('Sirvió hasta el ', ...here.instant(expiredAt), '.'),
      ...messageFrom(message),
      ...(canRenew
        ? [
            paragraph(
              'Puede pedir uno nuevo con su referencia ',
              shownReference(reference),
              ' y su fecha de nacimiento.',
            ),
            wayTo(here, { label: 'Pedir un código nuevo', href: here.links.status }),
            paragraph('O llámenos.'),
          ]
        : [paragraph('¿Necesita uno nuevo? Llámenos y diga su referencia ', shownReference(reference), '.')]),
    ],
  },
};
