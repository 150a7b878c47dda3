import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { replacePolicy } from '../../store/policy-changes.ts';
import { currentPolicy } from '../../store/portals.ts';
import { startTestApi, type TestApi, type TestClient } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { addAccount, addRecord } from '../support/seed.ts';

let api: TestApi;
let names = 0;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const password = 'seven lanterns over quiet water';
const nextUsername = () => {
  names += 1;
  return `brightwater${names}`;
};

/** A case with a live code, and a browser in which the code was typed. */
async function started(): Promise<{ caseId: string; client: TestClient; code: string; email: string }> {
  const { id: caseId, email } = await api.house.caseIn('code_sent');
  const code = await api.secretOf('access_code', caseId);
  const client = api.client();
  const response = await client.portal('post', '/activations', { accessCode: code });
  expect(response.status).toBe(201);
  return { caseId, client, code, email };
}

/** The same, led to the terms. */
async function atTerms(username = nextUsername()) {
  const walk = await started();
  const { client, email } = walk;
  await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' }).then(isOk);
  await client.portal('put', '/activations/current/email', { email }).then(isOk);
  await client.portal('put', '/activations/current/credentials', { username, password }).then(isOk);
  await client.portal('put', '/activations/current/notifications', { optIn: true }).then(isOk);
  return { ...walk, username };
}

async function signInBy(names: ('username' | 'email')[]): Promise<void> {
  await api.house.database.transaction(async (tx) => {
    const policy = await currentPolicy(tx, harborview);
    if (!policy) throw new Error('the portal has a policy');
    await replacePolicy(
      tx,
      harborview,
      { ...policy, account: { ...policy.account, signInBy: names } },
      api.house.supervisor,
    );
  });
}

function isOk({ status, body }: { status: number; body: unknown }): void {
  if (status !== 200) throw new Error(JSON.stringify(body));
}

const accept = { acceptTerms: true, termsVersion: '2026-1' };

describe('the six steps', () => {
  it('lead from the code to an account that can sign in', async () => {
    const { id: caseId, email } = await api.house.caseIn('code_sent');
    const code = await api.secretOf('access_code', caseId);
    const client = api.client();

    const begun = await client.portal('post', '/activations', { accessCode: code.toLowerCase().replaceAll('-', ' ') });
    expect(begun.status).toBe(201);
    expect(begun.body).toMatchObject({
      step: 'identity',
      emailHint: expect.stringMatching(/^p•{5}.@mail\.example$/),
      needsMailboxCode: false,
    });
    expect(begun.headers['set-cookie']?.[0]).toMatch(/^gh_activation_harborview=[\w-]{43}; .*HttpOnly; SameSite=Lax/);

    const identity = await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    expect(identity.body).toMatchObject({ step: 'email' });
    const address = await client.portal('put', '/activations/current/email', { email });
    expect(address.body).toMatchObject({ step: 'credentials', needsMailboxCode: false });
    const username = nextUsername();
    const credentials = await client.portal('put', '/activations/current/credentials', { username, password });
    expect(credentials.body).toMatchObject({ step: 'notifications', username });
    const notifications = await client.portal('put', '/activations/current/notifications', { optIn: false });
    expect(notifications.body).toMatchObject({ step: 'terms', termsVersion: '2026-1' });
    const done = await client.portal('post', '/activations/current/complete', accept);
    expect(done.status).toBe(201);
    expect(done.body).toMatchObject({ username });

    expect(await api.house.row(caseId)).toMatchObject({ state: 'activated', accountId: done.body.accountId });
    const [activation] = await api.house.query('SELECT password_hash, ended_as FROM activations WHERE case_id = $1', [
      caseId,
    ]);
    expect(activation).toEqual({ password_hash: null, ended_as: 'used' });
    const signedIn = await client.portal('post', '/session', { login: username.toUpperCase(), password });
    expect(signedIn.body).toMatchObject({ account: { id: done.body.accountId, limited: true, notifyByEmail: false } });
  });

  it('enroll the account where a record is bound', async () => {
    const { database, reviewer } = api.house;
    const recordId = await addRecord(database, harborview, {
      mrn: 'HV-1',
      firstName: 'Ada',
      lastName: 'Ferris',
      dateOfBirth: '1984-02-29',
      postalCode: '02139',
    });
    const { id } = await api.house.caseIn('in_review');
    await api.house.moves(id, 'approve', reviewer, { input: { patientRecordId: recordId } });
    await api.house.moves(id, 'code_issued', { kind: 'engine' });
    const client = api.client();
    await client.portal('post', '/activations', { accessCode: await api.secretOf('access_code', id) });
    await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    const { email } = await api.house.row(id);
    await client.portal('put', '/activations/current/email', { email });
    const username = nextUsername();
    await client.portal('put', '/activations/current/credentials', { username, password });
    await client.portal('put', '/activations/current/notifications', { optIn: true });
    const done = await client.portal('post', '/activations/current/complete', accept);
    expect(done.status).toBe(201);
    await client.portal('post', '/session', { login: username, password });
    const me = await client.portal('get', '/me');
    expect(me.body).toMatchObject({ limited: false, enrollments: [{ practice: null, endedAt: null }] });
  });

  it('cannot be skipped or gone back', async () => {
    const { client, email } = await started();
    for (const [method, path, body] of [
      ['put', 'email', { email }],
      ['post', 'email/codes', undefined],
      ['put', 'email/code', { code: '12345678' }],
      ['put', 'credentials', { username: 'somebody', password }],
      ['put', 'notifications', { optIn: true }],
      ['post', 'complete', accept],
    ] as const) {
      const response = await client.portal(method, `/activations/current/${path}`, body);
      expect(response.body).toMatchObject({ status: 409, code: 'wrong_step', step: 'identity' });
    }
    await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    const back = await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    expect(back.body).toMatchObject({ code: 'wrong_step', step: 'email' });
  });

  it('are kept by the server', async () => {
    const { client } = await started();
    await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    const current = await client.portal('get', '/activations/current');
    expect(current.status).toBe(200);
    expect(current.body).toMatchObject({
      step: 'email',
      steps: ['identity', 'email', 'credentials', 'notifications', 'terms'],
    });
  });
});

