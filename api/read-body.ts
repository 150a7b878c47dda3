import type { IncomingMessage } from 'node:http';
import { Problem } from '../contract/problems.ts';

const deepest = 16;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
/** A surrogate without its other half: no UTF-8 can hold it, so neither can the database. */
const halfCharacter = /\p{Surrogate}/u;

/** Refuses a body that is not JSON, before anything of it is read. Raises `unsupported_media_type`. No body is fine. */
export function refuseOtherMedia({ headers }: Pick<IncomingMessage, 'headers'>): void {
  if (!hasBody(headers)) return;
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  const isUtf8 = charset === undefined || /^"?utf-?8"?$/.test(charset);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (type !== 'application/json' || !isUtf8 || encoding !== 'identity') throw new Problem('unsupported_media_type');
}

/**
 * The body as JSON of at most `maxBytes`; undefined when there is none. Raises `too_large`, and `malformed` for what is not
 * JSON in UTF-8, nests deeper than 16, or holds a key that could change what objects are or half a character (`\ud800`).
 */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (!hasBody(request.headers)) return undefined;
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new Problem('too_large');
  const bytes = await readBytes(request, maxBytes);
  if (bytes.length === 0) return undefined;
  const value = parseJson(bytes);
  refuseDangerous(value, 1);
  return value;
}

function hasBody(headers: IncomingMessage['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Rejects with `too_large` at the first byte too many, and when the sender goes away. */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else reject(new Problem('too_large'));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Problem('malformed')));
  });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Problem('malformed', { cause });
  }
}

function refuseDangerous(value: unknown, depth: number): void {
  if (typeof value === 'string' && halfCharacter.test(value)) throw new Problem('malformed');
  if (typeof value !== 'object' || value === null) return;
  if (depth > deepest) throw new Problem('malformed');
  for (const key of Object.keys(value)) {
    if (!Array.isArray(value) && (forbiddenKeys.has(key) || halfCharacter.test(key))) throw new Problem('malformed');
    refuseDangerous((value as Record<string, unknown>)[key], depth + 1);
  }
}
