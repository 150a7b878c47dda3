import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apply } from '../../contract/routes/public/applications.ts';
import { actOnCase, readCase } from '../../contract/routes/staff/cases.ts';
import { connectClient } from '../../engine/connection.ts';
import { workflowId } from '../../engine/names.ts';
import { databaseNow } from '../../store/clock.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { codecKeys } from '../../store/key-ring.ts';
import { createLog } from '../../worker/log.ts';
import type { WorkerMetrics } from '../../worker/metrics.ts';
import { startReconciler } from '../../worker/reconciler.ts';
import { checkInvariants } from '../support/invariants.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { startSecond } from '../support/second-process.ts';
import { type Stack, startStack } from '../support/stack.ts';
import {
  act,
  activates,
  applicant,
  applies,
  approves,
  type Claim,
  changePolicy,
  hasCode,
  params,
  readOf,
  seeded,
  signedIn,
  until,
  withoutLimits,
} from '../support/stories.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

// Every part is a real process; the stories run one after the other on one stack, and the last one looks at what all of them left.

let relay: Relay;
let stack: Stack;
let database: Database;
let staff: Visitor;
let since: Date;
const acknowledged: string[] = [];
const random = seeded(20_261_121);

beforeAll(async () => {
  relay = await startRelay();
  stack = await startStack({ demo: true, smtpUrl: relay.url });
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 4, name: 'faults' });
  since = await databaseNow(database);
  const supervisor = await signedIn(stack, 'supervisor');
  await changePolicy(supervisor, withoutLimits);
  staff = supervisor;
}, 120_000);

afterAll(async () => {
  await database?.close();
  await stack?.stop();
  if (stack) await rm(stack.dataDir, { recursive: true, force: true, maxRetries: 5 }); // a second start leaves a folder it was given
  await relay?.close();
}, 60_000);

