import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startActivation } from '../../contract/routes/public/activations.ts';
import { apply } from '../../contract/routes/public/applications.ts';
import { databaseNow } from '../../store/clock.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { checkInvariants } from '../support/invariants.ts';
import { type Stack, startStack } from '../support/stack.ts';
import {
  act,
  applicant,
  type Claim,
  changePolicy,
  completes,
  hasCode,
  params,
  readOf,
  seeded,
  signedIn,
  until,
  walksToTerms,
  withoutLimits,
} from '../support/stories.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

const racers = 16;
const rounds = 20;

let stack: Stack;
let database: Database;
let staff: Visitor;
const random = seeded(16);

beforeAll(async () => {
  stack = await startStack({ demo: true });
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 4, name: 'races' });
  staff = await signedIn(stack, 'supervisor');
  await changePolicy(staff, withoutLimits);
}, 120_000);

afterAll(async () => {
  await database?.close();
  await stack?.stop();
}, 60_000);

describe(`${racers} at once`, () => {
  it(`complete one activation: one account, ${racers - 1} clean refusals, ${rounds} rounds in a row`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const claim = applicant('same', round);
      const { id, accessCode } = await hasCode(stack, staff, database, claim);
      const visitor = openVisitor(stack.apiUrl);
      await walksToTerms(visitor, { accessCode, claim, username: `same.browser.${round}` });
      const outcomes = await Promise.all(atOnce(() => completes(openVisitor(stack.apiUrl, new Map(visitor.cookies)))));
      expect(summary(outcomes)).toEqual({ 201: 1, activation_ended: racers - 1 });
      expect(await accountsOf(claim)).toBe(1);
      expect((await readOf(staff, id)).state).toBe('activated');
    }
  }, 120_000);

  it('type one code in as many browsers and walk on: one account, everybody else is told the activation ended', async () => {
    for (let round = 0; round < 3; round += 1) {
      const claim = applicant('browsers', round);
      const { accessCode } = await hasCode(stack, staff, database, claim);
      const outcomes = await Promise.all(
        atOnce(async (racer) => {
          const visitor = openVisitor(stack.apiUrl);
          try {
            await walksToTerms(visitor, { accessCode, claim, username: `browser.${round}.${racer}` });
            return await completes(visitor);
          } catch (error) {
            expect(String(error)).toMatch(/activation_ended|access_code_not_accepted/);
            return undefined;
          }
        }),
      );
      // The last to type the code is the one that may go on; nobody was told of an account that is not there.
      const won = outcomes.filter((outcome) => outcome?.status === 201).length;
      expect(won).toBe(1);
      expect(await accountsOf(claim)).toBe(1);
    }
  }, 60_000);

  it('apply with one Idempotency-Key: one case, the same answer for all', async () => {
    for (let round = 0; round < 5; round += 1) {
      const claim = applicant('key', round);
      const key = randomUUID();
      const answers = await Promise.all(
        atOnce(() => openVisitor(stack.apiUrl).call(apply, { params, body: claim, key })),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: racers }, () => 202));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(racers - 1);
      expect(await counted('cases', claim.email)).toBe(1);
    }
  }, 60_000);

  it('decide on one version of a case: one does, the others are told that it changed', async () => {
    const { id } = await hasCode(stack, staff, database, applicant('extend', 0));
    const found = await readOf(staff, id);
    const later = new Date(Date.parse(found.expiresAt ?? '') + 86_400_000).toISOString();
    const outcomes = await Promise.all(atOnce(() => act(staff, found, 'extend', { until: later })));
    expect(summary(outcomes)).toEqual({ 200: 1, stale_version: racers - 1 });
  }, 60_000);
});

