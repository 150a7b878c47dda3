import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { isReadable, isReadableMetadata } from './readable-texts.ts';

/** The keys of the codec: 32 bytes each. Rotating = a new current one; the old stays as long as a history refers to it. */
export interface CodecKeys {
  currentId: string;
  keyFor(id: string): Buffer | undefined;
}

/**
 * Encrypts every payload (AES-256-GCM, a fresh 96-bit IV each) but the texts of the closed grammar, which an operator is to read.
 * Decoding takes plain and encrypted payloads side by side; one of an unknown key, or altered, throws and names the key id.
 */
export function createPayloadCodec(keys: CodecKeys): PayloadCodec {
  return {
    encode: async (payloads) =>
      payloads.map((payload) => (mayStandInClear(payload) ? payload : encrypt(payload, keys))),
    decode: async (payloads) => payloads.map((payload) => (isEncrypted(payload) ? decrypt(payload, keys) : payload)),
  };
}

/** Payload as Temporal Web and the CLI write it in JSON: bytes in base64. */
export interface JsonPayload {
  metadata?: Record<string, string>;
  data?: string;
}

/** Decodes what Temporal Web posts to a codec endpoint; answers in the same form. Throws as `decode` does. */
export async function decodeJsonPayloads(
  codec: PayloadCodec,
  payloads: readonly JsonPayload[],
): Promise<JsonPayload[]> {
  const decoded = await codec.decode(payloads.map(fromJson));
  return decoded.map(toJson);
}

const encryptedEncoding = 'binary/encrypted';
const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

function encrypt(payload: Payload, keys: CodecKeys): Payload {
  const id = keys.currentId;
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, keyOf(keys, id), iv).setAAD(boundText(id));
  const plain = PayloadMessage.encode(payload).finish();
  const data = Buffer.concat([iv, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
  return { metadata: { encoding: bytes(encryptedEncoding), 'encryption-key-id': bytes(id) }, data };
}

function decrypt(payload: Payload, keys: CodecKeys): Payload {
  const id = text(payload.metadata?.['encryption-key-id']);
  const data = payload.data ?? new Uint8Array();
  const tagAt = data.length - tagBytes;
  if (tagAt < ivBytes) throw new Error(`A payload under the key "${id}" is too short to be one of ours`);
  const opening = createDecipheriv(cipher, keyOf(keys, id), data.subarray(0, ivBytes));
  opening.setAAD(boundText(id)).setAuthTag(data.subarray(tagAt));
  return PayloadMessage.decode(Buffer.concat([opening.update(data.subarray(ivBytes, tagAt)), finish(opening, id)]));
}

function finish(opening: { final(): Buffer }, id: string): Buffer {
  try {
    return opening.final();
  } catch {
    throw new Error(`A payload does not open with the key "${id}": it was altered, or the key has another value`);
  }
}

function keyOf(keys: CodecKeys, id: string): Buffer {
  const key = keys.keyFor(id);
  if (!key) throw new Error(`A payload was encrypted with the key "${id}", which GATEHOUSE_KEYS does not hold`);
  return key;
}

/** Binds the metadata that stands in clear to the data, so that neither can be exchanged alone. */
function boundText(id: string): Buffer {
  return bytes(JSON.stringify(['gatehouse', 1, encryptedEncoding, id]));
}

function isEncrypted(payload: Payload): boolean {
  return text(payload.metadata?.encoding) === encryptedEncoding;
}

const longestInClear = 4096; // the SDK's description of a run takes about 900 bytes

function mayStandInClear({ metadata, data }: Payload): boolean {
  if (!data || data.length > longestInClear) return false;
  // Anything but the encoding in the metadata could carry what the grammar does not see.
  if (Object.keys(metadata ?? {}).length !== 1 || text(metadata?.encoding) !== 'json/plain') return false;
  return isReadableJson(text(data));
}

function isReadableJson(json: string): boolean {
  if (json.startsWith('"')) return json.endsWith('"') && isReadable(json.slice(1, -1));
  if (!json.startsWith('{"definition":')) return false;
  const value = parsed(json);
  // Written again it must be the same: a doubled key or blanks would hide text from the check.
  return isReadableMetadata(value) && JSON.stringify(value) === json;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function fromJson({ metadata, data }: JsonPayload): Payload {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64')] as const);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data ?? '', 'base64') };
}

function toJson({ metadata, data }: Payload): JsonPayload {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(entries), data: base64(data) };
}

function bytes(value: string): Buffer {
  return Buffer.from(value, 'utf8');
}

function text(value: Uint8Array | null | undefined): string {
  return value ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8') : '';
}

function base64(value: Uint8Array | null | undefined): string {
  return value ? Buffer.from(value).toString('base64') : '';
}
