import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { usernameSkeleton } from '../../domain/people/normalise.ts';
import { notMeToken } from '../../store/not-me.ts';
import { startTestApi, type TestApi, type TestClient } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { addAccount } from '../support/seed.ts';

let api: TestApi;
let accounts = 0;

beforeAll(async () => {
  api = await startTestApi((policy) => {
    policy.account.signInBy = ['username', 'email'];
    policy.account.lockout.after = 4;
  });
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.house.clock.run();
  await api.forgetLimits();
});

/** Waits are a second at first: a slow machine must not outlast them. */
const clockStands = async () => api.house.clock.standAt(await api.house.now());

const password = 'seven lanterns over quiet water';
const newPassword = 'eleven kettles under loud thunder';

interface Owner {
  id: string;
  username: string;
  email: string;
}

async function owner(): Promise<Owner> {
  accounts += 1;
  const username = `owner.${'abcdefghijkmnpqrstuvwxyz'.charAt(accounts)}`;
  const email = `${username}@mail.example`;
  const id = await addAccount(api.house.database, harborview, { username, email });
  await api.house.query('UPDATE accounts SET password_hash = $2, username_skeleton = $3 WHERE id = $1', [
    id,
    await api.dependencies.passwords.hash(password),
    usernameSkeleton(username),
  ]);
  return { id, username, email };
}

async function signedIn(): Promise<Owner & { client: TestClient }> {
  const one = await owner();
  const client = api.client();
  const { status } = await client.portal('post', '/session', { login: one.username, password });
  expect(status).toBe(200);
  return { ...one, client };
}

const tryLogin = (login: string, typed: string) => api.client().portal('post', '/session', { login, password: typed });

describe('signing in', () => {
  it('works by username, however written, and by e-mail where the policy says so', async () => {
    const { username, email, id } = await owner();
    const client = api.client();
    const { status, body, headers } = await client.portal('post', '/session', {
      login: ` ${username.toUpperCase()} `,
      password,
    });
    expect(status).toBe(200);
    expect(body.account).toMatchObject({ id, portal: harborview, username, limited: true, state: 'active' });
    expect(headers['set-cookie']?.[0]).toMatch(/^gh_account_harborview=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await client.portal('get', '/session')).body.account.id).toBe(id);
    expect((await tryLogin(email.toUpperCase(), password)).status).toBe(200);
  });

  it('is refused alike: unknown, wrong, suspended, closed, throttled', async () => {
    await clockStands();
    const [wrong, suspended, closed, throttled] = [await owner(), await owner(), await owner(), await owner()];
    await api.house.query(`UPDATE accounts SET state = 'suspended' WHERE id = $1`, [suspended.id]);
    await api.house.query(`UPDATE accounts SET state = 'closed' WHERE id = $1`, [closed.id]);
    for (let tried = 0; tried < 3; tried += 1) await tryLogin(throttled.username, 'no');
    const answers = [
      await tryLogin('nobody', password),
      await tryLogin(wrong.username, 'not it'),
      await tryLogin(suspended.username, password),
      await tryLogin(closed.username, password),
      await tryLogin(throttled.username, password),
    ];
    const seen = answers.map(({ status, body: { requestId: _, ...body }, headers }) => ({
      status,
      body,
      headers: Object.keys(headers).sort(),
    }));
    expect(seen[0]).toMatchObject({ status: 401, body: { code: 'login_unsuccessful' } });
    for (const one of seen) expect(one).toEqual(seen[0]);
  });

  it('waits from the third failure on, works again after the wait, and stops at the policy’s last', async () => {
    await clockStands();
    const { id, username } = await owner();
    const standing = async () => {
      const [row] = await api.house.query(
        `SELECT login_failures AS failures, state, round(extract(epoch FROM login_waits_to - gatehouse_now())) AS waits FROM accounts WHERE id = $1`,
        [id],
      );
      return row;
    };
    for (let tried = 0; tried < 3; tried += 1) await tryLogin(username, 'no');
    expect(await standing()).toMatchObject({ failures: 3, state: 'active' });
    await tryLogin(username, 'no');
    expect(await standing()).toMatchObject({ failures: 3 });
    const overNow = () => api.house.query('UPDATE accounts SET login_waits_to = gatehouse_now() WHERE id = $1', [id]);
    await overNow();
    expect((await tryLogin(username, password)).status).toBe(200);
    expect(await standing()).toMatchObject({ failures: 0 });
    for (let tried = 0; tried < 4; tried += 1) {
      await overNow();
      await tryLogin(username, 'no');
    }
    expect(await standing()).toMatchObject({ failures: 4, state: 'locked' });
    await overNow();
    expect((await tryLogin(username, password)).status).toBe(401);
  });

  it('lets no more than the counted tries of a burst through', async () => {
    await clockStands();
    const { username, id } = await owner();
    const typed = [...Array.from({ length: 10 }, () => 'no'), password];
    await Promise.all(typed.map((one) => tryLogin(username, one)));
    const [row] = await api.house.query<{ failures: number }>(
      'SELECT login_failures AS failures FROM accounts WHERE id = $1',
      [id],
    );
    expect(row?.failures).toBeLessThanOrEqual(3);
  });

  it('leads who typed an access code to activation, by its form alone', async () => {
    for (const [login, typed] of [
      ['7K4M-Q2XH-9TDV-3RWB', 'x'],
      ['somebody', '7k4m q2xh 9tdv 3rwb'],
    ] as const) {
      const { body } = await tryLogin(login, typed);
      expect(body.code).toBe('login_unsuccessful');
      expect(body.nextStep).toContain('access code');
    }
    expect((await tryLogin('somebody', 'x')).body.nextStep).toContain('Not registered yet?');
  });

  it('too often from one address is refused', async () => {
    await api.house.portal('strict', (policy) => {
      policy.limits.loginsPerMinute = 1;
    });
    const call = () => api.client().call('post', '/portals/strict/session', { login: 'x', password: 'y' });
    expect((await call()).status).toBe(401);
    const second = await call();
    expect(second.body).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(Number(second.headers['retry-after'])).toBeLessThanOrEqual(60);
  });
});

