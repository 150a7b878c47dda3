/**
 * Text typed by a person or by staff, made harmless for a mail: control and direction marks go, and a word joiner after
 * every dot, colon, slash or @ inside a word keeps mail programs from making a link or an address of it (security.md,
 * "cannot become links in mails"). It looks as typed. Escaping for HTML is the renderer's.
 */
export function inertText(text: string): string {
  return text.normalize('NFC').replace(unwanted, '').replace(linkMaking, `$&${wordJoiner}`);
}

const wordJoiner = '\u2060';

// Everything but line feed: C0 and C1 controls, zero-width and joining marks, direction marks, overrides and isolates.
const unwanted = /(?!\n)[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

// Also the full stops, colons, slashes and at signs of other scripts, which some programs read as the plain ones.
const linkMaking = /[.:/@\u2024\u3002\uff0e\uff61\uff1a\uff0f\uff20](?=\S)|(?<=\bwww)(?=\S)/giu;
