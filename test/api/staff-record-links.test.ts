import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listAccounts, readAccount } from '../../contract/routes/staff/accounts.ts';
import * as cases from '../../contract/routes/staff/cases.ts';
import type { RecordTrouble } from '../../contract/schemas/case.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { addAccount, addRecord } from '../support/seed.ts';
import { acts, limitedTo, signedInAs } from '../support/staff.ts';
import type { Visitor } from '../support/visitor.ts';

// What hangs together: a patient record, the cases bound to it, the account it opened; and binding one that was looked for by hand.

let api: TestApi;
let clerk: Visitor;
let reviewer: Visitor;
let people = 0;

beforeAll(async () => {
  api = await startTestApi();
  [clerk, reviewer] = await Promise.all([signedInAs(api, api.house.clerk), signedInAs(api, api.house.reviewer)]);
});
afterAll(() => api.stop());

/** A record of somebody nobody else is. */
async function record(at = harborview) {
  people += 1;
  const word = String.fromCharCode(96 + people).repeat(3);
  const claim = { firstName: 'Nell', lastName: `Wren${word}`, dateOfBirth: '1969-07-20', postalCode: '02139' };
  const mrn = `${at.slice(0, 2).toUpperCase()}-${600_000 + people}`;
  return { claim, mrn, id: await addRecord(api.house.database, at, { mrn, ...claim }) };
}

async function boundCase(of: Awaited<ReturnType<typeof record>>) {
  const found = await api.house.caseIn('in_review', of.claim);
  expect((await acts(reviewer, found, 'approve', { patientRecordId: of.id })).status).toBe(200);
  return api.house.row(found.id);
}

/** An account enrolled with the record, opened by the case. */
async function opened(of: { id: string }, caseId?: string): Promise<{ id: string; username: string }> {
  people += 1;
  const username = `wren${people}`;
  const id = await addAccount(api.house.database, harborview, { username, email: `${username}@mail.example` });
  await api.house.query(
    `UPDATE accounts SET person_id = (SELECT person_id FROM patient_records WHERE id = $2) WHERE id = $1`,
    [id, of.id],
  );
  await api.house.query(
    `INSERT INTO enrollments (account_id, patient_record_id, scope, created_at) VALUES ($1, $2, '{}', gatehouse_now())`,
    [id, of.id],
  );
  if (caseId) {
    await api.house.moves(caseId, 'code_issued', { kind: 'engine' }, { isEngineWaiting: true });
    await api.house.moves(caseId, 'activate', { kind: 'person' }, { input: { accountId: id } });
  }
  return { id, username };
}

const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id).sort();
const find = (visitor: Visitor, caseId: string, query: Record<string, string | string[] | number>) =>
  visitor.does(cases.listCaseRecords, { params: { caseId }, query });
const read = (caseId: string) => reviewer.does(cases.readCase, { params: { caseId } });

describe('a patient record', () => {
  it('has its cases and its account, also the closed ones; others are not among them', async () => {
    const [mine, other] = [await record(), await record()];
    const first = await boundCase(mine);
    const account = await opened(mine, first.id);
    await boundCase(other);
    await api.house.applies(mine.claim); // of the same person, bound to nothing yet
    const casesOf = (query: Record<string, string | string[]>) => clerk.does(cases.listCases, { query });
    const accountsOf = (query: Record<string, string | string[]>) => clerk.does(listAccounts, { query });

    expect(ids(await casesOf({ patientRecordId: mine.id }))).toEqual([first.id]);
    expect(ids(await casesOf({ accountId: account.id }))).toEqual([first.id]);
    expect(ids(await casesOf({ accountId: account.id, patientRecordId: other.id }))).toEqual([]);
    expect(await casesOf({ patientRecordId: [mine.id, other.id] })).toMatchObject({ total: 2, totalIsCapped: false });
    expect(ids(await accountsOf({ patientRecordId: mine.id }))).toEqual([account.id]);
    expect(ids(await accountsOf({ patientRecordId: [mine.id, other.id], state: 'active' }))).toEqual([account.id]);
    expect(ids(await accountsOf({ patientRecordId: other.id }))).toEqual([]);
    expect(await clerk.does(readAccount, { params: { accountId: account.id } })).toMatchObject({
      enrollments: [{ patientRecordId: mine.id }],
      caseId: first.id,
    });

    await api.house.query('UPDATE enrollments SET ended_at = gatehouse_now() WHERE account_id = $1', [account.id]);
    expect(ids(await accountsOf({ patientRecordId: mine.id }))).toEqual([account.id]);
    for (const route of [cases.listCases, listAccounts]) {
      const wrong = await clerk.call(route, { query: { patientRecordId: 'HV-1' } });
      expect(wrong.problem).toMatchObject({
        status: 400,
        code: 'bad_query',
        errors: { patientRecordId: expect.any(String) },
      });
    }
  });

  it('keeps them from members of other portals', async () => {
    const mine = await record();
    const { id } = await boundCase(mine);
    await opened(mine, id);
    await api.house.portal('northside', () => {});
    const limited = await limitedTo(api, await api.house.member('Ned Northside', 'supervisor'), 'northside');
    expect((await limited.does(cases.listCases, { query: { patientRecordId: mine.id } })).data).toEqual([]);
    expect((await limited.does(listAccounts, { query: { patientRecordId: mine.id } })).data).toEqual([]);
    const hidden = await limited.call(cases.listCaseRecords, { params: { caseId: id }, query: { q: mine.mrn } });
    expect(hidden.problem).toMatchObject({ status: 404 });
  });
});

