import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { notMeToken } from '../../store/not-me.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { adaFerris, harborview } from '../support/house.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
afterEach(() => api.forgetLimits());

const dateOfBirth = '1984-02-29';
const wrongDate = '1984-02-28';

describe('a portal', () => {
  it('says what its pages need', async () => {
    const { body } = await api.client().portal('get', '');
    expect(body).toMatchObject({
      portal: harborview,
      name: 'Harborview MyHealth',
      open: ['application'],
      terms: { version: '2026-1', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      passwordRule: { minLength: 15, maxLength: 128, words: expect.stringContaining('15 to 128') },
      support: { email: 'help@harborview.example', hours: 'Monday to Friday, 8:30 am to 5 pm' },
      promiseBusinessDays: 5,
      minimumAge: 18,
    });
  });
});

describe('a password somebody thinks of', () => {
  const advised = async (body: object) => (await api.client().portal('post', '/password-advice', body)).body;

  it('is told how strong it is, and whether many people use it', async () => {
    expect(await advised({ password: 'passwordpassword' })).toEqual({ strength: 'weak', isCommon: true });
    expect(await advised({ password: 'tulip ferry marble oatmeal' })).toEqual({ strength: 'strong', isCommon: false });
  });

  it('is weaker for holding what others know of the person', async () => {
    const password = 'lindgrenlindgren';
    const ranks = ['weak', 'fair', 'good', 'strong'];
    const [alone, withName] = [await advised({ password }), await advised({ password, without: ['Lindgren'] })];
    expect(ranks.indexOf(withName.strength)).toBeLessThanOrEqual(ranks.indexOf(alone.strength));
  });

  it('may be asked 120 times a minute from one place', async () => {
    for (let turn = 0; turn < 120; turn += 1) await advised({ password: '' });
    const refused = await api.client().portal('post', '/password-advice', { password: '' });
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
  });
});

describe('applying', () => {
  it('is received with a reference and a promise, once mailed and once told to the engine', async () => {
    const { status, body } = await api.client().portal('post', '/applications', { ...adaFerris, language: 'es' });
    expect(status).toBe(202);
    expect(body).toEqual({
      reference: expect.stringMatching(/^GH-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      receivedAt: expect.stringMatching(/Z$/),
      promisedBy: expect.stringMatching(/Z$/),
      status: 'received',
    });
    const [row] = await api.house.query(
      `SELECT c.state, c.language, c.source, (SELECT array_agg(template) FROM messages WHERE case_id = c.id) AS mails,
         (SELECT count(*)::int FROM outbox WHERE case_id = c.id) AS owed FROM cases c WHERE reference = $1`,
      [body.reference],
    );
    expect(row).toEqual({
      state: 'submitted',
      language: 'es',
      source: 'online',
      mails: ['application_received'],
      owed: 1,
    });
  });

  it('by a program is thanked and forgotten', async () => {
    const before = await count('cases');
    const { status, body } = await api.client().portal('post', '/applications', { ...adaFerris, website: 'http://x' });
    expect(status).toBe(202);
    expect(body).toEqual({
      reference: expect.stringMatching(/^GH-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      receivedAt: expect.any(String),
      promisedBy: expect.any(String),
      status: 'received',
    });
    expect(await count('cases')).toBe(before);
    const { text } = await api.dependencies.metrics.page(api.house.database);
    expect(text).toContain('gatehouse_honeypot_total{portal="harborview"} 1');
  });

  it.each([
    ['control characters', { firstName: 'A\u0007da' }, 'firstName'],
    ['bidirectional characters', { lastName: 'Fer\u202Eris' }, 'lastName'],
    ['line ends in addresses', { email: 'ada@mail.example\r\nBcc: x@evil.example' }, 'email'],
    ['quoted local parts', { email: '"a b"@mail.example' }, 'email'],
    ['days that do not exist', { dateOfBirth: '1984-02-31' }, 'dateOfBirth'],
    ['days to come', { dateOfBirth: '2999-01-01' }, 'dateOfBirth'],
    ['who is too young', { dateOfBirth: '2012-01-01' }, 'dateOfBirth'],
    ['wrong types', { postalCode: 2139 }, 'postalCode'],
    ['unknown fields', { role: 'admin' }, 'role'],
  ])('refuses %s', async (_what, change, field) => {
    const { body } = await api.client().portal('post', '/applications', { ...adaFerris, ...change });
    expect(body).toMatchObject({ status: 422, code: 'validation_failed', errors: { [field]: expect.any(String) } });
  });

  it('under age by one day is refused, of age today is not', async () => {
    const [day] = await api.house.query<{ today: string; tomorrow: string }>(
      `SELECT to_char((gatehouse_now() AT TIME ZONE 'America/New_York') - interval '18 years', 'YYYY-MM-DD') AS today,
         to_char((gatehouse_now() AT TIME ZONE 'America/New_York') - interval '18 years' + interval '1 day', 'YYYY-MM-DD') AS tomorrow`,
    );
    const young = await api.client().portal('post', '/applications', { ...adaFerris, dateOfBirth: day?.tomorrow });
    expect(young.status).toBe(422);
    const grown = await api.client().portal('post', '/applications', { ...adaFerris, dateOfBirth: day?.today });
    expect(grown.status).toBe(202);
  });

  it('is refused where applications are closed', async () => {
    await api.house.portal('closed', (policy) => {
      policy.application.open = false;
    });
    const { body } = await api.client().call('post', '/portals/closed/applications', adaFerris);
    expect(body).toMatchObject({ status: 403, code: 'applications_closed' });
    // 403 comes before any validation.
    const unread = await api.client().call('post', '/portals/closed/applications', { nonsense: true });
    expect(unread.body).toMatchObject({ status: 403, code: 'applications_closed' });
    expect((await api.client().call('get', '/portals/closed')).body.open).toEqual(['registration']);
  });

  it('too often from one address is refused and leaves nothing', async () => {
    await api.house.portal('narrow', (policy) => {
      policy.limits.applicationsPerHour = 2;
    });
    const before = await count('cases');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => api.client().call('post', '/portals/narrow/applications', adaFerris)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 429, 429, 429, 429, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.code).toBe('too_many_requests');
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(3000);
    expect(await count('cases')).toBe(before + 2);
    expect((await api.client().portal('post', '/applications', adaFerris)).status).toBe(202);
  });
});

describe('the status', () => {
  const statusOf = (reference: string, date = dateOfBirth) =>
    api.client().portal('post', '/applications/status', { reference, dateOfBirth: date });

  it('says where the application is, in every state', async () => {
    const expected = {
      submitted: { status: 'received', businessDaysLeft: 5, promisedBy: expect.any(String) },
      in_review: { status: 'in_review', promisedBy: expect.any(String) },
      waiting_on_applicant: { status: 'waiting_for_you', questions: ['Which clinic?'], answerBy: expect.any(String) },
      approved: { status: 'approved', canRenew: false },
      code_sent: { status: 'approved', expiresAt: expect.any(String), canRenew: false },
      expired: { status: 'approved', canRenew: true },
      activated: { status: 'active' },
      rejected: { status: 'closed' },
      withdrawn: { status: 'closed' },
      closed: { status: 'closed' },
    } as const;
    for (const [state, shown] of Object.entries(expected)) {
      const { reference } = await api.house.caseIn(state as keyof typeof expected);
      const typed = reference.toLowerCase().replaceAll('-', ' ');
      const { status, body } = await statusOf(typed);
      expect([state, status]).toEqual([state, 200]);
      expect(body).toMatchObject({ ...shown, headline: expect.any(String), nextStep: expect.any(String) });
      expect(body.steps.map(({ name }: { name: string }) => name)).toEqual([
        'received',
        'in_review',
        'code_sent',
        'active',
      ]);
      expect(JSON.stringify(body)).not.toMatch(/Ada|Ferris|mail\.example/);
    }
  });

  it('sends nobody to the mailbox for a code that is dead', async () => {
    const { id, reference } = await api.house.caseIn('code_sent');
    await api.house.moves(id, 'code_burned', { kind: 'engine' });
    const { body } = await statusOf(reference);
    expect(body).toMatchObject({ status: 'approved', canRenew: false, nextStep: expect.stringContaining('Call us') });
    expect(body).not.toHaveProperty('expiresAt');
    expect(body.headline).not.toContain('mailbox');
  });

  it('answers alike whatever does not match', async () => {
    const { reference } = await api.house.caseIn('submitted');
    const answers = await Promise.all([
      statusOf(reference, wrongDate),
      statusOf('GH-0000-0000'),
      statusOf('nonsense'),
      api.client().call('post', '/portals/closed/applications/status', { reference, dateOfBirth }),
    ]);
    const seen = answers.map(({ status, body: { requestId: _, ...body }, headers }) => ({
      status,
      body,
      headers: Object.keys(headers).sort(),
    }));
    expect(seen[0]).toMatchObject({ status: 404, body: { code: 'no_such_application' } });
    for (const one of seen) expect(one).toEqual(seen[0]);
  });

  it('closes a reference after ten wrong dates, over all routes, silently, for 24 hours', async () => {
    const { reference } = await api.house.caseIn('waiting_on_applicant');
    const wrong = { reference, dateOfBirth: wrongDate };
    for (let tried = 0; tried < 7; tried += 1) await statusOf(reference, wrongDate);
    await api.client().portal('post', '/applications/answers', { ...wrong, answers: ['x'] });
    await api.client().portal('post', '/applications/withdrawals', wrong);
    expect((await statusOf(reference)).status).toBe(200);
    await api.client().portal('post', '/applications/renewals', wrong);
    expect((await statusOf(reference)).body.code).toBe('no_such_application');
    await api.house.query(
      `UPDATE rate_limits SET ends_at = ends_at - interval '24 hours 1 second' WHERE key LIKE 'reference:%'`,
    );
    expect((await statusOf(reference)).status).toBe(200);
  });

  it('lets ten of many dates side by side count, and no right one past them', async () => {
    const { reference } = await api.house.caseIn('submitted');
    await Promise.all(Array.from({ length: 16 }, () => statusOf(reference, wrongDate)));
    expect((await statusOf(reference)).status).toBe(404);
    const { reference: other } = await api.house.caseIn('submitted');
    const right = await Promise.all(Array.from({ length: 16 }, () => statusOf(other)));
    expect(new Set(right.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('answers and withdrawals', () => {
  it('lead on, and are refused with the public status where the state refuses', async () => {
    const { reference, id } = await api.house.caseIn('waiting_on_applicant');
    const proof = { reference, dateOfBirth };
    const tooMany = await api.client().portal('post', '/applications/answers', { ...proof, answers: ['a', 'b'] });
    expect(tooMany.body).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: { answers: expect.any(String) },
    });
    const answered = await api.client().portal('post', '/applications/answers', { ...proof, answers: ['Elm Street'] });
    expect([answered.status, answered.body.status]).toEqual([200, 'in_review']);
    const [asked] = await api.house.query('SELECT answers FROM information_requests WHERE case_id = $1', [id]);
    expect(asked).toEqual({ answers: ['Elm Street'] });
    const again = await api.client().portal('post', '/applications/answers', { ...proof, answers: ['Elm Street'] });
    expect(again.body).toMatchObject({ status: 409, code: 'not_allowed_now', current: 'in_review' });
    const withdrawn = await api.client().portal('post', '/applications/withdrawals', proof);
    expect([withdrawn.status, withdrawn.body.status]).toEqual([200, 'closed']);
    const twice = await api.client().portal('post', '/applications/withdrawals', proof);
    expect(twice.body).toMatchObject({ status: 409, code: 'not_allowed_now', current: 'closed' });
    const unknown = await api
      .client()
      .portal('post', '/applications/withdrawals', { ...proof, dateOfBirth: wrongDate });
    expect(unknown.body).toMatchObject({ status: 404, code: 'no_such_application' });
  });

  it('16 withdrawals at once are one', async () => {
    const { reference } = await api.house.caseIn('code_sent');
    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        api.client().portal('post', '/applications/withdrawals', { reference, dateOfBirth }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 15 }, () => 409)]);
  });
});

describe('renewals', () => {
  it('answer alike, and lead an expired case back where the rules allow it', async () => {
    const { reference, id } = await api.house.caseIn('expired');
    const { reference: open } = await api.house.caseIn('submitted');
    const renew = (given: object) => api.client().portal('post', '/applications/renewals', given);
    const answers = await Promise.all([
      renew({ reference, dateOfBirth }),
      renew({ reference: open, dateOfBirth }),
      renew({ reference: 'GH-0000-0000', dateOfBirth }),
      renew({ reference: open, dateOfBirth: wrongDate }),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(202);
      expect(body).toEqual(answers[0]?.body);
    }
    expect(await api.house.row(id)).toMatchObject({ state: 'approved', owesSecret: true, selfRenewals: 1 });
  });
});

describe('"this wasn\'t me"', () => {
  const told = (token: string) => api.client().portal('post', '/not-me', { token });
  const newestMail = async (condition: string, id: string) => {
    const [mail] = await api.house.query<{ id: string }>(
      `SELECT m.id FROM messages m LEFT JOIN secrets s ON s.id = m.secret_id WHERE ${condition} ORDER BY queued_at DESC LIMIT 1`,
      [id],
    );
    return notMeToken(api.house.database.keys, mail?.id ?? '');
  };

  it('kills a live code, and answers alike for anything', async () => {
    const { id } = await api.house.caseIn('code_sent');
    const token = await newestMail('m.case_id = $1', id);
    const forged = `${token.slice(0, -2)}${token.endsWith('A') ? 'B' : 'A'}A`;
    const answers = [await told(token), await told(token), await told(forged), await told('nothing')];
    for (const { status, body } of answers) {
      expect(status).toBe(202);
      expect(body).toEqual(answers[0]?.body);
    }
    const row = await api.house.row(id);
    expect(row).toMatchObject({ flags: ['not_me'], waitingOn: 'staff' });
    const [secret] = await api.house.query('SELECT ended_as FROM secrets WHERE case_id = $1', [id]);
    expect(secret).toEqual({ ended_as: 'revoked' });
    const [moves] = await api.house.query(
      `SELECT count(*)::int AS n FROM audit_entries WHERE case_id = $1 AND action = 'notMe'`,
      [id],
    );
    expect(moves).toEqual({ n: 1 });
  });

  it('of another portal does nothing', async () => {
    const { id } = await api.house.caseIn('code_sent');
    const token = await newestMail('m.case_id = $1', id);
    const answer = await api.client().call('post', '/portals/closed/not-me', { token });
    expect(answer.status).toBe(202);
    expect((await api.house.row(id)).flags).toEqual([]);
  });

  it('stops an account that was opened', async () => {
    const { id, accountId } = await api.house.caseIn('activated');
    const token = await newestMail('m.case_id = $1', id);
    await told(token);
    await told(token);
    const [account] = await api.house.query('SELECT state FROM accounts WHERE id = $1', [accountId]);
    expect(account).toEqual({ state: 'suspended' });
    const mails = await api.house.query(
      `SELECT 1 FROM messages WHERE account_id = $1 AND template = 'account_suspended'`,
      [accountId],
    );
    expect(mails).toHaveLength(1);
  });
});

async function count(table: string): Promise<number> {
  const [row] = await api.house.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return row?.n ?? 0;
}
