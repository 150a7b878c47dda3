import { describe, expect, it } from '@jest/globals';
import { passwordRefusal, passwordRuleInWords } from './password.ts';

const ada = {
  minLength: 15,
  username: 'Ada.Ferris',
  names: ['Ada', 'Ferris-Li'],
  email: 'countess.lovelace@mail.example',
  portalName: 'Harborview MyHealth',
};

describe('a password', () => {
  it.each([
    'seven tin boats at noon',
    'seventinboatsno',
    'Zw9!kd02-LmQ_pp',
    'été à la plage été',
    '密码密马码密碼宻蜜谧秘觅泌幂冪',
    'adam likes boats',
    'x'.repeat(2).concat('q7Rk'.repeat(3), ' tin boats'),
    `${'seven tin boats '.repeat(7)}at noon now!!!!!`,
    'mail.example is where',
    '   tin boats   7',
  ])('%j is allowed', (password) => {
    expect(passwordRefusal(password, ada)).toBeUndefined();
  });

  it.each([
    ['', 'too_short'],
    ['seventinboatsn', 'too_short'],
    // 14 characters after NFC, though 15 and more code points as typed.
    ['seven tin boate\u0301'.slice(1), 'too_short'],
    // 14 characters outside the basic plane are 28 code units.
    ['🚤🚣🛶⛵🚤🚣🛶⛵🚤🚣🛶⛵🚤🚣', 'too_short'],
    ['seven tin boats '.repeat(8).concat('!'), 'too_long'],
    ['passwordpassword', 'common'],
    ['CorrectHorseBatteryStaple', 'common'],
    ['aaaaaaaaaaaaaaa', 'common'],
    ['qwertyuiopasdfgh', 'common'],
    ['123456789012345', 'common'],
    ['I am ADA.ferris ok', 'contains_username'],
    ['myferristinboats', 'contains_name'],
    ['MYFÉRRISTINBOATS', 'contains_name'],
    ['lovelace tin boats', 'contains_email'],
    ['the COUNTESS boats', 'contains_email'],
    ['harborview boats 7', 'contains_portal_name'],
    ['tin myhealth boats', 'contains_portal_name'],
  ])('%j is refused: %s', (password, code) => {
    expect(passwordRefusal(password, ada)?.code).toBe(code);
    expect(passwordRefusal(password, ada)?.words).not.toBe('');
  });

  it('128 characters are allowed, 129 not, counted as people count', () => {
    const boats = (count: number) =>
      [...'🚤🚣🛶⛵ 7tin boats at nóon, then eleven more by dusk. '.repeat(9)].slice(0, count).join('');
    expect(passwordRefusal(boats(128), ada)).toBeUndefined();
    expect(passwordRefusal(boats(129), ada)?.code).toBe('too_long');
  });

  it('8 characters are enough where the rule says so', () => {
    expect(passwordRefusal('tin boat', { ...ada, minLength: 8 })).toBeUndefined();
    expect(passwordRefusal('sunshine', { ...ada, minLength: 8 })?.code).toBe('common');
    expect(passwordRefusal('tinboat', { ...ada, minLength: 8 })?.words).toContain('at least 8 characters');
  });

  it('what is not known is not judged, and short parts do not count', () => {
    expect(passwordRefusal('harborview ferris boats', { minLength: 15 })).toBeUndefined();
    const li = { minLength: 15, username: 'li', names: ['Li', 'Wu'], email: 'li@mail.example', portalName: 'GP' };
    expect(passwordRefusal('lively wuthering gp', li)).toBeUndefined();
  });

  it('the rule and the reason are told in the language of the person', () => {
    expect(passwordRuleInWords(15, 'en')).toContain('15 to 128 characters');
    expect(passwordRuleInWords(8, 'es')).toContain('De 8 a 128 caracteres');
    expect(passwordRefusal('corta', { ...ada, language: 'es' })?.words).toContain('al menos 15 caracteres');
  });
});
