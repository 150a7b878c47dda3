import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addressOf } from '../../contract/client.ts';
import type { RouteDescriptor } from '../../contract/route.ts';
import * as activations from '../../contract/routes/public/activations.ts';
import * as applications from '../../contract/routes/public/applications.ts';
import { thisWasNotMe } from '../../contract/routes/public/not-me.ts';
import { signIn } from '../../contract/routes/public/session.ts';
import { staffSignIn } from '../../contract/routes/staff/session.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { notMeToken } from '../../store/not-me.ts';
import { type Stack, startStack } from '../support/stack.ts';
import {
  act,
  activates,
  applicant,
  applies,
  changePolicy,
  goodPassword,
  hasCode,
  params,
  portal,
  readOf,
  signedIn,
  until,
  withoutLimits,
} from '../support/stories.ts';
import { openVisitor, type RawAnswer, sendRaw, unlikeContract, type Visitor } from '../support/visitor.ts';

let stack: Stack;
let database: Database;
let staff: Visitor;

beforeAll(async () => {
  stack = await startStack({ demo: true });
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 3, name: 'doors' });
  staff = await signedIn(stack, 'supervisor');
  await changePolicy(staff, withoutLimits);
}, 120_000);

afterAll(async () => {
  await database?.close();
  await stack?.stop();
}, 60_000);

const json = { 'content-type': 'application/json' };

/** Posts to a route by hand; the answer is held against the route's contract. */
async function posts(
  route: RouteDescriptor,
  body: unknown,
  { headers = {}, of = portal, raw }: { headers?: Record<string, string>; of?: string; raw?: string | Buffer } = {},
): Promise<RawAnswer> {
  const answer = await sendRaw(stack.apiUrl, {
    method: route.method.toUpperCase(),
    path: addressOf(route, { params: { portal: of } }),
    headers: { ...json, ...(route.idempotent && { 'idempotency-key': randomUUID() }), ...headers },
    body: raw ?? JSON.stringify(body),
  });
  expect(unlikeContract(route, answer)).toEqual([]);
  return answer;
}

const codeOf = ({ text }: RawAnswer): string => JSON.parse(text).code;

