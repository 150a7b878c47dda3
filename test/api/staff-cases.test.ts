import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as cases from '../../contract/routes/staff/cases.ts';
import { readStaffSession } from '../../contract/routes/staff/session.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { addRecord } from '../support/seed.ts';
import { acts, limitedTo, signedInAs } from '../support/staff.ts';
import type { Visitor } from '../support/visitor.ts';

const adaFerris = {
  firstName: 'Ada',
  lastName: 'Ferris',
  dateOfBirth: '1984-02-29',
  email: 'ada.ferris@mail.example',
  postalCode: '02139',
};

let api: TestApi;
let clerk: Visitor;
let reviewer: Visitor;
let supervisor: Visitor;

beforeAll(async () => {
  api = await startTestApi();
  [clerk, reviewer, supervisor] = await Promise.all([
    signedInAs(api, api.house.clerk),
    signedInAs(api, api.house.reviewer),
    signedInAs(api, api.house.supervisor),
  ]);
});
afterAll(() => api.stop());

const read = (visitor: Visitor, caseId: string) => visitor.does(cases.readCase, { params: { caseId } });
const names = (actions: { name: string }[]) => actions.map(({ name }) => name);

describe('a case', () => {
  it('is keyed in, claimed, asked about, answered by phone and approved against a record', async () => {
    const recordId = await addRecord(api.house.database, harborview, {
      mrn: 'HV-200001',
      firstName: 'Imogen',
      lastName: 'Vasquez',
      dateOfBirth: '1979-03-12',
      postalCode: '02210',
    });
    const subject = {
      firstName: 'Imogen',
      lastName: 'Vasquez-Hale',
      dateOfBirth: '1979-03-12',
      email: 'imogen.vh@mail.example',
      postalCode: '02210-1104',
      language: 'es',
    };
    const created = await clerk.does(cases.createCase, { body: { kind: 'application', portal: harborview, subject } });
    expect(created).toMatchObject({
      state: 'submitted',
      source: 'office',
      sla: 'ok',
      version: 1,
      secret: null,
      waitingOn: 'staff',
    });
    expect(created.engine).toMatchObject({
      workflowId: `application/${created.id}`,
      status: 'not_started',
      delayed: false,
    });
    expect(created.matches[0]).toMatchObject({
      recordId,
      mrn: 'HV-200001',
      isWholeMatch: false,
      hints: ['last_name_partly'],
    });
    expect(created.matches[0]?.fields).toContainEqual({
      field: 'lastName',
      claimed: 'Vasquez-Hale',
      onFile: 'Vasquez',
      verdict: 'differs',
    });
    expect(names(created.allowedActions)).toEqual(['claim', 'correctAddress', 'note']);
    expect(created.timers.map(({ name }) => name)).toEqual(['turns_due', 'turns_late']);

    const claimed = (await acts(clerk, created, 'claim')).body;
    expect(claimed).toMatchObject({
      state: 'in_review',
      assignee: api.house.clerk.id,
      assigneeName: 'Cleo Clerk',
      version: 2,
    });
    const asked = (
      await acts(clerk, claimed, 'requestInformation', {
        reason: 'name_differs_from_record',
        questions: ['Did your name change?'],
      })
    ).body;
    expect(asked).toMatchObject({
      state: 'waiting_on_applicant',
      sla: 'ok',
      questions: [{ questions: ['Did your name change?'], answeredAt: null, answers: [] }],
    });
    expect(asked.expiresAt).toBe(asked.timers.at(-1)?.firesAt);

    const resumed = (await acts(reviewer, asked, 'resume', { reason: 'answered_otherwise', note: 'Called her.' })).body;
    const noReason = await acts(reviewer, resumed, 'approve', { patientRecordId: recordId });
    expect(noReason.problem).toMatchObject({ status: 422, code: 'reason_required' });
    const noNote = await acts(reviewer, resumed, 'approve', { patientRecordId: recordId, reason: 'override_other' });
    expect(noNote.problem?.errors).toHaveProperty('note');
    const approved = (
      await acts(reviewer, resumed, 'approve', { patientRecordId: recordId, reason: 'override_name_changed' })
    ).body;
    expect(approved).toMatchObject({
      state: 'approved',
      patientRecordId: recordId,
      waitingOn: 'engine',
      sla: null,
      dueAt: null,
    });

    const { data: timeline } = await clerk.does(cases.listCaseTimeline, { params: { caseId: created.id } });
    expect(timeline.map(({ text }) => text)).toEqual([
      'Cleo Clerk keyed in the application',
      'Cleo Clerk claimed the case',
      'Cleo Clerk asked for information: name differs from record; the clock stands',
      'Ana Reviewer resumed: answered otherwise',
      'Ana Reviewer approved with record HV-200001: override name changed',
    ]);
    expect(timeline[3]).toMatchObject({ note: 'Called her.', actor: { kind: 'member', name: 'Ana Reviewer' } });
    // What the sentences were made of, for whoever says them in another language.
    expect(timeline[0]?.detail).toEqual({ source: 'office' });
    expect(timeline[4]).toMatchObject({ reason: 'override_name_changed', detail: { mrn: 'HV-200001' } });
    const newest = await clerk.does(cases.listCaseTimeline, {
      params: { caseId: created.id },
      query: { order: 'desc', perPage: 1 },
    });
    expect(newest).toMatchObject({ data: [{ action: 'approve' }], total: 5 });
  });

  it('shows what became of the code, and never the code', async () => {
    const { id } = await api.house.caseIn('code_sent');
    const { data: timeline } = await clerk.does(cases.listCaseTimeline, { params: { caseId: id } });
    const issued = timeline.find(({ action }) => action === 'code_issued');
    expect(issued?.text).toMatch(/^Access code issued, it lives until \w+, .+ [ap]m \(Eastern .*time\)$/);
    const page = await read(clerk, id);
    expect(page.secret).toMatchObject({ purpose: 'access_code', state: 'live', failedAttempts: 0 });
    expect(page.timers.map(({ name }) => name)).toEqual(['reminder', 'reminder', 'code_expires']);
    const code = await api.secretOf('access_code', id);
    expect(JSON.stringify(page)).not.toContain(code);

    const reissued = (await acts(clerk, page, 'reissue')).body;
    expect(reissued).toMatchObject({ state: 'approved', secret: { state: 'superseded' } });
    const ended = await read(clerk, (await api.house.caseIn('expired')).id);
    expect(ended).toMatchObject({ secret: { state: 'expired' }, timers: [{ name: 'closes' }] });
    const used = await read(clerk, (await api.house.caseIn('activated')).id);
    expect(used).toMatchObject({ secret: { state: 'used' }, waitingOn: null, account: { state: 'active' } });
    expect(names(used.allowedActions)).toEqual(['note']);
  });

  it('offers each member what they may do, with the reasons one of which is demanded', async () => {
    const { id } = await api.house.caseIn('in_review');
    const [forClerk, forReviewer, forSupervisor] = await Promise.all([
      read(clerk, id),
      read(reviewer, id),
      read(supervisor, id),
    ]);
    expect(names(forClerk.allowedActions)).toEqual(['requestInformation', 'correctAddress', 'note']);
    expect(names(forReviewer.allowedActions)).toEqual(
      expect.arrayContaining(['release', 'approve', 'reject', 'requestInformation', 'withdraw']),
    );
    expect(forReviewer.allowedActions.find(({ name }) => name === 'approve')).toEqual({ name: 'approve' });
    expect(forReviewer.allowedActions.find(({ name }) => name === 'reject')?.reasons).toContain('suspected_fraud');
    expect(names(forSupervisor.allowedActions)).toContain('assign');
  });

  it('is not offered for decision to the member who applied', async () => {
    const { email } = await reviewer.does(readStaffSession).then(({ staff }) => staff);
    const { id, version } = await api.house.caseIn('in_review', { email });
    expect(names((await read(reviewer, id)).allowedActions)).not.toEqual(expect.arrayContaining(['approve']));
    expect(names((await read(reviewer, id)).allowedActions)).not.toEqual(expect.arrayContaining(['reject']));
    const decided = await acts(reviewer, { id, version }, 'reject', { reason: 'not_a_patient' });
    expect(decided.problem).toMatchObject({ status: 403, code: 'not_yours_to_do' });
  });

  it('is marked and linked when it looks like another one', async () => {
    const twin = { email: 'twin@mail.example', lastName: 'Twinsen' };
    const first = await api.house.applies(twin);
    const second = await api.house.applies(twin);
    const page = await read(clerk, second.id);
    expect(page.flags).toEqual(['possible_duplicate']);
    expect(page.duplicates).toEqual([{ caseId: first.id, accountId: null, label: first.reference }]);
    expect(page.earlierCases).toMatchObject([{ id: first.id, reference: first.reference }]);
  });

  it('says when the engine is behind', async () => {
    const { id } = await api.house.applies({ email: 'behind@mail.example' });
    expect((await read(clerk, id)).engine.delayed).toBe(false);
    await api.house.query(`UPDATE outbox SET created_at = created_at - interval '6 seconds' WHERE case_id = $1`, [id]);
    expect((await read(clerk, id)).engine).toMatchObject({ delayed: true });
    const view = await clerk.does(cases.readCaseEngine, { params: { caseId: id } });
    expect(view).toMatchObject({ status: 'unknown', delayed: true, pendingActivities: [], runId: null });
    await api.house.query('DELETE FROM outbox WHERE case_id = $1', [id]);
    expect((await read(clerk, id)).engine).toMatchObject({ status: 'running', delayed: false });
  });

  it('is audited as viewed once per member in ten minutes, also when asked for twice at once', async () => {
    const { id } = await api.house.applies({ email: 'viewed@mail.example' });
    await Promise.all([read(clerk, id), read(clerk, id), read(reviewer, id)]);
    await read(clerk, id);
    const views = await api.house.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_entries WHERE case_id = $1 AND action = 'viewed' GROUP BY actor_id`,
      [id],
    );
    expect(views).toEqual([{ n: 1 }, { n: 1 }]);
  });
});

describe('a refusal', () => {
  it('comes in the order 404, 412, 409, each with its code', async () => {
    const { id, version } = await api.house.caseIn('in_review');
    const unknown = await acts(reviewer, { id: '0192d3f4-0000-7000-8000-000000000000', version }, 'approve');
    expect(unknown.problem).toMatchObject({ status: 404, code: 'not_found' });
    const stale = await acts(reviewer, { id, version: version - 1 }, 'claim');
    expect(stale.problem).toMatchObject({
      status: 412,
      code: 'stale_version',
      current: { state: 'in_review', version },
    });
    const notNow = await acts(reviewer, { id, version }, 'reissue');
    expect(notNow.problem).toMatchObject({
      status: 409,
      code: 'not_allowed_now',
      current: { state: 'in_review', version },
    });
    const noReason = await acts(reviewer, { id, version }, 'reject');
    expect(noReason.problem).toMatchObject({ status: 422, code: 'reason_required' });
    const wrongReason = await acts(reviewer, { id, version }, 'reject', { reason: 'bad_mood' });
    expect(wrongReason.problem).toMatchObject({ code: 'validation_failed', errors: { reason: expect.any(String) } });
    const noNote = await acts(reviewer, { id, version }, 'reject', { reason: 'other' });
    expect(noNote.problem).toMatchObject({ code: 'validation_failed', errors: { note: expect.any(String) } });
    const notTheirs = await acts(clerk, { id, version }, 'release');
    expect(notTheirs.problem).toMatchObject({ status: 403, code: 'not_yours_to_do' });
    const noRole = await acts(clerk, { id, version: 1 }, 'approve');
    expect(noRole.problem).toMatchObject({ status: 403, code: 'not_allowed' });
    const noSuchAction = await clerk.call(cases.actOnCase, {
      params: { caseId: id, action: 'explode' as 'claim' },
      body: { version },
    });
    expect(noSuchAction.problem).toMatchObject({ status: 404, code: 'not_found' });
    const unknownField = await acts(clerk, { id, version }, 'note', { text: 'x', until: '2027-01-01T00:00:00.000Z' });
    expect(unknownField.problem).toMatchObject({ code: 'validation_failed', errors: { until: expect.any(String) } });
  });

  it('keeps four eyes apart', async () => {
    await api.house.portal('foureyes', (policy) => {
      policy.application.fourEyes = true;
    });
    const subject = { ...adaFerris, email: 'four.eyes@mail.example' };
    const body = { kind: 'application', portal: 'foureyes', subject } as const;
    const created = await reviewer.does(cases.createCase, { body });
    const claimed = (await acts(reviewer, created, 'claim')).body;
    expect(names(claimed.allowedActions)).not.toContain('approve');
    expect((await acts(reviewer, claimed, 'approve')).problem).toMatchObject({ status: 403, code: 'not_yours_to_do' });
    expect((await acts(supervisor, claimed, 'approve')).status).toBe(200);
  });

  it('of a hidden portal is that there is nothing', async () => {
    await api.house.portal('hidden', () => {});
    const { id } = await api.house.applies({ email: 'hidden@mail.example' }, { portal: 'hidden' });
    const limited = await limitedTo(api, await api.house.member('Lim Ited', 'supervisor'), harborview);
    for (const route of [
      cases.readCase,
      cases.listCaseTimeline,
      cases.listCaseMessages,
      cases.readCaseEngine,
    ] as const) {
      expect((await limited.call(route, { params: { caseId: id } })).problem).toMatchObject({ status: 404 });
    }
    expect((await acts(limited, { id, version: 1 }, 'claim')).problem).toMatchObject({ status: 404 });
    const subject = { ...adaFerris };
    const created = await limited.call(cases.createCase, { body: { kind: 'application', portal: 'hidden', subject } });
    expect(created.problem).toMatchObject({ status: 404 });
    const { data } = await limited.does(cases.listCases, { query: { perPage: 100 } });
    expect(data.every(({ portal }) => portal === harborview)).toBe(true);
    expect(await limited.does(cases.listCases, { query: { portal: 'hidden' } })).toMatchObject({ data: [], total: 0 });
  });

  it('closes the office too when applications are closed, and the young are told', async () => {
    await api.house.portal('shut', (policy) => {
      policy.application.open = false;
    });
    const create = (portal: string, dateOfBirth: string) =>
      clerk.call(cases.createCase, { body: { kind: 'application', portal, subject: { ...adaFerris, dateOfBirth } } });
    expect((await create('shut', '1984-02-29')).problem).toMatchObject({ status: 403, code: 'applications_closed' });
    expect((await create('nowhere', '1984-02-29')).problem).toMatchObject({ status: 404 });
    expect((await create(harborview, '2020-01-01')).problem?.errors).toHaveProperty(['subject.dateOfBirth']);
    expect((await create(harborview, '1984-02-31')).problem?.errors).toHaveProperty(['subject.dateOfBirth']);
  });
});

describe('races', () => {
  it('two members claim one case at once: one has it, the other is told', async () => {
    const { id } = await api.house.applies({ email: 'race@mail.example' });
    const answers = await Promise.all([clerk, reviewer].map((visitor) => acts(visitor, { id, version: 1 }, 'claim')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('a repeat of the same wish is answered alike and done once', async () => {
    const { id, version } = await api.house.caseIn('submitted');
    const key = 'the-same-wish';
    const first = await acts(clerk, { id, version }, 'claim', {}, key);
    const again = await acts(clerk, { id, version }, 'claim', {}, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await acts(clerk, { id, version }, 'note', { text: 'x' }, key)).problem?.code).toBe(
      'idempotency_key_reused',
    );
  });
});

describe('a preview', () => {
  const preview = (
    visitor: Visitor,
    caseId: string,
    action: 'approve' | 'reject' | 'correctAddress' | 'claim' | 'requestInformation',
    body: object,
  ) => visitor.call(cases.previewCaseAction, { params: { caseId, action }, body });

  it('is the very mail with the code as dots, and changes nothing', async () => {
    const { id } = await api.house.caseIn('in_review');
    const before = await api.house.everythingOf(id);
    const { body } = await preview(reviewer, id, 'approve', {
      message: 'Bring your <b>new</b> card http://evil.example',
    });
    expect(body).toMatchObject({
      template: 'access_code',
      subject: 'Your access code for Harborview MyHealth',
      also: [],
    });
    expect(body.text).toContain('••••-••••-••••-••••');
    expect(body.html).not.toContain('<b>new</b>');
    expect(await api.house.everythingOf(id)).toEqual(before);
  });

  it('follows the reason, shows every mail, or says that there is none', async () => {
    const { id } = await api.house.caseIn('in_review');
    expect((await preview(reviewer, id, 'reject', {})).problem).toMatchObject({ status: 422, code: 'reason_required' });
    const rejected = await preview(reviewer, id, 'reject', { reason: 'other' });
    expect(rejected.body.template).toBe('application_rejected');
    const corrected = await preview(clerk, id, 'correctAddress', { email: 'new@mail.example' });
    expect(corrected.body).toMatchObject({
      template: 'application_received',
      to: 'new@mail.example',
      also: [{ template: 'email_changed' }],
    });
    const { id: untaken } = await api.house.caseIn('submitted');
    expect((await preview(clerk, untaken, 'claim', {})).body).toEqual({
      template: null,
      to: null,
      subject: null,
      html: null,
      text: null,
      also: [],
    });
    expect((await preview(clerk, id, 'approve', {})).problem).toMatchObject({ status: 403, code: 'not_allowed' });
    expect((await preview(reviewer, untaken, 'approve', {})).problem).toMatchObject({ status: 409 });
    const stale = await preview(reviewer, id, 'reject', { reason: 'other', version: 1 });
    expect(stale.problem).toMatchObject({ status: 412 });
  });
});

describe('the queue', () => {
  const list = (visitor: Visitor, query: Record<string, string | number | string[]>) =>
    visitor.does(cases.listCases, { query });
  const ids = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);

  it('finds by name, address and reference, in parts and any case, and takes signs as they are', async () => {
    const { id, reference } = await api.house.applies({
      firstName: 'Perrin',
      lastName: 'Oduya',
      email: 'perrin_1%@mail.example',
    });
    for (const q of [
      'perrin',
      'ODUYA',
      'oduya perrin',
      'perrin_1%@',
      reference,
      reference.toLowerCase().replaceAll('-', ' '),
      'od pe',
    ]) {
      expect(ids(await list(clerk, { q }))).toEqual([id]);
    }
    expect(ids(await list(clerk, { q: 'perrinx1' }))).toEqual([]);
    expect(ids(await list(clerk, { q: "' OR 1=1 --" }))).toEqual([]);
    expect(ids(await list(clerk, { q: '100%' }))).toEqual([]);
  });

  it('filters by everything, values of one filter being alternatives', async () => {
    const inReview = await api.house.caseIn('in_review');
    const sent = await api.house.caseIn('code_sent');
    const both = await list(clerk, { state: ['in_review', 'code_sent'], id: [inReview.id, sent.id] });
    expect(ids(both).sort()).toEqual([inReview.id, sent.id].sort());
    expect(ids(await list(reviewer, { assignee: 'me', perPage: 100 }))).toContain(inReview.id);
    expect(ids(await list(clerk, { assignee: ['me', 'none'], perPage: 100 }))).not.toContain(inReview.id);
    expect(
      ids(await list(clerk, { waitingOn: 'applicant', id: sent.id, kind: 'application', portal: harborview })),
    ).toEqual([sent.id]);
    const { data: marked } = await list(clerk, { flag: 'possible_duplicate' });
    expect(marked.every(({ flags }) => flags.includes('possible_duplicate'))).toBe(true);
    expect(marked.length).toBeGreaterThan(0);
  });

  it('tells the bands apart, and a clock that stands keeps its own', async () => {
    const late = await api.house.caseIn('in_review');
    await api.house.query(
      `UPDATE cases SET due_at = gatehouse_now() - interval '2 days', late_at = gatehouse_now() - interval '1 day' WHERE id = $1`,
      [late.id],
    );
    const due = await api.house.caseIn('in_review');
    await api.house.query(`UPDATE cases SET due_at = gatehouse_now() - interval '1 hour' WHERE id = $1`, [due.id]);
    const stands = await api.house.caseIn('waiting_on_applicant');
    await api.house.query(
      `UPDATE cases SET due_at = gatehouse_now() - interval '3 days', late_at = gatehouse_now() - interval '1 day',
         sla_paused_at = gatehouse_now() - interval '2 days' WHERE id = $1`,
      [stands.id],
    );
    const three = { id: [late.id, due.id, stands.id] };
    expect(ids(await list(clerk, { ...three, sla: 'late' }))).toEqual([late.id]);
    expect(ids(await list(clerk, { ...three, sla: 'due', sort: 'dueAt', order: 'asc' }))).toEqual([due.id, stands.id]);
    expect(ids(await list(clerk, { ...three, sla: 'ok' }))).toEqual([]);
    expect((await list(clerk, { id: stands.id })).data[0]?.sla).toBe('due');
  });

  it('sorts both ways with what has no date last and clocks that stand before it, and pages without losing any', async () => {
    for (const sort of ['receivedAt', 'dueAt', 'expiresAt', 'updatedAt', 'reference'] as const) {
      for (const order of ['asc', 'desc'] as const) {
        const whole = await list(clerk, { sort, order, perPage: 100 });
        const stands = (row: (typeof whole.data)[number]) => sort === 'dueAt' && row.state === 'waiting_on_applicant';
        const dated = whole.data.filter((row) => row[sort] !== null);
        const expected = [dated.filter((row) => !stands(row)), dated.filter(stands)].flatMap((part) => {
          const sorted = part.map((row) => row[sort]).sort();
          return order === 'asc' ? sorted : sorted.reverse();
        });
        const values = whole.data.map((row) => row[sort]);
        expect(values).toEqual([...expected, ...values.filter((value) => value === null)]);
        const pages = [];
        for (let page = 1; (page - 1) * 7 < whole.total; page += 1)
          pages.push(...ids(await list(clerk, { sort, order, page, perPage: 7 })));
        expect(pages).toEqual(ids(whole));
      }
    }
  });

  it('refuses what it does not know, and counts up to a cap', async () => {
    for (const query of [
      { sort: 'email' },
      { colour: 'blue' },
      { state: 'lost' },
      { page: 0 },
      { perPage: 101 },
      { q: 'x'.repeat(201) },
    ]) {
      expect((await clerk.call(cases.listCases, { query })).problem).toMatchObject({ status: 400, code: 'bad_query' });
    }
    expect(await list(clerk, { page: 50, perPage: 100 })).toMatchObject({ data: [], totalIsCapped: false });
  });
});
