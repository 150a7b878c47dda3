import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  actOnCampaign,
  createCampaign,
  downloadCampaignResults,
  listCampaignRows,
  listCampaigns,
  readCampaign,
} from '../../contract/routes/staff/campaigns.ts';
import { listCases } from '../../contract/routes/staff/cases.ts';
import type { CampaignAction } from '../../contract/schemas/campaign.ts';
import { sendCampaignPart } from '../../store/campaign-parts.ts';
import { changesAfter, lastSeal } from '../../store/event-feed.ts';
import { settleMail } from '../../store/mail-delivery.ts';
import { startAuditSealer } from '../../worker/audit-sealer.ts';
import { createLog } from '../../worker/log.ts';
import type { WorkerMetrics } from '../../worker/metrics.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { addAccount, addRecord } from '../support/seed.ts';
import { limitedTo, signedInAs } from '../support/staff.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let api: TestApi;
let clerk: Visitor;
let reviewer: Visitor;
let elsewhere: Visitor;
let people = 0;

beforeAll(async () => {
  api = await startTestApi();
  [clerk, reviewer] = await Promise.all([signedInAs(api, api.house.clerk), signedInAs(api, api.house.reviewer)]);
  await api.house.portal('summit', () => {});
  elsewhere = await limitedTo(api, await api.house.member('Eve Elsewhere', 'supervisor'), 'summit');
});
afterAll(() => api.stop());
beforeEach(() => api.house.clock.run());

interface OnFile {
  id: string;
  mrn: string;
  email: string;
}

/** Somebody on file who can be sent to; `changes` are columns of the record. */
async function onFile(changes: Record<string, unknown> = {}): Promise<OnFile> {
  people += 1;
  const mrn = `HV-${500_000 + people}`;
  const email = `camp.${people}@mail.example`;
  const lastName = `Camp${String(people).padStart(4, '0')}`;
  const facts = { mrn, firstName: 'Ada', lastName, dateOfBirth: '1984-02-29', postalCode: '02139', email };
  const id = await addRecord(api.house.database, harborview, facts);
  for (const [column, value] of Object.entries(changes)) {
    await api.house.query(`UPDATE patient_records SET ${column} = $2 WHERE id = $1`, [id, value]);
  }
  return { id, mrn, email };
}

async function makeActive({ id }: OnFile): Promise<void> {
  const email = `active.${people}@mail.example`;
  const accountId = await addAccount(api.house.database, harborview, { username: `active${people}`, email });
  await api.house.query(
    `INSERT INTO enrollments (account_id, patient_record_id, scope, created_at) VALUES ($1, $2, '{}', gatehouse_now())`,
    [accountId, id],
  );
}

const drafts = (csv: string, more: object = {}) =>
  reviewer.does(createCampaign, { body: { portal: harborview, name: 'Spring', csv, ...more } });
const draftOf = (records: readonly OnFile[], more: object = {}) =>
  drafts(`mrn\n${records.map(({ mrn }) => mrn).join('\n')}`, more);
const read = (campaignId: string, visitor = clerk) => visitor.does(readCampaign, { params: { campaignId } });
const act = (campaign: { id: string; version: number }, action: CampaignAction, visitor = reviewer, key?: string) =>
  visitor.call(actOnCampaign, {
    params: { campaignId: campaign.id, action },
    body: { version: campaign.version },
    ...(key !== undefined && { key }),
  });
const rowsOf = async (campaignId: string, query: Record<string, string> = {}) =>
  (await clerk.does(listCampaignRows, { params: { campaignId }, query })).data;
const part = (campaignId: string) => sendCampaignPart(api.house.database, campaignId);
const mailsOf = (campaignId: string) =>
  api.house.query<{ id: string; to: string; bulk: boolean; template: string }>(
    `SELECT m.id, m.to_address AS "to", m.bulk, m.template FROM messages m JOIN registrations g ON g.case_id = m.case_id
     WHERE g.campaign_id = $1 ORDER BY m.queued_at, m.id`,
    [campaignId],
  );
const actionsOf = async (campaignId: string) =>
  (
    await api.house.query<{ action: string }>(
      `SELECT action FROM audit_entries WHERE entry::jsonb -> 'detail' ->> 'campaignId' = $1 AND case_id IS NULL ORDER BY at, id`,
      [campaignId],
    )
  ).map(({ action }) => action);

