import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as activations from '../../contract/routes/public/activations.ts';
import { answerQuestions, readApplicationStatus, renewAccessCode } from '../../contract/routes/public/applications.ts';
import { thisWasNotMe } from '../../contract/routes/public/not-me.ts';
import { signIn } from '../../contract/routes/public/session.ts';
import { listAudit } from '../../contract/routes/staff/audit.ts';
import { actOnCase, listCases, previewCaseAction, readCaseEngine } from '../../contract/routes/staff/cases.ts';
import { listPatientRecords } from '../../contract/routes/staff/patient-records.ts';
import { connectClient } from '../../engine/connection.ts';
import { workflowId } from '../../engine/names.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { codecKeys } from '../../store/key-ring.ts';
import { notMeToken } from '../../store/not-me.ts';
import { secretText } from '../../store/secrets.ts';
import { type Sighting, searchDatabase, searchFiles, searchText } from '../support/canaries.ts';
import { type Stack, startStack } from '../support/stack.ts';
import {
  accessCodeOf,
  act,
  applies,
  approves,
  type Claim,
  caseOf,
  changePolicy,
  completes,
  params,
  readOf,
  signedIn,
  until,
  walksToTerms,
  withoutLimits,
} from '../support/stories.ts';
import { openVisitor, sendRaw, type Visitor } from '../support/visitor.ts';
import { registrationCanaries } from './canary-registration.ts';

// Invariant I9: words that nobody else uses go through a whole life, refusals and faults included; then they are looked for wherever
// they must not be.

const person: Claim = {
  firstName: 'Zephyrine',
  lastName: 'Quillfeather',
  dateOfBirth: '1951-07-29',
  email: 'zephyrine.q@canarymail.example',
  postalCode: '02199',
  phone: '617 555 0199',
  addressLine: '77 Xanthippe Terrace',
  city: 'Quixotville',
  region: 'Vermontania',
  message: 'My budgerigar Sesquipedal typed this',
};
const username = 'wigglewomp.canary';
const password = 'plover marmalade trombone';
const otherEmail = 'zq.elsewhere@canarymail.example';
const answer = 'Obfuscatory answer of the person';
const note = 'Hippogriff seen by staff';
const messageOfStaff = 'Bring the narwhal card please';

let stack: Stack;
let database: Database;
let staff: Visitor;
const codes: string[] = [];
const visitorCookies: string[] = [];

beforeAll(async () => {
  stack = await startStack({ demo: true });
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 3, name: 'canaries' });
  staff = await signedIn(stack, 'supervisor');
  await changePolicy(staff, withoutLimits);
}, 120_000);

afterAll(async () => {
  await database?.close();
  await stack?.stop();
}, 60_000);

