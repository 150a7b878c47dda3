import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Problem } from '../contract/problems.ts';
import { confirmIdentity, readActivation, startActivation } from '../contract/routes/public/activations.ts';
import { apply, readApplicationStatus } from '../contract/routes/public/applications.ts';
import { readPortal } from '../contract/routes/public/portals.ts';
import { exportCases } from '../contract/routes/staff/cases.ts';
import { startTestApi, type TestApi } from '../test/support/api.ts';
import { harborview } from '../test/support/house.ts';
import { inProcessCalls } from './in-process-calls.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
afterEach(() => api.forgetLimits());

const params = { portal: harborview };
const adaFerris = {
  firstName: 'Ada',
  lastName: 'Ferris',
  dateOfBirth: '1984-02-29',
  email: 'ada.ferris@mail.example',
  postalCode: '02139',
};
const callsOf = (cookie?: string, ip = '192.0.2.7') =>
  inProcessCalls({ cookie, ip, userAgent: 'test' }, api.dependencies);

/** The problem a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<Problem> {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof Problem)) throw new Error(`no problem but ${String(thrown)}`);
  return thrown;
}

it('answers as over the network', async () => {
  const { body } = await api.client().portal('get', '?language=es');
  expect(await callsOf().call(readPortal, { params, query: { language: 'es' } })).toEqual(body);
});

it('refuses as over the network: validation, what is not there, and the order of both', async () => {
  const body = { ...adaFerris, email: 'nobody', dateOfBirth: '1984-02-31' };
  const wrong = await refusal(callsOf().call(apply, { params, body, idempotencyKey: randomUUID() }));
  expect([wrong.code, Object.keys(wrong.errors ?? {}).sort()]).toEqual(['validation_failed', ['dateOfBirth', 'email']]);
  const nowhere = await refusal(callsOf().call(readPortal, { params: { portal: 'nowhere' } }));
  expect([nowhere.code, nowhere.status]).toEqual(['not_found', 404]);
  const keyless = await refusal(callsOf().call(apply, { params, body: adaFerris }));
  expect(keyless.code).toBe('idempotency_key_required');
});

it('counts by the address of whoever looks at the page, and says when to come again', async () => {
  await api.house.portal('busy', (policy) => {
    policy.limits.statusPerHour = 2;
  });
  const look = (ip: string) =>
    refusal(
      callsOf(undefined, ip).call(readApplicationStatus, {
        params: { portal: 'busy' },
        body: { reference: 'GH-0000-0000', dateOfBirth: '1984-02-29' },
      }),
    );
  expect([(await look('192.0.2.1')).code, (await look('192.0.2.1')).code]).toEqual([
    'no_such_application',
    'no_such_application',
  ]);
  const refused = await look('192.0.2.1');
  expect([refused.code, Number(refused.retryAfterSeconds) > 0]).toEqual(['too_many_requests', true]);
  expect((await look('192.0.2.2')).code).toBe('no_such_application');
});

it('one key, one application', async () => {
  const wish = { params, body: { ...adaFerris, email: 'one.key@mail.example' }, idempotencyKey: randomUUID() };
  const [first, second] = [await callsOf().call(apply, wish), await callsOf().call(apply, wish)];
  expect(second).toEqual(first);
});

it('cookies that an answer sets count for the calls after it, and leave with the page', async () => {
  const { id } = await api.house.caseIn('code_sent');
  const calls = callsOf('theme=dark');
  await calls.call(startActivation, { params, body: { accessCode: await api.secretOf('access_code', id) } });
  expect(calls.setCookies).toEqual([expect.stringMatching(/^gh_activation_harborview=[^;]+; .*HttpOnly/)]);
  const view = await calls.call(readActivation, { params });
  expect(await calls.call(confirmIdentity, { params, body: { dateOfBirth: adaFerris.dateOfBirth } })).not.toEqual(view);
  const cookie = calls.setCookies.map((text) => text.split(';')[0]).join('; ');
  expect(await callsOf(cookie).call(readActivation, { params })).toMatchObject({ step: expect.any(String) });
  expect((await refusal(callsOf('theme=dark').call(readActivation, { params }))).code).toBe('no_activation');
});

it('a fault is a problem without a word of what it was', async () => {
  const before = api.logged.length;
  await api.house.owner.query('ALTER TABLE applications RENAME TO applications_gone');
  const fault = await refusal(callsOf().call(apply, { params, body: adaFerris, idempotencyKey: randomUUID() }));
  await api.house.owner.query('ALTER TABLE applications_gone RENAME TO applications');
  expect([fault.code, fault.status]).toEqual(['internal_error', 500]);
  expect(JSON.stringify(fault)).not.toMatch(/relation|Ferris/);
  expect(api.logged.slice(before).join('')).not.toMatch(/Ferris|mail\.example/);
});

it('has no way to what streams', async () => {
  await expect(callsOf().call(exportCases, {})).rejects.toThrow(/cannot be called in process/);
});