describe('the dry run', () => {
  it('judges every row, says of each why it is refused, and sends nothing', async () => {
    const [good, merged, survivor] = [await onFile(), await onFile(), await onFile()];
    await api.house.query('UPDATE patient_records SET merged_into = $2 WHERE id = $1', [merged.id, survivor.id]);
    const deceased = await onFile({ deceased_on: '2026-01-01' });
    const confidential = await onFile({ confidential: true });
    const active = await onFile();
    await makeActive(active);
    const minor = await onFile({ date_of_birth: '2015-05-05' });
    const noZip = await onFile({ postal_code: null });
    const noAddress = await onFile({ email: null });
    const stranger = await onFile();
    const [practice] = await api.house.query<{ id: string }>(
      `INSERT INTO practices (portal, name, closed_at) VALUES ($1, 'Closed Clinic', gatehouse_now()) RETURNING id`,
      [harborview],
    );
    const closed = await onFile({ practice_id: practice?.id });
    const campaign = await drafts(
      [
        'mrn,email,reason',
        `${good.mrn},${good.email.toUpperCase()},`,
        'HV-999999,,',
        `${merged.mrn},,`,
        `${deceased.mrn},,`,
        `${confidential.mrn},,`,
        `${closed.mrn},,`,
        `${active.mrn},,`,
        `${good.mrn},,`,
        `${minor.mrn},,`,
        `${noZip.mrn},,`,
        `${noAddress.mrn},,`,
        `${noAddress.mrn},new.address@mail.example,patient_request`,
        `${stranger.mrn},not an address,`,
        `${stranger.mrn},else@mail.example,`,
        `${stranger.mrn},else@mail.example,other`,
        `${stranger.mrn},else@mail.example,address_outdated`,
        ',,',
      ].join('\r\n'),
    );
    expect(campaign).toMatchObject({
      state: 'draft',
      version: 1,
      source: 'csv',
      perMinute: 4_000,
      startedAt: null,
      createdBy: { id: api.house.reviewer.id },
      counts: { rows: 17, ready: 3, queued: 0, refused: 14, mailed: 0, mailTrouble: 0, registered: 0 },
      allowedActions: ['send', 'cancel'],
    });
    expect(campaign.problems[0]).toEqual({ problem: 'malformed', count: 4 });
    const rows = await rowsOf(campaign.id);
    expect(rows.map(({ no, problem }) => [no, problem])).toEqual([
      [2, null],
      [3, 'unknown_record'],
      [4, 'merged'],
      [5, 'deceased'],
      [6, 'confidential'],
      [7, 'practice_closed'],
      [8, 'already_active'],
      [9, 'duplicate'],
      [10, 'minor'],
      [11, 'no_postal_code'],
      [12, 'no_address'],
      [13, null],
      [14, 'malformed'],
      [15, 'malformed'],
      [16, 'malformed'],
      [17, null],
      [18, 'malformed'],
    ]);
    expect(rows[0]).toMatchObject({ mrn: good.mrn, email: good.email, outcome: 'ready', caseId: null, state: null });
    expect(rows[1]).toMatchObject({ name: null, patientRecordId: null, email: null });
    expect(rows[11]).toMatchObject({ email: 'new.address@mail.example' });
    expect(await rowsOf(campaign.id, { problem: 'minor' })).toHaveLength(1);
    expect(await rowsOf(campaign.id, { outcome: 'ready' })).toHaveLength(3);
    expect(await mailsOf(campaign.id)).toEqual([]);
    expect(await actionsOf(campaign.id)).toEqual(['campaign_created']);
    // What is kept for years names nobody.
    const [entry] = await api.house.query<{ entry: string }>(
      `SELECT entry FROM audit_entries WHERE action = 'campaign_created' ORDER BY at DESC LIMIT 1`,
    );
    expect(entry?.entry).not.toMatch(/Spring|@|HV-/);
  });

  it('finds a registration that is open, and one row is the first of two good ones', async () => {
    const [one, two] = [await onFile(), await onFile()];
    const first = await draftOf([one]);
    await act(first, 'send');
    await part(first.id);
    const second = await draftOf([one, two, two]);
    expect((await rowsOf(second.id)).map(({ problem }) => problem)).toEqual(['duplicate', null, 'duplicate']);
  });

  it('takes the records of a practice by name, without those of people who are active', async () => {
    const [practice] = await api.house.query<{ id: string }>(
      `INSERT INTO practices (portal, name) VALUES ($1, 'Canal Clinic') RETURNING id`,
      [harborview],
    );
    const records = [];
    for (let number = 0; number < 4; number += 1) records.push(await onFile({ practice_id: practice?.id }));
    const [, active, noAddress] = records;
    if (!active || !noAddress) throw new Error('there are four');
    await makeActive(active);
    await api.house.query('UPDATE patient_records SET email = NULL WHERE id = $1', [noAddress.id]);
    const finds = (asked: object) =>
      reviewer.call(createCampaign, { body: { portal: harborview, name: 'All', records: asked } });
    const { body: campaign } = await finds({ practice: 'Canal Clinic' });
    expect(campaign).toMatchObject({ source: 'records', counts: { rows: 3, ready: 2, refused: 1 } });
    expect((await rowsOf(campaign.id)).map(({ no, mrn, problem }) => [no, mrn, problem])).toEqual([
      [1, records[0]?.mrn, null],
      [2, noAddress.mrn, 'no_address'],
      [3, records[3]?.mrn, null],
    ]);
    const narrowed = await finds({ practice: 'Canal Clinic', q: records[3]?.mrn });
    expect(narrowed.body.counts.rows).toBe(1);
    expect((await finds({ practice: 'No Such Clinic' })).problem).toMatchObject({
      status: 422,
      errors: { 'records.q': expect.any(String) },
    });
    expect((await finds({ q: 'A\u0000B' })).problem?.status).toBe(422);
  });

  it('takes the records of its own portal alone, also where patients are those of another', async () => {
    const { mrn } = await onFile();
    await api.house.portal('bay', (policy) => {
      policy.patientPortal = harborview;
    });
    const ashore = await limitedTo(api, await api.house.member('Bea Bay', 'supervisor'), 'bay');
    const body = { portal: 'bay', name: 'All' };
    const { problem } = await ashore.call(createCampaign, { body: { ...body, records: {} } });
    expect(problem).toMatchObject({ code: 'validation_failed', errors: { 'records.q': expect.any(String) } });
    const { id, counts } = await ashore.does(createCampaign, { body: { ...body, csv: `mrn\n${mrn}` } });
    expect(counts).toMatchObject({ rows: 1, ready: 0 });
    const { data } = await ashore.does(listCampaignRows, { params: { campaignId: id }, query: {} });
    expect(data).toMatchObject([{ problem: 'unknown_record', name: null, email: null }]);
  });

  it('is refused where nothing can be judged, to clerks, and for portals that are hidden', async () => {
    const body = { portal: harborview, name: 'Spring', csv: 'mrn\nHV-1' };
    const refused = async (visitor: Visitor, more: object) =>
      (await visitor.call(createCampaign, { body: { ...body, ...more } })).problem;
    expect(await refused(clerk, {})).toMatchObject({ code: 'not_allowed' });
    expect(await refused(elsewhere, {})).toMatchObject({ code: 'not_found' });
    expect(await refused(reviewer, { portal: 'nowhere' })).toMatchObject({ code: 'not_found' });
    expect(await refused(reviewer, { csv: 'email\na@b.example' })).toMatchObject({
      status: 422,
      errors: { csv: expect.stringContaining('mrn') },
    });
    expect(await refused(reviewer, { records: {} })).toMatchObject({ errors: { csv: expect.any(String) } });
    expect(await refused(reviewer, { csv: undefined })).toMatchObject({ errors: { csv: expect.any(String) } });
    expect(await refused(reviewer, { perMinute: 6_001 })).toMatchObject({ errors: { perMinute: expect.any(String) } });
  });
});