describe('guessing', () => {
  it('five wrong proofs burn an access code; staff see it; the right one is refused like any other', async () => {
    const claim = applicant('burn');
    const { id, accessCode } = await hasCode(stack, staff, database, claim);
    const wrong = `${accessCode.slice(0, 10)}${accessCode.slice(10).replace(/[0-9A-Z]/g, (one) => (one === '7' ? '8' : '7'))}`;
    for (let tries = 0; tries < 5; tries += 1) {
      expect(codeOf(await posts(activations.startActivation, { accessCode: wrong }))).toBe('access_code_not_accepted');
    }
    expect(codeOf(await posts(activations.startActivation, { accessCode }))).toBe('access_code_not_accepted');
    const seen = await readOf(staff, id);
    expect(seen).toMatchObject({ waitingOn: 'staff', secret: { state: 'burned', failedAttempts: 5 } });
    expect(seen.flags).toContain('code_burned');
  });

  it('16 wrong proofs at once are no more than five', async () => {
    const { id, accessCode } = await hasCode(stack, staff, database, applicant('burnfast'));
    const wrong = `${accessCode.slice(0, 10)}${accessCode.slice(10).replace(/[0-9A-Z]/g, (one) => (one === '7' ? '8' : '7'))}`;
    await Promise.all(Array.from({ length: 16 }, () => posts(activations.startActivation, { accessCode: wrong })));
    expect((await readOf(staff, id)).secret).toMatchObject({ state: 'burned', failedAttempts: 5 });
  });

  it('five wrong dates of birth burn it too, and the activation ends with it', async () => {
    const { id, accessCode } = await hasCode(stack, staff, database, applicant('dates'));
    const visitor = openVisitor(stack.apiUrl);
    await visitor.does(activations.startActivation, { params, body: { accessCode } });
    const left: (number | undefined)[] = [];
    for (let day = 1; day <= 5; day += 1) {
      const body = { dateOfBirth: `1980-01-0${day}` };
      const { problem } = await visitor.call(activations.confirmIdentity, { params, body });
      left.push(problem?.triesLeft);
    }
    expect(left).toEqual([4, 3, 2, 1, 0]);
    const { problem } = await visitor.call(activations.readActivation, { params });
    expect(problem?.code).toMatch(/^(no_activation|activation_ended)$/);
    expect((await readOf(staff, id)).flags).toContain('code_burned');
  });

  it('ten wrong dates close a reference to the public, over all its routes, silently', async () => {
    const claim = applicant('close');
    const { reference } = await applies(stack, claim);
    const proof = { reference, dateOfBirth: claim.dateOfBirth };
    const wrong = { reference, dateOfBirth: '1980-01-01' };
    const doors = [applications.readApplicationStatus, applications.withdrawApplication] as const;
    for (let tries = 0; tries < 10; tries += 1) {
      expect(codeOf(await posts(doors[tries % 2] ?? doors[0], wrong))).toBe('no_such_application');
    }
    for (const route of doors) expect(codeOf(await posts(route, proof))).toBe('no_such_application');
    expect((await posts(applications.renewAccessCode, proof)).status).toBe(202);
  });

  it('text that is not code-shaped counts nowhere; blanks, hyphens, case and look-alikes are forgiven', async () => {
    const { id, accessCode } = await hasCode(stack, staff, database, applicant('typed'));
    for (const typed of ['', accessCode.slice(0, -1), `${accessCode}7`, 'q.typed', accessCode.replace(/-/g, '/')]) {
      expect((await posts(activations.startActivation, { accessCode: typed })).status).toBe(422);
    }
    expect((await readOf(staff, id)).secret).toMatchObject({ state: 'live', failedAttempts: 0 });
    const forgiven = [
      ` ${accessCode.toLowerCase().replaceAll('-', ' ')} `,
      accessCode.replaceAll('-', '').replaceAll('0', 'O').replaceAll('1', 'l'),
      accessCode.replaceAll('-', '–').replaceAll('1', 'I').replaceAll('0', 'o'),
    ];
    for (const typed of forgiven) {
      expect((await posts(activations.startActivation, { accessCode: typed })).status).toBe(201);
    }
    // A code of one portal is unknown to another.
    const elsewhere = await posts(activations.startActivation, { accessCode }, { of: 'maplestreet' });
    expect(codeOf(elsewhere)).toBe('access_code_not_accepted');
  });
});

