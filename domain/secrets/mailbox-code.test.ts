import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mailboxCodeText, readMailboxCode } from './mailbox-code.ts';

describe('a mailbox code', () => {
  it('is always 8 digits and read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 32 }), (bytes) => {
        const code = mailboxCodeText(bytes);
        expect(code).toMatch(/^\d{8}$/);
        expect(readMailboxCode(`${code.slice(0, 4)} ${code.slice(4)}`)).toBe(code);
      }),
    );
  });

  it.each([
    [[0, 0, 0, 0, 0, 0, 0, 0], '00000000'],
    [[0, 0, 0, 0, 0, 0, 0, 7], '00000007'],
    // 2^64 - 1 = 18446744073709551615
    [[255, 255, 255, 255, 255, 255, 255, 255], '09551615'],
  ])('%j gives %s', (bytes, code) => {
    expect(mailboxCodeText(Uint8Array.from(bytes))).toBe(code);
  });

  it('is the remainder of all bytes given, not of the first', () => {
    expect(mailboxCodeText(Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0, 0]))).toBe(
      String(2n ** 64n % 100_000_000n).padStart(8, '0'),
    );
  });

  it.each(['', '1234567', '123456789', '1234567a', '１２３４-567', '12.345.678'])('%j is not code-shaped', (typed) => {
    expect(readMailboxCode(typed)).toBeUndefined();
  });

  it('forgives blanks, dashes and full-width digits', () => {
    expect(readMailboxCode(' 0012-34 56\u00a0')).toBe('00123456');
    expect(readMailboxCode('１２３４ ５６７８')).toBe('12345678');
  });

  it('needs 8 bytes', () => {
    expect(() => mailboxCodeText(new Uint8Array(7))).toThrow(RangeError);
  });
});
