import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type House, openHouse } from './house.ts';
import { checkInvariants } from './invariants.ts';

// The watch has to bark: each invariant is broken by hand once, behind the product's back.

let house: House;
let ownerUrl: string;
let open: { id: string; reference: string };
let done: { id: string; reference: string };

beforeAll(async () => {
  house = await openHouse();
  const { user, password, host, port, database } = house.owner;
  ownerUrl = `postgresql://${user}:${encodeURIComponent(String(password))}@${host}:${port}/${database}`;
  open = await house.caseIn('code_sent');
  done = await house.caseIn('rejected');
}, 60_000);
afterAll(() => house.close());

const look = (more: Partial<Parameters<typeof checkInvariants>[0]> = {}) =>
  checkInvariants({ ownerUrl, keys: house.database.keys, ...more });

it('finds nothing in a house in order', async () => {
  expect(await look({ acknowledged: [open.reference, done.reference] })).toEqual([]);
});

describe('finds', () => {
  let breaking: pg.Client;
  beforeEach(async () => {
    breaking = new pg.Client({ connectionString: ownerUrl });
    await breaking.connect();
  });
  afterEach(() => breaking.end());

  it.each([
    [
      'I1',
      'UPDATE cases SET waiting_on = NULL WHERE id = $1',
      `UPDATE cases SET waiting_on = 'applicant' WHERE id = $1`,
    ],
    [
      'I2',
      `UPDATE secrets SET ended_at = gatehouse_now(), ended_as = 'used' WHERE case_id = $1`,
      'UPDATE secrets SET ended_at = NULL, ended_as = NULL WHERE case_id = $1',
    ],
    [
      'I3',
      `UPDATE secrets SET ended_at = expires_at, ended_as = 'used' WHERE case_id = $1`,
      'UPDATE secrets SET ended_at = NULL, ended_as = NULL WHERE case_id = $1',
    ],
    [
      'I4',
      'UPDATE cases SET version = version + 1 WHERE id = $1',
      'UPDATE cases SET version = version - 1 WHERE id = $1',
    ],
    [
      'I5',
      `UPDATE messages SET state = 'refused', settled_at = gatehouse_now() WHERE case_id = $1`,
      `UPDATE messages SET state = 'queued', settled_at = NULL WHERE case_id = $1`,
    ],
  ])('a broken %s', async (name, broken, mended) => {
    await breaking.query(broken, [open.id]);
    try {
      expect((await look()).map((line) => line.slice(0, 2))).toContain(name);
    } finally {
      await breaking.query(mended, [open.id]);
    }
    expect(await look()).toEqual([]);
  });

  it('an acknowledged application that is not there', async () => {
    expect(await look({ acknowledged: ['GH-0000-0000'] })).toEqual([
      'I1 GH-0000-0000 was acknowledged and has 0 cases',
    ]);
  });

  it('a mail without its row, one sent too often, and one that changed its code', async () => {
    const [row] = await house.query<{ id: string; to: string }>('SELECT id, to_address AS "to" FROM messages LIMIT 1');
    const messageId = `${row?.id}@harborview.example`;
    const to = row?.to ?? '';
    const seen = [
      { messageId: 'ffffffff-ffff-7fff-bfff-ffffffffffff@harborview.example', to, text: '' },
      { messageId, to, text: '7K4M-Q2XH-9TDV-3RWB' },
      { messageId, to, text: '7K4M-Q2XH-9TDV-3RWC' },
      { messageId, to, text: '7K4M-Q2XH-9TDV-3RWB' },
    ];
    const found = await look({ mails: { seen, since: new Date() } });
    expect(found.map((line) => line.slice(0, 2)).sort()).toEqual(['I5', 'I6', 'I6']);
  });

  it('a session that outlived its account', async () => {
    const { id } = await house.caseIn('activated', { lastName: 'Active' });
    await breaking.query(
      `INSERT INTO sessions (token_hash, account_id, started_at, last_active_at, ends_at)
       SELECT '\\x01', account_id, gatehouse_now(), gatehouse_now(), gatehouse_now() + interval '1 hour' FROM cases WHERE id = $1`,
      [id],
    );
    await breaking.query(
      `UPDATE accounts SET state = 'suspended' WHERE id = (SELECT account_id FROM cases WHERE id = $1)`,
      [id],
    );
    expect((await look()).map((line) => line.slice(0, 3))).toContain('I10');
  });
});
