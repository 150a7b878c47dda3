import { paragraph, warning } from '../blocks.ts';
import type { Template } from '../template.ts';

export const credentialsChanged: Template<'credentials_changed'> = {
  en: {
    heading: 'Your password was changed',
    body: ({ changedAt }, here) => [
      paragraph('It was changed on ', ...here.instant(changedAt), '.'),
      paragraph('You are signed out everywhere else.'),
      warning('You did not change it?', 'Then tell us now with the link below, or call us.'),
    ],
  },
  es: {
    heading: 'Se cambió su contraseña',
    body: ({ changedAt }, here) => [
      paragraph('Se cambió el ', ...here.instant(changedAt), '.'),
      paragraph('Su sesión se cerró en todos los demás lugares.'),
      warning('¿No la cambió usted?', 'Avísenos ahora con el enlace de abajo, o llámenos.'),
    ],
  },
};
