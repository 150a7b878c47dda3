import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { startTestApi, type TestApi } from '../support/api.ts';
import {
  complete,
  current,
  isCreated,
  isOk,
  password,
  registrationStories,
  start,
  step,
} from '../support/registrations.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi((policy) => {
    policy.account.questions.count = 2;
    policy.account.sharedEmail = true;
  });
});
afterAll(() => api.stop());

const {
  patient,
  sentTo,
  opened,
  atDisclaimer,
  atVerification,
  stateOf,
  secretOf,
  tasksOf,
  mailsOf,
  setAccount,
  under,
} = registrationStories(() => api);

describe('an account that is found', () => {
  it('is linked by its username, shows both practices, and its holder is told', async () => {
    const { client, username, caseId, first } = await atVerification();
    const asked = await current(client);
    expect(asked.body).toMatchObject({
      step: 'verification',
      steps: ['identification', 'verification', 'disclaimer'],
      triesLeft: 3,
      proofs: ['answers', 'username'],
      questions: [
        { id: 'first_pet', text: 'What was the name of your first pet?' },
        { id: 'first_job', text: 'In which town was your first job?' },
      ],
    });
    const verified = await step(client, 'verification', { username: ` ${username.toUpperCase()} ` });
    expect(verified.body).toMatchObject({ step: 'disclaimer', termsVersion: '2026-1' });
    expect(verified.body).not.toHaveProperty('username');
    const done = await complete(client);
    expect(done.status).toBe(201);
    expect(done.body).toMatchObject({ outcome: 'linked' });
    expect(await stateOf(caseId)).toEqual({ state: 'linked', flags: [], waitingOn: null });
    expect(await mailsOf(caseId)).toContain(`account_linked ${first.email}`);

    await client.portal('post', '/session', { login: username, password });
    const me = await client.portal('get', '/me');
    expect(me.body.enrollments.map(({ practice }: { practice: string }) => practice).sort()).toEqual([
      'Harbor Point',
      'Maple Street',
    ]);
    const activity = await client.portal('get', '/me/activity');
    expect(activity.body.data).toContainEqual(expect.objectContaining({ action: 'practice_linked' }));
  });

  it('is linked by its answers, whatever their blanks and letter case', async () => {
    const { client } = await atVerification();
    isOk(await step(client, 'verification', { answers: ['  MARBLE', 'portsmouth '] }));
    expect((await complete(client)).body).toMatchObject({ outcome: 'linked' });
  });

  it('locks the link at the third wrong try, alike whatever was wrong, and its holder sees it', async () => {
    const { client, caseId, username } = await atVerification();
    const tries = [{ answers: ['Marble', 'Salem'] }, { username: 'somebody' }, { answers: ['', 'Portsmouth'] }];
    const told: Response[] = [];
    for (const body of tries) told.push(await step(client, 'verification', body));
    expect(told.map(({ body }) => [body.code, body.triesLeft])).toEqual([
      ['verification_failed', 2],
      ['verification_failed', 1],
      ['verification_failed', 0],
    ]);
    const [one, two] = told.map(({ body: { requestId: _, triesLeft: __, ...body } }) => body);
    expect(one).toEqual(two);
    expect((await step(client, 'verification', { username })).body).toMatchObject({
      code: 'registration_ended',
      reason: 'locked',
    });
    expect(await stateOf(caseId)).toEqual({ state: 'locked', flags: ['code_burned'], waitingOn: 'staff' });
    expect(await tasksOf(caseId)).toEqual(['code_burned']);
    const holder = api.client();
    await holder.portal('post', '/session', { login: username, password });
    const activity = await holder.portal('get', '/me/activity');
    const refused = activity.body.data.filter(({ action }: { action: string }) => action === 'link_refused');
    expect(refused).toHaveLength(3);
  });

  it('keeps count over starts with the same link', async () => {
    const { client, token, identity } = await atVerification();
    await step(client, 'verification', { username: 'somebody' });
    await start(client, token);
    expect((await step(client, 'identification', identity)).body).toMatchObject({ step: 'verification', triesLeft: 2 });
  });

  it('is found by whoever finished another of their links first: they identify once more, nothing is locked', async () => {
    const first = await atDisclaimer(await patient({ practice: 'Maple Street' }));
    const second = await atDisclaimer(await patient({ of: first, practice: 'Harbor Point' }));
    isCreated(await complete(first.client));
    const told = await complete(second.client);
    expect(told.body).toMatchObject({ code: 'wrong_step', step: 'identification' });
    expect(await stateOf(second.caseId)).toMatchObject({ state: 'identified', flags: [] });
    const [kept] = await api.house.query(
      'SELECT username, password_hash AS hash, answers FROM registration_walks WHERE case_id = $1 AND ended_at IS NULL',
      [second.caseId],
    );
    expect(kept).toEqual({ username: null, hash: null, answers: null });
    const again = await step(second.client, 'identification', second.identity);
    expect(again.body).toMatchObject({ step: 'verification' });
    isOk(await step(second.client, 'verification', { username: first.username }));
    expect((await complete(second.client)).body).toMatchObject({ outcome: 'linked' });
  });

  it('is proven by its answers whatever the policy says of capital letters by then', async () => {
    const folded = await atVerification();
    await under(
      ({ account }) => Object.assign(account.questions, { caseSensitive: true }),
      async () => {
        isOk(await step(folded.client, 'verification', { answers: ['MARBLE', 'portsmouth'] }));
        const exact = await atVerification();
        const wrong = await step(exact.client, 'verification', { answers: ['MARBLE', 'portsmouth'] });
        expect(wrong.body).toMatchObject({ code: 'verification_failed', triesLeft: 2 });
        isOk(await step(exact.client, 'verification', { answers: ['Marble', 'Portsmouth'] }));
      },
    );
  });

  it('takes only what is offered, and another kind is no try', async () => {
    const { client, caseId } = await atVerification();
    for (const [body, field] of [
      [{}, 'answers'],
      [{ answers: ['Marble'] }, 'answers'],
      [{ answers: ['Marble', 'Portsmouth'], username: 'x' }, 'answers'],
      [{ username: 'x', password }, 'password'],
    ] as const) {
      const told = await step(client, 'verification', body);
      expect([told.body.code, Object.keys(told.body.errors)]).toEqual(['validation_failed', [field]]);
    }
    expect(await secretOf(caseId)).toMatchObject({ tries: 0 });
  });

  it('asks for the password where the policy says so; a locked one is not linked by it', async () => {
    await under(
      ({ registration }) => Object.assign(registration, { linkProof: 'password' }),
      async () => {
        const right = await atVerification();
        expect((await current(right.client)).body).toMatchObject({ proofs: ['username_and_password'] });
        expect((await current(right.client)).body).not.toHaveProperty('questions');
        const { username } = right;
        const bare = await step(right.client, 'verification', { username });
        expect(bare.body).toMatchObject({ code: 'validation_failed', errors: { password: expect.any(String) } });
        const wrong = await step(right.client, 'verification', { username, password: 'not this one' });
        expect(wrong.body).toMatchObject({ code: 'verification_failed', triesLeft: 2 });
        isOk(await step(right.client, 'verification', { username, password }));
        const locked = await atVerification();
        await setAccount(locked.username, 'locked');
        const told = await step(locked.client, 'verification', { username: locked.username, password });
        expect(told.body).toMatchObject({ code: 'verification_failed', triesLeft: 2 });
      },
    );
  });

  it('whose sign-in has to wait is not proven by its password, and wrong ones count there too', async () => {
    await under(
      ({ registration }) => Object.assign(registration, { linkProof: 'password' }),
      async () => {
        const { client, username } = await atVerification();
        const failures = async () =>
          (
            await api.house.query<{ n: number }>('SELECT login_failures AS n FROM accounts WHERE username = $1', [
              username,
            ])
          )[0]?.n;
        await step(client, 'verification', { username, password: 'not this one' });
        expect(await failures()).toBe(1);
        await api.house.query(
          `UPDATE accounts SET login_failures = 9, login_waits_to = gatehouse_now() + interval '1 minute' WHERE username = $1`,
          [username],
        );
        const told = await step(client, 'verification', { username, password });
        expect(told.body).toMatchObject({ code: 'verification_failed', triesLeft: 1 });
        await api.house.query('UPDATE accounts SET login_waits_to = gatehouse_now() WHERE username = $1', [username]);
        isOk(await step(client, 'verification', { username, password }));
        expect(await failures()).toBe(0);
      },
    );
  });

  it('that is locked is linked by its answers', async () => {
    const { client, username } = await atVerification();
    await setAccount(username, 'locked');
    isOk(await step(client, 'verification', { answers: ['Marble', 'Portsmouth'] }));
    expect((await complete(client)).body).toMatchObject({ outcome: 'linked' });
  });

  it('without answers is never asked for them; where only they count staff help', async () => {
    const first = await atVerification();
    await api.house.query(
      'DELETE FROM security_answers WHERE account_id = (SELECT id FROM accounts WHERE username = $1)',
      [first.username],
    );
    expect((await current(first.client)).body).toMatchObject({ proofs: ['username'] });
    const refused = await step(first.client, 'verification', { answers: [] });
    expect(refused.body).toMatchObject({ code: 'validation_failed' });
    await under(
      ({ registration }) => Object.assign(registration, { linkProof: 'answers' }),
      async () => {
        const other = await opened(await patient({ of: first, practice: 'Third Clinic' }));
        const told = await step(other.client, 'identification', other.identity);
        expect(told.body).toMatchObject({ code: 'registration_ended', reason: 'person_has_account' });
        const withAnswers = await atVerification();
        expect((await current(withAnswers.client)).body).toMatchObject({ proofs: ['answers'] });
        const byName = await step(withAnswers.client, 'verification', { username: withAnswers.username });
        expect(byName.body).toMatchObject({ code: 'validation_failed', errors: { username: expect.any(String) } });
      },
    );
  });

  it('that is suspended is the end, told to its holder alone', async () => {
    const early = await atVerification();
    await setAccount(early.username, 'suspended');
    expect((await step(early.client, 'verification', { username: 'somebody' })).body.code).toBe('verification_failed');
    const told = await step(early.client, 'verification', { username: early.username });
    expect(told.body).toMatchObject({ status: 401, code: 'registration_ended', reason: 'account_suspended' });
    const late = await atVerification();
    isOk(await step(late.client, 'verification', { username: late.username }));
    await setAccount(late.username, 'suspended');
    expect((await complete(late.client)).body).toMatchObject({
      code: 'registration_ended',
      reason: 'account_suspended',
    });
    for (const { caseId } of [early, late]) {
      expect(await stateOf(caseId)).toMatchObject({
        state: 'locked',
        flags: ['code_burned', 'possible_duplicate'],
      });
      expect(await tasksOf(caseId)).toEqual(['code_burned']);
    }
  });

  it('that was closed meanwhile leads back to identification, and on to a new one', async () => {
    const early = await atVerification();
    const late = await atVerification();
    isOk(await step(late.client, 'verification', { username: late.username }));
    for (const { username } of [early, late]) await setAccount(username, 'closed');
    const told = [await step(early.client, 'verification', { username: early.username }), await complete(late.client)];
    for (const { body } of told)
      expect(body).toMatchObject({ status: 409, code: 'wrong_step', step: 'identification' });
    for (const { client, identity } of [early, late]) {
      expect((await step(client, 'identification', identity)).body).toMatchObject({ step: 'profile' });
    }
  });
});

