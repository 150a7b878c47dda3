import { setTimeout as sleep } from 'node:timers/promises';
import { createPasswords } from '../api/passwords.ts';
import { apply } from '../contract/routes/public/applications.ts';
import { listCases } from '../contract/routes/staff/cases.ts';
import { readPolicy, replacePolicy } from '../contract/routes/staff/portals.ts';
import { staffSignIn } from '../contract/routes/staff/session.ts';
import { emailKey } from '../domain/people/normalise.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { testPolicy } from '../test/support/policy.ts';
import { addPortal } from '../test/support/seed.ts';
import { type Stack, type StackOptions, startStack } from '../test/support/stack.ts';
import { HttpClient } from './http-client.ts';
import { type MailSink, startMailSink } from './mail-sink.ts';

/** A stack of the bench's own: no demonstration data, one portal, one member, a relay that takes everything at once. */
export interface House {
  readonly stack: Stack;
  readonly sink: MailSink;
  readonly http: HttpClient;
  /** As the owner; for preparing and for looking. */
  readonly database: Database;
  /** Of the one member, reviewer and supervisor at once; each time of another of their sessions, as if they were many. */
  readonly staffCookie: string;
  readonly memberId: string;
  readonly passwords: ReturnType<typeof createPasswords>;
  /** Changes the portal's policy through the API. */
  changePolicy(change: (policy: Policy) => void): Promise<Policy>;
  /** Waits until the engine has been told everything and no mail is queued. Answers how many seconds that took; throws after `withinSeconds`. */
  rest(withinSeconds: number): Promise<number>;
  close(): Promise<void>;
}

export const portal = 'bench';
export const password = 'seven quiet herons wade';
const email = 'rosa.member@gatehouse.example';

/** No client address is to run into a limit: they are not what is measured. */
const noLimit = 1_000_000_000;

const staffSessions = 8;

/** Starts it, seeds portal and member by SQL, then signs in and raises the limits through the API. */
export async function openHouse(environment: StackOptions['environment'] = {}): Promise<House> {
  const sink = await startMailSink();
  let stack: Stack | undefined;
  try {
    stack = await startStack({ demo: false, smtpUrl: sink.url, environment });
    return await settleIn(stack, sink);
  } catch (error) {
    await stack?.stop();
    await sink.close();
    throw error;
  }
}

async function settleIn(stack: Stack, sink: MailSink): Promise<House> {
  const database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 4, name: 'gatehouse-bench' });
  const passwords = createPasswords();
  await addPortal(database, portal, testPolicy());
  const memberId = await addReviewer(database, await passwords.hash(password));
  const http = new HttpClient(stack.apiUrl, 512);
  const cookies: string[] = [];
  while (cookies.length < staffSessions) {
    const { cookie } = await http.call(staffSignIn, { body: { email, password } });
    if (cookie === undefined) throw new Error('staff sign-in set no cookie');
    cookies.push(cookie);
  }
  const [cookie] = cookies;
  let turn = 0;

  const changePolicy = async (change: (policy: Policy) => void) => {
    const { body } = await http.call(readPolicy, { params: { portal }, cookie });
    change(body);
    return (await http.call(replacePolicy, { params: { portal }, body, cookie })).body;
  };
  await changePolicy((policy) => {
    for (const name of Object.keys(policy.limits) as (keyof Policy['limits'])[]) policy.limits[name] = noLimit;
  });
  await sleep(1_000); // in force everywhere within a second
  return {
    stack,
    sink,
    http,
    database,
    get staffCookie() {
      turn += 1;
      return cookies[turn % cookies.length] ?? '';
    },
    memberId,
    passwords,
    changePolicy,
    rest: (withinSeconds) => rest(database, withinSeconds),
    close: async () => {
      http.close();
      await database.close();
      await stack.stop();
      await sink.close();
    },
  };
}

async function addReviewer(database: Database, hash: string): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `INSERT INTO members (name, email, email_key, password_hash, roles)
     VALUES ('Rosa Member', $1, $2, $3, ARRAY['reviewer', 'supervisor']) RETURNING id`,
    [email, emailKey(email), hash],
  );
  if (!row) throw new Error('an inserted member has an id');
  return row.id;
}

async function rest(database: Database, withinSeconds: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { rows, mails } = await owed(database);
    const seconds = (performance.now() - startedAt) / 1000;
    if (rows === 0 && mails === 0) return seconds;
    if (seconds > withinSeconds)
      throw new Error(`after ${withinSeconds} s ${rows} outbox rows and ${mails} mails still wait`);
    await sleep(200);
  }
}

/** What waits for the engine and for the relay. */
export async function owed(database: Database): Promise<{ rows: number; mails: number }> {
  const [row] = await database.query<{ rows: number; mails: number }>(
    `SELECT (SELECT count(*)::int FROM outbox) AS rows, (SELECT count(*)::int FROM messages WHERE state = 'queued') AS mails`,
  );
  return row ?? { rows: 0, mails: 0 };
}

export interface Applicant {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  email: string;
  postalCode: string;
}

let applicants = 0;

/** A person nobody has met: none of them is another's possible duplicate. */
export function newApplicant(): Applicant {
  applicants += 1;
  const number = applicants + process.pid * 10_000_000;
  const name = inLetters(number);
  return {
    firstName: firstNames[number % firstNames.length] ?? 'Ada',
    lastName: `${lastNames[Math.floor(number / 7) % lastNames.length]}${name}`,
    dateOfBirth: `${1950 + (number % 50)}-${String(1 + (number % 12)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`,
    email: `${name}@mail.example`,
    postalCode: String(10_000 + (number % 80_000)),
  };
}

/** No two of them look alike to a person, so that every username made of them is free. */
const letters = 'abcdefhkmprstwxyz';

/** A number in letters; usernames, names and addresses made of it are each other's strangers. */
export function inLetters(number: number): string {
  let rest = number;
  let text = '';
  do {
    text = letters.charAt(rest % letters.length) + text;
    rest = Math.floor(rest / letters.length);
  } while (rest > 0);
  return text;
}

export const firstNames =
  'Ada Ben Cleo Dina Emil Faye Gus Hana Ivo June Kofi Lena Milo Nora Omar Pia Quin Rosa Sam Tess'.split(' ');
export const lastNames =
  'Ferris Okafor Lindqvist Moreau Tanaka Silva Novak Haddad Brandt Costa Dubois Eriksen Fontaine Gruber Hansen Ibarra'.split(
    ' ',
  );

/** Applies as a person does. Answers the reference. */
export async function applyAs(http: HttpClient, applicant: Applicant): Promise<string> {
  return (await http.call(apply, { params: { portal }, body: applicant })).body.reference;
}

/** The case behind a reference, found as staff find it. */
export async function findCase(
  { http, staffCookie }: House,
  reference: string,
): Promise<{ id: string; version: number }> {
  const { body } = await http.call(listCases, { query: { q: reference, perPage: 1 }, cookie: staffCookie });
  const [found] = body.data;
  if (!found) throw new Error('the search does not find the reference');
  return found;
}
