import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crockfordBytes, crockfordText, readCrockford } from './crockford.ts';

describe('Crockford text', () => {
  it.each([
    [[0, 0, 0, 0, 0], '00000000'],
    [[255, 255, 255, 255, 255], 'ZZZZZZZZ'],
    [[0, 0, 0, 0, 1], '00000001'],
    [[0x08, 0, 0, 0, 0], '10000000'],
    [[0x00, 0x44, 0x32, 0x14, 0xc7], '01234567'],
    [[255], 'ZW'],
  ])('%j is %s', (bytes, text) => {
    expect(crockfordText(Uint8Array.from(bytes))).toBe(text);
  });

  it('counts through the whole alphabet', () => {
    const texts = Array.from({ length: 32 }, (_, value) => crockfordText(Uint8Array.from([value << 3])).charAt(0));
    expect(texts.join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
  });

  it('comes back from any bytes, however it was typed', () => {
    const anySeparator = fc.constantFrom('', ' ', '-', '\u2013', '\u00a0', '\u200b', '\t');
    const anyBytes = fc.uint8Array({ minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(anyBytes, fc.boolean(), anySeparator, (bytes, isLower, separator) => {
        const text = crockfordText(bytes);
        const forgiven = text.replace(/0/g, 'O').replace(/1/g, (_one, at) => (at % 2 ? 'I' : 'l'));
        const typed = [...forgiven].join(separator);
        expect(crockfordBytes(isLower ? typed.toLowerCase() : typed)).toEqual(bytes);
        expect(text).toHaveLength(Math.ceil((bytes.length * 8) / 5));
      }),
    );
  });

  it.each(['7K4U', 'u', '7K4é', 'K.4', '7K4M_', 'K\u0131', 'А1', '٣', 'K'.repeat(201)])('%j is none', (typed) => {
    expect(readCrockford(typed)).toBeUndefined();
    expect(crockfordBytes(typed)).toBeUndefined();
  });

  it('forgives full-width letters, any dash and what cannot be seen', () => {
    expect(readCrockford(' ７ｋ4m\u2014q2\u2212xh\u2011\ufeff9t\u00add\u3000v ')).toBe('7K4MQ2XH9TDV');
    expect(readCrockford('oOiIlL')).toBe('001111');
    expect(readCrockford('')).toBe('');
  });
});
