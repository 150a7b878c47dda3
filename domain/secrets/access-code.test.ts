import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accessCodeText, looksLikeAccessCode, readAccessCode } from './access-code.ts';

describe('an access code', () => {
  it('is 16 characters in groups of four and is read back in halves', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
        const text = accessCodeText(bytes);
        expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
        const read = readAccessCode(text);
        expect(`${read?.selector}${read?.proof}`).toBe(text.replaceAll('-', ''));
        expect(read?.selector).toHaveLength(8);
      }),
    );
  });

  it('keeps all 80 bits apart', () => {
    const ones = Array.from({ length: 80 }, (_, bit) =>
      accessCodeText(Uint8Array.from({ length: 10 }, (_byte, at) => (at === bit >> 3 ? 128 >> (bit & 7) : 0))),
    );
    expect(new Set(ones).size).toBe(80);
  });

  it.each(['7K4M-Q2XH-9TDV-3RWB', '7k4mq2xh9tdv3rwb', ' 7K4M Q2XH 9TDV 3RWB ', '7K4M–Q2XH—9TDV−3RWB'])(
    '%j is forgiven',
    (typed) => {
      expect(readAccessCode(typed)).toEqual({ selector: '7K4MQ2XH', proof: '9TDV3RWB' });
    },
  );

  it('reads O as 0, I and L as 1', () => {
    expect(readAccessCode('OOOO-IIII-llll-oooo')).toEqual({ selector: '00001111', proof: '11110000' });
  });

  it.each([
    '',
    '7K4M-Q2XH-9TDV-3RW',
    '7K4M-Q2XH-9TDV-3RWBB',
    '7K4M-Q2XH-9TDV-3RWU',
    '7K4M/Q2XH/9TDV/3RWB',
    'ada.ferris',
    'GH-7K3Q-M2XP',
  ])('%j is not code-shaped', (typed) => {
    expect(readAccessCode(typed)).toBeUndefined();
    expect(looksLikeAccessCode(typed)).toBe(false);
  });

  it('shape is judged by form alone', () => {
    expect(looksLikeAccessCode('zzzz-zzzz-zzzz-zzzz')).toBe(true);
  });

  it.each([0, 9, 11])('%s bytes make none', (length) => {
    expect(() => accessCodeText(new Uint8Array(length))).toThrow(RangeError);
  });
});