describe('a session', () => {
  it('ends by signing out, and is nobody’s without its cookie or at another portal', async () => {
    const { client } = await signedIn();
    await api.house.portal('other', () => {});
    client.cookies.set('gh_account_other', client.cookies.get('gh_account_harborview') ?? '');
    expect((await client.call('get', '/portals/other/me')).body.code).toBe('not_signed_in');
    const { status } = await client.portal('delete', '/session');
    expect(status).toBe(204);
    expect(client.cookies.has('gh_account_harborview')).toBe(false);
    expect((await client.portal('get', '/session')).body).toMatchObject({ status: 401, code: 'not_signed_in' });
  });

  it('idle for half an hour is over; only the person keeps it alive', async () => {
    const { client, id } = await signedIn();
    const age = (minutes: number) =>
      api.house.query(
        `UPDATE sessions SET last_active_at = gatehouse_now() - make_interval(mins => $2) WHERE account_id = $1`,
        [id, minutes],
      );
    const idle = async () => {
      const [row] = await api.house.query<{ s: number }>(
        'SELECT extract(epoch FROM gatehouse_now() - last_active_at)::int AS s FROM sessions WHERE account_id = $1',
        [id],
      );
      return row?.s ?? 0;
    };
    await age(20);
    await client.portal('get', '/session');
    expect(await idle()).toBeGreaterThan(1000);
    await client.portal('get', '/session', undefined, { 'X-Gatehouse-Active': '1' });
    expect(await idle()).toBeLessThan(100);
    await age(31);
    expect((await client.portal('get', '/session')).body.code).toBe('not_signed_in');
  });
});

