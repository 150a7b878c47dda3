import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { databaseAddresses } from '../test/support/database.ts';
import { type House, openHouse } from '../test/support/house.ts';
import { auditMac } from './audit.ts';
import { sealNewEntries, sweepStart, sweepUnsealed } from './audit-seals.ts';
import { verifyAudit } from './audit-verification.ts';
import { subkey } from './key-ring.ts';

let house: House;
let superuser: pg.Client;

beforeEach(async () => {
  house = await openHouse();
  await house.caseIn('code_sent');
  await house.caseIn('rejected');
  const url = Object.assign(new URL(databaseAddresses().superUrl), { pathname: house.owner.database ?? '' });
  superuser = new pg.Client({ connectionString: url.href });
  superuser.on('error', () => {});
  await superuser.connect();
  await superuser.query('SET session_replication_role = replica'); // no trigger, no foreign key: behind everybody's back
});
afterEach(async () => {
  await superuser.end();
  await house.close();
});

const sealed = async () => {
  let count = 0;
  for (let actions = ['first']; actions.length > 0; count += actions.length) {
    ({ actions } = await sealNewEntries(house.database));
  }
  return count;
};
const anEntry = async (nth: number) => {
  const [row] = await house.query<{ id: string; no: number }>(
    'SELECT audit_id AS id, no FROM audit_seals ORDER BY no OFFSET $1 LIMIT 1',
    [nth],
  );
  if (!row) throw new Error('no such entry');
  return row;
};

describe('sealing', () => {
  it('gives every entry one number without a gap, in the order of the entries, and then finds nothing more', async () => {
    const [before] = await house.query<{ count: number }>('SELECT count(*)::int AS count FROM audit_entries');
    expect(await sealed()).toBe(before?.count);
    const seals = await house.query<{ no: number; inOrder: boolean }>(
      `SELECT no, row_number() OVER (ORDER BY e.at, e.id) = no AS "inOrder"
       FROM audit_seals s JOIN audit_entries e ON e.id = s.audit_id ORDER BY no`,
    );
    expect(seals.map(({ no }) => no)).toEqual(Array.from({ length: before?.count ?? 0 }, (_, index) => index + 1));
    expect(seals.every(({ inOrder }) => inOrder)).toBe(true);
    expect(await sealed()).toBe(0);
  });

  it('goes on from the last seal, however many sealers work at once', async () => {
    await sealed();
    await house.caseIn('activated');
    await Promise.all([sealNewEntries(house.database), sealNewEntries(house.database), sealNewEntries(house.database)]);
    await sealed();
    expect(await verifyAudit(house.database)).toMatchObject({ ok: true, problems: [] });
  });

  it('finds by its sweep what committed too late for its window; until then verification names it', async () => {
    const count = await sealed();
    const id = await writeLate();
    expect((await sealNewEntries(house.database)).actions).toEqual([]);
    expect(await verifyAudit(house.database)).toMatchObject({
      ok: false,
      problems: [{ auditId: id, no: null, kind: 'unsealed' }],
    });
    const { sealing, next } = await sweepUnsealed(house.database, sweepStart);
    expect(sealing.actions).toEqual(['viewed']);
    expect((await sweepUnsealed(house.database, next ?? sweepStart)).next).toBeUndefined();
    expect(await verifyAudit(house.database)).toMatchObject({ ok: true, sealedTo: count + 1 });
  });
});

/** A true entry with an id of an hour ago, as if its transaction had taken that long. */
async function writeLate(): Promise<string> {
  const [made] = await house.query<{ id: string; at: Date }>(
    `SELECT uuidv7(interval '-1 hour') AS id, gatehouse_now() AS at`,
  );
  if (!made) throw new Error('the database made no id');
  const { keys } = house.database;
  const entry = JSON.stringify({ action: 'viewed', actor: 'engine', at: made.at.toISOString(), id: made.id });
  await house.query(
    `INSERT INTO audit_entries (id, at, actor_kind, action, entry, key_id, mac) VALUES ($1, $2, 'engine', 'viewed', $3, $4, $5)`,
    [made.id, made.at, entry, keys.current, auditMac(subkey(keys, keys.current, 'audit'), entry)],
  );
  return made.id;
}