describe('sending', () => {
  it('goes part by part at the pace, each row once, and ends when none is left', async () => {
    const records = [];
    for (let number = 0; number < 5; number += 1) records.push(await onFile());
    const campaign = await draftOf(records, { perMinute: 120 });
    const now = await api.house.now();
    await api.house.clock.standAt(now);
    const { body: running } = await act(campaign, 'send');
    expect(running).toMatchObject({ state: 'running', version: 2, startedAt: now.toISOString() });
    expect(running.allowedActions).toEqual(['pause', 'cancel']);
    expect(await part(campaign.id)).toMatchObject({
      remaining: 3,
      nextAt: new Date(now.getTime() + 1_000).toISOString(),
    });
    // Too early, and twice at once: nothing.
    await Promise.all([part(campaign.id), part(campaign.id)]);
    expect((await read(campaign.id)).counts).toMatchObject({ ready: 3, queued: 2 });
    await api.house.clock.standAt(new Date(now.getTime() + 1_000));
    await Promise.all([part(campaign.id), part(campaign.id)]);
    expect((await read(campaign.id)).counts).toMatchObject({ ready: 1, queued: 4 });
    await api.house.clock.standAt(new Date(now.getTime() + 2_000));
    expect(await part(campaign.id)).toMatchObject({ state: 'done', remaining: 0, version: 3 });
    expect(await part(campaign.id)).toMatchObject({ state: 'done', version: 3 });
    const mails = await mailsOf(campaign.id);
    expect(mails.map(({ to }) => to).sort()).toEqual(records.map(({ email }) => email).sort());
    expect(new Set(mails.map(({ bulk, template }) => `${bulk} ${template}`))).toEqual(
      new Set(['true registration_invitation']),
    );
    const done = await read(campaign.id);
    expect(done).toMatchObject({ state: 'done', endedAt: expect.any(String), allowedActions: [] });
    expect(await actionsOf(campaign.id)).toEqual(['campaign_created', 'campaign_sent', 'campaign_done']);
    const { data } = await clerk.does(listCases, { query: { campaignId: campaign.id } });
    expect(data).toHaveLength(5);
  });

  it('judges each row again: what became impossible is refused with its reason, the others go', async () => {
    const [good, died, gone, corrected] = [await onFile(), await onFile(), await onFile(), await onFile()];
    const campaign = await draftOf([good, died, gone, corrected]);
    await act(campaign, 'send');
    await api.house.query(`UPDATE patient_records SET deceased_on = '2026-01-01' WHERE id = $1`, [died.id]);
    await api.house.query(`UPDATE patient_records SET email = NULL WHERE id = $1`, [gone.id]);
    await api.house.query(`UPDATE patient_records SET email = 'later@mail.example' WHERE id = $1`, [corrected.id]);
    expect(await part(campaign.id)).toMatchObject({ state: 'done' });
    const rows = await rowsOf(campaign.id);
    expect(rows.map(({ outcome, problem, email }) => [outcome, problem, email])).toEqual([
      ['queued', null, good.email],
      ['refused', 'deceased', died.email],
      ['refused', 'no_address', null],
      ['queued', null, 'later@mail.example'],
    ]);
    expect(rows[0]).toMatchObject({ state: 'draft', mail: 'queued', reference: expect.stringMatching(/^GH-/) });
  });

  it('sends a row whose address got on file meanwhile', async () => {
    const [other, none] = [await onFile(), await onFile({ email: null })];
    const csv = [
      'mrn,email,reason',
      ...[other, none].map(({ mrn }) => `${mrn},new.${mrn}@mail.example,patient_request`),
    ];
    const campaign = await drafts(csv.join('\n'));
    await act(campaign, 'send');
    for (const { id, mrn } of [other, none]) {
      await api.house.query('UPDATE patient_records SET email = $2 WHERE id = $1', [id, `New.${mrn}@mail.example`]);
    }
    await part(campaign.id);
    expect((await rowsOf(campaign.id)).map(({ outcome, problem }) => [outcome, problem])).toEqual([
      ['queued', null],
      ['queued', null],
    ]);
    const kept = await api.house.query(
      'SELECT DISTINCT address_reason AS reason FROM registrations WHERE campaign_id = $1',
      [campaign.id],
    );
    expect(kept).toEqual([{ reason: null }]);
  });

  it('names who sent it, whoever made it', async () => {
    const campaign = await draftOf([await onFile()]);
    expect(campaign.sentBy).toBeNull();
    const supervisor = await signedInAs(api, api.house.supervisor);
    await act(campaign, 'send', supervisor);
    await part(campaign.id);
    const { createdBy, sentBy } = await read(campaign.id);
    expect([createdBy.id, sentBy?.id]).toEqual([api.house.reviewer.id, api.house.supervisor.id]);
    const invited = await api.house.query(
      `SELECT actor_id AS id FROM audit_entries
       WHERE action = 'invited' AND entry::jsonb -> 'detail' ->> 'campaignId' = $1`,
      [campaign.id],
    );
    expect(invited).toEqual([{ id: api.house.supervisor.id }]);
  });

  it('shows what became of the mails and of the people', async () => {
    const records = [await onFile(), await onFile(), await onFile()];
    const campaign = await draftOf(records);
    await act(campaign, 'send');
    await part(campaign.id);
    const [first, second] = await mailsOf(campaign.id);
    await api.house.database.transaction((tx) => settleMail(tx, first?.id ?? '', { state: 'accepted' }));
    await api.house.database.transaction((tx) =>
      settleMail(tx, second?.id ?? '', { state: 'refused', problem: '550 address' }),
    );
    expect((await read(campaign.id)).counts).toMatchObject({
      queued: 3,
      mailed: 1,
      mailWaiting: 1,
      mailTrouble: 1,
      registered: 0,
    });
    const states = (await rowsOf(campaign.id)).map(({ state, mail }) => [state, mail]);
    expect(new Set(states)).toEqual(
      new Set([
        ['sent', 'accepted'],
        ['undeliverable', 'refused'],
        ['draft', 'queued'],
      ]),
    );
  });
});

