import { bareText } from './crockford.ts';

const digits = 8;

/**
 * 8 digits from at least 8 bytes: the remainder of 64 bits and more favours no code by more than 1 in 10¹¹. Also the
 * form of typed pass codes and second-factor codes. Throws RangeError on fewer bytes.
 */
export function mailboxCodeText(bytes: Uint8Array): string {
  if (bytes.length < 8) throw new RangeError('A mailbox code needs at least 8 bytes.');
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  return (number % 10n ** BigInt(digits)).toString().padStart(digits, '0');
}

/** A typed mailbox code as its 8 digits, blanks and dashes forgiven, or undefined when it is not code-shaped. */
export function readMailboxCode(typed: string): string | undefined {
  const text = bareText(typed);
  return /^[0-9]{8}$/.test(text) ? text : undefined;
}
