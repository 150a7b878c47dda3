import { paragraph } from '../blocks.ts';
import type { Template } from '../template.ts';

export const accountSuspended: Template<'account_suspended'> = {
  en: {
    heading: 'Your account is stopped',
    body: () => [paragraph('Nobody can sign in now.'), paragraph('Call us.')],
  },
  es: {
    heading: 'Su cuenta está detenida',
    body: () => [paragraph('Nadie puede entrar ahora.'), paragraph('Llámenos.')],
  },
};
