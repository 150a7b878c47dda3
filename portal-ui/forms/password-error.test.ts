import { describe, expect, it } from '@jest/globals';
import type { PortalInfo } from '../../contract/schemas/portal.ts';
import { newPasswordError } from './password-error.ts';

const portal = {
  name: 'Harborview MyHealth',
  passwordRule: { minLength: 15, maxLength: 128, words: '' },
} as PortalInfo;
const reader = { portal, language: 'en' } as const;

describe('what is wrong with a new password', () => {
  it.each([
    ['', undefined, 'Type a new password'],
    ['three blue cup', undefined, 'Choose a password of 15 letters or more. Yours has 14'],
    ['a'.repeat(130), undefined, 'This password is too long by 2 letters'],
    ['password password', 'common', 'Many people use this password. Choose another'],
    [
      'ferris wheel at home',
      'contains_name',
      'Leave your name, username, email name and Harborview MyHealth out of the password',
    ],
    [
      'harborview harbor',
      'contains_portal_name',
      'Leave your name, username, email name and Harborview MyHealth out of the password',
    ],
  ])('%j, %s', (password, reason, message) => {
    expect(newPasswordError(password, reader, reason)).toBe(message);
  });

  it('is nothing that a page can tell by itself', () => {
    expect(newPasswordError('three blue cups!', reader)).toBeUndefined();
  });

  it('counts letters as people do', () => {
    expect(newPasswordError('e\u0301'.repeat(15), reader)).toBeUndefined();
  });
});
