import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listAudit, verifyAudit } from '../../contract/routes/staff/audit.ts';
import { listCaseMessages } from '../../contract/routes/staff/cases.ts';
import { decodePayloads } from '../../contract/routes/staff/codec.ts';
import { readDashboard } from '../../contract/routes/staff/dashboard.ts';
import { listMessages, readMail, resendMessage } from '../../contract/routes/staff/messages.ts';
import { readPolicy, replacePolicy } from '../../contract/routes/staff/portals.ts';
import { staffSignOut } from '../../contract/routes/staff/session.ts';
import { createPayloadCodec } from '../../engine/codec.ts';
import { sealNewEntries } from '../../store/audit-seals.ts';
import { codecKeys } from '../../store/key-ring.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { acts, limitedTo, signedInAs } from '../support/staff.ts';
import { until } from '../support/stories.ts';
import { sendRaw, type Visitor } from '../support/visitor.ts';

const temporalWeb = 'http://localhost:8233';
let api: TestApi;
let clerk: Visitor;
let reviewer: Visitor;
let supervisor: Visitor;
let operator: Visitor;

beforeAll(async () => {
  api = await startTestApi(() => {}, { TEMPORAL_UI_ORIGINS: temporalWeb });
  [clerk, reviewer, supervisor, operator] = await Promise.all([
    signedInAs(api, api.house.clerk),
    signedInAs(api, api.house.reviewer),
    signedInAs(api, api.house.supervisor),
    signedInAs(api, await api.house.member('Otto Operator', 'operator')),
  ]);
});
afterAll(() => api.stop());

const settle = (caseId: string, state: string) =>
  api.house.query(
    `UPDATE messages SET state = $2, settled_at = gatehouse_now(), queued_at = queued_at - interval '2 minutes' WHERE case_id = $1`,
    [caseId, state],
  );
const mailsOf = async (visitor: Visitor, caseId: string) =>
  (await visitor.does(listCaseMessages, { params: { caseId } })).data;

