import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  actOnCampaign,
  createCampaign,
  downloadCampaignResults,
  readCampaign,
} from '../../contract/routes/staff/campaigns.ts';
import { importPatientRecords } from '../../contract/routes/staff/patient-records.ts';
import type { CampaignProblem } from '../../domain/registration/obstacles.ts';
import { connectClient } from '../../engine/connection.ts';
import { campaignWorkflowId } from '../../engine/names.ts';
import { verifyAudit } from '../../store/audit-verification.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { codecKeys } from '../../store/key-ring.ts';
import { type PlainRelay, startPlainRelay } from '../support/plain-relay.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { signedIn, until } from '../support/stories.ts';
import type { Visitor } from '../support/visitor.ts';

// The worker is a real process, killed where it is busiest: in the middle of parts, mails and words to the engine.

const portal = 'maplestreet';
const people = 2_000;
let relay: PlainRelay;
let stack: Stack;
let database: Database;
let supervisor: Visitor;

beforeAll(async () => {
  relay = await startPlainRelay();
  stack = await startStack({ demo: true, smtpUrl: relay.url });
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 3, name: 'campaign faults' });
  supervisor = await signedIn(stack, 'supervisor');
}, 120_000);

afterAll(async () => {
  await database?.close();
  await stack?.stop();
  await relay?.close();
}, 60_000);

/** Of every twenty people one is bad, in one of five ways. */
const ways = ['unknown_record', 'malformed', 'minor', 'no_address', 'duplicate'] as const;
const wayOf = (number: number): CampaignProblem | null =>
  number % 20 === 7 ? (ways[((number / 20) % 5) | 0] ?? null) : null;

const person = (number: number) => {
  const word = [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  return {
    mrn: `MC-${100_000 + number}`,
    lastName: `Kova${word}`,
    email: `k.${number}@mail.example`,
    way: wayOf(number),
  };
};
type Person = ReturnType<typeof person>;

const recordLine = ({ mrn, lastName, email, way }: Person): string =>
  [
    mrn,
    'Ada',
    lastName,
    way === 'minor' ? '2020-02-02' : '1984-02-29',
    '04101',
    way === 'no_address' ? '' : email,
  ].join(',');

/** A duplicate is the person before once more. */
const rowLine = ({ mrn, way }: Person, before: Person | undefined): string => {
  if (way === 'unknown_record') return `NO-${mrn},`;
  if (way === 'malformed') return `${mrn},nowhere`;
  return way === 'duplicate' ? `${before?.mrn},` : `${mrn},`;
};

it('of 2,000 rows, with the worker killed twice in the middle: every good one has its one mail, every bad one its reason', async () => {
  const all = Array.from({ length: people }, (_, number) => person(number));
  const good = all.filter(({ way }) => way === null);
  const header = 'mrn,firstName,lastName,dateOfBirth,postalCode,email';
  const { created } = await supervisor.does(importPatientRecords, {
    body: { portal, csv: [header, ...all.map(recordLine)].join('\n') },
  });
  expect(created).toBe(people);
  const csv = ['mrn,email', ...all.map((one, index) => rowLine(one, all[index - 1]))].join('\n');
  const draft = await supervisor.does(createCampaign, { body: { portal, name: 'Faults', csv, perMinute: 6_000 } });
  expect(draft.counts).toMatchObject({ rows: people, ready: good.length, refused: 100 });

  const params = { campaignId: draft.id };
  await supervisor.does(actOnCampaign, { params: { ...params, action: 'send' }, body: { version: draft.version } });
  const queued = async () => (await supervisor.does(readCampaign, { params })).counts.queued;
  for (const share of [0.3, 0.65]) {
    await until(async () => (await queued()) >= share * good.length, 60_000, `${share} of them are queued`);
    await stack.kill9('worker');
    expect(await queued()).toBeLessThan(good.length);
    await until(() => stack.pidOf('worker') !== undefined, 15_000, 'the launcher starts it again');
  }
  const state = async () => (await supervisor.does(readCampaign, { params })).state;
  await until(async () => (await state()) === 'done', 60_000, 'all are queued');
  await until(async () => (await unsettled()) <= 12, 90_000, 'all mails but those that were cut off are settled');
  // What was on its way at a kill is left alone for its lease.
  await database.query(`UPDATE clock_shift SET shift = shift + interval '50 seconds'`);
  await until(async () => (await unsettled()) === 0, 30_000, 'every mail is settled');

  const done = await supervisor.does(readCampaign, { params });
  expect(done.counts).toMatchObject({
    ready: 0,
    queued: good.length,
    refused: 100,
    mailTrouble: 0,
    mailed: good.length,
  });
  expect(new Map(done.problems.map(({ problem, count }) => [problem, count]))).toEqual(
    new Map(ways.map((way) => [way, 20])),
  );
  await everyGoodOneHasOneMail(good);
  await everyRowSaysWhatBecameOfIt(params, all);
  expect(await endOfRun(draft.id)).toBe('COMPLETED');
  expect((await verifyAudit(database)).problems).toEqual([]);
}, 240_000);

/** One message each; what was cut off between DATA and its receipt goes once more, under the same Message-ID. */
async function everyGoodOneHasOneMail(good: readonly Person[]): Promise<void> {
  const rows = await database.query<{ id: string; to: string; ambiguous: number }>(
    `SELECT m.id, m.to_address AS "to", m.ambiguous FROM messages m JOIN registrations g ON g.case_id = m.case_id
     WHERE g.campaign_id IS NOT NULL`,
  );
  expect(rows.map(({ to }) => to).sort()).toEqual(good.map(({ email }) => email).sort());
  const handedTo = new Map<string, { messageId: string }[]>();
  for (const one of relay.handed) handedTo.set(one.to, [...(handedTo.get(one.to) ?? []), one]);
  const wrong = rows.filter(({ id, to, ambiguous }) => {
    const handed = handedTo.get(to) ?? [];
    const isOne = new Set(handed.map(({ messageId }) => messageId.split('@', 1)[0])).size === 1;
    return !isOne || !handed[0]?.messageId.startsWith(id) || handed.length > 1 + ambiguous || handed.length > 2;
  });
  expect(wrong).toEqual([]);
  const addressed = new Set(good.map(({ email }) => email));
  expect(relay.handed.filter(({ to }) => /^k\.\d+@/.test(to) && !addressed.has(to))).toEqual([]);
}

async function everyRowSaysWhatBecameOfIt(params: { campaignId: string }, all: readonly Person[]): Promise<void> {
  const csv = await supervisor.does(downloadCampaignResults, { params });
  const lines = csv.trimEnd().split('\r\n').slice(1);
  const told = lines.map((line) => /^(\d+),.*?,(queued|refused|ready|not_sent),([a-z_]*),/.exec(line)?.slice(1));
  expect(told).toEqual(
    all.map(({ way }, index) => [String(index + 2), way === null ? 'queued' : 'refused', way ?? '']),
  );
}

async function endOfRun(campaignId: string): Promise<string> {
  const engine = connectClient({ address: stack.temporalAddress, keys: codecKeys(stack.keys) });
  try {
    const run = engine.client.workflow.getHandle(campaignWorkflowId(campaignId));
    await until(async () => (await run.describe()).status.name !== 'RUNNING', 20_000, 'the run ends');
    return (await run.describe()).status.name;
  } finally {
    await engine.close();
  }
}

async function unsettled(): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM messages m JOIN registrations g ON g.case_id = m.case_id
     WHERE g.campaign_id IS NOT NULL AND m.state = 'queued'`,
  );
  return row?.n ?? -1;
}