describe('many at once', () => {
  const times = <Result>(count: number, work: () => Promise<Result>) =>
    Promise.all(Array.from({ length: count }, () => work()));

  it('complete: exactly one account', async () => {
    const { client, personId, caseId } = await atDisclaimer();
    const told = await times(16, () => complete(client));
    const codes = told
      .map(({ status, body }) => (status === 201 ? body.outcome : `${body.code} ${body.reason}`))
      .sort();
    expect(codes).toEqual(['registered', ...Array(15).fill('registration_ended used')].sort());
    const accounts = await api.house.query('SELECT id FROM accounts WHERE person_id = $1', [personId]);
    expect(accounts).toHaveLength(1);
    const registrations = await api.house.query(
      `SELECT 1 FROM audit_entries WHERE case_id = $1 AND action = 'register'`,
      [caseId],
    );
    expect(registrations).toHaveLength(1);
  });

  it('identify wrongly: never more than five counted', async () => {
    const { client, identity, caseId } = await opened();
    const told = await times(16, () => step(client, 'identification', { ...identity, firstName: 'Bob' }));
    const judged = told.filter(({ body }) => body.code === 'identity_not_matched');
    expect(judged.map(({ body }) => body.triesLeft).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(told.filter(({ body }) => body.code === 'registration_ended')).toHaveLength(11);
    expect(await secretOf(caseId)).toMatchObject({ identityTries: 5, endedAs: 'burned' });
    expect(await stateOf(caseId)).toMatchObject({ state: 'locked' });
  });

  it('verify wrongly: never more than three told, and nothing of the others', async () => {
    const { client, caseId } = await atVerification();
    const told = await times(16, () => step(client, 'verification', { answers: ['Marble', 'Salem'] }));
    const judged = told.filter(({ body }) => body.code === 'verification_failed');
    expect(judged.map(({ body }) => body.triesLeft).sort()).toEqual([0, 1, 2]);
    expect(told.filter(({ body }) => body.code === 'registration_ended')).toHaveLength(13);
    expect(await secretOf(caseId)).toMatchObject({ tries: 3, endedAs: 'burned' });
    expect(await stateOf(caseId)).toMatchObject({ state: 'locked' });
  });

  it('verify wrongly beside a right one: three wrong ones are told at most', async () => {
    const { client, username } = await atVerification();
    const wrong = () => step(client, 'verification', { username: 'somebody' });
    const told = await Promise.all([wrong(), wrong(), step(client, 'verification', { username }), wrong(), wrong()]);
    const codes = told.map(({ status, body }) => (status === 200 ? 'passed' : `${body.code}`));
    expect(codes.filter((code) => code === 'verification_failed').length).toBeLessThanOrEqual(3);
    const { body } = await current(client);
    expect(codes.includes('passed') ? body.step : body.reason).toBe(codes.includes('passed') ? 'disclaimer' : 'locked');
  });

  it('open one link: one walk runs', async () => {
    const { caseId, token } = await sentTo(await patient());
    const told = await times(8, () => start(api.client(), token));
    expect(told.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const running = await api.house.query('SELECT 1 FROM registration_walks WHERE case_id = $1 AND ended_at IS NULL', [
      caseId,
    ]);
    expect(running).toHaveLength(1);
  });
});