describe('killed with SIGKILL', () => {
  it('the whole tree, in the middle of 50 applications and approvals: everything acknowledged is there and goes on', async () => {
    const people = Array.from({ length: 50 }, (_, number) => ({ claim: applicant('tree', number), key: randomUUID() }));
    const killAfter = 15 + Math.floor(random() * 20);
    const answered = new Map<string, string>();
    const approved = new Set<string>();
    let isKilled = false;
    const work = [...people];
    const loop = async () => {
      for (let person = work.shift(); person && !isKilled; person = work.shift()) {
        try {
          const { reference } = await applies(stack, person.claim, person.key);
          answered.set(person.claim.email, reference);
          if (answered.size === killAfter) {
            isKilled = true;
            await stack.kill9();
          }
          await approves(staff, reference);
          approved.add(reference);
        } catch (error) {
          if (!isKilled) throw error; // what the kill cut off was not acknowledged
        }
      }
    };
    await Promise.all(Array.from({ length: 6 }, loop));
    expect(answered.size).toBeGreaterThanOrEqual(killAfter);
    await until(() => stack.pidOf('api') === undefined, 10_000, 'nothing runs any more');

    const formerly = stack;
    stack = await startStack({ demo: true, smtpUrl: relay.url, dataDir: formerly.dataDir, ports: formerly.ports });
    const backAt = performance.now();
    for (const reference of answered.values()) {
      const [row] = await database.query('SELECT 1 FROM cases WHERE reference = $1', [reference]);
      expect(row).toBeDefined();
    }
    // Whoever got no answer sends the same again; whoever got one gets the same one.
    for (const { claim, key } of people) {
      const { reference } = await applies(stack, claim, key);
      expect(answered.get(claim.email) ?? reference).toBe(reference);
      acknowledged.push(reference);
    }
    expect(new Set(acknowledged).size).toBe(50);
    const undecided = acknowledged.filter((reference) => !approved.has(reference));
    for (const reference of undecided) await approves(staff, reference);

    await untilNothingIsWrong(60_000 - (performance.now() - backAt));
  }, 120_000);

  it('the worker, in the middle of mails: they leave once more at most, under the same Message-ID', async () => {
    relay.pauseMs = 400;
    const before = relay.handed.length;
    const people = Array.from({ length: 12 }, (_, number) => applicant('worker', number));
    const receipts = await Promise.all(people.map((claim) => applies(stack, claim)));
    acknowledged.push(...receipts.map(({ reference }) => reference));
    await until(() => relay.handed.length >= before + 4, 15_000, 'mails are under way');
    await stack.kill9('worker');
    relay.pauseMs = 0;
    await until(() => stack.pidOf('worker') !== undefined, 15_000, 'the launcher starts it again');
  }, 60_000);

  it('Temporal alone: applying, approving and activating go on, the case says that the engine is behind, all is done once', async () => {
    const ready = applicant('temporal', 0);
    const { accessCode, id: readyId, reference } = await hasCode(stack, staff, database, ready);
    acknowledged.push(reference);

    const claim = applicant('temporal', 1);
    const id = await whileTemporalIsDown(async () => {
      const receipt = await applies(stack, claim);
      acknowledged.push(receipt.reference);
      const approved = await approves(staff, receipt.reference);
      const { account } = await activates(stack, { accessCode, claim: ready, username: 'quinn.meanwhile' });
      expect(account.username).toBe('quinn.meanwhile');
      expect((await readOf(staff, readyId)).state).toBe('activated');
      const isBehind = async () => (await readOf(staff, approved.id)).engine.delayed === true;
      await until(isBehind, 15_000, 'the case says that the engine is behind');
      return approved.id;
    });

    await until(async () => (await readOf(staff, id)).state === 'code_sent', 40_000, 'the code is sent');
    await until(async () => !(await readOf(staff, id)).engine.delayed, 10_000, 'the engine has caught up');
    await until(() => relay.to(ready.email).length >= 3, 20_000, 'the account is confirmed by mail');
    await until(
      () => relay.to(claim.email).length >= 2,
      20_000,
      'the receipt has left too, which may come after the code',
    );
    expect(subjects(claim)).toHaveLength(2);
    expect(subjects(ready)).toHaveLength(3);
  }, 90_000);

  it('PostgreSQL: calls are refused with 503 and Retry-After, until the launcher has it back', async () => {
    const seen = new Map<number, number>();
    let healedAt: number | undefined;
    await stack.kill9('PostgreSQL');
    const killedAt = performance.now();
    for (let number = 0; number < 200 && healedAt === undefined; number += 1) {
      // The visitor itself demands `unavailable` with Retry-After of a 503.
      const { status, body } = await openVisitor(stack.apiUrl).call(apply, {
        params,
        body: applicant('postgres', number),
      });
      seen.set(status, (seen.get(status) ?? 0) + 1);
      if (status === 202) {
        healedAt = performance.now();
        acknowledged.push(body.reference);
      } else await sleep(50);
    }
    expect([...seen.keys()].sort()).toEqual([202, 503]);
    expect((healedAt ?? Number.POSITIVE_INFINITY) - killedAt).toBeLessThan(20_000);
    await stack.ready(20_000);
  }, 60_000);
});

describe('several at once', () => {
  it('two workers and two API processes on one database do everything once', async () => {
    const [worker, api] = await Promise.all([startSecond(stack, 'worker'), startSecond(stack, 'api')]);
    try {
      const people = Array.from({ length: 12 }, (_, number) => applicant('double', number));
      const key = new Map(people.map(({ email }) => [email, randomUUID()]));
      // Each wish goes to both processes at the same time, under one key.
      const references = await Promise.all(
        people.map(async (claim) => {
          const both = await Promise.all(
            [stack.apiUrl, api.url].map((url) =>
              openVisitor(url).does(apply, { params, body: claim, key: key.get(claim.email) ?? '' }),
            ),
          );
          expect(new Set(both.map(({ reference }) => reference)).size).toBe(1);
          return both[0]?.reference ?? '';
        }),
      );
      acknowledged.push(...references);
      const elsewhere = openVisitor(api.url, staff.cookies);
      for (const reference of references) {
        const { id } = await approves(staff, reference);
        // The other process refuses what has happened here.
        const { version } = await elsewhere.does(readCase, { params: { caseId: id } });
        const again = await elsewhere.call(actOnCase, { params: { caseId: id, action: 'approve' }, body: { version } });
        expect(again.problem?.code).toMatch(/^(not_allowed_now|stale_version)$/);
      }
      await until(() => people.every(({ email }) => relay.to(email).length >= 2), 30_000, 'all have their codes');
      for (const claim of people) expect(subjects(claim)).toHaveLength(2);
      await stack.kill9('worker'); // the other one goes on with the cases this one had in hand
      const one = applicant('double', 99);
      acknowledged.push((await applies(stack, one)).reference);
      await until(() => relay.to(one.email).length === 1, 20_000, 'the other worker mails');
    } finally {
      await Promise.all([worker.stop(), api.stop()]);
    }
  }, 90_000);
});

