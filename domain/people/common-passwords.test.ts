import { describe, expect, it } from '@jest/globals';
import { isCommonPassword } from './common-passwords.ts';

describe('a common password', () => {
  it.each([
    'password',
    'PassWord123',
    'iloveyou',
    'correct horse battery staple',
    'correct-horse-battery-staple',
    'aaaaaaaaaaaaaaa',
    'abcabcabcabcabca',
    'hunter2hunter2',
    'PasswordPassword',
    'pass pass pass pass',
    'abcdefghijklmno',
    'zyxwvutsrqponml',
    '0123456789012345',
    '987654321098765',
    'qwertyuiopasdfgh',
    'poiuytrewqlkjhgf',
    '1qaz2wsx3edc4rfv',
    'qwerty1234567890',
    'asdfghjkl1234567',
    '1q2w3e4r5t6y7u8i',
    'contraseña123',
    '１２３４５６７８９０１２３４５',
  ])('%j is one', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    '',
    'seven tin boats',
    'passwordx7 tinboats',
    'my password is seven',
    'qwerty tin boats',
    '1234 tin boats 56',
    'anna and hannah',
    '3141592653589 pie',
    'seven tin boats at seven',
  ])('%j is none', (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });

  it('the longest password is judged at once', () => {
    const started = performance.now();
    for (let time = 0; time < 100; time += 1)
      isCommonPassword('qwertyuiop1234567890'.repeat(7).slice(0, 127).concat('é'));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