describe('redemption at the same instant as', () => {
  const opponents = {
    reissue: {},
    revoke: { reason: 'suspected_fraud' },
    expireNow: {},
    withdraw: { reason: 'by_applicant' },
  } as const;
  it.each(Object.keys(opponents) as (keyof typeof opponents)[])(
    '%s: one winner, no lie',
    async (opponent) => {
      const winners = { person: 0, staff: 0 };
      for (let round = 0; round < 6; round += 1) {
        const claim = applicant(opponent.toLowerCase(), round);
        const { id, accessCode } = await hasCode(stack, staff, database, claim);
        const visitor = openVisitor(stack.apiUrl);
        await walksToTerms(visitor, { accessCode, claim, username: `${opponent}.${round}` });
        const found = await readOf(staff, id);
        const headStart = (random() - 0.5) * 6;
        const [redeemed, decided] = await Promise.all([
          sleep(Math.max(0, headStart)).then(() => completes(visitor)),
          sleep(Math.max(0, -headStart) + 4).then(() => act(staff, found, opponent, opponents[opponent])),
        ]);
        const after = await readOf(staff, id);
        if (redeemed.status === 201) {
          winners.person += 1;
          expect(decided.problem?.code).toMatch(/^(stale_version|not_allowed_now)$/);
          expect(after).toMatchObject({ state: 'activated', secret: { state: 'used' } });
          expect(await accountsOf(claim)).toBe(1);
        } else {
          winners.staff += 1;
          expect(redeemed.problem?.code).toBe('activation_ended');
          expect(decided.status).toBe(200);
          expect(after.state).not.toBe('activated');
          expect(await accountsOf(claim)).toBe(0);
          const again = await openVisitor(stack.apiUrl).call(startActivation, { params, body: { accessCode } });
          expect(again.problem?.code).toBe('access_code_not_accepted');
        }
      }
      expect(winners.person + winners.staff).toBe(6);
    },
    60_000,
  );

  it('its expiry: whoever was in time by the database has the account, whoever was late does not', async () => {
    await changePolicy(staff, (policy) => {
      policy.accessCode = { ...policy.accessCode, lifetime: 'PT6S', reminders: [] };
    });
    const people: { claim: Claim; id: string; visitor: Visitor; expiresAt: number }[] = [];
    await Promise.all(
      Array.from({ length: 8 }, async (_, number) => {
        const claim = applicant('expiry', number);
        const { id, accessCode } = await hasCode(stack, staff, database, claim);
        const visitor = openVisitor(stack.apiUrl);
        await walksToTerms(visitor, { accessCode, claim, username: `expiry.${number}` });
        people.push({ claim, id, visitor, expiresAt: Date.parse((await readOf(staff, id)).expiresAt ?? '') });
      }),
    );
    const ahead = (await databaseNow(database)).getTime() - Date.now();
    await Promise.all(
      people.map(async ({ claim, id, visitor, expiresAt }, number) => {
        await sleep(Math.max(0, expiresAt - Date.now() - ahead - 60 + number * 12));
        const { status, problem } = await completes(visitor);
        if (status !== 201) expect(problem?.code).toBe('activation_ended');
        expect(await accountsOf(claim)).toBe(status === 201 ? 1 : 0);
        await until(
          async () => (await readOf(staff, id)).state === (status === 201 ? 'activated' : 'expired'),
          15_000,
          'the case stands where the race left it',
        );
      }),
    );
  }, 60_000);
});

it('no deadlock, no error of ours and no broken invariant was left by any race', async () => {
  const postgres = await readFile(path.join(stack.dataDir, 'logs', 'postgres.log'), 'utf8');
  expect(postgres.split('\n').filter((line) => /deadlock/i.test(line))).toEqual([]);
  const api = await readFile(path.join(stack.dataDir, 'logs', 'api.log'), 'utf8');
  expect(api.split('\n').filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
  const { ownerUrl, keys, temporalAddress } = stack;
  let wrong: string[] = [];
  const look = async () => {
    wrong = await checkInvariants({ ownerUrl, keys, temporalAddress });
    return wrong.length === 0;
  };
  await until(look, 30_000, 'every invariant holds').catch(() => expect(wrong).toEqual([]));
}, 60_000);

function atOnce<Result>(work: (racer: number) => Promise<Result>): Promise<Result>[] {
  return Array.from({ length: racers }, (_, racer) => work(racer));
}

/** How often which status or problem code was answered. */
function summary(
  outcomes: readonly { status: number; problem: { code: string } | undefined }[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, problem } of outcomes) {
    const what = problem?.code ?? String(status);
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

const accountsOf = ({ email }: Claim): Promise<number> => counted('accounts', email);

async function counted(table: 'accounts' | 'cases', email: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE email = $1`,
    [email],
  );
  return row?.count ?? -1;
}
