import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type House, harborview, openHouse } from '../test/support/house.ts';
import { addAccount, addRecord } from '../test/support/seed.ts';
import { sealNewEntries } from './audit-seals.ts';
import { verifyAudit } from './audit-verification.ts';
import { type Database, openDatabase } from './database.ts';
import { currentPolicy } from './portals.ts';
import { sendRegistration } from './registrations.ts';
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
  expect(await eraseWhatIsOld(owner)).toEqual({
    activations: 0,
    registrationWalks: 0,
    cases: 0,
    campaigns: 0,
    secrets: 0,
    messages: 0,
    auditEntries: 0,
  });
});

it('erases half-finished registrations after 90 days, and the rest of them with their case; answers stay with the account', async () => {
  await house.clock.run();
  const sent = async (mrn: string) => {
    const person = { firstName: 'Ben', lastName: `Okafor${mrn}`, dateOfBirth: '1990-07-14', postalCode: '04101' };
    const recordId = await addRecord(house.database, harborview, { mrn, ...person, email: `${mrn}@mail.example` });
    const { id } = await house.database.transaction(async (tx) => {
      const policy = await currentPolicy(tx, harborview);
      if (!policy) throw new Error('the portal has a policy');
      return sendRegistration(tx, { portal: harborview, policy, recordId, actor: house.clerk, isBulk: true });
    });
    const [walk] = await house.query<{ id: string }>(
      `INSERT INTO registration_walks (portal, case_id, secret_id, token_hash, step, started_at, ends_at, username)
       SELECT portal, case_id, id, $2, 'disclaimer', gatehouse_now(), gatehouse_now(), 'chosen' FROM secrets
       WHERE case_id = $1 RETURNING id`,
      [id, Buffer.from(mrn)],
    );
    return { id, walkId: walk?.id };
  };
  const [finished, given] = [await sent('R1'), await sent('R2')];
  const accountId = await addAccount(house.database, harborview, { username: 'kept', email: 'kept@mail.example' });
  await house.query(`INSERT INTO security_answers VALUES ($1, 1, 'first_pet', 'hash', false, gatehouse_now())`, [
    accountId,
  ]);
  await house.query(
    `UPDATE cases SET state = 'registered', waiting_on = NULL, account_id = $2, updated_at = gatehouse_now() WHERE id = $1`,
    [finished.id, accountId],
  );
  await house.query(`UPDATE registration_walks SET ended_at = gatehouse_now(), ended_as = 'used' WHERE id = $1`, [
    finished.walkId,
  ]);
  const kept = async () => (await house.query<{ id: string }>('SELECT id FROM registration_walks')).map(({ id }) => id);
  await after(90 * day - 60_000);
  expect(await eraseWhatIsOld(owner)).toMatchObject({ registrationWalks: 0 });
  await after(120_000);
  expect(await eraseWhatIsOld(owner)).toMatchObject({ registrationWalks: 1 });
  expect(await kept()).toEqual([finished.walkId]);
  await after(6 * year);
  expect((await eraseWhatIsOld(owner)).cases).toBeGreaterThanOrEqual(1);
  expect(await kept()).toEqual([]);
  expect(await house.query('SELECT case_id AS id FROM registrations')).toEqual([{ id: given.id }]);
  expect(await house.query('SELECT 1 FROM security_answers')).toHaveLength(1);
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

it('erases a dry run that was never sent after 90 days, and a campaign that is over after 6 years', async () => {
  const begun = async (state: 'draft' | 'done') => {
    const [campaign] = await house.query<{ id: string }>(
      `INSERT INTO campaigns (portal, name, state, source, per_minute, created_by, created_at, ended_at)
       VALUES ($1, $2, $2, 'csv', 60, $3, gatehouse_now(), CASE WHEN $2 = 'done' THEN gatehouse_now() END) RETURNING id`,
      [harborview, state, house.clerk.id],
    );
    if (!campaign) throw new Error('an inserted campaign has an id');
    await house.query(
      `INSERT INTO campaign_rows (campaign_id, no, mrn, outcome, problem, decided_at)
       VALUES ($1, 2, 'HV-1', 'refused', 'unknown_record', gatehouse_now())`,
      [campaign.id],
    );
    return campaign.id;
  };
  const left = async () => (await house.query<{ id: string }>('SELECT id FROM campaigns')).map(({ id }) => id);
  await house.clock.run();
  await begun('draft');
  const done = await begun('done');
  await after(89 * day);
  expect((await eraseWhatIsOld(owner)).campaigns).toBe(0);
  await after(2 * day);
  expect((await eraseWhatIsOld(owner)).campaigns).toBe(1);
  expect(await left()).toEqual([done]);
  await after(6 * year);
  expect((await eraseWhatIsOld(owner)).campaigns).toBe(1);
  expect(await house.query('SELECT 1 FROM campaign_rows')).toEqual([]);
});