it('a whole life of each kind leaves its names, addresses, dates, texts, codes and links in their own tables alone', async () => {
  const id = await wholeLife();
  await mistakes(id);
  const registration = await registrationCanaries(stack, staff, database);
  await stack.kill9('worker');
  await stack.kill9('PostgreSQL'); // errors of every kind are logged now
  const outage = Array.from({ length: 5 }, () =>
    openVisitor(stack.apiUrl).call(signIn, { params, body: { login: username, password } }),
  );
  await Promise.allSettled(outage);
  await stack.ready();
  await until(() => stack.pidOf('worker') !== undefined, 20_000, 'the worker is back');
  await sleep(1_500);

  for (const row of await database.query<{
    id: string;
    keyId: string;
    portal: string;
    purpose: 'access_code' | 'mailbox_code';
  }>(
    `SELECT s.id, s.key_id AS "keyId", s.portal, s.purpose FROM secrets s JOIN cases c ON c.id = s.case_id
     WHERE c.email IN ($1, $2) OR c.last_name = $3`,
    [person.email, otherEmail, person.lastName],
  )) {
    codes.push(secretText(database.keys, row));
  }
  expect(codes.length).toBeGreaterThanOrEqual(3);
  const personal = [
    person.firstName,
    person.lastName,
    person.dateOfBirth,
    person.email,
    otherEmail,
    'canarymail',
    person.addressLine ?? '',
    person.city ?? '',
    person.region ?? '',
    'Sesquipedal',
    'wigglewomp',
    answer,
    note,
    messageOfStaff,
    '617 555 0199',
    ...registration.personal,
  ];
  // Mailbox codes are 8 digits, which a counter may hold by chance in a binary file: only where they are long enough.
  const secret = [
    password,
    ...codes.filter((code) => code.length > 8),
    ...codes.filter((code) => code.length > 8).map((code) => code.replaceAll('-', '')),
    ...visitorCookies,
    ...registration.secret,
  ];
  const canaries = [...personal, ...secret];

  const found: Sighting[] = [
    ...searchFiles(path.join(stack.dataDir, 'logs'), canaries),
    ...searchFiles(path.join(stack.dataDir, 'temporal'), canaries),
    ...searchText('launcher output', stack.output(), canaries),
    ...(await searchDatabase(database, canaries)),
    ...(await publicPages(canaries)),
    ...(await runInTemporal(workflowId('application', id), canaries)),
  ];
  for (const caseId of registration.caseIds) {
    found.push(...(await runInTemporal(workflowId('registration', caseId), canaries)));
  }
  expect(found).toEqual([]);
  // Secrets may not even stand where personal data may.
  expect(await everywhere(secret)).toEqual([]);
  // A search that finds nothing anywhere proves nothing: the names do stand in their own tables and in the mails.
  expect(searchFiles(path.join(stack.dataDir, 'mails'), [codes[0] ?? '?'])).not.toEqual([]);
  const [row] = await database.query('SELECT 1 FROM cases WHERE last_name = $1', [person.lastName]);
  expect(row).toBeDefined();
}, 150_000);

/** Apply, questions, answer, approval, reissue, two activations, sign-in. Answers the case's id. */
async function wholeLife(): Promise<string> {
  const { reference } = await applies(stack, person);
  const proof = { reference, dateOfBirth: person.dateOfBirth };
  const claimed = (await act(staff, await caseOf(staff, reference), 'claim', { note })).body;
  await staff.does(previewCaseAction, {
    params: { caseId: claimed.id, action: 'approve' },
    body: { message: messageOfStaff },
  });
  await staff.does(actOnCase, {
    params: { caseId: claimed.id, action: 'requestInformation' },
    body: {
      version: claimed.version,
      reason: 'need_document',
      questions: [`Is your name ${person.lastName}?`],
      message: messageOfStaff,
      note,
    },
  });
  const visitor = openVisitor(stack.apiUrl);
  await visitor.does(answerQuestions, { params, body: { ...proof, answers: [answer] } });
  const approved = await approves(staff, reference);
  const isSent = async () => (await readOf(staff, approved.id)).state === 'code_sent';
  await until(isSent, 30_000, 'the first code is sent');
  codes.push(await accessCodeOf(database, approved.id));
  await act(staff, await readOf(staff, approved.id), 'reissue', { note });
  await until(isSent, 30_000, 'the second code is sent');
  const accessCode = await accessCodeOf(database, approved.id);
  codes.push(accessCode);

  // Another address: both mailboxes are asked, and the walk is given up.
  const wanderer = openVisitor(stack.apiUrl);
  await wanderer.does(activations.startActivation, { params, body: { accessCode } });
  await wanderer.does(activations.confirmIdentity, { params, body: { dateOfBirth: person.dateOfBirth } });
  await wanderer.does(activations.confirmEmail, { params, body: { email: otherEmail } });
  await wanderer.does(activations.sendMailboxCode, { params });
  await sleep(500);
  visitorCookies.push(...wanderer.cookies.values());

  await walksToTerms(visitor, { accessCode, claim: person, username }, password);
  visitorCookies.push(...visitor.cookies.values());
  expect((await completes(visitor)).status).toBe(201);
  await visitor.does(signIn, { params, body: { login: username, password } });
  visitorCookies.push(...visitor.cookies.values());
  return approved.id;
}

