/**
 * What our mails put behind the `#` of a link. It never leaves the browser by itself: servers, logs and mail scanners do not see it.
 */

const codeLength = 16;

/** The access code of `/activate#7K4MQ2XH9TDV3RWB`, bare and in capitals; undefined when the fragment is something else. */
export function codeOfFragment(hash: string): string | undefined {
  const bare = decoded(hash)
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return bare.length === codeLength && /^[0-9A-HJKMNP-TV-Z]+$/.test(bare) ? bare : undefined;
}

/** The token of `/not-me#…` or `/register#…`; undefined when the fragment does not have its form. */
export function tokenOfFragment(hash: string): string | undefined {
  const text = decoded(hash).trim();
  return /^[\w-]{20,200}$/.test(text) ? text : undefined;
}

/** `7K4M Q2XH 9TDV 3RWB`, as it is read aloud. */
export function inGroupsOfFour(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join(' ');
}

function decoded(hash: string): string {
  const text = hash.replace(/^#/, '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % sign
  }
}
