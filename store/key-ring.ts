import { hkdfSync, randomBytes } from 'node:crypto';

/** The keys of `GATEHOUSE_KEYS`: `current` is the id that new things are made with, `byId` every key by its id. */
export type KeyRing = { readonly current: string; readonly byId: ReadonlyMap<string, Buffer> };

/** What a subkey is for. A label is never reused for another purpose: it is what keeps the uses apart. */
export type KeyUse =
  | 'codec'
  | 'secrets'
  | 'lookup'
  | 'audit'
  | 'seal'
  | 'not-me'
  | 'pages'
  | 'form'
  | 'limits'
  | 'wishes';

const keyBytes = 32;
const keyId = /^[A-Za-z0-9_-]{1,32}$/;
const base64 = /^[A-Za-z0-9+/]{43}=$/; // 32 bytes, padded

/** Reads `id:base64(32 bytes)[,…]`, first is current. Throws one line that names GATEHOUSE_KEYS and never shows key text. */
export function parseKeyRing(text: string): KeyRing {
  const byId = new Map<string, Buffer>();
  for (const [index, entry] of text.split(',').entries()) {
    const { id, key } = parseKey(entry.trim(), index + 1);
    if (byId.has(id)) throw new Error(`GATEHOUSE_KEYS: the key id "${id}" stands there twice`);
    byId.set(id, key);
  }
  const [current] = byId.keys();
  if (current === undefined) throw new Error('GATEHOUSE_KEYS: is empty; give id:base64(32 bytes)');
  return { current, byId };
}

/** A fresh one-key text for `GATEHOUSE_KEYS`. */
export function makeKeyRingText(id: string): string {
  return `${id}:${randomBytes(keyBytes).toString('base64')}`;
}

/** The 32-byte key of one use, by HKDF-SHA256. Throws when the ring holds no key of that id. */
export function subkey(ring: KeyRing, id: string, use: KeyUse): Buffer {
  const found = findSubkey(ring, id, use);
  if (!found) throw new Error(`GATEHOUSE_KEYS: holds no key "${id}"; what was made with it cannot be read`);
  return found;
}

/** The ring as the payload codec wants it (`CodecKeys` of the engine): an unknown id is undefined, not an error. */
export function codecKeys(ring: KeyRing): { currentId: string; keyFor(id: string): Buffer | undefined } {
  return { currentId: ring.current, keyFor: (id) => findSubkey(ring, id, 'codec') };
}

/** Ids among `idsInUse` that the ring lacks: start-up refuses to go on with any. */
export function missingKeys(ring: KeyRing, idsInUse: Iterable<string>): string[] {
  return [...new Set(idsInUse)].filter((id) => !ring.byId.has(id));
}

function parseKey(entry: string, position: number): { id: string; key: Buffer } {
  const colon = entry.indexOf(':');
  const id = entry.slice(0, Math.max(colon, 0));
  if (!keyId.test(id)) {
    throw new Error(
      `GATEHOUSE_KEYS: entry ${position} needs the form id:base64(32 bytes), id of letters, digits, - and _`,
    );
  }
  const text = entry.slice(colon + 1);
  const key = Buffer.from(text, 'base64');
  if (!base64.test(text) || key.length !== keyBytes || key.toString('base64') !== text) {
    throw new Error(`GATEHOUSE_KEYS: the key "${id}" is not the base64 of ${keyBytes} bytes`);
  }
  return { id, key };
}

// Deriving costs more than a cipher run on a small payload, and every payload asks.
const derived = new WeakMap<KeyRing, Map<string, Buffer>>();

function findSubkey(ring: KeyRing, id: string, use: KeyUse): Buffer | undefined {
  const master = ring.byId.get(id);
  if (!master) return undefined;
  const known = derived.get(ring) ?? new Map<string, Buffer>();
  derived.set(ring, known);
  const name = `${use}/${id}`;
  const key = known.get(name) ?? derive(master, use);
  known.set(name, key);
  return key;
}

function derive(master: Buffer, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `gatehouse/${use}`, keyBytes));
}
