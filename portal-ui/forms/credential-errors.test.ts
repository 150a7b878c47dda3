import { describe, expect, it } from '@jest/globals';
import type { Visit } from '../visit.ts';
import { passwordError, usernameError } from './credential-errors.ts';

const reader = (language: Visit['language']) => ({
  language,
  portal: { name: 'Harborview MyHealth', passwordRule: { minLength: 15, maxLength: 128, words: '' } },
});
const en = reader('en');

describe('a username', () => {
  it.each([
    ['', 'Type a username'],
    ['ada@home.example', 'A username has no @ sign'],
    ['7K4M-Q2XH-9TDV-3RWB', 'This username looks like an access code'],
    ['ab', 'Choose a username of 3 letters or more'],
    ['ada ferris', 'Leave out the space in the username, or type a dot for it'],
    ['a'.repeat(66), 'This username is too long by 2 letters'],
  ])('%j: %s', (typed, message) => expect(usernameError(typed, en)).toEqual({ field: 'user', message }));

  it('with nothing wrong in its form is for the API to judge', () => {
    expect(usernameError('ada.at.home', en)).toBeUndefined();
    expect(usernameError('ada.at.home', en, 'shaped_like_code')?.message).toBe(
      'This username looks like an access code',
    );
    expect(usernameError('ada.at.home', en, 'some_new_rule')?.message).toBe('Please choose another username');
  });
});

describe('a password', () => {
  it('says how many letters it has, as the API counts them', () => {
    expect(passwordError('three blue cup', en)).toEqual({
      field: 'pass',
      message: 'Choose a password of 15 letters or more. Yours has 14',
    });
    expect(passwordError('', en)?.message).toBe('Choose a password of 15 letters or more. Yours has 0');
    expect(passwordError('🚤'.repeat(15), en)).toBeUndefined();
    expect(passwordError('tin boate\u0301', en)?.message).toBe('Choose a password of 15 letters or more. Yours has 9');
    expect(passwordError('x'.repeat(129), en)?.message).toBe('This password is too long by 1 letter');
  });

  it.each(['contains_username', 'contains_name', 'contains_email', 'contains_portal_name'])(
    '%s: what to leave out',
    (reason) =>
      expect(passwordError('three blue cups', en, reason)?.message).toBe(
        'Leave your name, username, email name and Harborview MyHealth out of the password',
      ),
  );

  it('that many people use is told in both languages', () => {
    expect(passwordError('passwordpassword', en, 'common')?.message).toBe(
      'Many people use this password. Choose another',
    );
    expect(passwordError('passwordpassword', reader('es'), 'common')?.message).toBe(
      'Mucha gente usa esta contraseña. Elija otra',
    );
  });
});
