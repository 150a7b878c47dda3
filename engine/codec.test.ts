import { describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { type CodecKeys, createPayloadCodec, decodeJsonPayloads } from './codec.ts';

const stored: Record<string, Buffer> = { k1: Buffer.alloc(32, 1), k2: Buffer.alloc(32, 2) };
const keysWith = (currentId: string, ids = ['k1', 'k2']): CodecKeys => ({
  currentId,
  keyFor: (id) => (ids.includes(id) ? stored[id] : undefined),
});
const codec = createPayloadCodec(keysWith('k1'));

const payloadOf = (value: unknown) => defaultPayloadConverter.toPayload(value);
const readOf = (payload: Payload | undefined) => payload && defaultPayloadConverter.fromPayload(payload);
const encodedOf = async (value: unknown) => (await codec.encode([payloadOf(value)]))[0] ?? {};
const inClear = (payload: Payload) => Buffer.from(payload.metadata?.encoding ?? []).toString() !== 'binary/encrypted';

describe('the payload codec', () => {
  it('gives back every value, and shows none of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
        const encoded = await encodedOf({ secret: 'Ada Ferris', value });
        expect(inClear(encoded)).toBe(false);
        expect(Buffer.from(encoded.data ?? []).includes('Ada')).toBe(false);
        expect(readOf((await codec.decode([encoded]))[0])).toEqual(
          JSON.parse(JSON.stringify({ secret: 'Ada Ferris', value })),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('encrypts the same value differently each time', async () => {
    const [one, two] = await codec.encode([payloadOf('Ada'), payloadOf('Ada')]);
    expect(one?.data).not.toEqual(two?.data);
  });

  it('leaves readable texts plain, alone at the top, and nothing else', async () => {
    for (const text of ['reminder', 'GH-7K3Q-M2XP', 'application GH-7K3Q-M2XP', 'waits for staff']) {
      expect(inClear(await encodedOf(text))).toBe(true);
    }
    const others = [
      'Ada',
      '"reminder"',
      'reminder ',
      ['reminder'],
      { reminder: 'reminder' },
      5,
      true,
      null,
      undefined,
      new Uint8Array([1]),
    ];
    for (const value of others) expect(inClear(await encodedOf(value))).toBe(false);
  });

  it('encrypts a readable text that comes with more metadata, or escaped', async () => {
    const plain = payloadOf('reminder');
    const more = { ...plain, metadata: { ...plain.metadata, note: Buffer.from('Ada') } };
    const escaped = { ...plain, data: Buffer.from('"\\u0072eminder"') };
    const broken = { ...plain, data: Buffer.from('{"definition":') };
    const doubled = {
      ...plain,
      data: Buffer.from('{"definition":{"type":"Ada"},"definition":{"type":"application"}}'),
    };
    const encoded = await codec.encode([more, escaped, broken, doubled]);
    expect(encoded.filter(inClear)).toEqual([]);
    expect(Buffer.from((await codec.decode(encoded))[0]?.metadata?.note ?? []).toString()).toBe('Ada');
  });

  it('reads plain and encrypted payloads side by side, of every key it holds', async () => {
    const ofOld = await encodedOf('written under k1');
    const rotated = createPayloadCodec(keysWith('k2'));
    const [ofNew] = await rotated.encode([payloadOf('written under k2')]);
    const decoded = await rotated.decode([ofOld, ofNew ?? {}, payloadOf('never encrypted')]);
    expect(decoded.map(readOf)).toEqual(['written under k1', 'written under k2', 'never encrypted']);
    expect(Buffer.from(ofNew?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('k2');
  });

  it('says which key is missing', async () => {
    const encoded = await encodedOf('Ada');
    await expect(createPayloadCodec(keysWith('k2', ['k2'])).decode([encoded])).rejects.toThrow(
      'A payload was encrypted with the key "k1", which GATEHOUSE_KEYS does not hold',
    );
  });

  it('opens nothing that was altered, cut off or given another key id', async () => {
    const encoded = await encodedOf('Ada');
    const data = Buffer.from(encoded.data ?? []);
    for (let at = 0; at < data.length; at++) {
      const altered = Buffer.from(data);
      altered[at] = (altered[at] ?? 0) ^ 1;
      await expect(codec.decode([{ ...encoded, data: altered }])).rejects.toThrow('does not open');
    }
    await expect(codec.decode([{ ...encoded, data: data.subarray(0, 27) }])).rejects.toThrow('too short');
    const same: CodecKeys = { currentId: 'k1', keyFor: () => stored.k1 };
    const renamed = { ...encoded, metadata: { ...encoded.metadata, 'encryption-key-id': Buffer.from('k9') } };
    await expect(createPayloadCodec(same).decode([renamed])).rejects.toThrow('does not open');
  });

  it("answers Temporal Web's decode call", async () => {
    const { metadata, data } = await encodedOf({ state: 'in_review' });
    const base64 = (value: Uint8Array | null | undefined) => Buffer.from(value ?? []).toString('base64');
    const posted = {
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
      data: base64(data),
    };
    const [answer] = await decodeJsonPayloads(codec, [posted]);
    expect(answer).toEqual({
      metadata: { encoding: base64(Buffer.from('json/plain')) },
      data: base64(Buffer.from('{"state":"in_review"}')),
    });
  });
});