describe('a run that was terminated', () => {
  // The worker has no setting for the reconciler's pace (every 150 s, cases quiet for 120 s): the function itself is called here, after
  // the product's own clock was moved on by three minutes.
  it('is started again from its row, and nothing is sent twice', async () => {
    const claim = applicant('terminated', 0);
    const { id, reference } = await hasCode(stack, staff, database, claim);
    acknowledged.push(reference);
    await until(async () => (await openOutbox()) === 0, 15_000, 'the engine knows everything');
    const engine = connectClient({ address: stack.temporalAddress, keys: codecKeys(stack.keys) });
    const run = engine.client.workflow.getHandle(workflowId('application', id));
    try {
      const { runId } = await run.describe();
      await run.terminate('an operator');
      expect((await run.describe()).status.name).toBe('TERMINATED');
      await database.query(`UPDATE clock_shift SET shift = shift + interval '3 minutes'`);
      const metrics = { reconciled: { inc: () => undefined } } as unknown as WorkerMetrics;
      const log = createLog({ level: 'silent' });
      const reconciler = startReconciler({ database, engine, log, metrics, firstMs: 0, everyMs: 60_000 });
      await until(async () => (await run.describe()).status.name === 'RUNNING', 20_000, 'it runs again');
      await reconciler.stop();
      expect((await run.describe()).runId).not.toBe(runId);
    } finally {
      await engine.close();
    }
    await sleep(2_000); // what it could do twice it would do at once
    expect(subjects(claim)).toHaveLength(2);
    const answered = await act(staff, await readOf(staff, id), 'revoke', { reason: 'other', note: 'A test' });
    expect(answered.status).toBe(200);
    await until(() => relay.to(claim.email).length === 3, 15_000, 'it goes on with what comes');
  }, 60_000);
});

it('in the end every invariant holds, and every mail was handed over, at most once more than needed', async () => {
  await until(async () => (await unsettledMails()) === 0, 90_000, 'every mail is settled');
  await untilNothingIsWrong(30_000);
  const people = Array.from({ length: 50 }, (_, number) => applicant('tree', number));
  for (const claim of people) expect([...new Set(subjects(claim))]).toHaveLength(2);
}, 130_000);

/** Everything there is to look at, until none of it is wrong; what is wrong in the end is the failure. */
async function untilNothingIsWrong(withinMs: number): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    const seen = relay.handed.map(({ to, messageId, mail }) => ({ to, messageId, text: mail.text ?? '' }));
    const { ownerUrl, keys, temporalAddress } = stack;
    const wrong = await checkInvariants({ ownerUrl, keys, temporalAddress, acknowledged, mails: { seen, since } });
    if (wrong.length === 0) return;
    if (performance.now() > giveUpAt) expect(wrong).toEqual([]);
    await sleep(1_000);
  }
}

/** Does it while Temporal is killed and cannot come back: its port is taken as soon as it is free. */
async function whileTemporalIsDown<Result>(work: () => Promise<Result>): Promise<Result> {
  const squatter = createServer((socket) => socket.destroy());
  const takesPort = () =>
    new Promise<boolean>((resolve) => {
      squatter.once('error', () => resolve(false));
      squatter.listen(stack.ports.TEMPORAL_PORT, '127.0.0.1', () => resolve(true));
    });
  await stack.kill9('Temporal');
  while (!(await takesPort())) {
    if (stack.pidOf('Temporal') !== undefined) await stack.kill9('Temporal').catch(() => undefined); // it was quicker
    await sleep(10);
  }
  try {
    return await work();
  } finally {
    await new Promise((resolve) => squatter.close(resolve));
  }
}

const subjects = ({ email }: Claim): (string | undefined)[] => relay.to(email).map(({ mail }) => mail.subject);

const openOutbox = () => counted('SELECT count(*)::int AS count FROM outbox');
const unsettledMails = () => counted(`SELECT count(*)::int AS count FROM messages WHERE state = 'queued'`);

async function counted(sql: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(sql);
  return row?.count ?? -1;
}
