import { describe, expect, it } from '@jest/globals';
import { emailName, judgePassword } from './password-rules.ts';

const setting = { minLength: 15, maxLength: 128, own: ['Harborview MyHealth', 'Li'], username: 'ada.at.home' };

describe('a password while it is typed', () => {
  it('says how many letters are missing, as people count them', () => {
    expect(judgePassword('three blue cup', setting)).toEqual({ length: 14, missing: 1, surplus: 0, hasOwn: false });
    expect(judgePassword('three blue cups', setting).missing).toBe(0);
    expect(judgePassword('🚤'.repeat(15), setting)).toMatchObject({ length: 15, missing: 0 });
    // An accent typed as a sign of its own is no letter.
    expect(judgePassword('tin boate\u0301', setting).length).toBe(9);
  });

  it('says how many letters are too many', () => expect(judgePassword('x'.repeat(130), setting).surplus).toBe(2));

  it.each(['my ADA.at.home ok', 'harborview boats', 'the MyHéalth one'])('%j has something of its own in it', (typed) =>
    expect(judgePassword(typed, setting).hasOwn).toBe(true),
  );

  it.each(['lively tin boats', 'at home in boats', 'tin boats at noon'])('%j has not', (typed) =>
    expect(judgePassword(typed, setting).hasOwn).toBe(false),
  );

  it('nothing known, nothing judged', () => {
    expect(judgePassword('harborview', { ...setting, own: ['', '  '], username: '' }).hasOwn).toBe(false);
  });

  it('the name of an address is what stands before its last @ sign', () => {
    expect(emailName('ada.ferris@mail.example')).toBe('ada.ferris');
    expect(emailName('ada')).toBe('ada');
  });
});