describe('the access code', () => {
  it('is refused alike whatever is wrong with it', async () => {
    const { id: used } = await api.house.caseIn('code_sent');
    const { id: expired } = await api.house.caseIn('code_sent');
    const { id: revoked } = await api.house.caseIn('code_sent');
    const codes = await Promise.all([used, expired, revoked].map((id) => api.secretOf('access_code', id)));
    await api.house.moves(expired, 'expireNow', api.house.reviewer);
    await api.house.moves(revoked, 'revoke', api.house.reviewer, { reason: 'not_a_patient' });
    await api.house.moves(used, 'reissue', api.house.reviewer);
    const typed = [...codes, '7K4M-Q2XH-9TDV-3RWB', 'hello', '🦉'];
    const answers = await Promise.all(
      typed.map((accessCode) => api.client().portal('post', '/activations', { accessCode })),
    );
    const seen = answers.map(({ status, body: { requestId: _, ...body }, headers }) => ({
      status,
      body,
      headers: Object.keys(headers).sort(),
    }));
    expect(seen[0]).toMatchObject({ status: 422, body: { code: 'access_code_not_accepted' } });
    for (const one of seen) expect(one).toEqual(seen[0]);
  });

  it('is burned by the fifth wrong proof, and staff see it', async () => {
    const { id: caseId } = await api.house.caseIn('code_sent');
    const code = await api.secretOf('access_code', caseId);
    const wrong = `${code.slice(0, 10)}${code.slice(10) === '0000-0000' ? '1111-1111' : '0000-0000'}`;
    for (let tried = 0; tried < 5; tried += 1) {
      await api.client().portal('post', '/activations', { accessCode: wrong });
    }
    expect(await api.house.row(caseId)).toMatchObject({
      state: 'code_sent',
      flags: ['code_burned'],
      waitingOn: 'staff',
    });
    const [secret] = await api.house.query('SELECT tries, ended_as FROM secrets WHERE case_id = $1', [caseId]);
    expect(secret).toEqual({ tries: 5, ended_as: 'burned' });
    const right = await api.client().portal('post', '/activations', { accessCode: code });
    expect(right.body.code).toBe('access_code_not_accepted');
  });

  it('of one portal is unknown to another', async () => {
    await api.house.portal('elsewhere', () => {});
    const { id: caseId } = await api.house.caseIn('code_sent');
    const code = await api.secretOf('access_code', caseId);
    const response = await api.client().call('post', '/portals/elsewhere/activations', { accessCode: code });
    expect(response.body.code).toBe('access_code_not_accepted');
    const [secret] = await api.house.query('SELECT tries FROM secrets WHERE case_id = $1', [caseId]);
    expect(secret).toEqual({ tries: 0 });
  });

  it('typed again ends the earlier start', async () => {
    const { client, code } = await started();
    const second = api.client();
    expect((await second.portal('post', '/activations', { accessCode: code })).status).toBe(201);
    const ended = await client.portal('get', '/activations/current');
    expect(ended.body).toMatchObject({ status: 401, code: 'activation_ended' });
    expect((await second.portal('get', '/activations/current')).status).toBe(200);
    const never = await api.client().portal('get', '/activations/current');
    expect(never.body).toMatchObject({ status: 401, code: 'no_activation' });
  });

  it('dies of five wrong dates of birth', async () => {
    const { client, caseId } = await started();
    const left: number[] = [];
    for (let tried = 0; tried < 5; tried += 1) {
      const wrong = await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-28' });
      expect(wrong.body).toMatchObject({ status: 422, code: 'identity_not_matched' });
      left.push(wrong.body.triesLeft);
    }
    expect(left).toEqual([4, 3, 2, 1, 0]);
    const right = await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    expect(right.body.code).toBe('activation_ended');
    expect(await api.house.row(caseId)).toMatchObject({ flags: ['code_burned'] });
  });
});

