import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import fc from 'fast-check';
import pg from 'pg';
import { findTimeSkippingServer } from '../../dev/time-skipping-server.ts';
import { addDuration, subtractDuration } from '../../domain/time/duration.ts';
import { failureConverterPath } from '../../engine/data-converter.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { durations, Question } from './durations-workflow.ts';

const zones = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Phoenix',
  'America/St_Johns',
  'Europe/London',
  'Europe/Berlin',
  'Australia/Lord_Howe', // half an hour of summer time
  'Antarctica/Troll', // two hours
  'Pacific/Chatham',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
];
const casesAtOnce = 200;

const part = (unit: string, max: number) =>
  fc.option(
    fc.integer({ min: 0, max }).map((n) => `${n}${unit}`),
    { nil: '' },
  );
const anyDuration = fc
  .record({
    date: fc.tuple(part('Y', 12), part('M', 30), part('W', 30), part('D', 400)),
    time: fc.tuple(part('H', 100), part('M', 300), part('S', 100_000)),
  })
  .map(({ date, time }) => `P${date.join('')}${time.join('') === '' ? '' : `T${time.join('')}`}`)
  .filter((text) => text !== 'P');
const usualDuration = fc.constantFrom('P60D', 'P30D', 'P53D', 'P180D', 'P6M', 'P1M', 'P7D', 'PT24H', 'PT20S', 'P1Y');

/** Anywhere in ninety years, and often within a day of an hour that the clocks skip or repeat. */
const anywhere = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2100, 0, 1) });
const nearAChange = fc
  .tuple(
    fc.integer({ min: 2010, max: 2060 }),
    fc.constantFrom(2, 3, 9, 10),
    fc.integer({ min: 0, max: 30 * 86_400_000 }),
  )
  .map(([year, month, ms]) => Date.UTC(year, month, 1) + ms);
/** Such that adding the duration lands on one: a Sunday's small hours in spring or autumn. */
const onTheHour = fc
  .tuple(
    fc.integer({ min: 2024, max: 2040 }),
    fc.constantFrom(2, 3, 9, 10),
    fc.integer({ min: 1, max: 31 }),
    fc.integer({ min: 0, max: 96 }),
  )
  .map(([year, month, date, quarters]) => Date.UTC(year, month, date) + quarters * 900_000);

const anyQuestion: fc.Arbitrary<Question> = fc.tuple(
  fc.oneof(anywhere, nearAChange, onTheHour),
  fc.oneof(anyDuration, usualDuration),
  fc.constantFrom(...zones),
);
const questions = fc.array(anyQuestion, { minLength: casesAtOnce, maxLength: casesAtOnce, size: 'max' });

let testDatabase: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  client = new pg.Client({ connectionString: testDatabase.appUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await testDatabase.drop();
});

/** What PostgreSQL says of all of them, in one statement. */
async function answersOfSql(asked: readonly Question[], add: 'date_add' | 'date_subtract'): Promise<number[]> {
  const { rows } = await client.query<{ ms: string }>(
    `SELECT (extract(epoch FROM ${add}(to_timestamp(q.ms / 1000.0), q.duration::interval, q.zone)) * 1000)::bigint AS ms
     FROM unnest($1::bigint[], $2::text[], $3::text[]) WITH ORDINALITY AS q(ms, duration, zone, no) ORDER BY q.no`,
    [asked.map(([at]) => at), asked.map(([, duration]) => duration), asked.map(([, , zone]) => zone)],
  );
  return rows.map(({ ms }) => Number(ms));
}

const differing = (asked: readonly Question[], ours: readonly number[], theirs: readonly number[]) =>
  asked.flatMap(([at, duration, zone], index) =>
    ours[index] === theirs[index]
      ? []
      : [`${new Date(at).toISOString()} ${duration} ${zone}: ${ours[index]} here, ${theirs[index]} there`],
  );

describe('a duration added to an instant, in a zone', () => {
  it.each([
    ['date_add', addDuration],
    ['date_subtract', subtractDuration],
  ] as const)(
    'is PostgreSQL’s %s to the millisecond',
    async (name, step) => {
      await fc.assert(
        fc.asyncProperty(questions, async (asked) => {
          const ours = asked.map(([at, duration, zone]) => step(new Date(at), duration, zone).getTime());
          expect(differing(asked, ours, await answersOfSql(asked, name))).toEqual([]);
        }),
        { numRuns: 30, endOnFailure: true },
      );
    },
    60_000,
  );

  it('is the same in the sandbox of a workflow', async () => {
    Runtime.install({
      logger: new DefaultLogger('ERROR', () => undefined),
      telemetryOptions: { logging: { forward: {}, filter: 'OFF' } },
    });
    const asked = fc.sample(anyQuestion, 2_000);
    const ours = asked.map(([at, duration, zone]) => addDuration(new Date(at), duration, zone).getTime());
    expect(differing(asked, ours, await answersOfSandbox(asked))).toEqual([]);
    expect(differing(asked, ours, await answersOfSql(asked, 'date_add'))).toEqual([]);
  }, 60_000);
});

async function answersOfSandbox(asked: readonly Question[]): Promise<number[]> {
  const path = await findTimeSkippingServer(() => {});
  const [environment, workflowBundle] = await Promise.all([
    TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } }),
    bundleWorkflowCode({
      workflowsPath: join(import.meta.dirname, 'durations-workflow.ts'),
      failureConverterPath,
      logger: new DefaultLogger('ERROR', () => undefined),
    }),
  ]);
  try {
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      taskQueue: 'rules',
      workflowBundle,
    });
    const options = { taskQueue: 'rules', workflowId: 'durations', args: [asked] as [readonly Question[]] };
    return await worker.runUntil(environment.client.workflow.execute<typeof durations>('durations', options));
  } finally {
    await environment.teardown();
  }
}
