import { expect, it } from '@jest/globals';
import { maskedEmail } from './masked-email.ts';

it.each([
  ['ada.ferris@mail.example', 'a•••••s@mail.example'],
  ['adam@mail.example', 'a•••••m@mail.example'],
  ['ada@mail.example', 'a•••••@mail.example'],
  ['a@mail.example', 'a•••••@mail.example'],
  ['"a@b.c"@mail.example', '"•••••"@mail.example'],
])('%s is shown as %s', (email, masked) => expect(maskedEmail(email)).toBe(masked));