describe('the e-mail step', () => {
  it('keeps an address that the page shows masked and does not know', async () => {
    const { client, caseId, email } = await started();
    await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    const put = (body: object) => client.portal('put', '/activations/current/email', body);
    for (const neither of [{}, { keep: false }, { keep: true, email }]) {
      expect((await put(neither)).body).toMatchObject({ status: 422, code: 'validation_failed' });
    }
    expect((await put({ keep: true })).body).toMatchObject({
      step: 'credentials',
      emailHint: expect.stringMatching(/^p•{5}.@mail\.example$/),
    });
    const [activation] = await api.house.query('SELECT email FROM activations WHERE case_id = $1', [caseId]);
    expect(activation).toEqual({ email });
  });

  it('asks an old code for the mailbox it was sent to', async () => {
    const { id: caseId, email } = await api.house.caseIn('code_sent');
    await api.house.query(
      `UPDATE secrets SET issued_at = issued_at - interval '25 hours' WHERE case_id = $1 AND purpose = 'access_code'`,
      [caseId],
    );
    const client = api.client();
    await client.portal('post', '/activations', { accessCode: await api.secretOf('access_code', caseId) });
    await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    const confirmed = await client.portal('put', '/activations/current/email', { email });
    expect(confirmed.body).toMatchObject({ step: 'email', needsMailboxCode: true });
    const sent = await client.portal('post', '/activations/current/email/codes');
    expect(sent.body.codeExpiresAt).toBeDefined();
    const tooSoon = await client.portal('post', '/activations/current/email/codes');
    expect(tooSoon.body).toMatchObject({ status: 429, code: 'mailed_recently' });
    expect(Number(tooSoon.headers['retry-after'])).toBeGreaterThan(0);
    const shapeless = await client.portal('put', '/activations/current/email/code', { code: 'what' });
    expect(shapeless.body).toMatchObject({ status: 422, code: 'code_not_accepted', triesLeft: 5 });
    const mailboxCode = await api.secretOf('mailbox_code', caseId);
    const other = mailboxCode === '00000000' ? '11111111' : '00000000';
    const wrong = await client.portal('put', '/activations/current/email/code', { code: other });
    expect(wrong.body).toMatchObject({ code: 'code_not_accepted', triesLeft: 4 });
    const spaced = `${mailboxCode.slice(0, 4)} ${mailboxCode.slice(4)}`;
    const right = await client.portal('put', '/activations/current/email/code', { code: spaced });
    expect(right.body).toMatchObject({ step: 'credentials', needsMailboxCode: false });
  });

  it('asks for both mailboxes of a changed address, the old one first, and tells the old one', async () => {
    const { client, caseId, email } = await started();
    await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    const fresh = `fresh.${caseId}@post.example`;
    const changed = await client.portal('put', '/activations/current/email', { email: fresh });
    expect(changed.body).toMatchObject({
      step: 'email',
      needsMailboxCode: true,
      mailboxHint: expect.stringMatching(/^p•{5}.@mail\.example$/),
    });

    await client.portal('post', '/activations/current/email/codes');
    const oldCode = await api.secretOf('mailbox_code', caseId);
    const half = await client.portal('put', '/activations/current/email/code', { code: oldCode });
    expect(half.body).toMatchObject({
      step: 'email',
      needsMailboxCode: true,
      mailboxHint: expect.stringMatching(/^f•{5}.@post\.example$/),
    });
    const again = await client.portal('put', '/activations/current/email/code', { code: oldCode });
    expect(again.body.code).toBe('code_not_accepted');

    await client.portal('post', '/activations/current/email/codes');
    const newCode = await api.secretOf('mailbox_code', caseId);
    const whole = await client.portal('put', '/activations/current/email/code', { code: newCode });
    expect(whole.body).toMatchObject({ step: 'credentials', needsMailboxCode: false });
    const mails = await api.house.query<{ template: string; to: string; case: string | null }>(
      `SELECT template, to_address AS to, m.case_id AS case FROM messages m LEFT JOIN secrets s ON s.id = m.secret_id
       WHERE (m.case_id = $1 OR s.case_id = $1) AND template IN ('mailbox_code', 'email_changed') ORDER BY queued_at, m.id`,
      [caseId],
    );
    expect(mails).toEqual([
      { template: 'mailbox_code', to: email, case: null },
      { template: 'mailbox_code', to: fresh, case: null },
      { template: 'email_changed', to: email, case: caseId },
    ]);

    await client.portal('put', '/activations/current/credentials', { username: nextUsername(), password });
    await client.portal('put', '/activations/current/notifications', { optIn: true });
    const done = await client.portal('post', '/activations/current/complete', accept);
    const [account] = await api.house.query('SELECT email FROM accounts WHERE id = $1', [done.body.accountId]);
    expect(account).toEqual({ email: fresh });
    const [welcome] = await api.house.query(
      `SELECT to_address AS to FROM messages WHERE case_id = $1 AND template = 'account_activated'`,
      [caseId],
    );
    expect(welcome).toEqual({ to: fresh });
  });

  it('refuses an address that another account signs in with, where e-mail is a sign-in name', async () => {
    const shared = await started();
    await shared.client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    await addAccount(api.house.database, harborview, { username: nextUsername(), email: shared.email });
    const confirm = () => shared.client.portal('put', '/activations/current/email', { email: shared.email });
    await signInBy(['username', 'email']);
    expect((await confirm()).body).toMatchObject({ status: 422, errors: { email: expect.any(String) } });
    expect((await shared.client.portal('get', '/activations/current')).body).toMatchObject({ step: 'email' });
    await signInBy(['username']);
    expect((await confirm()).body).toMatchObject({ step: 'credentials' });
  });

  it('kills the numbers with the fifth wrong try', async () => {
    const { client, caseId } = await started();
    await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    await client.portal('put', '/activations/current/email', { email: `other.${caseId}@mail.example` });
    await client.portal('post', '/activations/current/email/codes');
    const code = await api.secretOf('mailbox_code', caseId);
    const other = code === '00000000' ? '11111111' : '00000000';
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      const wrong = await client.portal('put', '/activations/current/email/code', { code: other });
      expect(wrong.body.triesLeft).toBe(triesLeft);
    }
    const right = await client.portal('put', '/activations/current/email/code', { code });
    expect(right.body).toMatchObject({ code: 'code_not_accepted', triesLeft: 0 });
  });
});

