import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCase } from '../../contract/routes/staff/cases.ts';
import { importPatientRecords, listPatientRecords } from '../../contract/routes/staff/patient-records.ts';
import { startSession } from '../../store/sessions.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { addAccount } from '../support/seed.ts';
import { acts, limitedTo, signedInAs } from '../support/staff.ts';
import type { Visitor } from '../support/visitor.ts';

let api: TestApi;
let clerk: Visitor;
let reviewer: Visitor;
let supervisor: Visitor;
let people = 0;

beforeAll(async () => {
  api = await startTestApi();
  [clerk, reviewer, supervisor] = await Promise.all([
    signedInAs(api, api.house.clerk),
    signedInAs(api, api.house.reviewer),
    signedInAs(api, api.house.supervisor),
  ]);
});
afterAll(() => api.stop());

const header = 'mrn,firstName,lastName,dateOfBirth,postalCode,email,sex,practice,deceasedOn,confidential,mergedInto';
const imports = (...lines: string[]) =>
  supervisor.does(importPatientRecords, { body: { portal: harborview, csv: [header, ...lines].join('\r\n') } });
const find = (q: string) => clerk.does(listPatientRecords, { query: { q } });

/** A person on file, and the line that says so; `with` adds to it. */
async function onFile() {
  people += 1;
  const mrn = `HV-${300_000 + people}`;
  const lastName = `Rook${String.fromCharCode(96 + people).repeat(3)}`;
  const line = (more = ',,') => `${mrn},Ada,${lastName},1984-02-29,02139,,female,Harbor Clinic,${more}`;
  const { rows } = await imports(line());
  return { mrn, lastName, line, id: rows[0]?.id ?? '' };
}

/** Their case with a live code. */
async function withCode({ id, lastName }: { id: string; lastName: string }) {
  const { id: caseId, version } = await api.house.caseIn('in_review', { firstName: 'Ada', lastName });
  const approved = await acts(reviewer, { id: caseId, version }, 'approve', { patientRecordId: id });
  expect(approved.status).toBe(200);
  await api.house.moves(caseId, 'code_issued', { kind: 'engine' }, { isEngineWaiting: true });
  return caseId;
}

async function enrolledWith(recordId: string): Promise<string> {
  people += 1;
  const id = await addAccount(api.house.database, harborview, {
    username: `rook${people}`,
    email: `rook${people}@mail.example`,
  });
  await api.house.query(
    `INSERT INTO enrollments (account_id, patient_record_id, scope, created_at) VALUES ($1, $2, '{}', gatehouse_now())`,
    [id, recordId],
  );
  await startSession(api.house.database, { accountId: id });
  return id;
}

