/** One line as we keep it: NFC, trimmed, every run of blanks (line ends too) one space. */
export function cleanText(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** Several lines as we keep them: each cleaned, line ends `\n`, at most one empty line in a row. */
export function cleanLines(text: string): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/u).map(cleanText);
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * Whether a text holds what could hide or reorder what is read: control and bidirectional characters, invisible ones,
 * lone surrogates. Joiners are allowed where scripts need them (Persian, Indic) and within emoji. `lines` allows line ends.
 */
export function hasForbiddenCharacters(text: string, { lines = false }: { lines?: boolean } = {}): boolean {
  const judged = lines ? text.replace(/[\r\n\t]/g, ' ') : text;
  return forbidden.test(judged.replace(joinersInPlace, ''));
}

/** A name for matching: letter case, marks, blanks, hyphens and apostrophes make no difference. Empty: nothing to match. */
export function nameKey(name: string): string {
  return folded(name).replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** A text without letter case and Latin, Greek and Cyrillic marks; vowels of other scripts stay, they are letters. */
export function folded(text: string): string {
  const plain = text.normalize('NFKD').replace(marks, '').toLowerCase().replace(marks, '');
  return plain.replace(/[ßæœøđðłþı]/g, (letter) => spelledOut[letter] ?? letter);
}

/** An e-mail address for comparing: NFC, trimmed, letter case folded. Plus-parts and dots stay: they may be other people. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase().normalize('NFC');
}

/** A postal code for comparing: the 5 digits of a US ZIP code (with or without its +4), else letters and digits alone. */
export function postalKey(postalCode: string): string {
  const text = postalCode
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
  return /^(\d{5}|\d{9})$/.test(text) ? text.slice(0, 5) : text;
}

/** A username for looking up: trimmed, NFKC, without letter case (security.md). */
export function usernameKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}

/**
 * What a username looks like: two with one skeleton could be taken for each other, so only one of them is given out.
 * Latin, Cyrillic, Greek, Armenian and digit look-alikes; never shown to anybody.
 */
export function usernameSkeleton(text: string): string {
  const plain = usernameKey(text)
    .normalize('NFKD')
    .replace(marks, '')
    .replace(/\p{Cf}/gu, '');
  return [...plain].map((character) => lookAlikes.get(character) ?? character).join('');
}

/** What somebody signs in with, for looking up: an e-mail address when it holds an `@`, else a username. */
export function loginKey(text: string): string {
  const plain = text.normalize('NFKC');
  return plain.includes('@') ? emailKey(plain) : usernameKey(plain);
}

const marks = /[\u0300-\u036f]/g;

const forbidden =
  /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Noncharacter_Code_Point}|[\u115f\u1160\u3164\uffa0]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]/u;

/** Scripts whose spelling needs zero-width joiners and non-joiners. */
const joiningScripts = [
  'Arab',
  'Syrc',
  'Deva',
  'Beng',
  'Guru',
  'Gujr',
  'Orya',
  'Taml',
  'Telu',
  'Knda',
  'Mlym',
  'Sinh',
  'Khmr',
]
  .map((script) => `\\p{sc=${script}}`)
  .join('');

/** After a letter or virama of such a script and before a letter; the joiner also within an emoji. */
const joinersInPlace = new RegExp(
  `(?<=[${joiningScripts}])[\\u200c\\u200d](?=\\p{L})|` +
    '(?<=\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\ufe0f)\\u200d(?=\\p{Extended_Pictographic})',
  'gu',
);

const spelledOut: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Character by character: what it is read as. Digits and i, l, 1 fall together because letter case does not count. */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...pairs('0', 'o'),
  ...pairs('1i|ıӏіιɩǀ', 'l'),
  ...pairs('аαɑ', 'a'),
  ...pairs('ьвβßƅ', 'b'),
  ...pairs('сϲ', 'c'),
  ...pairs('ԁđð', 'd'),
  ...pairs('еεҽ', 'e'),
  ...pairs('ɡց', 'g'),
  ...pairs('нһհ', 'h'),
  ...pairs('јϳ', 'j'),
  ...pairs('кκ', 'k'),
  ...pairs('łŀ', 'l'),
  ...pairs('пηո', 'n'),
  ...pairs('оοσօø', 'o'),
  ...pairs('рρ', 'p'),
  ...pairs('ԛզ', 'q'),
  ...pairs('г', 'r'),
  ...pairs('ѕ', 's'),
  ...pairs('тτ', 't'),
  ...pairs('υսμ', 'u'),
  ...pairs('νѵ', 'v'),
  ...pairs('хχ', 'x'),
  ...pairs('уγү', 'y'),
  ...pairs('з', '3'),
  ...pairs('б', '6'),
  ...pairs('mм', 'rn'),
  ...pairs('wԝω', 'vv'),
  ...pairs('æ', 'ae'),
  ...pairs('œ', 'oe'),
  ...pairs('‐‑‒–—―−', '-'),
  ...pairs('’‘ʼ`´', "'"),
]);

function pairs(characters: string, readAs: string): [string, string][] {
  return [...characters].map((character) => [character, readAs]);
}
