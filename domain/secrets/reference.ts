import { crockfordText, readCrockford } from './crockford.ts';

const characters = 8;
const prefix = 'GH';

/** A case's reference, `GH-7K3Q-M2XP`, from 5 random bytes. It names a case, it opens nothing. Throws RangeError. */
export function referenceText(bytes5: Uint8Array): string {
  if (bytes5.length !== 5) throw new RangeError('A reference is made of 5 bytes.');
  return grouped(crockfordText(bytes5));
}

/** A reference as somebody typed it (any case, blanks, dashes, with or without `GH`) in its one form, or undefined. */
export function readReference(typed: string): string | undefined {
  const text = readCrockford(typed);
  if (text?.length === characters) return grouped(text);
  if (text?.length === prefix.length + characters && text.startsWith(prefix)) return grouped(text.slice(prefix.length));
  return undefined;
}

function grouped(text: string): string {
  return `${prefix}-${text.slice(0, 4)}-${text.slice(4)}`;
}