describe('acting on a campaign', () => {
  it('pauses and goes on; a run that comes meanwhile sends nothing', async () => {
    const campaign = await draftOf([await onFile(), await onFile()], { perMinute: 60 });
    const now = await api.house.now();
    await api.house.clock.standAt(now);
    const { body: running } = await act(campaign, 'send');
    await part(campaign.id);
    const { body: paused } = await act(running, 'pause');
    expect(paused).toMatchObject({ state: 'paused', version: 3, allowedActions: ['resume', 'cancel'] });
    await api.house.clock.standAt(new Date(now.getTime() + 60_000));
    expect(await part(campaign.id)).toMatchObject({ state: 'paused', remaining: 1 });
    const { body: resumed } = await act(paused, 'resume');
    expect(resumed.state).toBe('running');
    await part(campaign.id);
    expect(await part(campaign.id)).toMatchObject({ state: 'done' });
    expect(await actionsOf(campaign.id)).toEqual(
      ['created', 'sent', 'paused', 'resumed', 'done'].map((fact) => `campaign_${fact}`),
    );
  });

  it('cancels for good; what was not sent stays unsent and is told so', async () => {
    const [one, two] = [await onFile(), await onFile()];
    const campaign = await draftOf([one, two], { perMinute: 60 });
    const { body: running } = await act(campaign, 'send');
    await part(campaign.id);
    const { body: cancelled } = await act(running, 'cancel');
    expect(cancelled).toMatchObject({ state: 'cancelled', counts: { ready: 1, queued: 1 }, allowedActions: [] });
    expect(await part(campaign.id)).toMatchObject({ state: 'cancelled', remaining: 1 });
    expect((await act(cancelled, 'resume')).problem).toMatchObject({
      code: 'not_allowed_now',
      current: { state: 'cancelled', version: 3 },
    });
    const csv = await reviewer.does(downloadCampaignResults, { params: { campaignId: campaign.id } });
    expect(csv).toContain(`${two.mrn},Ada`);
    expect(csv).toMatch(/,not_sent,,,,,\r\n$/);
  });

  it('is refused on an old version, twice, for clerks, for other portals’ members, and with nothing to send', async () => {
    const campaign = await draftOf([await onFile()]);
    const key = `once-${campaign.id}`;
    const [first, again] = [await act(campaign, 'send', reviewer, key), await act(campaign, 'send', reviewer, key)];
    expect([first.status, again.status, again.headers['idempotency-replayed']]).toEqual([200, 200, 'true']);
    expect((await act(campaign, 'pause')).problem).toMatchObject({
      code: 'stale_version',
      current: { state: 'running', version: 2 },
    });
    expect((await act(first.body, 'send')).problem?.code).toBe('not_allowed_now');
    expect((await act(first.body, 'pause', clerk)).problem?.code).toBe('not_allowed');
    expect((await act(first.body, 'pause', elsewhere)).problem?.code).toBe('not_found');
    const params = { campaignId: campaign.id };
    expect((await elsewhere.call(readCampaign, { params })).problem?.code).toBe('not_found');
    expect((await elsewhere.call(listCampaignRows, { params })).problem?.code).toBe('not_found');
    expect((await elsewhere.call(downloadCampaignResults, { params })).problem?.code).toBe('not_found');
    expect((await elsewhere.does(listCampaigns)).data).toEqual([]);
    expect((await openVisitor(api.url).call(readCampaign, { params })).problem?.code).toBe('not_signed_in');
    const empty = await drafts('mrn\nHV-999999');
    expect(empty.allowedActions).toEqual(['cancel']);
    expect((await act(empty, 'send')).problem?.code).toBe('not_allowed_now');
    // A clerk sees all of it and may do nothing.
    expect((await read(campaign.id)).allowedActions).toEqual([]);
  });

  it('one of many at once wins, and each is told to the engine', async () => {
    const campaign = await draftOf([await onFile()]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => act(campaign, 'send')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)]);
    const told = await api.house.query('SELECT 1 FROM outbox WHERE campaign_id = $1', [campaign.id]);
    expect(told).toHaveLength(1);
  });
});

