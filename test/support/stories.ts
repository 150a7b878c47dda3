import { setTimeout as sleep } from 'node:timers/promises';
import type { WireBody, WireResult } from '../../contract/route.ts';
import * as activations from '../../contract/routes/public/activations.ts';
import { apply } from '../../contract/routes/public/applications.ts';
import { readPortal } from '../../contract/routes/public/portals.ts';
import { actOnCase, listCases, readCase } from '../../contract/routes/staff/cases.ts';
import { readPolicy, replacePolicy } from '../../contract/routes/staff/portals.ts';
import { staffSignIn } from '../../contract/routes/staff/session.ts';
import type { Database } from '../../store/database.ts';
import { secretText } from '../../store/secrets.ts';
import type { Stack } from './stack.ts';
import { openVisitor, type Visitor } from './visitor.ts';

export const portal = 'harborview';
export const params = { portal };
export const goodPassword = 'blue kettle on the windowsill';

export type Claim = WireBody<typeof apply>;
export type StaffCase = WireResult<typeof readCase>;
type Action =
  | 'claim'
  | 'correctAddress'
  | 'approve'
  | 'reject'
  | 'reissue'
  | 'revoke'
  | 'expireNow'
  | 'withdraw'
  | 'extend';
type PolicyDocument = WireResult<typeof readPolicy>;

/** Somebody nobody else is: `tag` keeps the people of a test apart, letters only. */
export function applicant(tag: string, number = 0): Claim {
  const word = [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  return {
    firstName: 'Quinn',
    lastName: `Ma${tag}ova${word}`,
    dateOfBirth: '1979-03-14',
    email: `q.${tag}.${number}@mail.example`,
    postalCode: '02139',
  };
}

/** A member of the demonstration, signed in. */
export async function signedIn(stack: Stack, name: string): Promise<Visitor> {
  const visitor = openVisitor(stack.apiUrl);
  await visitor.does(staffSignIn, {
    body: { email: `${name}@gatehouse.example`, password: stack.staffPassword },
  });
  return visitor;
}

/** Replaces a portal's policy; a supervisor's. The next request of every process meets the new one. */
export async function changePolicy(
  supervisor: Visitor,
  change: (policy: PolicyDocument) => void,
  of = portal,
): Promise<void> {
  const policy = await supervisor.does(readPolicy, { params: { portal: of } });
  change(policy);
  await supervisor.does(replacePolicy, { params: { portal: of }, body: policy });
  await sleep(1_000); // in force everywhere within 1 s
}

/** Everybody in a test comes from one address. */
export function withoutLimits(policy: PolicyDocument): void {
  policy.limits = {
    applicationsPerHour: 100_000,
    statusPerHour: 100_000,
    activationsPerHour: 100_000,
    loginsPerMinute: 100_000,
  };
}

export async function applies(stack: Stack, claim: Claim, key?: string): Promise<WireResult<typeof apply>> {
  return openVisitor(stack.apiUrl).does(apply, { params, body: claim, ...(key !== undefined && { key }) });
}

/** The case of a reference, as staff find it. */
export async function caseOf(staff: Visitor, reference: string): Promise<StaffCase> {
  const { data } = await staff.does(listCases, { query: { q: reference } });
  const id = data.find((row) => row.reference === reference)?.id;
  if (id === undefined) throw new Error(`staff do not find ${reference}`);
  return staff.does(readCase, { params: { caseId: id } });
}

export const readOf = (staff: Visitor, caseId: string): Promise<StaffCase> =>
  staff.does(readCase, { params: { caseId } });

export function act(
  staff: Visitor,
  { id, version }: Pick<StaffCase, 'id' | 'version'>,
  action: Action,
  more: Record<string, unknown> = {},
  key?: string,
) {
  return staff.call(actOnCase, {
    params: { caseId: id, action },
    body: { version, ...more },
    ...(key !== undefined && { key }),
  });
}

/** Claims and approves, from wherever the case stands; answers the case afterwards. Repeats what an outage cut off. */
export async function approves(staff: Visitor, reference: string): Promise<StaffCase> {
  for (;;) {
    const found = await caseOf(staff, reference);
    if (found.state !== 'submitted' && found.state !== 'in_review') return found;
    const { problem, body } = await act(staff, found, found.state === 'submitted' ? 'claim' : 'approve');
    if (!problem) {
      if (body.state === 'approved') return body;
    } else if (problem.code !== 'stale_version') throw new Error(`${found.state}: ${problem.code}`);
  }
}

/** Applies, is approved, and has the code in the mailbox. */
export async function hasCode(stack: Stack, staff: Visitor, database: Database, claim: Claim) {
  const { reference } = await applies(stack, claim);
  const { id } = await approves(staff, reference);
  await until(async () => (await readOf(staff, id)).state === 'code_sent', 30_000, `${reference} has its code`);
  return { reference, id, accessCode: await accessCodeOf(database, id) };
}

/** The text of the case's newest access code, live or not, made from the keys as the mail's was. */
export async function accessCodeOf(database: Database, caseId: string): Promise<string> {
  const [secret] = await database.query<{ id: string; keyId: string; portal: string; purpose: 'access_code' }>(
    `SELECT id, key_id AS "keyId", portal, purpose FROM secrets WHERE case_id = $1 AND purpose = 'access_code'
     ORDER BY issued_at DESC LIMIT 1`,
    [caseId],
  );
  if (!secret) throw new Error('the case has no code');
  return secretText(database.keys, secret);
}

/** Everything up to the terms. */
export async function walksToTerms(
  visitor: Visitor,
  { accessCode, claim, username }: { accessCode: string; claim: Claim; username: string },
  password = goodPassword,
): Promise<void> {
  await visitor.does(activations.startActivation, { params, body: { accessCode } });
  await visitor.does(activations.confirmIdentity, { params, body: { dateOfBirth: claim.dateOfBirth } });
  await visitor.does(activations.confirmEmail, { params, body: { email: claim.email } });
  await visitor.does(activations.chooseCredentials, { params, body: { username, password } });
  await visitor.does(activations.chooseNotifications, { params, body: { optIn: true } });
}

export async function completes(visitor: Visitor, key?: string) {
  const { terms } = await visitor.does(readPortal, { params });
  return visitor.call(activations.completeActivation, {
    params,
    body: { acceptTerms: true, termsVersion: terms.version },
    ...(key !== undefined && { key }),
  });
}

/** All six steps in a browser of their own. */
export async function activates(stack: Stack, walk: { accessCode: string; claim: Claim; username: string }) {
  const visitor = openVisitor(stack.apiUrl);
  await walksToTerms(visitor, walk);
  const { problem, body } = await completes(visitor);
  if (problem) throw new Error(`complete: ${problem.code}`);
  return { visitor, account: body };
}

/** Looks every 100 ms. Throws with `what` when it is not so in time; what the looking throws counts as not yet. */
export async function until(isSo: () => Promise<boolean> | boolean, withinMs: number, what: string): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  let last = '';
  for (;;) {
    try {
      if (await isSo()) return;
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() > giveUpAt) throw new Error(`not within ${withinMs} ms: ${what}${last}`);
    await sleep(100);
  }
}

/** Numbers that look random and are the same at every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
