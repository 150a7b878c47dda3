import { paragraph, warning } from '../blocks.ts';
import type { Template } from '../template.ts';

export const emailChanged: Template<'email_changed'> = {
  en: {
    heading: 'We do not write to this address any more',
    body: () => [
      paragraph('We now use another address.'),
      paragraph('If you asked for it, do nothing.'),
      warning('You did not ask for it?', 'Then tell us now with the link below, or call us.'),
    ],
  },
  es: {
    heading: 'Ya no escribimos a esta dirección',
    body: () => [
      paragraph('Ahora usamos otra dirección.'),
      paragraph('Si usted lo pidió, no haga nada.'),
      warning('¿No lo pidió usted?', 'Avísenos ahora con el enlace de abajo, o llámenos.'),
    ],
  },
};
