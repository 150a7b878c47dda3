import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { addressOf, createClient } from './client.ts';
import { Problem, toProblemJson } from './problems.ts';
import { apply } from './routes/public/applications.ts';
import { signIn, signOut } from './routes/public/session.ts';
import { listCases, readCase } from './routes/staff/cases.ts';

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}
interface Reply {
  status: number;
  body?: object | string;
  headers?: Record<string, string>;
}

let server: Server | undefined;

/** A server that answers `replies` in turn and remembers what it was asked. */
async function serverThat(...replies: Reply[]): Promise<{ baseUrl: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    const reply = replies.shift() ?? { status: 500 };
    const isProblem = reply.status >= 400 && typeof reply.body === 'object';
    const type = isProblem
      ? 'application/problem+json'
      : typeof reply.body === 'string'
        ? 'text/html'
        : 'application/json';
    response.writeHead(reply.status, { ...(reply.body && { 'content-type': type }), ...reply.headers });
    response.end(typeof reply.body === 'object' ? JSON.stringify(reply.body) : (reply.body ?? ''));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { baseUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, seen };
}

afterEach(async () => {
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

const ada = {
  firstName: 'Ada',
  lastName: 'Ferris',
  dateOfBirth: '1984-02-29',
  email: 'a@b.example',
  postalCode: '02139',
};

describe('the client', () => {
  it('sends what a route demands and gives its answer back', async () => {
    const receipt = { reference: 'GH-7K3Q-M2XP', receivedAt: 'x', promisedBy: 'y', status: 'received' };
    const { baseUrl, seen } = await serverThat({ status: 202, body: receipt });
    const client = createClient({ baseUrl, headers: { origin: baseUrl } });
    const { status, body } = await client.call(apply, {
      params: { portal: 'harborview' },
      body: ada,
      idempotencyKey: 'k-1',
    });
    expect({ status, body }).toEqual({ status: 202, body: receipt });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/api/v1/portals/harborview/applications' });
    expect(seen[0]?.headers).toMatchObject({
      'x-gatehouse': '1',
      'idempotency-key': 'k-1',
      'content-type': 'application/json',
      origin: baseUrl,
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual(ada);
  });

  it('throws a refusal as the problem it is, and anything else as an error', async () => {
    const refusal = toProblemJson(new Problem('too_many_requests'), 'r');
    const { baseUrl } = await serverThat(
      { status: 429, body: refusal, headers: { 'retry-after': '7' } },
      { status: 502, body: '<html>' },
    );
    const client = createClient({ baseUrl });
    await expect(client.call(listCases)).rejects.toMatchObject({ code: 'too_many_requests', retryAfterSeconds: 7 });
    await expect(client.call(listCases)).rejects.toThrow('502');
  });

  it('keeps cookies where it is given a place for them', async () => {
    const { baseUrl, seen } = await serverThat(
      { status: 200, body: { account: {} }, headers: { 'set-cookie': 'gh_account_harborview=abc; Path=/; HttpOnly' } },
      { status: 204, headers: { 'set-cookie': 'gh_account_harborview=; Path=/; Max-Age=0' } },
    );
    const cookies = new Map<string, string>();
    const client = createClient({ baseUrl, cookies });
    const params = { portal: 'harborview' };
    await client.call(signIn, { params, body: { login: 'ada', password: 'a short sentence' } });
    expect(Object.fromEntries(cookies)).toEqual({ gh_account_harborview: 'abc' });
    const { status, body } = await client.call(signOut, { params });
    expect([status, body]).toEqual([204, undefined]);
    expect(seen[1]?.headers.cookie).toBe('gh_account_harborview=abc');
    expect(cookies.size).toBe(0);
  });

  it('writes addresses that cannot leave their path', () => {
    expect(addressOf(readCase, { params: { caseId: '../x?y' } })).toBe('/api/v1/staff/cases/..%2Fx%3Fy');
    expect(addressOf(listCases, { query: { state: ['submitted', 'in_review'], page: 2, q: undefined } })).toBe(
      '/api/v1/staff/cases?state=submitted&state=in_review&page=2',
    );
  });
});
