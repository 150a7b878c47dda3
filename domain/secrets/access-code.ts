import { crockfordText, readCrockford } from './crockford.ts';

const characters = 16;
const selectorCharacters = 8;

/** An access code as it is mailed, `7K4M-Q2XH-9TDV-3RWB`, from its 10 bytes (80 bits). Throws RangeError on another length. */
export function accessCodeText(bytes10: Uint8Array): string {
  if (bytes10.length !== 10) throw new RangeError('An access code is made of 10 bytes.');
  return (crockfordText(bytes10).match(/.{4}/g) ?? []).join('-');
}

/**
 * A typed access code: 8 characters that select its row, 8 that prove it (security.md). Undefined when it is not
 * code-shaped; then no try is counted.
 */
export function readAccessCode(typed: string): { selector: string; proof: string } | undefined {
  const text = readCrockford(typed);
  if (text?.length !== characters) return undefined;
  return { selector: text.slice(0, selectorCharacters), proof: text.slice(selectorCharacters) };
}

/** Whether a text has the shape of an access code, judged by form alone (usernames and sign-in names may not have it). */
export function looksLikeAccessCode(text: string): boolean {
  return readAccessCode(text) !== undefined;
}