describe('answers that must not tell known from unknown', () => {
  const unknownReference = 'GH-0000-0000';

  it('status, answers and withdrawals: a wrong date, an unknown and an unreadable reference', async () => {
    const claim = applicant('alike');
    const { reference } = await applies(stack, claim);
    const wrong = { reference, dateOfBirth: '1990-12-12' };
    const unknown = { reference: unknownReference, dateOfBirth: claim.dateOfBirth };
    const unreadable = { reference: 'my application', dateOfBirth: claim.dateOfBirth };
    for (const route of [applications.readApplicationStatus, applications.withdrawApplication]) {
      expectAlike(await inTurn([wrong, unknown, unreadable], (body) => posts(route, body)));
    }
    expectAlike(
      await inTurn([wrong, unknown, unreadable], (body) =>
        posts(applications.answerQuestions, { ...body, answers: ['yes'] }),
      ),
    );
    expectAlike(
      await inTurn([{ ...unknown, reference, dateOfBirth: claim.dateOfBirth }, wrong, unknown, unreadable], (body) =>
        posts(applications.renewAccessCode, body),
      ),
    );
    const right = { reference, dateOfBirth: claim.dateOfBirth };
    expectAlike(
      await inTurn([of('harborview'), of('summit')], (at) =>
        posts(applications.readApplicationStatus, at === of('summit') ? right : wrong, { of: at }),
      ),
    );
  });

  it('activations: unknown, used, revoked, superseded, expired, burned, of another portal, and no code at all', async () => {
    const [used, revoked, superseded, expired] = await Promise.all(
      ['used', 'revoked', 'superseded', 'expired'].map(async (tag) => {
        const claim = applicant(`alike${tag}`);
        return { claim, ...(await hasCode(stack, staff, database, claim)) };
      }),
    );
    if (!used || !revoked || !superseded || !expired) throw new Error('four codes');
    await activates(stack, { ...used, username: 'alike.used' });
    expect((await act(staff, await readOf(staff, revoked.id), 'revoke', { reason: 'suspected_fraud' })).status).toBe(
      200,
    );
    expect((await act(staff, await readOf(staff, superseded.id), 'reissue')).status).toBe(200);
    expect((await act(staff, await readOf(staff, expired.id), 'expireNow')).status).toBe(200);
    const codes = [
      '7777-7777-7777-7777',
      used.accessCode,
      revoked.accessCode,
      superseded.accessCode,
      expired.accessCode,
      'not a code',
    ];
    expectAlike(await inTurn(codes, (accessCode) => posts(activations.startActivation, { accessCode })));
  });

  it('session: an unknown name, a wrong password, a suspended account, an address', async () => {
    const claim = applicant('signin');
    const { accessCode } = await hasCode(stack, staff, database, claim);
    await activates(stack, { accessCode, claim, username: 'alike.known' });
    const tries = [
      { login: 'alike.known', password: 'not the right password' },
      { login: 'nobody.of.that.name', password: 'not the right password' },
      { login: claim.email, password: goodPassword },
      { login: 'alike.used', password: 'not the right password' },
      { login: 'alike\u0000known', password: 'not the right password' },
      { login: 'a\u0000@mail.example', password: 'not\u0000right' },
    ];
    expectAlike(await inTurn(tries, (body) => posts(signIn, body)));
    const right = { login: 'alike.known', password: goodPassword };
    expect((await posts(signIn, right)).status).toBe(200);
    await database.query(`UPDATE accounts SET state = 'suspended' WHERE username = 'alike.known'`);
    expectAlike(await inTurn([right, tries[1]], (body) => posts(signIn, body)));
    await database.query(`UPDATE accounts SET state = 'active' WHERE username = 'alike.known'`);
    // A right password while throttled is refused like a wrong one.
    const throttled = applicant('throttled');
    const code = (await hasCode(stack, staff, database, throttled)).accessCode;
    await activates(stack, { accessCode: code, claim: throttled, username: 'alike.throttled' });
    for (let tries = 0; tries < 4; tries += 1) {
      await posts(signIn, { login: 'alike.throttled', password: 'not the right password' });
    }
    const both = [goodPassword, 'not the right password'].map((password) => ({ login: 'alike.throttled', password }));
    expectAlike(await inTurn(both, (body) => posts(signIn, body)));
  });

  it('staff sign-in: an unknown and a known address', async () => {
    const tries = ['nobody@gatehouse.example', 'auditor@gatehouse.example', 'audi\u0000tor@gatehouse.example'];
    expectAlike(await inTurn(tries, (email) => posts(staffSignIn, { email, password: 'not the right password' })));
  });

  it('"this wasn’t me": a mail of ours, one of another portal, one of a closed case, and nonsense', async () => {
    const { reference } = await applies(stack, applicant('notme'));
    const [mail] = await database.query<{ id: string }>(
      'SELECT m.id FROM messages m JOIN cases c ON c.id = m.case_id WHERE c.reference = $1',
      [reference],
    );
    const token = notMeToken(stack.keys, mail?.id ?? '');
    const nonsense = Buffer.alloc(32).toString('base64url');
    const asked = [token, nonsense, 'x', token];
    // Each portal tells the end of its own next working day, and nothing of the token.
    for (const at of [portal, 'summit']) {
      expectAlike(await inTurn(asked, (one) => posts(thisWasNotMe, { token: one }, { of: at })));
    }
  });

  const of = (id: string) => id;
});

