const bytes = 32;
const selectorCharacters = 22;
const longestTyped = 500;

/** The secret of a link, 43 characters of base64url, from its 32 bytes (256 bits). Throws RangeError on another length. */
export function registrationLinkText(bytes32: Uint8Array): string {
  if (bytes32.length !== bytes) throw new RangeError('A link is made of 32 bytes.');
  let text = '';
  for (let at = 0; at < bytes; at += 3) {
    const [a, b, c] = [bytes32[at] ?? 0, bytes32[at + 1] ?? 0, bytes32[at + 2] ?? 0];
    const group = (a << 16) | (b << 8) | c;
    for (const shift of [18, 12, 6, 0]) text += alphabet.charAt((group >>> shift) & 63);
  }
  return text.slice(0, 43);
}

/**
 * The secret in what somebody opened or pasted (the whole address, or what stands after `#`): 22 characters that select its row,
 * the whole to prove it. Letter case counts. Undefined when there is none in it; then nothing is looked up.
 */
export function readRegistrationLink(typed: string): { selector: string; proof: string } | undefined {
  if (typed.length > longestTyped) return undefined;
  const [, proof] = /(?:^|#)([A-Za-z0-9_-]{43})$/.exec(typed.replace(/\s+/gu, '')) ?? [];
  return proof === undefined ? undefined : { selector: proof.slice(0, selectorCharacters), proof };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
