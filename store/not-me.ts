import { createHmac, timingSafeEqual } from 'node:crypto';
import { type KeyRing, subkey } from './key-ring.ts';

const idBytes = 16;
const macBytes = 16;

/** The token of a mail's "this wasn't me" link: the message's id and an HMAC of it. It uses nothing up. */
export function notMeToken(keys: KeyRing, messageId: string): string {
  const id = Buffer.from(messageId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, macOf(keys, keys.current, id)]).toString('base64url');
}

/** The message a token was made for, under any key of the ring; undefined for anything else. */
export function readNotMeToken(keys: KeyRing, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== idBytes + macBytes) return undefined;
  const [id, mac] = [bytes.subarray(0, idBytes), bytes.subarray(idBytes)];
  const isOurs = [...keys.byId.keys()].some((keyId) => timingSafeEqual(macOf(keys, keyId, id), mac));
  if (!isOurs) return undefined;
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function macOf(keys: KeyRing, keyId: string, id: Buffer): Buffer {
  return createHmac('sha256', subkey(keys, keyId, 'not-me'))
    .update(id)
    .digest()
    .subarray(0, macBytes);
}
