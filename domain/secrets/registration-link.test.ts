import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readRegistrationLink, registrationLinkText } from './registration-link.ts';

const link = registrationLinkText(Uint8Array.from({ length: 32 }, (_, index) => (index * 37) % 256));

describe('the text of a link', () => {
  it('is base64url as everybody writes it, 43 characters', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        expect(registrationLinkText(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      }),
    );
  });

  it('is made of 32 bytes and no others', () => {
    for (const length of [0, 31, 33]) expect(() => registrationLinkText(new Uint8Array(length))).toThrow(RangeError);
  });
});

describe('reading a link', () => {
  it.each([
    link,
    ` ${link}\n`,
    `https://portal.example/p/maplestreet/register#${link}`,
    `${link.slice(0, 20)}\n ${link.slice(20)}`,
  ])('finds the secret in %j', (typed) => {
    expect(readRegistrationLink(typed)).toEqual({ selector: link.slice(0, 22), proof: link });
  });

  it.each([
    '',
    'register',
    link.slice(1),
    `${link}x`,
    `${link.slice(0, 42)}.`,
    `?${link}`,
    `x#${link}#`,
    link.repeat(20),
  ])('finds none in %j', (typed) => {
    expect(readRegistrationLink(typed)).toBeUndefined();
  });

  it('keeps letter case: another one is another link', () => {
    expect(readRegistrationLink(link.toLowerCase())?.proof).not.toBe(link);
  });
});