describe('the own account', () => {
  it('shows itself and takes preferences', async () => {
    const { client, id, username, email } = await signedIn();
    const { body } = await client.portal('get', '/me');
    expect(body).toMatchObject({ id, username, email, limited: true, enrollments: [], pendingEmailHint: null });
    const changed = await client.portal('patch', '/me/preferences', { notifyByEmail: false, language: 'es' });
    expect(changed.body).toMatchObject({ notifyByEmail: false, language: 'es' });
    const unknown = await client.portal('patch', '/me/preferences', { language: 'fr' });
    expect(unknown.body).toMatchObject({ code: 'validation_failed', errors: { language: expect.any(String) } });
    const [row] = await api.house.query('SELECT version FROM accounts WHERE id = $1', [id]);
    expect(row).toEqual({ version: 2 });
  });

  it('changes its password: elsewhere is signed out, the address is told', async () => {
    const { client, id, username, email } = await signedIn();
    const elsewhere = api.client();
    await elsewhere.portal('post', '/session', { login: username, password });
    const change = (currentPassword: string, typed: string, key = {}) =>
      client.portal('post', '/me/password', { currentPassword, newPassword: typed }, key);
    expect((await change('wrong', newPassword)).body).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: { currentPassword: expect.any(String) },
    });
    expect((await change(password, 'short')).body).toMatchObject({ status: 422, code: 'password_not_allowed' });
    const key = { 'Idempotency-Key': `password-${id}` };
    const done = await change(password, newPassword, key);
    expect([done.status, Object.keys(done.body)]).toEqual([200, ['passwordChangedAt']]);
    const repeat = await change(password, newPassword, key);
    expect([repeat.status, repeat.headers['idempotency-replayed']]).toEqual([200, 'true']);
    expect((await client.portal('get', '/session')).status).toBe(200);
    expect((await elsewhere.portal('get', '/session')).status).toBe(401);
    expect((await tryLogin(username, password)).status).toBe(401);
    expect((await tryLogin(username, newPassword)).status).toBe(200);
    const mails = await api.house.query('SELECT template, to_address AS to FROM messages WHERE account_id = $1', [id]);
    expect(mails).toEqual([{ template: 'credentials_changed', to: email }]);
  });

  it('changes its address by a code to the new one, told to the old one', async () => {
    const { client, id, email } = await signedIn();
    const fresh = `fresh.${accounts}@post.example`;
    const ask = (typed: string, currentPassword = password) =>
      client.portal('post', '/me/email', { email: typed, currentPassword });
    expect((await ask(fresh, 'wrong')).body.errors).toHaveProperty('currentPassword');
    expect((await ask(email)).body.errors).toHaveProperty('email');
    const asked = await ask(fresh);
    expect(asked.body).toEqual({
      needsMailboxCode: true,
      emailHint: expect.stringMatching(/^f•{5}.@post\.example$/),
      codeExpiresAt: expect.any(String),
    });
    expect((await ask(fresh)).body).toMatchObject({ status: 429, code: 'mailed_recently' });
    expect((await client.portal('get', '/me')).body).toMatchObject({
      email,
      pendingEmailHint: expect.stringMatching(/^f•{5}.@post\.example$/),
    });
    const code = await api.secretOf('mailbox_code', id);
    const wrong = await client.portal('put', '/me/email/code', { code: code === '00000000' ? '11111111' : '00000000' });
    expect(wrong.body).toMatchObject({ status: 422, code: 'code_not_accepted', triesLeft: 4 });
    const right = await client.portal('put', '/me/email/code', { code });
    expect(right.body).toMatchObject({ email: fresh, pendingEmailHint: null });
    const mails = await api.house.query(
      'SELECT template, to_address AS to FROM messages WHERE account_id = $1 ORDER BY queued_at, id',
      [id],
    );
    expect(mails).toEqual([
      { template: 'mailbox_code', to: fresh },
      { template: 'email_changed', to: email },
    ]);
  });

  it('cannot take the address another account signs in with, which only the proven owner of the mailbox is told', async () => {
    const other = await owner();
    const { client, id } = await signedIn();
    const asked = await client.portal('post', '/me/email', { email: other.email, currentPassword: password });
    expect(asked.status).toBe(200);
    const code = await api.secretOf('mailbox_code', id);
    const refused = await client.portal('put', '/me/email/code', { code });
    expect(refused.body).toMatchObject({ code: 'validation_failed', errors: { email: expect.any(String) } });
    expect((await tryLogin(other.email, password)).status).toBe(200);
  });

  it('is stopped by "this wasn\'t me" from a mail of its own', async () => {
    const { client, id } = await signedIn();
    await client.portal('post', '/me/password', { currentPassword: password, newPassword });
    const [mail] = await api.house.query<{ id: string }>('SELECT id FROM messages WHERE account_id = $1', [id]);
    const token = notMeToken(api.house.database.keys, mail?.id ?? '');
    await api.client().portal('post', '/not-me', { token });
    expect((await client.portal('get', '/session')).status).toBe(401);
    const [row] = await api.house.query('SELECT state FROM accounts WHERE id = $1', [id]);
    expect(row).toEqual({ state: 'suspended' });
    const tasks = await api.house.query('SELECT reason FROM staff_tasks WHERE account_id = $1', [id]);
    expect(tasks).toEqual([{ reason: 'not_me' }]);
  });

  it('tells its own log in words, newest first', async () => {
    const { client, username } = await signedIn();
    await tryLogin(username, 'no');
    await client.portal('patch', '/me/preferences', { notifyByEmail: false });
    const { body } = await client.portal('get', '/me/activity?perPage=2');
    expect(body).toMatchObject({ total: 3, totalIsCapped: false });
    expect(body.data).toMatchObject([
      { text: 'Preferences were changed', template: null },
      { text: 'Somebody tried to sign in with a wrong password', template: null },
    ]);
    const bad = await client.portal('get', '/me/activity?sort=name');
    expect(bad.body).toMatchObject({ status: 400, code: 'bad_query' });
    const unknown = await client.portal('get', '/me/activity?secret=1');
    expect(unknown.body).toMatchObject({ code: 'bad_query', errors: { secret: expect.any(String) } });
  });

  it('is nobody’s without a session', async () => {
    for (const [method, path] of [
      ['get', '/me'],
      ['patch', '/me/preferences'],
      ['post', '/me/password'],
      ['post', '/me/email'],
      ['put', '/me/email/code'],
      ['get', '/me/activity'],
      ['get', '/session'],
      ['delete', '/session'],
    ] as const) {
      const { body } = await api.client().portal(method, path);
      expect([path, body.code]).toEqual([path, 'not_signed_in']);
    }
  });
});
