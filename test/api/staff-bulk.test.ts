import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addressOf } from '../../contract/client.ts';
import * as cases from '../../contract/routes/staff/cases.ts';
import { mostAssigned } from '../../contract/schemas/case-assignments.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import type { Member } from '../support/house.ts';
import { harborview } from '../support/house.ts';
import { limitedTo, signedInAs } from '../support/staff.ts';
import { sendRaw, type Visitor } from '../support/visitor.ts';

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

interface Named {
  id: string;
  version: number;
}

const named = ({ id, version }: Named): Named => ({ id, version });

function assign(visitor: Visitor, { id: assignee }: Pick<Member, 'id'>, wanted: Named[], key?: string) {
  return visitor.call(cases.assignCases, {
    body: { assignee, cases: wanted.map(named) },
    ...(key !== undefined && { key }),
  });
}

const movesOf = (caseId: string) =>
  api.house.query<{ action: string; actorId: string }>(
    `SELECT action, actor_id AS "actorId" FROM audit_entries WHERE case_id = $1 ORDER BY id`,
    [caseId],
  );

describe('assigning many cases', () => {
  it('assigns each by a move of its own, and tells of each in the order asked', async () => {
    const wanted = [await api.house.caseIn('submitted'), await api.house.caseIn('in_review')];
    const { body } = await assign(supervisor, api.house.clerk, wanted.toReversed());
    expect(body).toMatchObject({ assigned: 2, refused: 0 });
    expect(body.results.map(({ id }) => id)).toEqual(wanted.toReversed().map(({ id }) => id));
    for (const { id, version } of wanted) {
      expect(body.results.find((one) => one.id === id)).toMatchObject({
        case: { state: 'in_review', assignee: api.house.clerk.id, assigneeName: 'Cleo Clerk', version: version + 1 },
        problem: null,
      });
      expect((await movesOf(id)).at(-1)).toEqual({ action: 'assign', actorId: api.house.supervisor.id });
    }
  });

  it('refuses what cannot be by itself, with its code, and leaves it as it was', async () => {
    const good = await api.house.caseIn('submitted');
    const changed = await api.house.caseIn('in_review');
    const over = await api.house.caseIn('rejected');
    const nowhere = { id: '0192d3f4-0000-7000-8000-000000000000', version: 1 };
    const untouched = await Promise.all([changed, over].map(({ id }) => api.house.everythingOf(id)));
    const { body } = await assign(supervisor, api.house.clerk, [
      nowhere,
      { ...changed, version: changed.version - 1 },
      over,
      good,
    ]);
    expect(body).toMatchObject({ assigned: 1, refused: 3 });
    expect(body.results.map(({ problem }) => problem?.code)).toEqual([
      'not_found',
      'stale_version',
      'not_allowed_now',
      undefined,
    ]);
    expect(body.results[1]?.problem?.current).toEqual({ state: 'in_review', version: changed.version });
    expect(body.results[3]?.case?.assignee).toBe(api.house.clerk.id);
    expect(await Promise.all([changed, over].map(({ id }) => api.house.everythingOf(id)))).toEqual(untouched);
  });

  it('says of a member who cannot have them why not', async () => {
    const wanted = [await api.house.caseIn('submitted')];
    const auditor = await api.house.member('Audrey Auditor', 'auditor');
    const { body } = await assign(supervisor, auditor, wanted);
    expect(body.results[0]?.problem).toMatchObject({
      code: 'validation_failed',
      detail: 'This member has no role that works on cases',
    });
    await api.house.portal('elsewhere', () => {});
    const other = await api.house.applies({ email: 'elsewhere@mail.example' }, { portal: 'elsewhere' });
    const bound = await api.house.member('Bound Clerk', 'clerk');
    await limitedTo(api, bound, harborview);
    const mixed = await assign(supervisor, bound, [...wanted, { id: other.id, version: 1 }]);
    expect(mixed.body).toMatchObject({ assigned: 1, refused: 1 });
    expect(mixed.body.results[1]?.problem?.detail).toBe('This member does not work for this portal');
  });

  it('hides what the portals of the supervisor hide', async () => {
    await api.house.portal('veiled', () => {});
    const { id } = await api.house.applies({ email: 'veiled@mail.example' }, { portal: 'veiled' });
    const limited = await limitedTo(api, await api.house.member('Lim Ited', 'supervisor'), harborview);
    const { body } = await assign(limited, api.house.clerk, [{ id, version: 1 }]);
    expect(body.results).toMatchObject([{ case: null, problem: { code: 'not_found' } }]);
    expect((await api.house.row(id)).assigneeId).toBeNull();
  });

  it('a repeat of the same wish is answered alike and done once', async () => {
    const wanted = [await api.house.caseIn('submitted')];
    const first = await assign(supervisor, api.house.clerk, wanted, 'many-once');
    const again = await assign(supervisor, api.house.clerk, wanted, 'many-once');
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const { id } = wanted[0] ?? { id: '' };
    expect((await movesOf(id)).filter(({ action }) => action === 'assign')).toHaveLength(1);
  });

  it('two supervisors with the same cases in other orders: each case is one of theirs, and nobody waits for ever', async () => {
    const wanted = await Promise.all(Array.from({ length: 12 }, () => api.house.caseIn('submitted')));
    const second = await signedInAs(api, await api.house.member('Second Supervisor', 'supervisor'));
    const answers = await Promise.all([
      assign(supervisor, api.house.clerk, wanted),
      assign(second, api.house.reviewer, wanted.toReversed()),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.reduce((sum, { body }) => sum + body.assigned, 0)).toBe(12);
    for (const { body } of answers) {
      for (const { problem } of body.results) expect([undefined, 'stale_version']).toContain(problem?.code);
    }
  });

  it('takes as many as it says, well within the time of a transaction', async () => {
    const wanted: Named[] = [];
    for (let no = 0; no < mostAssigned; no += 1) {
      const { id } = await api.house.applies({ email: `many.${no}@mail.example` });
      wanted.push({ id, version: 1 });
    }
    const startedAt = performance.now();
    expect((await assign(supervisor, api.house.clerk, wanted)).body.assigned).toBe(mostAssigned);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    const { problem } = await assign(supervisor, api.house.clerk, [...wanted, await api.house.caseIn('submitted')]);
    expect(problem?.errors).toHaveProperty('cases');
  });

  it('is refused when a case is named twice, or none', async () => {
    const one = await api.house.caseIn('submitted');
    for (const wanted of [[one, one], []]) {
      const { problem } = await assign(supervisor, api.house.clerk, wanted);
      expect(problem).toMatchObject({ status: 422, code: 'validation_failed', errors: { cases: expect.any(String) } });
    }
    expect((await api.house.row(one.id)).assigneeId).toBeNull();
  });

  it('is for supervisors', async () => {
    const one = await api.house.caseIn('submitted');
    for (const visitor of [clerk, reviewer]) {
      expect((await assign(visitor, api.house.clerk, [one])).problem).toMatchObject({
        status: 403,
        code: 'not_allowed',
      });
    }
  });
});

describe('the export', () => {
  const exported = (visitor: Visitor, query: Record<string, string | string[]> = {}) =>
    visitor.call(cases.exportCases, { query });
  const linesOf = (text: string) =>
    text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n');

  it('is the list as CSV with its filters and its order, whatever the page', async () => {
    const first = await api.house.caseIn('code_sent', { firstName: 'Zoë', lastName: 'O’Hara, Jr.' });
    const second = await api.house.caseIn('code_sent');
    const { body, headers } = await exported(supervisor, {
      state: 'code_sent',
      sort: 'receivedAt',
      order: 'asc',
      perPage: '1',
      id: [first.id, second.id],
    });
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'no-store',
      'x-rows': '2',
      'x-rows-cut': 'false',
    });
    expect(headers['content-disposition']).toMatch(/^attachment; filename="gatehouse-cases-\d{4}-\d\d-\d\d\.csv"$/);
    expect(body.startsWith('\uFEFFreference,kind,portal,state,')).toBe(true);
    const lines = linesOf(body);
    expect(lines.map((line) => line.split(',')[0])).toEqual(['reference', first.reference, second.reference]);
    expect(lines[1]).toContain(',Zoë,"O’Hara, Jr.",1984-02-29,');
  });

  it('holds nothing that a spreadsheet would compute', async () => {
    const { id } = await api.house.applies({
      firstName: '=HYPERLINK("http://evil.example","Ada")',
      lastName: '@SUM(A1)',
      email: '+formula@mail.example',
    });
    const { body } = await exported(supervisor, { id });
    expect(body).toContain(
      `,"'=HYPERLINK(""http://evil.example"",""Ada"")",'@SUM(A1),1984-02-29,'+formula@mail.example,`,
    );
  });

  it('is audited before it leaves, without what was searched for', async () => {
    await api.house.applies({ lastName: 'Quillfeather', email: 'quill@mail.example' });
    const { body } = await exported(supervisor, { q: 'quillfeather', state: 'submitted' });
    expect(linesOf(body)).toHaveLength(2);
    const [entry] = await api.house.query<{ actorId: string; entry: string }>(
      `SELECT actor_id AS "actorId", entry FROM audit_entries WHERE action = 'exported' ORDER BY id DESC LIMIT 1`,
    );
    expect(entry?.actorId).toBe(api.house.supervisor.id);
    expect(JSON.parse(entry?.entry ?? '{}').detail).toEqual({
      rows: 1,
      isCut: false,
      filters: { state: ['submitted'] },
      chosen: null,
      isSearched: true,
    });
    expect(entry?.entry).not.toMatch(/quill/i);
  });

  it('comes in batches without losing or doubling a row', async () => {
    await api.house.caseIn('withdrawn');
    await api.house.query(
      `INSERT INTO cases (reference, kind, portal, state, version, source, waiting_on, policy_version, first_name, last_name,
         date_of_birth, email, duplicate_key, language, search_text, received_at, updated_at)
       SELECT 'GH-X' || n, kind, portal, state, version, source, waiting_on, policy_version, first_name, last_name, date_of_birth,
         email, duplicate_key, language, search_text, received_at, updated_at
       FROM (SELECT * FROM cases WHERE state = 'withdrawn' LIMIT 1) AS one, generate_series(1, 1100) AS n`,
    );
    const { body, headers } = await exported(supervisor, { state: 'withdrawn', sort: 'reference', order: 'asc' });
    const references = linesOf(body)
      .slice(1)
      .map((line) => line.split(',')[0]);
    expect(references.length).toBe(Number(headers['x-rows']));
    expect(references.length).toBeGreaterThan(1100);
    expect(new Set(references).size).toBe(references.length);
  });

  it('hides what the portals of the supervisor hide', async () => {
    await api.house.portal('masked', () => {});
    await api.house.applies({ email: 'masked@mail.example' }, { portal: 'masked' });
    const limited = await limitedTo(api, await api.house.member('Mask Limited', 'supervisor'), harborview);
    expect((await exported(limited, { portal: 'masked' })).headers['x-rows']).toBe('0');
    expect((await exported(supervisor, { portal: 'masked' })).headers['x-rows']).toBe('1');
  });

  it('is refused like the list, and to whoever is no supervisor', async () => {
    expect((await exported(supervisor, { state: 'lost' })).problem).toMatchObject({ status: 400, code: 'bad_query' });
    const before = await api.house.query(`SELECT 1 FROM audit_entries WHERE action = 'exported'`);
    const auditor = await signedInAs(api, await api.house.member('Ada Auditor', 'auditor'));
    for (const visitor of [clerk, reviewer, auditor]) {
      expect((await exported(visitor)).problem).toMatchObject({ status: 403, code: 'not_allowed' });
    }
    expect(await api.house.query(`SELECT 1 FROM audit_entries WHERE action = 'exported'`)).toEqual(before);
  });

  it('that breaks off is cut off, not ended as if it were whole', async () => {
    const { database } = api.dependencies;
    const path = addressOf(cases.exportCases, {});
    const headers = { cookie: `gh_staff=${supervisor.cookies.get('gh_staff')}` };
    await api.house.owner.query('ALTER TABLE applications RENAME TO applications_away');
    try {
      const answered = await sendRaw(api.url, { method: 'GET', path, headers }).catch(() => 'cut off');
      expect(answered).toBe('cut off');
    } finally {
      await api.house.owner.query('ALTER TABLE applications_away RENAME TO applications');
    }
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
