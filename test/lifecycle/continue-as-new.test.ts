import { afterAll, beforeAll, expect, it } from '@jest/globals';
import proto from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTemporal } from '../../dev/find-temporal.ts';
import { messageNames, type Plan } from '../../engine/names.ts';
import { ensureSearchAttributes } from '../../engine/namespace.ts';
import { day, type Gatehouse, startGatehouse } from '../support/gatehouse.ts';
import { registrationStoriesIn } from './registration-stories.ts';
import { type Stories, storiesIn } from './stories.ts';

// On the dev server, which suggests to begin anew after as few events as one likes (and keeps the summaries); time is real.

let gatehouse: Gatehouse;
let stories: Stories;

beforeAll(async () => {
  gatehouse = await startGatehouse(() => {}, {
    server: async (converter) => {
      const path = await findTemporal({ log: () => {} });
      const environment = await TestWorkflowEnvironment.createLocal({
        server: {
          executable: { type: 'existing-path', path },
          ui: false,
          log: { format: 'pretty', level: 'error' },
          extraArgs: ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=60'],
        },
        client: { dataConverter: converter },
      });
      await ensureSearchAttributes(environment.connection, environment.namespace ?? 'default');
      return environment;
    },
  });
  stories = await storiesIn(gatehouse);
}, 120_000);
afterAll(() => gatehouse?.stop());

it('a run with a long history begins anew: same plan, nothing done twice, no personal word in either', async () => {
  const row = await stories.caseIn('code_sent', { firstName: 'Zebulonia', lastName: 'Quackenbosch' });
  const { runId } = await gatehouse.runOf(row.id).describe();
  // Each a word of its own, so that the history grows.
  for (let step = 1; step <= 12; step += 1) {
    const until = new Date((row.expiresAt?.getTime() ?? 0) + step * day);
    await stories.does(row, 'extend', stories.ana, { input: { until } });
  }
  const anew = await gatehouse.runOf(row.id).describe();
  expect(anew.runId).not.toBe(runId);
  expect(anew.status.name).toBe('RUNNING');
  const last = await gatehouse.row(row.id);
  const plan = await gatehouse.runOf(row.id).query<Plan>(messageNames.plan);
  expect(plan).toMatchObject({ state: 'code_sent', version: last.version });
  expect(plan.waitsFor.at(-1)).toEqual({ name: 'code_expires', firesAt: last.expiresAt?.toISOString() });
  expect(anew.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])).toEqual(
    expect.arrayContaining([
      ['CaseState', 'code_sent'],
      ['ExpiresAt', last.expiresAt],
    ]),
  );

  await stories.activates(row);
  expect(await gatehouse.runOf(row.id).result()).toBe('activated');
  expect(await gatehouse.mailsOf(row.id)).toEqual(['application_received', 'access_code', 'account_activated']);

  const { History } = proto.temporal.api.history.v1;
  const first = gatehouse.environment.client.workflow.getHandle(gatehouse.runOf(row.id).workflowId, runId);
  const [before, after] = (await Promise.all([first.fetchHistory(), gatehouse.runOf(row.id).fetchHistory()])).map(
    (history) => Buffer.from(History.encode(history).finish()).toString('latin1'),
  );
  for (const history of [before, after]) {
    const leaked = ['Zebulonia', 'Quackenbosch', '@mail.example', ...stories.codesTo(row.email)];
    expect(leaked.filter((text) => history?.includes(text))).toEqual([]);
    expect(history?.includes('"reminder"')).toBe(true);
  }
  const shown = [`"application ${row.reference}"`, '"mail access_code"', '"issue code"', '"turns_due"'];
  expect(shown.filter((text) => !before?.includes(text))).toEqual([]);
}, 60_000);

it('a registration’s run as well: same plan, the same link, nothing done twice', async () => {
  const registrations = await registrationStoriesIn(gatehouse);
  const row = await registrations.caseIn('identified');
  const run = registrations.runOf(row);
  const { runId } = await run.describe();
  for (let step = 1; step <= 12; step += 1) {
    const until = new Date((row.expiresAt?.getTime() ?? 0) + step * day);
    await registrations.does(row, 'extend', registrations.ana, { input: { until } });
  }
  const anew = await run.describe();
  expect(anew.runId).not.toBe(runId);
  expect(anew.status.name).toBe('RUNNING');
  const last = await gatehouse.row(row.id);
  const plan = await run.query<Plan>(messageNames.plan);
  expect(plan).toMatchObject({ state: 'identified', version: last.version });
  expect(plan.waitsFor.map(({ name }) => name)).toEqual(['reminder', 'reminder', 'link_expires']);
  expect(plan.waitsFor.at(-1)?.firesAt).toBe(last.expiresAt?.toISOString());
  expect(await registrations.standingOf(registrations.linksTo(row.email))).toEqual(['live']);

  await registrations.registers(row);
  expect(await run.result()).toBe('registered');
  expect(await gatehouse.mailsOf(row.id)).toEqual(['registration_invitation', 'registration_confirmation']);
}, 60_000);