describe('credentials and terms', () => {
  it('say in words why a username or password cannot be used', async () => {
    const { client, email } = await started();
    await client.portal('put', '/activations/current/identity', { dateOfBirth: '1984-02-29' });
    await client.portal('put', '/activations/current/email', { email });
    const put = (username: string, typed: string) =>
      client.portal('put', '/activations/current/credentials', { username, password: typed });
    expect((await put('a@b.example', password)).body).toMatchObject({
      code: 'username_not_allowed',
      reason: 'holds_at_sign',
    });
    expect((await put('7K4M-Q2XH-9TDV-3RWB', password)).body).toMatchObject({ code: 'username_not_allowed' });
    expect((await put('ada', 'short')).body).toMatchObject({
      code: 'password_not_allowed',
      reason: 'too_short',
      detail: 'This password is too short. Use at least 15 characters; spaces count.',
    });
    expect((await put('ada', 'my name is ferris indeed')).body).toMatchObject({ code: 'password_not_allowed' });
    expect((await put('ada', 'passwordpassword')).body).toMatchObject({ code: 'password_not_allowed' });
  });

  it('refuse a username that looks like a taken one, and step back when it was taken meanwhile', async () => {
    const first = await atTerms('lookalike');
    const second = await atTerms('Lookal1ke');
    expect((await first.client.portal('post', '/activations/current/complete', accept)).status).toBe(201);
    const late = await second.client.portal('post', '/activations/current/complete', accept);
    expect(late.body).toMatchObject({ status: 409, code: 'username_taken', step: 'credentials' });
    const at = await second.client.portal('get', '/activations/current');
    expect(at.body.step).toBe('credentials');
    const again = await second.client.portal('put', '/activations/current/credentials', {
      username: 'LOOKALIKE',
      password,
    });
    expect(again.body).toMatchObject({ status: 409, code: 'username_taken' });
    await second.client
      .portal('put', '/activations/current/credentials', { username: nextUsername(), password })
      .then(isOk);
    await second.client.portal('put', '/activations/current/notifications', { optIn: true }).then(isOk);
    expect((await second.client.portal('post', '/activations/current/complete', accept)).status).toBe(201);
  });

  it('refuse terms that are not the newest, and a box that is not ticked', async () => {
    const { client } = await atTerms();
    const old = await client.portal('post', '/activations/current/complete', { ...accept, termsVersion: '2025-1' });
    expect(old.body).toMatchObject({ status: 409, code: 'terms_changed' });
    const unticked = await client.portal('post', '/activations/current/complete', { ...accept, acceptTerms: false });
    expect(unticked.body).toMatchObject({ code: 'validation_failed', errors: { acceptTerms: expect.any(String) } });
    expect((await client.portal('post', '/activations/current/complete', accept)).status).toBe(201);
  });

  it('answer a repeated completion with the first answer', async () => {
    const { client } = await atTerms();
    const key = { 'Idempotency-Key': 'completion-1' };
    const first = await client.portal('post', '/activations/current/complete', accept, key);
    const repeat = await client.portal('post', '/activations/current/complete', accept, key);
    expect(repeat.status).toBe(201);
    expect(repeat.body).toEqual(first.body);
    expect(repeat.headers['idempotency-replayed']).toBe('true');
    const other = await client.portal('post', '/activations/current/complete', { ...accept, termsVersion: 'x' }, key);
    expect(other.body.code).toBe('idempotency_key_reused');
    const fresh = await client.portal('post', '/activations/current/complete', accept);
    expect(fresh.body).toMatchObject({ status: 401, code: 'activation_ended' });
  });
});

