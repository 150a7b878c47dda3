import { paragraph } from '../blocks.ts';
import { shownReference, wayTo } from '../phrases.ts';
import type { Template } from '../template.ts';

export const applicationReceived: Template<'application_received'> = {
  en: {
    heading: 'We have your application',
    body: ({ reference, promisedBy }, here) => [
      paragraph('Your reference is ', shownReference(reference), '. Keep this email.'),
      paragraph('Our team checks your answers and emails you by ', ...here.instant(promisedBy), '.'),
      wayTo(here, {
        label: 'Follow my application',
        href: here.links.status,
        instead: 'See where it is, with your reference and your date of birth',
      }),
    ],
  },
  es: {
    heading: 'Recibimos su solicitud',
    body: ({ reference, promisedBy }, here) => [
      paragraph('Su referencia es ', shownReference(reference), '. Guarde este correo.'),
      paragraph('Nuestro equipo revisa sus respuestas y le escribe a más tardar el ', ...here.instant(promisedBy), '.'),
      wayTo(here, {
        label: 'Seguir mi solicitud',
        href: here.links.status,
        instead: 'Vea cómo va, con su referencia y su fecha de nacimiento',
      }),
    ],
  },
};