describe('a record looked for by hand', () => {
  it('is found by name, MRN and birth date, compared, opened once, and bound', async () => {
    const mine = await record();
    const found = await api.house.caseIn('in_review', {
      firstName: 'Eleanor',
      lastName: 'Marten',
      dateOfBirth: '1970-01-02',
    });
    expect((await read(found.id)).matches.map(({ recordId }) => recordId)).not.toContain(mine.id);

    for (const q of [mine.mrn.toLowerCase(), mine.claim.lastName.slice(0, -1), `1969-07-20 ${mine.claim.lastName}`]) {
      expect((await find(clerk, found.id, { q })).data.map(({ recordId }) => recordId)).toContain(mine.id);
    }
    expect(await find(clerk, found.id, { q: 'nobody of this name' })).toMatchObject({ data: [], total: 0 });
    const { data } = await find(reviewer, found.id, { id: mine.id });
    expect(data).toMatchObject([{ recordId: mine.id, mrn: mine.mrn, isWholeMatch: false, trouble: null }]);
    expect(data[0]?.fields).toContainEqual({
      field: 'lastName',
      claimed: 'Marten',
      onFile: mine.claim.lastName,
      verdict: 'differs',
    });
    await find(reviewer, found.id, { id: mine.id });
    const views = await api.house.query(`SELECT 1 FROM audit_entries WHERE action = 'viewed' AND entry LIKE $1`, [
      `%${mine.id}%`,
    ]);
    expect(views).toHaveLength(1);

    const bind = { patientRecordId: mine.id };
    expect((await acts(reviewer, found, 'approve', bind)).problem).toMatchObject({ code: 'reason_required' });
    const approved = (await acts(reviewer, found, 'approve', { ...bind, reason: 'override_name_changed' })).body;
    expect(approved).toMatchObject({ patientRecordId: mine.id, matches: [{ recordId: mine.id, trouble: null }] });
  });

  it('is one of the records that serve the portal', async () => {
    await api.house.portal('eastpatients', () => {});
    await api.house.portal('eastside', (policy) => Object.assign(policy, { patientPortal: 'eastpatients' }));
    const [theirs, ours] = [await record('eastpatients'), await record()];
    const { id } = await api.house.applies({ email: 'east@mail.example' }, { portal: 'eastside' });
    const limited = await limitedTo(api, await api.house.member('Eve East', 'reviewer'), 'eastside');
    expect((await find(limited, id, { q: 'Wren' })).data.map(({ mrn }) => mrn)).toEqual([theirs.mrn]);
    expect((await find(limited, id, { id: [ours.id] })).data).toEqual([]);
  });
});

describe('a record that cannot be bound', () => {
  /** What the case's page says of the record before anybody asks to bind it, and that binding is refused for it. */
  async function troubleOf(of: { id: string; claim: object }): Promise<RecordTrouble | null | undefined> {
    const found = await api.house.caseIn('in_review', of.claim);
    const { data } = await find(reviewer, found.id, { id: of.id });
    const match = (await read(found.id)).matches.find(({ recordId }) => recordId === of.id);
    if (match) expect(match.trouble).toEqual(data[0]?.trouble);
    const { problem } = await acts(reviewer, found, 'approve', { patientRecordId: of.id });
    expect(problem).toMatchObject({ status: 422, errors: { patientRecordId: expect.any(String) } });
    return data[0]?.trouble;
  }
  const becomes = (id: string, set: string) => api.house.query(`UPDATE patient_records SET ${set} WHERE id = $1`, [id]);

  it.each([
    ['deceased', `deceased_on = '2026-01-01'`],
    ['confidential', 'confidential = true'],
  ])('says so beforehand: %s', async (code, set) => {
    const mine = await record();
    await becomes(mine.id, set);
    expect(await troubleOf(mine)).toEqual({ code, account: null, case: null });
  });

  it('says so beforehand: merged into another', async () => {
    const [mine, survivor] = [await record(), await record()];
    await becomes(mine.id, `merged_into = '${survivor.id}'`);
    expect(await troubleOf(mine)).toEqual({ code: 'merged', account: null, case: null });
  });

  it('says so beforehand, and whose it is: an account, another approved application', async () => {
    const mine = await record();
    const first = await boundCase(mine);
    const other = { id: first.id, reference: first.reference };
    expect(await troubleOf(mine)).toEqual({ code: 'approved_already', account: null, case: other });
    expect((await read(first.id)).matches[0]?.trouble).toBeNull();
    const account = await opened(mine, first.id);
    expect(await troubleOf(mine)).toEqual({ code: 'has_account', account, case: null });
    expect((await read(first.id)).matches[0]).toMatchObject({ recordId: mine.id, trouble: null });
  });
});

it('an action says what it needs before it is asked for', async () => {
  await api.house.portal('strict', (policy) => Object.assign(policy.application, { recordRequired: true }));
  const { id } = await api.house.applies({ email: 'strict@mail.example' }, { portal: 'strict' });
  await api.house.moves(id, 'claim', api.house.reviewer);
  const strict = await read(id);
  expect(strict.allowedActions.find(({ name }) => name === 'approve')).toEqual({ name: 'approve', needsRecord: true });
  expect((await acts(reviewer, strict, 'approve')).problem?.errors).toHaveProperty('patientRecordId');

  const waiting = await read((await api.house.caseIn('waiting_on_applicant')).id);
  const latest = waiting.allowedActions.find(({ name }) => name === 'extend')?.latest ?? '';
  const tooFar = new Date(Date.parse(latest) + 3_600_000).toISOString();
  expect((await acts(reviewer, waiting, 'extend', { until: tooFar })).problem?.errors).toHaveProperty('until');
  expect((await acts(reviewer, waiting, 'extend', { until: latest })).status).toBe(200);
});
