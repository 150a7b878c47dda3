import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan } from '../../engine/names.ts';
import { day, type Gatehouse, person, startGatehouse } from '../support/gatehouse.ts';
import { type Stories, storiesIn } from './stories.ts';

let gatehouse: Gatehouse;
let stories: Stories;
const minute = 60_000;

beforeAll(async () => {
  gatehouse = await startGatehouse();
  stories = await storiesIn(gatehouse);
}, 60_000);
afterEach(() => {
  gatehouse.sink.manner = 'takes';
});
afterAll(() => gatehouse.stop());

const withdraws = (id: string) => stories.does({ id }, 'withdraw', person);
const ledgerOf = (id: string, template: string) =>
  gatehouse.database.query<{ id: string; state: string; attempts: number }>(
    'SELECT id, state, attempts FROM messages WHERE case_id = $1 AND template = $2 ORDER BY sequence',
    [id, template],
  );
const messageIdsTo = (address: string) => gatehouse.inboxOf(address).map(({ messageId }) => messageId);

describe('a mail that the relay refuses', () => {
  it('flags the case; the code stays live; a corrected address gets another code and clears it', async () => {
    const row = await stories.caseIn('approved');
    expect(row).toMatchObject({ flags: ['mail_refused'], waitingOn: 'staff', secretsIssued: 1 });
    expect(await gatehouse.tasksOf(row.id)).toEqual(['mail_refused']);
    expect(stories.codesTo(row.email)).toEqual([]);
    const email = 'where.she.lives@mail.example';
    await stories.does(row, 'correctAddress', stories.clerk, { input: { email } });
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'code_sent', flags: [], waitingOn: 'applicant' });
    expect(await gatehouse.tasksOf(row.id)).toEqual([]);
    expect(stories.codesTo(email)).toHaveLength(1);
    await stories.activates(row);
  });

  it('and nobody looks at: the code expires all the same, the flag stays', async () => {
    const row = await stories.caseIn('approved');
    await gatehouse.passesUntil(new Date((row.expiresAt?.getTime() ?? 0) + minute));
    expect(await gatehouse.row(row.id)).toMatchObject({
      state: 'expired',
      flags: ['mail_refused'],
      waitingOn: 'staff',
    });
    await withdraws(row.id);
    expect(await gatehouse.tasksOf(row.id)).toEqual([]);
  });

  it('the receipt’s too: the case waits on staff with a task, and goes on', async () => {
    gatehouse.sink.manner = 'refuses';
    const row = await stories.caseIn('submitted');
    gatehouse.sink.manner = 'takes';
    expect(row).toMatchObject({ state: 'submitted', flags: ['mail_refused'], version: 1 });
    await stories.does(row, 'claim', stories.ana);
    await withdraws(row.id);
  });
});

describe('a mail that is cut off after its last byte', () => {
  it('once: goes again under the same Message-ID, and all is well', async () => {
    gatehouse.sink.manner = 'cuts off once';
    const row = await stories.caseIn('submitted');
    await gatehouse.passes(minute);
    expect(await ledgerOf(row.id, 'application_received')).toMatchObject([{ state: 'accepted', attempts: 2 }]);
    expect(messageIdsTo(row.email)).toHaveLength(2);
    expect(new Set(messageIdsTo(row.email)).size).toBe(1);
    expect(await gatehouse.row(row.id)).toMatchObject({ flags: [] });
    await withdraws(row.id);
  });

  it('twice: settled as unknown, never sent a third time; the case moves on and staff have a task', async () => {
    const claimed = await stories.caseIn('in_review');
    gatehouse.sink.manner = 'cuts off';
    await stories.does(claimed, 'approve', stories.ana);
    await gatehouse.passes(5 * minute);
    gatehouse.sink.manner = 'takes';
    expect(await ledgerOf(claimed.id, 'access_code')).toMatchObject([{ state: 'unknown', attempts: 2 }]);
    expect(await gatehouse.row(claimed.id)).toMatchObject({
      state: 'code_sent',
      flags: ['mail_unknown'],
      waitingOn: 'staff',
    });
    expect(await gatehouse.tasksOf(claimed.id)).toEqual(['mail_unknown']);
    const codes = stories.codesTo(claimed.email);
    expect(codes).toHaveLength(2);
    expect(new Set(codes).size).toBe(1);
    await gatehouse.daysPass(4);
    expect(stories.codesTo(claimed.email)).toHaveLength(2);
    expect((await stories.activates(claimed)).state).toBe('activated'); // it had arrived after all
    expect(await gatehouse.tasksOf(claimed.id)).toEqual([]);
  });
});

