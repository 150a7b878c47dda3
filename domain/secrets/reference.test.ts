import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReference, referenceText } from './reference.ts';

describe('a reference', () => {
  it('has one form and is read back from it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
        const text = referenceText(bytes);
        expect(text).toMatch(/^GH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(readReference(text)).toBe(text);
        expect(readReference(text.slice(3))).toBe(text);
        expect(readReference(text.toLowerCase().replaceAll('-', ' '))).toBe(text);
      }),
    );
  });

  it.each([
    ['gh 7k3q m2xp', 'GH-7K3Q-M2XP'],
    ['GH7K3QM2XP', 'GH-7K3Q-M2XP'],
    ['7k3q–m2xp', 'GH-7K3Q-M2XP'],
    ['gh-oil0-1234', 'GH-0110-1234'],
    ['GHGH-GHGH', 'GH-GHGH-GHGH'],
  ])('%j is read as %s', (typed, reference) => {
    expect(readReference(typed)).toBe(reference);
  });

  it.each(['', 'GH', 'GH-7K3Q-M2X', 'GH-7K3Q-M2XPP', 'XX-7K3Q-M2XP', 'GH-7K3Q-M2XU', "GH-7K3Q-M2XP'--"])(
    '%j is none',
    (typed) => {
      expect(readReference(typed)).toBeUndefined();
    },
  );

  it('needs exactly 5 bytes', () => {
    expect(() => referenceText(new Uint8Array(4))).toThrow(RangeError);
  });
});