/** Everything that is refused with a person's words in it. */
async function mistakes(caseId: string): Promise<void> {
  const visitor = openVisitor(stack.apiUrl);
  for (const change of [
    { email: `${person.email}\r\nX: y` },
    { lastName: `${person.lastName}\u0000` },
    { [person.lastName]: 1 },
  ]) {
    await expectStatus(422, { ...person, ...change });
  }
  await visitor.call(signIn, { params, body: { login: person.email, password: `${password}!` } });
  await visitor.call(signIn, { params, body: { login: username, password: 'wrong' } });
  await visitor.call(readApplicationStatus, {
    params,
    body: { reference: person.lastName, dateOfBirth: person.dateOfBirth },
  });
  await visitor.call(renewAccessCode, {
    params,
    body: { reference: person.lastName, dateOfBirth: person.dateOfBirth },
  });
  await visitor.call(activations.startActivation, { params, body: { accessCode: codes[0] ?? '' } });
  await visitor.call(activations.startActivation, { params, body: { accessCode: codes[1] ?? '' } });
  await staff.call(listCases, { query: { q: person.lastName } });
  await staff.call(listPatientRecords, { query: { q: person.email } });
  for (const path of [
    `/api/v1/staff/cases?q=${person.lastName}&sort=${person.email}`,
    `/${person.lastName}?email=${person.email}`,
    `/api/v1/portals/${username}`,
  ]) {
    await sendRaw(stack.apiUrl, { method: 'GET', path });
  }
  const [mail] = await database.query<{ id: string }>('SELECT id FROM messages WHERE to_address = $1 LIMIT 1', [
    person.email,
  ]);
  await visitor.does(thisWasNotMe, { params, body: { token: notMeToken(stack.keys, mail?.id ?? '') } });
  await staff.does(readCaseEngine, { params: { caseId } });
}

async function expectStatus(status: number, body: Record<string, unknown>): Promise<void> {
  const refused = await sendRaw(stack.apiUrl, {
    method: 'POST',
    path: '/api/v1/portals/harborview/applications',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'canary' },
    body: JSON.stringify(body),
  });
  expect(refused.status).toBe(status);
}

/** Metrics, readiness, the audit as staff read it, the published document. */
async function publicPages(canaries: readonly string[]): Promise<Sighting[]> {
  const pages = [
    `${stack.opsUrl}/metrics`,
    `${stack.opsUrl}/readyz`,
    `${stack.workerOpsUrl}/metrics`,
    `${stack.workerOpsUrl}/readyz`,
  ];
  const found: Sighting[] = [];
  for (const page of pages) found.push(...searchText(page, await (await fetch(page)).text(), canaries));
  const audit = await staff.does(listAudit, { query: { perPage: 100 } });
  return [...found, ...searchText('staff/audit', JSON.stringify(audit), canaries)];
}

/** The run as Temporal shows it to anybody who may read the namespace: history, description, search attributes, memo, all without a key. */
async function runInTemporal(runId: string, canaries: readonly string[]): Promise<Sighting[]> {
  const engine = connectClient({ address: stack.temporalAddress, keys: codecKeys(stack.keys) });
  try {
    const execution = { workflowId: runId };
    const { namespace, connection } = engine;
    const described = await connection.workflowService.describeWorkflowExecution({ namespace, execution });
    const history = await connection.workflowService.getWorkflowExecutionHistory({ namespace, execution });
    expect(history.history?.events?.length ?? 0).toBeGreaterThan(10);
    const text = JSON.stringify([described, history], (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    );
    return searchText('Temporal', text, canaries);
  } finally {
    await engine.close();
  }
}

/** Every column of every table, those of personal data too. */
async function everywhere(secrets: readonly string[]): Promise<Sighting[]> {
  const tables = await database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found: Sighting[] = [];
  for (const { name } of tables) {
    const rows = await database.query<{ canary: string }>(
      `SELECT DISTINCT canary FROM "${name}" t, unnest($1::text[]) AS canary WHERE position(lower(canary) IN lower(t::text)) > 0`,
      [secrets],
    );
    found.push(...rows.map(({ canary }) => ({ canary, place: `table ${name}` })));
  }
  return found;
}