describe('a relay that is away', () => {
  it('for three hours: everything goes when it is back, once', async () => {
    gatehouse.sink.manner = 'is away';
    const row = await stories.caseIn('code_sent'); // as far as it gets: approved
    await gatehouse.passes(180 * minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'approved', waitingOn: 'engine', flags: [] });
    expect(gatehouse.inboxOf(row.email)).toEqual([]);
    gatehouse.sink.manner = 'takes';
    await gatehouse.passes(20 * minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'code_sent', waitingOn: 'applicant' });
    expect(gatehouse.inboxOf(row.email)).toHaveLength(2);
    await stories.activates(row);
  });

  it('while the case is decided otherwise: a code that died in the queue never goes', async () => {
    gatehouse.sink.manner = 'is away';
    const row = await stories.caseIn('code_sent');
    await gatehouse.passes(10 * minute);
    await stories.does(row, 'revoke', stories.ana, { reason: 'suspected_fraud' });
    gatehouse.sink.manner = 'takes';
    await gatehouse.passes(20 * minute);
    expect(stories.codesTo(row.email)).toEqual([]);
    const subjects = gatehouse.inboxOf(row.email).map(({ subject }) => subject?.slice(0, 10));
    expect(subjects.sort()).toEqual(['About your', 'We have yo']);
    expect(await gatehouse.runOf(row.id).result()).toBe('rejected');
  });

  it('while a rejection is reopened: the run goes on at once, not when the last mail is gone', async () => {
    const row = await stories.caseIn('in_review');
    gatehouse.sink.manner = 'is away';
    await stories.does(row, 'reject', stories.ana, { reason: 'identity_not_confirmed' });
    const reopened = await stories.does(row, 'reopen', stories.sue, { reason: 'new_information' });
    expect((await gatehouse.runOf(row.id).query<Plan>('plan')).waitsFor[0]?.name).toBe('turns_due');
    await stories.does(row, 'approve', stories.ana);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'approved', secretsIssued: reopened.secretsIssued + 1 });
    gatehouse.sink.manner = 'takes';
    await gatehouse.passes(20 * minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'code_sent' });
    await stories.activates(row);
    expect(await gatehouse.runOf(row.id).result()).toBe('activated');
  });

  it('for 3 days: the mail becomes a staff task, and the case waits on staff', async () => {
    const claimed = await stories.caseIn('in_review');
    gatehouse.sink.manner = 'is away';
    await stories.does(claimed, 'approve', stories.ana);
    await gatehouse.passes(3 * day - 30 * minute);
    expect(await gatehouse.row(claimed.id)).toMatchObject({ state: 'approved', flags: [] });
    await gatehouse.passes(60 * minute);
    expect(await gatehouse.row(claimed.id)).toMatchObject({
      state: 'approved',
      flags: ['mail_refused'],
      waitingOn: 'staff',
    });
    expect(await gatehouse.tasksOf(claimed.id)).toEqual(['mail_refused']);
    gatehouse.sink.manner = 'takes';
    await stories.does(claimed, 'reissue', stories.clerk);
    expect(await gatehouse.row(claimed.id)).toMatchObject({ state: 'code_sent', flags: [] });
    expect(stories.codesTo(claimed.email)).toHaveLength(1);
    await withdraws(claimed.id);
  });
});
