import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { stringifySetCookie } from 'cookie';
import { type KeyRing, subkey } from '../store/key-ring.ts';

/** What was kept longer ago than this is not opened any more; the cookie itself goes with the browser. */
const keptMs = 4 * 60 * 60 * 1_000;

/** Browsers take 4,096 bytes a cookie; long answers go into several, up to this many. */
const chunkLength = 3_600;
const mostChunks = 4;
const mostBytes = 64 * 1024;

type Cookies = Readonly<Record<string, string | undefined>>;

/** Where the cookie of a portal's pages is kept. */
export interface KeptPlace {
  portal: string;
  keys: KeyRing;
  isHttps: boolean;
  now: Date;
}

/**
 * What the pages of a portal keep in the browser, sealed (AES-256-GCM, bound to the portal): unreadable there, unforgeable, and in no
 * table of ours before it is sent. Undefined when there is none, none that can be opened, or
 * one of more than four hours ago.
 */
export function openKept(cookies: Cookies, place: KeptPlace): unknown {
  const text = Array.from({ length: mostChunks }, (_, index) => cookies[chunkName(place, index)] ?? '').join('');
  const [keyId = '', sealed = ''] = text.split('.');
  if (!sealed || !place.keys.byId.has(keyId)) return undefined;
  try {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', subkey(place.keys, keyId, 'pages'), bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(place.portal));
    decipher.setAuthTag(bytes.subarray(12, 28));
    const packed = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
    const { at, value } = JSON.parse(inflateRawSync(packed, { maxOutputLength: mostBytes }).toString('utf8'));
    return place.now.getTime() - at <= keptMs ? value : undefined;
  } catch {
    return undefined; // of another key, another portal, or cut short: as if there were none
  }
}

/**
 * The `Set-Cookie` texts that keep `value` and take away chunks that are no longer needed; an empty object takes all away. Throws
 * when it does not fit, which the lengths of the fields rule out.
 */
export function sealKept(value: Readonly<Record<string, unknown>>, before: Cookies, place: KeptPlace): string[] {
  const text = Object.keys(value).length === 0 ? '' : seal(JSON.stringify({ at: place.now.getTime(), value }), place);
  const chunks = text.match(new RegExp(`.{1,${chunkLength}}`, 'g')) ?? [];
  if (chunks.length > mostChunks) throw new Error('what the pages keep does not fit into cookies');
  const names = Array.from({ length: mostChunks }, (_, index) => chunkName(place, index));
  return names.flatMap((name, index) => {
    const chunk = chunks[index];
    if (chunk === undefined && before[name] === undefined) return [];
    return [
      stringifySetCookie({
        name,
        value: chunk ?? '',
        path: place.isHttps ? '/' : `/p/${place.portal}`,
        httpOnly: true,
        secure: place.isHttps,
        sameSite: 'lax',
        ...(chunk === undefined && { maxAge: 0 }),
      }),
    ];
  });
}

function seal(text: string, { keys, portal }: KeptPlace): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', subkey(keys, keys.current, 'pages'), nonce);
  cipher.setAAD(Buffer.from(portal));
  const sealed = Buffer.concat([cipher.update(deflateRawSync(Buffer.from(text, 'utf8'))), cipher.final()]);
  return `${keys.current}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

function chunkName({ portal, isHttps }: KeptPlace, index: number): string {
  return `${isHttps ? '__Host-' : ''}gh_pages_${portal}_${index}`;
}
