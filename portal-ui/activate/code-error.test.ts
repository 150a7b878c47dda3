import { describe, expect, it } from '@jest/globals';
import { codeError } from './code-error.ts';

describe('a typed access code', () => {
  it.each(['7K4M-Q2XH-9TDV-3RWB', '7k4m q2xh 9tdv 3rwb', ' 7K4MQ2XH\u20119TDV\u200b3RWB '])(
    '%j has the form of one',
    (typed) => expect(codeError(typed, 'en')).toBeUndefined(),
  );

  it.each(['', '  ', ' - - '])('%j is none at all', (typed) =>
    expect(codeError(typed, 'en')).toBe('Type your access code'),
  );

  it('is counted without blanks and dashes', () => {
    expect(codeError('7K4M-Q2XH-9TDV-3RW', 'en')).toBe('It has 16 letters and numbers. You typed 15');
    expect(codeError('7K4M Q2XH 9TDV 3RWB X', 'es')).toBe('Tiene 16 letras y números. Usted escribió 17');
    expect(codeError('x'.repeat(300), 'en')).toBe('It has 16 letters and numbers. You typed 300');
  });

  it('with a letter that no code has is for the API to refuse', () => {
    expect(codeError('UUUU-UUUU-UUUU-UUUU', 'en')).toBeUndefined();
  });
});
