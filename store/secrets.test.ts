import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type House, harborview, openHouse } from '../test/support/house.ts';
import { makeKeyRingText, parseKeyRing } from './key-ring.ts';
import {
  endSecret,
  endSecretsOfCase,
  isSecretText,
  issueSecret,
  lookupsOf,
  type SecretToIssue,
  secretText,
} from './secrets.ts';

let house: House;
let caseId: string;
beforeAll(async () => {
  house = await openHouse();
  ({ id: caseId } = await house.caseIn('submitted'));
});
afterAll(() => house.close());

const issue = async (more: Partial<SecretToIssue> = {}) => {
  const issuedAt = await house.now();
  const secret: SecretToIssue = {
    portal: harborview,
    purpose: 'access_code',
    caseId,
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + 60_000),
    sentTo: 'ada.ferris@mail.example',
    ...more,
  };
  return house.database.transaction((tx) => issueSecret(tx, secret));
};
interface Row {
  id: string;
  keyId: string;
  lookup: Buffer | null;
  endedAs: string | null;
}
const rowOf = async (id: string) => {
  const [row] = await house.query<Row & Record<string, unknown>>(
    'SELECT id, key_id AS "keyId", lookup, ended_as AS "endedAs" FROM secrets WHERE id = $1',
    [id],
  );
  if (!row) throw new Error('no such secret');
  return row;
};
const identity = (
  more: Partial<{ id: string; portal: string; purpose: 'access_code' | 'mailbox_code'; keyId: string }> = {},
) => ({
  id: '018f3e7a-7b3c-4cc0-9a51-0242ac120002',
  keyId: 'test',
  portal: harborview,
  purpose: 'access_code' as const,
  ...more,
});

describe('a secret’s text', () => {
  it('is the same every time, another for every id, portal, purpose and ring', () => {
    const { keys } = house.database;
    const text = secretText(keys, identity());
    expect(secretText(keys, identity())).toBe(text);
    expect(text).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    const others = [
      secretText(keys, identity({ id: randomUUID() })),
      secretText(keys, identity({ portal: 'summit' })),
      secretText(parseKeyRing(makeKeyRingText('test')), identity()),
      secretText(keys, identity({ purpose: 'mailbox_code' })),
    ];
    expect(new Set([text, ...others]).size).toBe(5);
    expect(others[3]).toMatch(/^\d{8}$/);
  });

  it('is known however it is typed, and nothing else is', () => {
    const { keys } = house.database;
    const text = secretText(keys, identity());
    for (const typed of [text, text.toLowerCase(), text.replaceAll('-', ' '), `  ${text.replaceAll('-', '')} `]) {
      expect(isSecretText(keys, identity(), typed)).toBe(true);
    }
    const last = text.endsWith('7') ? '8' : '7';
    for (const typed of ['', 'x', `${text.slice(0, -1)}${last}`, `${text}0`, '12345678', '💥']) {
      expect(isSecretText(keys, identity(), typed)).toBe(false);
    }
  });

  it('stands in no column', async () => {
    const id = await issue();
    const row = await rowOf(id);
    const text = secretText(house.database.keys, identity({ id, keyId: row.keyId }));
    const [whole] = await house.query<{ text: string }>(
      'SELECT to_jsonb(s)::text AS text FROM secrets s WHERE id = $1',
      [id],
    );
    for (const part of [text, text.replaceAll('-', ''), ...text.split('-')])
      expect(whole?.text.toUpperCase()).not.toContain(part);
  });
});

describe('issuing', () => {
  it('supersedes what was open, so that at most one lives', async () => {
    const [first, second] = [await issue(), await issue()];
    expect((await rowOf(first)).endedAs).toBe('superseded');
    expect((await rowOf(second)).endedAs).toBeNull();
    // A mailbox code of the same case is another purpose.
    const mailbox = await issue({ purpose: 'mailbox_code' });
    expect((await rowOf(second)).endedAs).toBeNull();
    expect((await rowOf(mailbox)).lookup).toBeNull();
  });

  it('twice at once leaves one live: the database would not have two', async () => {
    await Promise.allSettled(Array.from({ length: 8 }, () => issue()));
    const live = await house.query(
      `SELECT id FROM secrets WHERE case_id = $1 AND purpose = 'access_code' AND ended_at IS NULL`,
      [caseId],
    );
    expect(live).toHaveLength(1);
  });

  it('files a code under a look-up that only the keys can compute', async () => {
    const id = await issue();
    const { keyId, lookup } = await rowOf(id);
    const { keys } = house.database;
    const text = secretText(keys, identity({ id, keyId }));
    expect(lookupsOf(keys, harborview, 'access_code', text.toLowerCase())).toEqual([lookup]);
    expect(lookupsOf(keys, 'summit', 'access_code', text)).not.toEqual([lookup]);
    expect(lookupsOf(parseKeyRing(makeKeyRingText('test')), harborview, 'access_code', text)).not.toEqual([lookup]);
    expect(lookupsOf(keys, harborview, 'access_code', 'nothing like it')).toEqual([]);
  });

  it('under a ring of two keys: one look-up for each, the text by the key of its row', () => {
    const older = makeKeyRingText('old');
    const ring = parseKeyRing(`${makeKeyRingText('new')},${older}`);
    const before = parseKeyRing(older);
    const text = secretText(before, identity({ keyId: 'old' }));
    expect(isSecretText(ring, identity({ keyId: 'old' }), text)).toBe(true);
    expect(isSecretText(ring, identity({ keyId: 'new' }), text)).toBe(false);
    const lookups = lookupsOf(ring, harborview, 'access_code', text);
    expect(lookups).toHaveLength(2);
    expect(lookups).toContainEqual(lookupsOf(before, harborview, 'access_code', text)[0]);
  });
});

describe('ending', () => {
  it('happens once: a secret keeps its first end', async () => {
    const id = await issue();
    const at = await house.now();
    await house.database.transaction((tx) => endSecret(tx, id, 'used', at));
    await house.database.transaction((tx) => endSecret(tx, id, 'revoked', at));
    await house.database.transaction((tx) => endSecretsOfCase(tx, caseId, 'expired', at));
    expect((await rowOf(id)).endedAs).toBe('used');
  });

  it('of one purpose leaves the other', async () => {
    const [code, mailbox] = [await issue(), await issue({ purpose: 'mailbox_code' })];
    const at = await house.now();
    await house.database.transaction((tx) => endSecretsOfCase(tx, caseId, 'revoked', at, 'access_code'));
    expect([(await rowOf(code)).endedAs, (await rowOf(mailbox)).endedAs]).toEqual(['revoked', null]);
    await house.database.transaction((tx) => endSecretsOfCase(tx, caseId, 'revoked', at));
    expect((await rowOf(mailbox)).endedAs).toBe('revoked');
  });
});