describe('verification', () => {
  it('is good while nobody meddled, sealed or just written', async () => {
    expect(await verifyAudit(house.database)).toMatchObject({ ok: true, sealedTo: 0, problems: [] });
    const count = await sealed();
    expect(await verifyAudit(house.database)).toEqual({ ok: true, checked: count, sealedTo: count, problems: [] });
  });

  it.each([
    ['the text', `UPDATE audit_entries SET entry = replace(entry, 'reject', 'accept') WHERE id = $1`],
    ['a column beside it', `UPDATE audit_entries SET at = at + interval '1 second' WHERE id = $1`],
    ['the case it is about', 'UPDATE audit_entries SET case_id = uuidv7() WHERE id = $1'],
    ['the MAC', `UPDATE audit_entries SET mac = '\\x00' WHERE id = $1`],
    ['text and MAC, without the key', `UPDATE audit_entries SET entry = '{}', mac = sha256('{}') WHERE id = $1`],
  ])('names the entry of which %s was altered', async (_what, sql) => {
    await sealed();
    const { id, no } = await anEntry((await verifyAudit(house.database)).sealedTo - 1);
    await superuser.query(sql, [id]);
    const { ok, problems } = await verifyAudit(house.database);
    expect({ ok, named: problems[0] }).toEqual({ ok: false, named: { auditId: id, no, kind: 'altered' } });
  });

  it('names the entry that was deleted, once', async () => {
    await sealed();
    const { id, no } = await anEntry(2);
    await superuser.query('DELETE FROM audit_entries WHERE id = $1', [id]);
    expect(await verifyAudit(house.database)).toMatchObject({
      ok: false,
      problems: [{ auditId: id, no, kind: 'missing' }],
    });
  });

  it('names the number when the entry went with its seal', async () => {
    await sealed();
    const { id, no } = await anEntry(2);
    await superuser.query('DELETE FROM audit_seals WHERE no = $1', [no]);
    await superuser.query('DELETE FROM audit_entries WHERE id = $1', [id]);
    expect(await verifyAudit(house.database)).toMatchObject({
      ok: false,
      problems: [{ auditId: null, no, kind: 'missing' }],
    });
  });

  it('notices a move whose entry was cut off together with the end of the chain', async () => {
    const count = await sealed();
    const { id, no } = await anEntry(count - 1);
    await superuser.query('DELETE FROM audit_seals WHERE no = $1', [no]);
    await superuser.query('DELETE FROM audit_entries WHERE id = $1', [id]);
    expect(await verifyAudit(house.database)).toMatchObject({ ok: false, problems: [{ kind: 'missing' }] });
  });

  it('names the entry that was slipped in, which the sealer does not seal', async () => {
    const count = await sealed();
    await superuser.query(
      `INSERT INTO audit_entries SELECT uuidv7(), at, portal, actor_kind, actor_id, action, NULL, NULL, account_id, entry, key_id,
         sha256('no key') FROM audit_entries LIMIT 1`,
    );
    const [slipped] = await house.query<{ id: string }>(`SELECT id FROM audit_entries WHERE mac = sha256('no key')`);
    expect(await sealNewEntries(house.database)).toMatchObject({ actions: [], refused: [slipped?.id] });
    expect(await verifyAudit(house.database)).toEqual({
      ok: false,
      checked: count + 1,
      sealedTo: count,
      problems: [{ auditId: slipped?.id, no: null, kind: 'altered' }],
    });
  });

  it('names a copy of a true entry, which has its MAC but not its id', async () => {
    const count = await sealed();
    await superuser.query(
      `INSERT INTO audit_entries SELECT uuidv7(), at, portal, actor_kind, actor_id, action, case_id, NULL, account_id, entry, key_id, mac
       FROM audit_entries LIMIT 1`,
    );
    await sealNewEntries(house.database);
    const { ok, problems } = await verifyAudit(house.database);
    expect({ ok, kinds: problems.map(({ kind }) => kind) }).toEqual({ ok: false, kinds: ['altered'] });
    expect(count).toBeGreaterThan(0);
  });

  it('says which seals were exchanged', async () => {
    await sealed();
    const [two, three] = [await anEntry(1), await anEntry(2)];
    await superuser.query('UPDATE audit_seals SET audit_id = uuidv7() WHERE no = 2');
    await superuser.query('UPDATE audit_seals SET audit_id = $1 WHERE no = 3', [two.id]);
    await superuser.query('UPDATE audit_seals SET audit_id = $1 WHERE no = 2', [three.id]);
    const { problems } = await verifyAudit(house.database);
    expect(problems.map(({ no, kind }) => ({ no, kind }))).toEqual([
      { no: 2, kind: 'order' },
      { no: 3, kind: 'order' },
    ]);
  });
});