describe('lists, files and events', () => {
  it('lists campaigns, newest first', async () => {
    const made = [await drafts('mrn\n1'), await drafts('mrn\n2')];
    const { data } = await clerk.does(listCampaigns, { query: { perPage: 2 } });
    expect(data.map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
    expect((await clerk.does(listCampaigns, { query: { state: 'draft', portal: harborview } })).total).toBeGreaterThan(
      1,
    );
    expect((await clerk.does(listCampaigns, { query: { portal: 'summit' } })).total).toBe(0);
    expect((await clerk.does(listCampaigns, { query: { id: made[0]?.id ?? '' } })).data).toHaveLength(1);
  });

  it('gives the rows as CSV that no spreadsheet computes, and audits who took it', async () => {
    const record = await onFile({ first_name: '=HYPERLINK("x")' });
    const campaign = await drafts(`mrn\n${record.mrn}\n"=1+1"\n@cmd`);
    const { body, headers } = await reviewer.call(downloadCampaignResults, { params: { campaignId: campaign.id } });
    expect(headers['content-disposition']).toMatch(/^attachment; filename="gatehouse-campaign-[\d-]+\.csv"$/);
    const lines = body.trimEnd().split('\r\n');
    expect(lines[0]).toBe('\ufeffno,mrn,name,email,outcome,problem,explanation,reference,state,mail');
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")`);
    expect(lines[2]).toMatch(/^3,'=1\+1,,,refused,unknown_record,This record is not one of this portal,,,$/);
    expect(lines[3]).toMatch(/^4,'@cmd,/);
    expect(await actionsOf(campaign.id)).toEqual(['campaign_created', 'campaign_exported']);
  });

  it('tells open pages that a campaign moved, once for all of its registrations', async () => {
    const log = createLog({ level: 'silent' });
    const metrics = { sealLag: { set: () => {} }, refusedEntries: { inc: () => {} }, countMoves: () => {} };
    const { database } = api.house;
    const sealer = startAuditSealer({ database, log, metrics: metrics as unknown as WorkerMetrics });
    const sealed = async () => {
      for (;;) {
        const [open] = await api.house.query(
          'SELECT 1 FROM audit_entries e WHERE NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.audit_id = e.id)',
        );
        if (!open) return;
        sealer.nudge();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const campaign = await draftOf([await onFile(), await onFile()]);
    await act(campaign, 'send');
    await sealed();
    const from = await lastSeal(database);
    await part(campaign.id);
    await reviewer.does(downloadCampaignResults, { params: { campaignId: campaign.id } });
    await sealed();
    const { changes } = await changesAfter(database, from);
    await sealer.stop();
    const own = changes.filter(({ resource }) => resource === 'campaign');
    expect(own).toEqual([expect.objectContaining({ id: campaign.id, portal: harborview, version: 3 })]);
    expect(changes.filter(({ resource }) => resource === 'case').length).toBeGreaterThanOrEqual(2);
  });
});
