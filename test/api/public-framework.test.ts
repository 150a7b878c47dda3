import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createApi } from '../../api/server.ts';
import { openDatabase } from '../../store/database.ts';
import { replacePolicy } from '../../store/policy-changes.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { adaFerris, harborview } from '../support/house.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
afterEach(() => api.forgetLimits());

const status = `/api/v1/portals/${harborview}/applications/status`;
const proof = { reference: 'GH-0000-0000', dateOfBirth: '1984-02-29' };

/** A bare POST: no cookie, no header but those given. */
const post = (path: string, body: string | object, headers: Record<string, string> = {}) =>
  request(api.url)
    .post(path)
    .set({ 'Content-Type': 'application/json', ...headers })
    .send(body);

describe('what every answer carries', () => {
  it('an id, no-store and the strict headers', async () => {
    const { headers, status: code } = await request(api.url).get(`/api/v1/portals/${harborview}`);
    expect(code).toBe(200);
    expect(headers).toMatchObject({
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).not.toHaveProperty('x-powered-by');
    expect((await request(api.url).head(`/api/v1/portals/${harborview}`)).status).toBe(200);
  });

  it('problem+json with a next step, for every refusal', async () => {
    const { body, headers } = await post(status, proof);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toEqual({
      type: '/problems/no_such_application',
      title: expect.any(String),
      status: 404,
      detail: expect.any(String),
      code: 'no_such_application',
      nextStep: expect.any(String),
      requestId: headers['x-request-id'],
    });
  });

  it('not_found for what is not there: paths, methods, portals, undecodable paths', async () => {
    for (const path of [
      '/api/v1/nothing',
      '/api',
      '/api/v1/portals/nowhere',
      '/api/v1/portals/No!',
      '/api/v1/portals/%E0%A4%A',
    ]) {
      const { body } = await request(api.url).get(path);
      expect([path, body.code]).toEqual([path, 'not_found']);
    }
    expect((await request(api.url).delete(`/api/v1/portals/${harborview}`)).body.code).toBe('not_found');
  });

  it('the published document and a readable page', async () => {
    const document = await request(api.url).get('/api/v1/openapi.json');
    expect(document.body).toMatchObject({ openapi: '3.1.0' });
    const page = await request(api.url).get('/api/docs');
    expect(page.text).toContain('POST /portals/:portal/applications');
    expect(page.text).not.toMatch(/(src|href)="https?:/);
    expect((await request(api.url).get('/')).text).toContain('/api/docs');
  });
});

describe('bodies', () => {
  it('are JSON in UTF-8 of at most 64 KiB, not too deep, without keys that change objects', async () => {
    const cases: [string | Buffer, Record<string, string>, string][] = [
      ['{"reference":', {}, 'malformed'],
      [nested(17), {}, 'malformed'],
      ['{"__proto__":{}}', {}, 'malformed'],
      ['{"a":{"constructor":1}}', {}, 'malformed'],
      [nested(15), {}, 'validation_failed'],
      [`{"reference":"${'x'.repeat(70_000)}"}`, {}, 'too_large'],
      [`{"reference":"${'x'.repeat(1_000_000)}"}`, {}, 'too_large'],
      ['a=1', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'unsupported_media_type'],
      ['{}', { 'Content-Type': 'text/plain' }, 'unsupported_media_type'],
      ['{}', { 'Content-Type': 'application/json; charset=latin1' }, 'unsupported_media_type'],
      ['{}', { 'Content-Encoding': 'gzip' }, 'unsupported_media_type'],
      ['[]', {}, 'validation_failed'],
      ['"text"', {}, 'validation_failed'],
    ];
    for (const [body, headers, code] of cases) {
      const answer = await post(status, body as string, headers);
      expect([String(body).slice(0, 30), answer.body.code]).toEqual([String(body).slice(0, 30), code]);
    }
    const notUtf8 = await raw(status, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
    expect(notUtf8).toContain('"code":"malformed"');
  });

  it('name every wrong field by its path', async () => {
    const { body } = await post(status, { reference: '', dateOfBirth: '1984-02-31', extra: 1 });
    expect(body).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: { reference: expect.any(String), dateOfBirth: expect.any(String), extra: expect.any(String) },
    });
  });

  it('are refused in chunks too, at the first byte too many', async () => {
    const answer = await raw(status, Buffer.alloc(0), { chunked: 70_000 });
    expect(answer).toContain('413');
  });
});

describe('calls of other sites', () => {
  const cookie = { Cookie: 'gh_account_harborview=x' };
  const origin = { Origin: 'http://localhost:8080' };
  const gatehouse = { 'X-Gatehouse': '1' };

  it.each([
    ['plain, no cookie', {}, false],
    ['no cookie, our origin', origin, false],
    ['no cookie, same-origin', { 'Sec-Fetch-Site': 'same-origin' }, false],
    ['no cookie, none', { 'Sec-Fetch-Site': 'none' }, false],
    ['no cookie, another origin', { Origin: 'https://evil.example' }, true],
    ['no cookie, null origin', { Origin: 'null' }, true],
    ['no cookie, cross-site', { 'Sec-Fetch-Site': 'cross-site' }, true],
    ['no cookie, same-site', { 'Sec-Fetch-Site': 'same-site' }, true],
    ['cookie alone', cookie, true],
    ['cookie and X-Gatehouse', { ...cookie, ...gatehouse }, true],
    ['cookie and origin', { ...cookie, ...origin }, true],
    ['cookie, X-Gatehouse, origin', { ...cookie, ...gatehouse, ...origin }, false],
    ['cookie, X-Gatehouse, same-origin', { ...cookie, ...gatehouse, 'Sec-Fetch-Site': 'same-origin' }, false],
    ['cookie, X-Gatehouse, other origin', { ...cookie, ...gatehouse, Origin: 'https://evil.example' }, true],
    ['prefixed cookie alone', { Cookie: '__Host-gh_staff=x' }, true],
    ["another's cookie", { Cookie: 'theme=dark' }, false],
  ])('%s', async (_name, headers, isRefused) => {
    const { body } = await post(status, proof, headers as Record<string, string>);
    expect(body.code).toBe(isRefused ? 'csrf_refused' : 'no_such_application');
  });

  it('come before everything else, and a missing session before validation', async () => {
    const refused = await post(status, '{', { Origin: 'https://evil.example' });
    expect(refused.body.code).toBe('csrf_refused');
    const signedOut = await post(`/api/v1/portals/${harborview}/me/password`, '{', {
      'Content-Type': 'application/json',
    });
    expect(signedOut.body).toMatchObject({ status: 401, code: 'not_signed_in' });
  });
});

describe('keys of repetition', () => {
  const apply = `/api/v1/portals/${harborview}/applications`;

  it('are required, well-formed, bound to the body, and replay the answer', async () => {
    for (const key of [undefined, 'has blank', 'ü', 'x'.repeat(201)]) {
      const headers = key === undefined ? {} : { 'Idempotency-Key': key };
      const { body } = await post(apply, adaFerris, key === 'ü' ? {} : headers);
      expect(body).toMatchObject({ status: 400, code: 'idempotency_key_required' });
    }
    const key = { 'Idempotency-Key': 'apply-1' };
    const first = await post(apply, adaFerris, key);
    expect(first.status).toBe(202);
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    const { firstName, ...rest } = adaFerris;
    const repeat = await post(apply, { ...rest, firstName }, key);
    expect([repeat.status, repeat.headers['idempotency-replayed'], repeat.body]).toEqual([202, 'true', first.body]);
    const other = await post(apply, { ...adaFerris, city: 'Boston' }, key);
    expect(other.body).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    const [count] = await api.house.query('SELECT count(*)::int AS n FROM cases');
    expect(count).toEqual({ n: 1 });
  });

  it('replay the answer beyond the limit and after closing, too, for a repeat is no new call', async () => {
    await api.house.portal('once', (policy) => {
      policy.limits.applicationsPerHour = 1;
    });
    const once = '/api/v1/portals/once/applications';
    const key = { 'Idempotency-Key': 'apply-once' };
    const first = await post(once, adaFerris, key);
    const repeat = await post(once, adaFerris, key);
    expect([repeat.status, repeat.headers['idempotency-replayed'], repeat.body]).toEqual([202, 'true', first.body]);
    for (const [body, headers] of [
      [{ ...adaFerris, city: 'Boston' }, key],
      [adaFerris, { 'Idempotency-Key': 'apply-twice' }],
      [adaFerris, {}],
    ] as const) {
      expect((await post(once, body, headers)).body).toMatchObject({ status: 429, code: 'too_many_requests' });
    }
    const policy = await api.house.portal('shuts', () => {});
    const shuts = '/api/v1/portals/shuts/applications';
    const before = await post(shuts, adaFerris, key);
    const shut = { ...policy, application: { ...policy.application, open: false } };
    await api.house.database.transaction((tx) => replacePolicy(tx, 'shuts', shut, api.house.supervisor));
    expect((await post(shuts, adaFerris, key)).body).toEqual(before.body);
    expect((await post(shuts, adaFerris, { 'Idempotency-Key': 'late' })).body.code).toBe('applications_closed');
  });

  it('let 16 twins wait for the first: one case, one answer', async () => {
    const key = { 'Idempotency-Key': 'apply-twins' };
    const body = { ...adaFerris, email: 'twins@mail.example' };
    const answers = await Promise.all(Array.from({ length: 16 }, () => post(apply, body, key)));
    expect(new Set(answers.map(({ status: code, body: { reference } }) => `${code} ${reference}`)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(15);
    const [count] = await api.house.query(`SELECT count(*)::int AS n FROM cases WHERE email = 'twins@mail.example'`);
    expect(count).toEqual({ n: 1 });
  });

  it('keep refusals too, and let nothing of them stay', async () => {
    const key = { 'Idempotency-Key': 'apply-young' };
    const young = { ...adaFerris, dateOfBirth: '2020-01-01' };
    const first = await post(apply, young, key);
    expect(first.body).toMatchObject({ code: 'validation_failed', errors: { dateOfBirth: expect.any(String) } });
    const repeat = await post(apply, young, key);
    expect([repeat.status, repeat.headers['idempotency-replayed'], repeat.headers['content-type']]).toEqual([
      422,
      'true',
      'application/problem+json',
    ]);
  });
});

describe('when the database is away', () => {
  it('503 says when to come again, and nothing of the fault', async () => {
    const { keys } = api.house.database;
    const away = openDatabase({ url: 'postgresql://nobody@127.0.0.1:9/none', keys });
    const { app } = createApi({ ...api.dependencies, database: away });
    const { status: code, body, headers } = await request(app).get(`/api/v1/portals/${harborview}`);
    await away.close();
    expect([code, body.code]).toEqual([503, 'unavailable']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
  });
});

describe('a fault nobody foresaw', () => {
  it('is 500 without a word of what it was, and is logged without what was typed', async () => {
    await api.house.owner.query('ALTER TABLE applications RENAME TO applications_gone');
    const before = api.logged.length;
    const { status: code, body } = await post(`/api/v1/portals/${harborview}/applications`, adaFerris, {
      'Idempotency-Key': 'fault-1',
    });
    await api.house.owner.query('ALTER TABLE applications_gone RENAME TO applications');
    expect([code, body.code]).toEqual([500, 'internal_error']);
    expect(JSON.stringify(body)).not.toMatch(/relation|applications/);
    expect(api.logged.slice(before).join('')).not.toMatch(/Ferris|mail\.example/);
    const again = await post(`/api/v1/portals/${harborview}/applications`, adaFerris, { 'Idempotency-Key': 'fault-1' });
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([202, undefined]);
  });
});

describe('the log', () => {
  it('holds route templates, never paths, queries, bodies or addresses of people', async () => {
    const before = api.logged.length;
    await post(`${status}?canary=QUERYCANARY`, { reference: 'BODYCANARY', dateOfBirth: '1984-02-29' });
    const lines = api.logged.slice(before).join('');
    expect(lines).toContain('/portals/:portal/applications/status');
    expect(lines).not.toMatch(/CANARY|127\.0\.0\.1|1984/);
  });
});

function nested(depth: number): string {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

/** One request over a bare socket, for what well-behaved clients do not send. */
function raw(path: string, body: Buffer, { chunked }: { chunked?: number } = {}): Promise<string> {
  const { port, hostname } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n${length}\r\n\r\n`,
    );
    if (chunked) socket.write(`${chunked.toString(16)}\r\n${'x'.repeat(chunked)}\r\n0\r\n\r\n`);
    else socket.write(body);
  });
}
