import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listCaseMessages } from '../../contract/routes/staff/cases.ts';
import { databaseNow } from '../../store/clock.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { checkInvariants } from '../support/invariants.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { sideBySide } from '../support/side-by-side.ts';
import { type Stack, startStack } from '../support/stack.ts';
import {
  act,
  applicant,
  applies,
  caseOf,
  changePolicy,
  readOf,
  signedIn,
  until,
  withoutLimits,
} from '../support/stories.ts';
import type { Visitor } from '../support/visitor.ts';

// The manners of a relay, each to an address of its own and all side by side: the longest of them takes the 20 s of a dead socket.

let relay: Relay;
let stack: Stack;
let database: Database;
let staff: Visitor;
let since: Date;
const acknowledged: string[] = [];
const stories = sideBySide(3);

beforeAll(async () => {
  relay = await startRelay();
  stack = await startStack({ demo: true, smtpUrl: relay.url });
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 3, name: 'mail relay' });
  since = await databaseNow(database);
  staff = await signedIn(stack, 'supervisor');
  await changePolicy(staff, withoutLimits);
  stories.begin();
}, 120_000);

afterAll(async () => {
  await database?.close();
  await stack?.stop();
  await relay?.close();
}, 60_000);

stories.story('refusing: staff see it, correct the address, and the mail leaves for the new one', async () => {
  const claim = applicant('refused');
  relay.manners.set(claim.email, 'refuses');
  const { id } = await applied(claim);
  await until(async () => (await readOf(staff, id)).flags.includes('mail_refused'), 20_000, 'staff see the refusal');
  expect((await readOf(staff, id)).waitingOn).toBe('staff');
  expect((await mailsOf(id)).map(({ state }) => state)).toEqual(['refused']);

  const email = 'q.corrected@mail.example';
  const corrected = await act(staff, await readOf(staff, id), 'correctAddress', { email });
  expect(corrected.body).toMatchObject({ flags: [] });
  await until(() => relay.to(email).length === 1, 20_000, 'the receipt is mailed anew');
  expect(relay.to(claim.email)).toEqual([]);
});

stories.story('cut off after DATA: sent once more under the same Message-ID, then a matter for staff', async () => {
  const claim = applicant('cut');
  relay.manners.set(claim.email, 'cuts off');
  const { id } = await applied(claim);
  await until(
    async () => (await readOf(staff, id)).flags.includes('mail_unknown'),
    40_000,
    'staff see that it is unknown',
  );
  const handed = relay.to(claim.email);
  expect(handed).toHaveLength(2);
  expect(new Set(handed.map(({ messageId }) => messageId)).size).toBe(1);
  expect((await mailsOf(id)).map(({ state }) => state)).toEqual(['unknown']);
});

stories.story('silent, then back: the mail leaves once', async () => {
  const claim = applicant('silent');
  relay.manners.set(claim.email, 'is silent');
  const { id } = await applied(claim);
  const prompt = applicant('prompt');
  await applied(prompt);
  await until(() => relay.to(prompt.email).length === 1, 10_000, 'nobody else waits for the silent one');
  await until(async () => (await mailsOf(id))[0]?.lastProblem != null, 40_000, 'the try is given up');
  expect((await mailsOf(id))[0]).toMatchObject({ state: 'queued' });
  relay.manners.delete(claim.email);
  await until(async () => (await mailsOf(id))[0]?.state === 'accepted', 40_000, 'the relay takes it');
  expect(relay.to(claim.email)).toHaveLength(1);
});

it('gone, then back: what was decided meanwhile is mailed, once', async () => {
  const { port } = relay;
  const handedBefore = relay.handed.length;
  const seenBefore = [...relay.handed];
  await relay.close();
  const claim = applicant('gone');
  const { id } = await applied(claim);
  for (const action of ['claim', 'approve'] as const) {
    expect((await act(staff, await readOf(staff, id), action)).status).toBe(200);
  }
  await until(async () => (await mailsOf(id)).some(({ attempts }) => attempts > 0), 20_000, 'it was tried');
  expect((await readOf(staff, id)).state).toBe('approved');
  expect(relay.handed).toHaveLength(handedBefore);

  relay = await startRelay({ port });
  await until(async () => (await readOf(staff, id)).state === 'code_sent', 60_000, 'the code is sent');
  await until(async () => (await mailsOf(id)).every(({ state }) => state === 'accepted'), 60_000, 'all are settled');
  expect(relay.to(claim.email)).toHaveLength(2);

  const handed = [...seenBefore, ...relay.handed];
  const seen = handed.map(({ to, messageId, mail }) => ({ to, messageId, text: mail.text ?? '' }));
  const { ownerUrl, keys, temporalAddress } = stack;
  expect(await checkInvariants({ ownerUrl, keys, temporalAddress, acknowledged, mails: { seen, since } })).toEqual([]);
}, 150_000);

async function applied(claim: ReturnType<typeof applicant>) {
  const { reference } = await applies(stack, claim);
  acknowledged.push(reference);
  return caseOf(staff, reference);
}

async function mailsOf(caseId: string) {
  return (await staff.does(listCaseMessages, { params: { caseId } })).data;
}