describe('messages', () => {
  it('are listed with their delivery truth, and sent once more on demand, a minute apart', async () => {
    const { id } = await api.house.applies({ email: 'resend@mail.example' });
    const [queued] = await mailsOf(clerk, id);
    expect(queued).toMatchObject({
      template: 'application_received',
      state: 'queued',
      to: 'resend@mail.example',
      canResend: false,
    });
    const resend = (messageId: string) => clerk.call(resendMessage, { params: { messageId } });
    expect((await resend(queued?.id ?? '')).problem).toMatchObject({
      status: 409,
      code: 'not_allowed_now',
      current: { state: 'queued' },
    });
    await settle(id, 'refused');
    const again = await resend(queued?.id ?? '');
    expect(again).toMatchObject({
      status: 202,
      body: { state: 'queued', template: 'application_received', caseId: id },
    });
    const third = await resend(queued?.id ?? '');
    expect(third.problem).toMatchObject({ status: 429, code: 'mailed_recently' });
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect(await mailsOf(clerk, id)).toHaveLength(2);
    expect((await mailsOf(operator, id)).map(({ to }) => to)).toEqual([null, null]);
    expect((await resend('0192d3f4-0000-7000-8000-000000000000')).problem).toMatchObject({ status: 404 });
    const refused = await clerk.does(listMessages, { query: { state: 'refused', caseId: id } });
    expect(refused).toMatchObject({ total: 1, data: [{ id: queued?.id, canResend: true }] });
  });

  it('a code that is dead is not sent again', async () => {
    const { id, version } = await api.house.caseIn('code_sent');
    await settle(id, 'accepted');
    const mail = (await mailsOf(clerk, id)).find(({ template }) => template === 'access_code');
    expect(mail?.canResend).toBe(true);
    await acts(reviewer, { id, version }, 'expireNow');
    const refused = await clerk.call(resendMessage, { params: { messageId: mail?.id ?? '' } });
    expect(refused.problem).toMatchObject({ status: 409, code: 'not_allowed_now' });
  });

  it('are shown as they were sent, their secret as dots, and the look is audited once', async () => {
    const { id } = await api.house.caseIn('code_sent', { email: 'shown@mail.example' });
    const mail = (await mailsOf(clerk, id)).find(({ template }) => template === 'access_code');
    const params = { messageId: mail?.id ?? '' };
    const shown = await clerk.does(readMail, { params });
    expect(shown).toMatchObject({ template: 'access_code', to: 'shown@mail.example' });
    const secret = await api.secretOf('access_code', id);
    for (const text of [shown.html, shown.text]) {
      expect(text).toContain('••••-••••-••••-••••');
      expect(text).not.toContain(secret);
      expect(text).not.toContain(secret.replaceAll('-', ''));
    }
    const tokens = [...shown.html.matchAll(/not-me#([^"]+)"/g)].map(([, token]) => token);
    expect(new Set(tokens)).toEqual(new Set(['preview']));
    await clerk.does(readMail, { params });
    const audited = await api.house.query<{ entry: string }>(
      `SELECT entry FROM audit_entries WHERE case_id = $1 AND action = 'viewed'`,
      [id],
    );
    expect(audited.map(({ entry }) => JSON.parse(entry))).toEqual([
      expect.objectContaining({
        actorId: api.house.clerk.id,
        portal: harborview,
        detail: { messageId: mail?.id, template: 'access_code' },
      }),
    ]);
    expect((await operator.call(readMail, { params })).problem).toMatchObject({ status: 403, code: 'not_allowed' });
    const nobodys = { messageId: '0192d3f4-0000-7000-8000-000000000000' };
    expect((await clerk.call(readMail, { params: nobodys })).problem).toMatchObject({ status: 404 });
  });

  it('are shown in the manner of the policy their case began under, those of no case in that of their day', async () => {
    await api.house.portal('renamed', (policy) => {
      policy.name = 'The old name';
    });
    const { id } = await api.house.applies({ email: 'named@mail.example' }, { portal: 'renamed' });
    const [mail] = await mailsOf(clerk, id);
    const [loose] = await api.house.query<{ id: string }>(
      `INSERT INTO messages (portal, template, to_address, to_key, language, next_attempt_at, queued_at, settled_at, state)
       VALUES ('renamed', 'account_exists', 'a@mail.example', 'a@mail.example', 'en', gatehouse_now(), gatehouse_now(),
         gatehouse_now(), 'accepted') RETURNING id`,
    );
    const renamed = { params: { portal: 'renamed' } };
    const policy = await supervisor.does(readPolicy, renamed);
    await supervisor.does(replacePolicy, { ...renamed, body: { ...policy, name: 'The new name' } });
    for (const messageId of [mail?.id ?? '', loose?.id ?? '']) {
      const { html } = await clerk.does(readMail, { params: { messageId } });
      expect(html).toContain('The old name');
      expect(html).not.toContain('The new name');
    }
  });

  it('of hidden portals are not there', async () => {
    await api.house.portal('unseen', () => {});
    const { id } = await api.house.applies({ email: 'unseen@mail.example' }, { portal: 'unseen' });
    await settle(id, 'refused');
    const limited = await limitedTo(api, await api.house.member('Mes Limited', 'clerk'), harborview);
    expect((await limited.does(listMessages, { query: { caseId: id } })).data).toEqual([]);
    const [mail] = await mailsOf(clerk, id);
    for (const route of [resendMessage, readMail]) {
      const hidden = await limited.call(route, { params: { messageId: mail?.id ?? '' } });
      expect(hidden.problem).toMatchObject({ status: 404 });
    }
  });
});

describe('the dashboard', () => {
  it('counts my work, the queue, tasks, trouble and the last weeks, naming nobody', async () => {
    const late = await api.house.caseIn('in_review', { lastName: 'Canaryname' });
    await api.house.query(
      `UPDATE cases SET due_at = gatehouse_now() - interval '2 days', late_at = gatehouse_now() - interval '1 day' WHERE id = $1`,
      [late.id],
    );
    await api.house.caseIn('rejected');
    const flagged = await api.house.caseIn('submitted');
    await settle(flagged.id, 'refused');
    await api.house.moves(flagged.id, 'mail_refused', { kind: 'engine' });
    await api.house.query(`UPDATE outbox SET created_at = created_at - interval '9 seconds' WHERE case_id = $1`, [
      late.id,
    ]);
    const figures = await reviewer.does(readDashboard);
    expect(figures.mine.late).toBeGreaterThanOrEqual(1);
    expect(figures.mine.next).toMatchObject({ id: late.id, sla: 'late' });
    const { total, late: l, due, ok, paused, none } = figures.queue;
    expect(l + due + ok + paused + none).toBe(total);
    expect(figures.tasks).toContainEqual(
      expect.objectContaining({
        reason: 'mail_refused',
        subject: 'case',
        id: flagged.id,
        reference: flagged.reference,
      }),
    );
    expect(figures.bounced).toContainEqual(
      expect.objectContaining({ caseId: flagged.id, state: 'refused', template: 'application_received' }),
    );
    expect(figures.stuck).toContainEqual(expect.objectContaining({ caseId: late.id, reason: 'engine_delayed' }));
    expect(figures.throughput).toHaveLength(28);
    expect(figures.throughput.reduce((sum, { rejected }) => sum + rejected, 0)).toBeGreaterThanOrEqual(1);
    expect(JSON.stringify(figures)).not.toContain('Canaryname');
    expect((await operator.does(readDashboard)).mine).toMatchObject({ total: 0, next: null });
  });

  it('counts only what the member may see', async () => {
    await api.house.portal('empty', () => {});
    const limited = await limitedTo(api, await api.house.member('Das Limited', 'clerk'), 'empty');
    expect(await limited.does(readDashboard)).toMatchObject({ queue: { total: 0 }, tasks: [], stuck: [], bounced: [] });
  });
});

describe('the audit', () => {
  it('is read newest first, page by page, without losing or repeating an entry', async () => {
    const { id, version } = await api.house.caseIn('submitted');
    await acts(clerk, { id, version }, 'claim', { note: 'private words' });
    const whole = await supervisor.does(listAudit, { query: { perPage: 100 } });
    const paged: string[] = [];
    let before: string | undefined;
    while (paged.length < whole.data.length) {
      const { data, next }: { data: { id: string }[]; next: string | null } = await supervisor.does(listAudit, {
        query: { perPage: 9, before },
      });
      paged.push(...data.map((entry) => entry.id));
      if (next === null) break;
      before = next;
    }
    expect(paged.slice(0, whole.data.length)).toEqual(whole.data.map((entry) => entry.id));
    const of = await supervisor.does(listAudit, { query: { caseId: id, actor: api.house.clerk.id } });
    expect(of.data).toMatchObject([
      {
        action: 'claim',
        portal: harborview,
        caseId: id,
        reference: expect.any(String),
        actor: { kind: 'member', name: 'Cleo Clerk' },
        detail: { from: 'submitted', to: 'in_review' },
      },
    ]);
    expect(JSON.stringify(of)).not.toContain('private words');
    expect((await supervisor.does(listAudit, { query: { action: 'submitted', perPage: 1 } })).data[0]?.action).toBe(
      'submitted',
    );
    const nowhere = await supervisor.call(listAudit, { query: { before: '0192d3f4-0000-7000-8000-000000000000' } });
    expect(nowhere.problem).toMatchObject({ status: 400, code: 'bad_query' });
    expect((await supervisor.call(listAudit, { query: { colour: 'blue' } })).problem).toMatchObject({
      code: 'bad_query',
    });
  });

  it('verifies, says which entry was altered, and can be read all the same', async () => {
    while ((await sealNewEntries(api.house.database)).actions.length > 0);
    expect(await supervisor.does(verifyAudit)).toMatchObject({ ok: true, problems: [] });
    const [entry] = (await supervisor.does(listAudit, { query: { action: 'submitted' } })).data;
    await api.house.owner.query('ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_written_once');
    await api.house.owner.query(`UPDATE audit_entries SET entry = 'not even JSON' WHERE id = $1`, [entry?.id]);
    expect(await supervisor.does(verifyAudit)).toMatchObject({
      ok: false,
      problems: [{ auditId: entry?.id, kind: 'altered' }],
    });
    expect((await supervisor.does(listAudit, { query: { perPage: 100 } })).data.length).toBeGreaterThan(0);
  });
});

describe('the events', () => {
  interface Stream {
    text: string;
    headers: NodeJS.Dict<string | string[]>;
    isOver: boolean;
    close(): void;
  }

  /** Follows the stream as a browser would. */
  async function follow(visitor: Visitor, lastEventId?: string): Promise<Stream> {
    const stream: Stream = { text: '', headers: {}, isOver: false, close: () => asked.destroy() };
    const { hostname, port } = new URL(api.url);
    const asked = request({
      agent: false,
      hostname,
      port,
      path: '/api/v1/staff/events',
      headers: {
        cookie: `gh_staff=${visitor.cookies.get('gh_staff')}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
    });
    asked.on('error', () => {});
    asked.on('response', (response) => {
      stream.headers = response.headers;
      response.on('data', (chunk: Buffer) => {
        stream.text += chunk.toString();
      });
      response.on('close', () => {
        stream.isOver = true;
      });
      response.on('error', () => {});
    });
    asked.end();
    await until(() => stream.text.includes('id: '), 5_000, 'the stream began');
    return stream;
  }

  const eventsOf = ({ text }: Stream) =>
    text.split('\n\n').flatMap((block) => {
      const id = /^id: (\d+)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      return id !== undefined && data !== undefined && !block.includes('event: resync')
        ? [{ no: Number(id), ...JSON.parse(data) }]
        : [];
    });

  it('tell what changed and no more, in rising order, to those who may see it; who was away is told the rest', async () => {
    while ((await sealNewEntries(api.house.database)).actions.length > 0);
    const limited = await limitedTo(api, await api.house.member('Eve Limited', 'clerk'), 'empty');
    const [mine, theirs] = [await follow(clerk), await follow(limited)];
    expect(mine.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    const { id, version } = await api.house.caseIn('submitted', { lastName: 'Canaryname' });
    await acts(clerk, { id, version }, 'claim');
    await sealNewEntries(api.house.database);
    await until(() => eventsOf(mine).length >= 2, 5_000, 'two events came');
    const events = eventsOf(mine);
    expect(events.map(({ resource, id: of, version: v }) => [resource, of, v])).toEqual([
      ['case', id, 1],
      ['case', id, 2],
    ]);
    expect(events[1]?.no).toBeGreaterThan(events[0]?.no ?? 0);
    expect(mine.text).not.toContain('Canaryname');
    expect(eventsOf(theirs)).toEqual([]);
    mine.close();

    const back = await follow(clerk, String(events[0]?.no));
    await until(() => eventsOf(back).length >= 1, 5_000, 'the missed event came');
    expect(eventsOf(back)).toEqual([events[1]]);
    back.close();
    for (const unknown of ['999999999', 'what', '-1']) {
      const lost = await follow(clerk, unknown);
      expect(lost.text.match(/event: resync/g)).toHaveLength(1);
      lost.close();
    }
    // What moves no version tells the one that stands.
    const noted = await follow(clerk);
    await acts(clerk, { id, version: 2 }, 'note', { text: 'Called back.' });
    await sealNewEntries(api.house.database);
    await until(() => eventsOf(noted).length >= 1, 5_000, 'the note came');
    expect(eventsOf(noted)[0]).toMatchObject({ resource: 'case', id, version: 2 });
    noted.close();
    theirs.close();
  });

  it('end within a second of their session', async () => {
    const visitor = await signedInAs(api, api.house.clerk);
    const stream = await follow(visitor);
    await visitor.does(staffSignOut);
    await until(() => stream.isOver, 1_000, 'the stream ended');
  });
});

describe('the decoder', () => {
  it('opens payloads for Temporal Web and an operator, audited, and leaves what no key opens', async () => {
    const codec = createPayloadCodec(codecKeys(api.house.database.keys));
    const plain = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"secret":"facts"}') };
    const [sealed] = await codec.encode([plain]);
    const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');
    const payload = {
      metadata: Object.fromEntries(
        Object.entries(sealed?.metadata ?? {}).map(([name, value]) => [name, base64(value)]),
      ),
      data: base64(sealed?.data),
    };
    const broken = { ...payload, data: base64(Buffer.from('altered altered altered altered')) };
    const answer = await sendRaw(api.url, {
      method: 'POST',
      path: '/api/v1/staff/codec/decode',
      headers: {
        cookie: `gh_staff=${operator.cookies.get('gh_staff')}`,
        origin: temporalWeb,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ payloads: [payload, broken] }),
    });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': temporalWeb,
      'access-control-allow-credentials': 'true',
    });
    const { payloads } = JSON.parse(answer.text);
    expect(Buffer.from(payloads[0].data, 'base64').toString()).toBe('{"secret":"facts"}');
    expect(payloads[1]).toEqual(broken);
    const [audited] = await api.house.query(`SELECT entry FROM audit_entries WHERE action = 'payloads_decoded'`);
    expect(JSON.stringify(audited)).not.toContain('facts');
    expect((await supervisor.call(decodePayloads, { body: { payloads: [] } })).problem).toMatchObject({ status: 403 });
    const foreign = await sendRaw(api.url, {
      method: 'POST',
      path: '/api/v1/staff/codec/decode',
      headers: {
        cookie: `gh_staff=${operator.cookies.get('gh_staff')}`,
        origin: 'http://evil.example',
        'content-type': 'application/json',
      },
      body: '{"payloads":[]}',
    });
    expect(foreign.status).toBe(403);
  });
});