describe('calls from elsewhere', () => {
  it('are refused by the rule of the contract, for every mixture of cookie, Origin, Sec-Fetch-Site and X-Gatehouse', async () => {
    const own = stack.apiUrl.replace('127.0.0.1', 'localhost');
    const cases: { headers: Record<string, string>; isRefused: boolean }[] = [];
    for (const cookie of [undefined, 'gh_staff=x', 'gh_account_harborview=x', 'gh_activation_summit=x', 'other=x']) {
      for (const origin of [undefined, own, 'https://evil.example', 'null', stack.apiUrl]) {
        for (const site of [undefined, 'same-origin', 'none', 'same-site', 'cross-site']) {
          for (const mark of [undefined, '1', '0']) {
            const isForeign = (origin !== undefined && origin !== own) || site === 'same-site' || site === 'cross-site';
            const hasOurs = cookie?.startsWith('gh_') ?? false;
            const isProven = (origin !== undefined || site !== undefined) && mark === '1';
            const headers = { cookie, origin, 'sec-fetch-site': site, 'x-gatehouse': mark };
            cases.push({
              headers: Object.fromEntries(
                Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
              ),
              isRefused: isForeign || (hasOurs && !isProven),
            });
          }
        }
      }
    }
    const wrong: string[] = [];
    for (let at = 0; at < cases.length; at += 25) {
      await Promise.all(
        cases.slice(at, at + 25).map(async ({ headers, isRefused }) => {
          const { status, text } = await posts(thisWasNotMe, { token: 'x' }, { headers });
          const isAsExpected = isRefused ? status === 403 && JSON.parse(text).code === 'csrf_refused' : status === 202;
          if (!isAsExpected) wrong.push(`${JSON.stringify(headers)}: ${status}`);
        }),
      );
    }
    expect(cases).toHaveLength(375);
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('bodies', () => {
  const good = applicant('bodies');

  it('of another kind, too large, too deep or with forbidden keys are refused before they are read', async () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const refused: [string, string | Buffer, Record<string, string>, number, string][] = [
      [
        'a form',
        'firstName=Quinn',
        { 'content-type': 'application/x-www-form-urlencoded' },
        415,
        'unsupported_media_type',
      ],
      ['plain text', JSON.stringify(good), { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
      ['no type', JSON.stringify(good), { 'content-type': '' }, 415, 'unsupported_media_type'],
      [
        'another charset',
        JSON.stringify(good),
        { 'content-type': 'application/json; charset=utf-16' },
        415,
        'unsupported_media_type',
      ],
      ['packed', JSON.stringify(good), { 'content-encoding': 'gzip' }, 415, 'unsupported_media_type'],
      ['1 MB', JSON.stringify({ ...good, message: 'x'.repeat(1_048_576) }), {}, 413, 'too_large'],
      ['64 KiB and a little', `${JSON.stringify(good)}${' '.repeat(65_536)}`, {}, 413, 'too_large'],
      ['cut off', '{"firstName": "Quinn"', {}, 400, 'malformed'],
      ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), {}, 400, 'malformed'],
      ['17 deep', nested(17), {}, 400, 'malformed'],
      ['deep as a stack', '['.repeat(30_000) + ']'.repeat(30_000), {}, 400, 'malformed'],
      ['half a character', JSON.stringify({ ...good, city: '\ud800' }), {}, 400, 'malformed'],
      ['half a character in a key', `{"\\udc00": 1}`, {}, 400, 'malformed'],
      ['__proto__', `{"__proto__": {"isAdmin": true}, ${JSON.stringify(good).slice(1)}`, {}, 400, 'malformed'],
      ['constructor', `{"constructor": {"prototype": {}}, ${JSON.stringify(good).slice(1)}`, {}, 400, 'malformed'],
      ['16 deep', nested(16), {}, 422, 'validation_failed'],
      ['a list', '[]', {}, 422, 'validation_failed'],
      ['nothing', 'null', {}, 422, 'validation_failed'],
      ['an unknown key', JSON.stringify({ ...good, role: 'supervisor' }), {}, 422, 'validation_failed'],
    ];
    for (const [what, raw, headers, status, code] of refused) {
      const answer = await posts(applications.apply, undefined, { raw, headers });
      expect({ what, status: answer.status, code: codeOf(answer) }).toEqual({ what, status, code });
    }
  });

  it('a megabyte without a length in front is cut off as well', async () => {
    const { status } = await sendChunked(`{"message": "${'x'.repeat(1_048_576)}"}`);
    expect(status).toBe(413);
  });

  it('values nobody may have are refused at their field', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const year = Number(today.slice(0, 4));
    const refused: [string, Record<string, unknown>][] = [
      ['firstName', { firstName: 'Qu\u0000inn' }],
      ['firstName', { firstName: 'Qu\u202einn' }],
      ['lastName', { lastName: 'Ma\u2066son' }],
      ['lastName', { lastName: 'Mason\r\nBcc: x' }],
      ['firstName', { firstName: '   ' }],
      ['firstName', { firstName: '12345' }],
      ['firstName', { firstName: 'x'.repeat(101) }],
      ['firstName', { firstName: { $ne: '' } }],
      ['lastName', { lastName: ['Mason'] }],
      ['email', { email: 'q@mail.example\r\nBcc: other@mail.example' }],
      ['email', { email: 'q@mail.example\n' }],
      ['email', { email: '"q mason"@mail.example' }],
      ['email', { email: 'q@[127.0.0.1]' }],
      ['email', { email: 'a@mail.example,b@mail.example' }],
      ['email', { email: 'q\u202e@mail.example' }],
      ['email', { email: `${'x'.repeat(65)}@mail.example` }],
      ['dateOfBirth', { dateOfBirth: '1979-02-31' }],
      ['dateOfBirth', { dateOfBirth: '1900-02-29' }],
      ['dateOfBirth', { dateOfBirth: '1979-2-3' }],
      ['dateOfBirth', { dateOfBirth: `${year + 1}-01-01` }],
      ['dateOfBirth', { dateOfBirth: '0001-01-01' }],
      ['dateOfBirth', { dateOfBirth: underAgeByOneDay() }],
      ['postalCode', { postalCode: '<b>02139</b>' }],
      ['phone', { phone: 'call me' }],
      ['message', { message: 'see \u202e this' }],
      ['message', { message: 'x'.repeat(2_001) }],
      ['language', { language: 'en;drop' }],
      ['sexAtBirth', { sexAtBirth: 'yes' }],
    ];
    for (const [field, change] of refused) {
      const answer = await posts(applications.apply, { ...good, ...change });
      expect({ change, status: answer.status, fields: Object.keys(JSON.parse(answer.text).errors ?? {}) }).toEqual({
        change,
        status: 422,
        fields: [field],
      });
    }
    expect(await countOf('cases', good.email)).toBe(0);
  });

  it('of age this very day is old enough; blanks around are forgiven', async () => {
    const answer = await posts(applications.apply, {
      ...applicant('ofage'),
      firstName: '  Quinn  ',
      dateOfBirth: ofAgeToday(),
      email: '  q.ofage@mail.example ',
    });
    expect(answer.status).toBe(202);
    expect(await countOf('cases', 'q.ofage@mail.example')).toBe(1);
  });

  it('the honeypot is thanked alike and stores nothing', async () => {
    const human = await posts(applications.apply, applicant('human'));
    const program = await posts(applications.apply, { ...applicant('program'), website: 'https://buy.example' });
    expect(program.status).toBe(human.status);
    expect(namesOf(program)).toEqual(namesOf(human));
    expect(Object.keys(JSON.parse(program.text))).toEqual(Object.keys(JSON.parse(human.text)));
    expect(JSON.parse(program.text).reference).toMatch(/^GH-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await countOf('cases', 'q.program.0@mail.example')).toBe(0);
    expect(await countOf('messages', 'q.program.0@mail.example')).toBe(0);
  });
});

describe('a burst beyond the limits', () => {
  it('leaves no rows, no workflows and no mails, and says when to come again', async () => {
    await changePolicy(staff, (policy) => {
      policy.limits = { applicationsPerHour: 3, statusPerHour: 3, activationsPerHour: 3, loginsPerMinute: 3 };
    });
    await database.query('DELETE FROM rate_limits');
    const before = await everything();
    const burst = Array.from({ length: 60 }, (_, number) => applicant('burst', number));
    const answers = await Promise.all(burst.map((claim) => posts(applications.apply, claim)));
    const taken = answers.filter(({ status }) => status === 202).length;
    expect(taken).toBe(3);
    for (const refused of answers.filter(({ status }) => status !== 202)) {
      expect(codeOf(refused)).toBe('too_many_requests');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    }
    await until(async () => (await outbox()) === 0, 20_000, 'the engine has been told');
    const after = await everything();
    expect(after.cases - before.cases).toBe(3);
    expect(after.applications - before.applications).toBe(3);
    expect(after.messages - before.messages).toBe(3);
    expect(after.idempotency_keys - before.idempotency_keys).toBe(3);
    expect(after.secrets).toBe(before.secrets);

    const doors = [
      [applications.readApplicationStatus, { reference: 'GH-0000-0000', dateOfBirth: '1980-01-01' }],
      [activations.startActivation, { accessCode: '7777-7777-7777-7777' }],
      [signIn, { login: 'nobody', password: 'not the right password' }],
    ] as const;
    for (const [route, body] of doors) {
      const statuses: number[] = [];
      for (let tries = 0; tries < 5; tries += 1) statuses.push((await posts(route, body)).status);
      expect(statuses.map((status) => status === 429)).toEqual([false, false, false, true, true]);
    }
    // The forwarded address is anybody's to write; it opens no new window.
    const forged = await posts(doors[1][0], doors[1][1], {
      headers: { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' },
    });
    expect(forged.status).toBe(429);
  }, 60_000);
});

async function inTurn<One>(all: readonly One[], ask: (one: One) => Promise<RawAnswer>): Promise<RawAnswer[]> {
  const answers: RawAnswer[] = [];
  for (const one of all) answers.push(await ask(one));
  return answers;
}

/** Alike to the byte: status, headers in their order, body; apart from what names the request and the second. */
function expectAlike(answers: readonly RawAnswer[]): void {
  const seen = answers.map(({ status, rawHeaders, text, headers }) => ({
    status,
    headers: rawHeaders.map((part, at) =>
      /^(x-request-id|date)$/i.test(rawHeaders[at - 1] ?? '') && at % 2 ? '…' : part,
    ),
    body: text.replace(String(headers['x-request-id']), '…'),
  }));
  for (const one of seen) expect(one).toEqual(seen[0]);
}

const namesOf = ({ rawHeaders }: RawAnswer): string[] => rawHeaders.filter((_, at) => at % 2 === 0);

/** The portal's minimum age is 18; its day is New York's. */
function ofAgeToday(): string {
  const [year, rest] = [inNewYork().slice(0, 4), inNewYork().slice(4)];
  return `${Number(year) - 18}${rest}`.replace(/-02-29$/, '-02-28');
}

function underAgeByOneDay(): string {
  const dayAfter = new Date(Date.parse(`${ofAgeToday()}T12:00:00Z`) + 86_400_000);
  return dayAfter.toISOString().slice(0, 10);
}

const inNewYork = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(new Date());

async function sendChunked(body: string): Promise<{ status: number }> {
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body));
      controller.close();
    },
  });
  const { status } = await fetch(`${stack.apiUrl}${addressOf(applications.apply, { params })}`, {
    method: 'POST',
    headers: { ...json, 'idempotency-key': randomUUID() },
    body: stream,
    duplex: 'half',
  } as RequestInit);
  return { status };
}

async function countOf(table: 'cases' | 'messages', email: string): Promise<number> {
  const column = table === 'cases' ? 'email' : 'to_address';
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE ${column} = $1`,
    [email],
  );
  return row?.count ?? -1;
}

const counts = ['cases', 'applications', 'messages', 'idempotency_keys', 'secrets'] as const;

async function everything(): Promise<Record<(typeof counts)[number], number>> {
  const [row] = await database.query<Record<(typeof counts)[number], number>>(
    `SELECT ${counts.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(', ')}`,
  );
  if (!row) throw new Error('counts answer');
  return row;
}

async function outbox(): Promise<number> {
  const [row] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM outbox');
  return row?.count ?? -1;
}
