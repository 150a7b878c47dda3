import { describe, expect, it } from '@jest/globals';
import { usernameRefusal } from './username.ts';

describe('a username', () => {
  it.each([
    'ada',
    'ada.ferris',
    'Ada_Ferris-84',
    'josé',
    '  ada.ferris  ',
    'x'.repeat(64),
    '李小龙',
    '7k4mq2xh9tdv3rw',
  ])('%j is allowed', (text) => {
    expect(usernameRefusal(text)).toBeUndefined();
  });

  it.each([
    ['', 'missing'],
    ['   ', 'missing'],
    ['ab', 'too_short'],
    ['x'.repeat(65), 'too_long'],
    ['ada@mail.example', 'holds_at_sign'],
    ['ada＠mail', 'holds_at_sign'],
    ['ada ferris', 'holds_blank'],
    ['ada\u00a0ferris', 'holds_blank'],
    ['ada\tferris', 'forbidden_characters'],
    ['ada\u202eferris', 'forbidden_characters'],
    ['ada\u200bferris', 'forbidden_characters'],
    ['ada\u0000ferris', 'forbidden_characters'],
    ['7K4M-Q2XH-9TDV-3RWB', 'shaped_like_code'],
    ['7k4mq2xh9tdv3rwb', 'shaped_like_code'],
    ['OOOO-IIII-llll-oooo', 'shaped_like_code'],
  ])('%j is refused: %s', (text, code) => {
    expect(usernameRefusal(text)?.code).toBe(code);
    expect(usernameRefusal(text)?.words).not.toBe('');
  });

  it('the reason is told in the language of the person', () => {
    expect(usernameRefusal('ab', 'en-US')?.words).toBe('Choose a username of at least 3 characters.');
    expect(usernameRefusal('ab', 'es')?.words).toBe('Elija un nombre de usuario de al menos 3 caracteres.');
  });
});
