import { describe, expect, it } from '@jest/globals';
import { readLink } from './read-link.ts';

const secret = 'Qm7_xK2-pL9vT4sR8wZ1yB6nC3dF5gH0jM_aE7uXoI9';

describe('a pasted link', () => {
  it.each([
    secret,
    ` ${secret}\n`,
    `https://portal.maplestreet.example/p/maplestreet/register#${secret}`,
    `<https://portal.maplestreet.example/p/maplestreet/\nregister#${secret.slice(0, 20)}\n${secret.slice(20)}>`,
  ])('%j is read', (typed) => expect(readLink(typed)).toBe(secret));

  it.each([
    '',
    'https://portal.maplestreet.example/p/maplestreet/register',
    secret.slice(1),
    `${secret}x`,
    `#${secret}.`,
  ])('%j is not whole', (typed) => expect(readLink(typed)).toBeUndefined());
});