describe('an import', () => {
  it('makes, updates and leaves records, and tells what became of every line', async () => {
    const first = await imports(
      'HV-1,Ada,"Ferris, née ""Lo""",1984-02-29,02139,ada@mail.example,female,Harbor Clinic,,,',
      'HV-2,=cmd(),Okafor,1990-07-14,04101,,,,,,',
      'HV-3,Bad,Date,1990-02-30,,,,,,,',
    );
    expect(first).toMatchObject({ created: 2, updated: 0, unchanged: 0, refused: 1 });
    expect(first.rows.map(({ line, outcome, mrn }) => [line, outcome, mrn])).toEqual(
      [
        [2, 'created', 'HV-1'],
        [3, 'refused', 'HV-2'],
        [4, 'refused', 'HV-3'],
      ].map((row, index) => (index === 1 ? [3, 'created', 'HV-2'] : row)),
    );
    const again = await imports(
      'HV-1,Ada,"Ferris, née ""Lo""",1984-02-29,02139,ada@mail.example,female,Harbor Clinic,,,',
      'HV-2,Ben,Okafor,1990-07-14,04101,,,,,,',
    );
    expect(again.rows.map(({ outcome }) => outcome)).toEqual(['unchanged', 'updated']);
    const { data } = await find('HV-1');
    expect(data[0]).toMatchObject({
      lastName: 'Ferris, née "Lo"',
      practice: 'Harbor Clinic',
      confidential: false,
      portal: harborview,
    });
    for (const q of ['1984-02-29 HV-1', 'ada@mail', 'ferris ada', 'hv-1 FERRIS'])
      expect((await find(q)).data.map(({ mrn }) => mrn)).toContain('HV-1');
    expect((await find("' OR true --")).data).toEqual([]);
  });

  it('knows one human being by exact demographics', async () => {
    await imports(
      'HV-11,Una,Same,1970-01-01,02139,,,,,,',
      'HV-12,UNA,Same,1970-01-01,02139-1234,,,,,,',
      'HV-13,Una,Same,1970-01-02,02139,,,,,,',
    );
    await imports('HV-14,Una,Samé,1970-01-01,02139,,,,,,');
    const rows = await api.house.query<{ mrn: string; person: string }>(
      `SELECT mrn, person_id AS person FROM patient_records WHERE mrn IN ('HV-11', 'HV-12', 'HV-13', 'HV-14') ORDER BY mrn`,
    );
    const [a, b, c, d] = rows.map(({ person }) => person);
    expect([b, d]).toEqual([a, a]);
    expect(c).not.toBe(a);
  });

  it('of a death stops the live code and the account, and staff are told', async () => {
    const record = await onFile();
    const caseId = await withCode(record);
    const accountId = await enrolledWith(record.id);
    expect(await imports(record.line('2026-11-01,,'))).toMatchObject({ updated: 1 });
    const page = await clerk.does(readCase, { params: { caseId } });
    expect(page).toMatchObject({ flags: ['record_changed'], waitingOn: 'staff', secret: { state: 'revoked' } });
    const [account] = await api.house.query(
      `SELECT a.state, a.version, (SELECT count(*)::int FROM sessions WHERE account_id = a.id AND ended_at IS NULL) AS sessions,
         (SELECT count(*)::int FROM enrollments WHERE account_id = a.id AND ended_at IS NULL) AS enrollments,
         (SELECT count(*)::int FROM staff_tasks WHERE account_id = a.id AND settled_at IS NULL) AS tasks FROM accounts a WHERE a.id = $1`,
      [accountId],
    );
    expect(account).toEqual({ state: 'suspended', version: 2, sessions: 0, enrollments: 0, tasks: 1 });
    expect(await imports(record.line('2026-11-01,,'))).toMatchObject({ unchanged: 1 });
  });

  it('of a merge moves the enrollment to the survivor and keeps the code', async () => {
    const [record, survivor] = [await onFile(), await onFile()];
    const caseId = await withCode(record);
    const accountId = await enrolledWith(record.id);
    await imports(record.line(`,,${survivor.mrn}`));
    expect(await clerk.does(readCase, { params: { caseId } })).toMatchObject({
      flags: ['record_changed'],
      secret: { state: 'live' },
    });
    const [enrollment] = await api.house.query(
      'SELECT patient_record_id AS id FROM enrollments WHERE account_id = $1 AND ended_at IS NULL',
      [accountId],
    );
    expect(enrollment).toEqual({ id: survivor.id });
    const circle = await imports(survivor.line(`,,${record.mrn}`));
    expect(circle.rows[0]?.errors).toHaveProperty('mergedInto');
    expect((await imports(survivor.line(',,HV-999999'))).rows[0]?.errors).toHaveProperty('mergedInto');
  });

  it('of a merge makes the survivor the record of the case, whose own changes then count', async () => {
    const [record, survivor] = [await onFile(), await onFile()];
    const caseId = await withCode(record);
    await imports(record.line(`,,${survivor.mrn}`));
    expect((await clerk.does(readCase, { params: { caseId } })).patientRecordId).toBe(survivor.id);
    await imports(survivor.line('2026-11-01,,'));
    expect(await clerk.does(readCase, { params: { caseId } })).toMatchObject({ secret: { state: 'revoked' } });
  });

  it('of a merge into a record of somebody who died stops code and account at once', async () => {
    const [record, between, survivor] = [await onFile(), await onFile(), await onFile()];
    await imports(between.line(`,,${survivor.mrn}`), survivor.line('2026-11-01,,'));
    const caseId = await withCode(record);
    const accountId = await enrolledWith(record.id);
    await imports(record.line(`,,${between.mrn}`));
    expect(await clerk.does(readCase, { params: { caseId } })).toMatchObject({
      patientRecordId: survivor.id,
      secret: { state: 'revoked' },
    });
    const [account] = await api.house.query('SELECT state FROM accounts WHERE id = $1', [accountId]);
    expect(account).toEqual({ state: 'suspended' });
  });

  it('of confidentiality revokes the live code', async () => {
    const record = await onFile();
    const caseId = await withCode(record);
    await imports(record.line(',yes,'));
    expect(await clerk.does(readCase, { params: { caseId } })).toMatchObject({
      flags: ['record_changed'],
      secret: { state: 'revoked' },
    });
  });

  it('is refused as a whole when the file cannot be trusted, or the portal is hidden', async () => {
    const call = (visitor: Visitor, portal: string, csv: string) =>
      visitor.call(importPatientRecords, { body: { portal, csv } });
    expect((await call(supervisor, harborview, 'mrn\nHV-1')).problem?.errors).toHaveProperty('csv');
    expect((await call(supervisor, 'nowhere', header)).problem).toMatchObject({ status: 404 });
    await api.house.portal('other', () => {});
    const limited = await limitedTo(api, await api.house.member('Rec Limited', 'supervisor'), 'other');
    expect((await call(limited, harborview, `${header}\nHV-1,A,B,1984-02-29,,,,,,,`)).problem).toMatchObject({
      status: 404,
    });
    expect((await limited.does(listPatientRecords)).data).toEqual([]);
  });

  it('of thousands of lines fits into one transaction', async () => {
    const lines = Array.from(
      { length: 5_000 },
      (_, n) =>
        `BULK-${n},First${n % 50},Last${n % 700},19${String(n % 90).padStart(2, '0')}-03-1${n % 10},02139,,,Clinic ${n % 7},,,`,
    );
    expect(await imports(...lines)).toMatchObject({ created: 5_000 });
    expect(await imports(...lines.map((line) => line.replace('02139', '02140')))).toMatchObject({ updated: 5_000 });
  });
});

it('opening one record is audited as viewed once in ten minutes', async () => {
  const { id } = await onFile();
  await clerk.does(listPatientRecords, { query: { id } });
  await clerk.does(listPatientRecords, { query: { id } });
  const rows = await api.house.query(`SELECT 1 FROM audit_entries WHERE action = 'viewed' AND entry LIKE $1`, [
    `%${id}%`,
  ]);
  expect(rows).toHaveLength(1);
});
