/** Crockford's base 32: digits and letters without I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The bytes as Crockford text, 5 bits a character, most significant first; spare bits at the end are zero. */
export function crockfordText(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet.charAt((buffer >>> (bits - 5)) & 31);
    buffer &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet.charAt((buffer << (5 - bits)) & 31);
}

/**
 * What a person typed as bare Crockford characters, or undefined when something else is in it. Forgiven: letter case,
 * blanks, any dash, invisible characters of copied mails, O for 0, I and L for 1. U is no character of it.
 */
export function readCrockford(typed: string): string | undefined {
  let text = '';
  for (const character of bareText(typed)) {
    const read = readings.get(character);
    if (read === undefined) return undefined;
    text += read;
  }
  return text;
}

/** The bytes of a typed text, read forgivingly; undefined when it is not Crockford text. Trailing spare bits are dropped. */
export function crockfordBytes(typed: string): Uint8Array | undefined {
  const text = readCrockford(typed);
  if (text === undefined) return undefined;
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text) {
    buffer = (buffer << 5) | alphabet.indexOf(character);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(buffer >>> bits);
    buffer &= (1 << bits) - 1;
  }
  return Uint8Array.from(bytes);
}

/** Full-width letters become plain ones; blanks, dashes and what cannot be seen go. Longer than any code: nothing to read. */
export function bareText(typed: string): string {
  if (typed.length > longestTyped) return '?';
  return typed.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}\u2212\u2043]/gu, '');
}

const longestTyped = 200;

/** ASCII only and by table: the case mapping of `ı` must not make a code out of something else. */
const readings: ReadonlyMap<string, string> = new Map([
  ...[...alphabet].flatMap((character): [string, string][] => [
    [character, character],
    [character.toLowerCase(), character],
  ]),
  ...[...'Oo'].map((character): [string, string] => [character, '0']),
  ...[...'IiLl'].map((character): [string, string] => [character, '1']),
]);
