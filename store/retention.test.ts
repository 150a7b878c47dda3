import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type House, openHouse } from '../test/support/house.ts';
import { sealNewEntries } from './audit-seals.ts';
import { verifyAudit } from './audit-verification.ts';
import { type Database, openDatabase } from './database.ts';
import { eraseWhatIsOld } from './retention.ts';

let house: House;
let owner: Database;
const day = 86_400_000;
const year = 365.25 * day;

beforeAll(async () => {
  house = await openHouse();
  const { host, port, user, password, database } = house.owner;
  const url = `postgresql://${user}:${encodeURIComponent(String(password))}@${host}:${port}/${database}`;
  owner = openDatabase({ url, keys: house.database.keys, connections: 2 });
});
afterAll(async () => {
  await owner.close();
  await house.close();
});

const after = async (ms: number) => house.clock.standAt(new Date((await house.now()).getTime() + ms));

it('erases closed cases and the audit after six years, leaves the young, and the chain verifies from its checkpoint', async () => {
  const old = await house.caseIn('activated');
  const open = await house.caseIn('code_sent');
  await sealNewEntries(owner);
  await after(5 * year);
  expect(await eraseWhatIsOld(owner)).toMatchObject({ cases: 0, auditEntries: 0 });

  await after(1 * year + day);
  const young = await house.caseIn('rejected');
  await sealNewEntries(owner);
  const erased = await eraseWhatIsOld(owner);
  expect(erased.cases).toBe(1);
  expect(erased.auditEntries).toBeGreaterThan(0);
  await sealNewEntries(owner);
  expect(await house.everythingOf(old.id)).toMatchObject({ cases: [], messages: [], decisions: [], secrets: [] });
  expect((await house.everythingOf(open.id)).cases).toHaveLength(1);
  expect((await house.everythingOf(young.id)).cases).toHaveLength(1);
  expect(await verifyAudit(owner)).toMatchObject({ ok: true, problems: [] });
  expect(await eraseWhatIsOld(owner)).toEqual({ activations: 0, cases: 0, secrets: 0, messages: 0, auditEntries: 0 });
});

it('a prefix that somebody else cut off is noticed, though a checkpoint covers it', async () => {
  await house.caseIn('rejected');
  await sealNewEntries(owner);
  const [first] = await owner.query<{ no: number }>('SELECT min(no) AS no FROM audit_seals');
  await owner.transaction(async (tx) => {
    await tx.query(`SELECT set_config('gatehouse.erasing', 'on', true)`);
    await tx.query('INSERT INTO audit_checkpoints SELECT no, hash, gatehouse_now() FROM audit_seals WHERE no = $1', [
      first?.no,
    ]);
    await tx.query('DELETE FROM audit_seals WHERE no <= $1', [first?.no]);
  });
  expect(await verifyAudit(owner)).toMatchObject({
    ok: false,
    problems: expect.arrayContaining([{ auditId: null, no: first?.no, kind: 'missing' }]),
  });
});

it('the role of the application cannot erase the audit', async () => {
  await house.clock.run();
  await house.caseIn('rejected');
  await sealNewEntries(house.database);
  const erase = house.database.transaction(async (tx) => {
    await tx.query(`SELECT set_config('gatehouse.erasing', 'on', true)`);
    await tx.query('DELETE FROM audit_seals');
  });
  await expect(erase).rejects.toMatchObject({ code: '42501' });
});
