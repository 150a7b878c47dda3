import { expect, it } from '@jest/globals';
import { createPasswords } from './passwords.ts';

const passwords = createPasswords(2);

it('hash with argon2id, m=19456, t=2, p=1', async () => {
  expect(await passwords.hash('seven lanterns')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

it('are compared exactly but for how Unicode spells them', async () => {
  const stored = await passwords.hash('caf\u00e9 at night');
  expect(await passwords.isRight(stored, 'cafe\u0301 at night')).toBe(true);
  expect(await passwords.isRight(stored, 'café at night ')).toBe(false);
  expect(await passwords.isRight(undefined, 'café at night')).toBe(false);
});

it('a rush is answered one after the other', async () => {
  const hashes = await Promise.all(Array.from({ length: 6 }, (_, index) => passwords.hash(`password ${index}`)));
  expect(new Set(hashes).size).toBe(6);
});