describe('races', () => {
  const sixteen = Array.from({ length: 16 }, (_, index) => index);

  it('16 completions of one code make one account and fifteen clean refusals', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { client, caseId } = await atTerms();
      const answers = await Promise.all(
        sixteen.map(() => client.portal('post', '/activations/current/complete', accept)),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...sixteen.slice(1).map(() => 401)]);
      for (const { status, body } of answers) if (status === 401) expect(body.code).toBe('activation_ended');
      const [count] = await api.house.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM accounts a JOIN cases c ON c.account_id = a.id WHERE c.id = $1`,
        [caseId],
      );
      expect(count?.n).toBe(1);
    }
  });

  it('16 twins of one key all get the same 201', async () => {
    const { client } = await atTerms();
    const key = { 'Idempotency-Key': 'twins-1' };
    const answers = await Promise.all(
      sixteen.map(() => client.portal('post', '/activations/current/complete', accept, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual(sixteen.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.accountId)).size).toBe(1);
  });

  it('16 right codes at once are all answered, and one start is left', async () => {
    const { id: caseId } = await api.house.caseIn('code_sent');
    const accessCode = await api.secretOf('access_code', caseId);
    const answers = await Promise.all(sixteen.map(() => api.client().portal('post', '/activations', { accessCode })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const running = await api.house.query('SELECT 1 FROM activations WHERE case_id = $1 AND ended_at IS NULL', [
      caseId,
    ]);
    expect(running).toHaveLength(1);
  });

  it('16 wrong codes at once count five at most', async () => {
    const { id: caseId } = await api.house.caseIn('code_sent');
    const code = await api.secretOf('access_code', caseId);
    const accessCode = `${code.slice(0, 10)}${code.slice(10) === '0000-0000' ? '1111-1111' : '0000-0000'}`;
    const answers = await Promise.all(sixteen.map(() => api.client().portal('post', '/activations', { accessCode })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]));
    const [secret] = await api.house.query('SELECT tries, ended_as FROM secrets WHERE case_id = $1', [caseId]);
    expect(secret).toEqual({ tries: 5, ended_as: 'burned' });
  });

  it('completion against reissue and revoke has one winner', async () => {
    for (const move of ['reissue', 'revoke'] as const) {
      const { client, caseId } = await atTerms();
      const reason = move === 'revoke' ? { reason: 'other', note: 'race' } : {};
      const [done, moved] = await Promise.allSettled([
        client.portal('post', '/activations/current/complete', accept),
        api.house.moves(caseId, move, api.house.supervisor, reason),
      ]);
      if (done.status === 'rejected') throw done.reason;
      const hasMoved = moved.status === 'fulfilled';
      expect(done.value.status).toBe(hasMoved ? 401 : 201);
      const { state } = await api.house.row(caseId);
      expect(state).toBe(hasMoved ? (move === 'revoke' ? 'rejected' : 'approved') : 'activated');
    }
  });
});
