import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cheapFloorMs, hashingFloorMs } from '../../api/alike.ts';
import { usernameSkeleton } from '../../domain/people/normalise.ts';
import { readCasePage } from '../../store/case-page.ts';
import { clearWhatIsOver } from '../../store/housekeeping.ts';
import { importRecords } from '../../store/record-imports.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import {
  accept,
  answers,
  bareBody,
  complete,
  current,
  isOk,
  type Patient,
  password,
  registrationStories,
  start,
  step,
  type Walk,
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
  practiceOf,
  moves,
  sentTo,
  linkOf,
  opened,
  identified,
  atDisclaimer,
  atVerification,
  registered,
  stateOf,
  secretOf,
  tasksOf,
  mailsOf,
  setRecord,
  under,
  nextUsername,
} = registrationStories(() => api);

describe('a new person', () => {
  it('goes from the link to an account that can sign in and shows the practice', async () => {
    const who = await patient({ practice: 'Maple Street' });
    const { caseId, token } = await sentTo(who);
    const client = api.client();
    const begun = await start(client, ` https://x.example/p/harborview/register#${token} `);
    expect(begun.body).toMatchObject({
      step: 'identification',
      steps: ['identification', 'profile', 'disclaimer'],
      triesLeft: 5,
    });
    expect(begun.headers['set-cookie']?.[0]).toMatch(/^gh_registration_harborview=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
    expect(Date.parse(begun.body.linkExpiresAt)).toBeGreaterThan(Date.parse(begun.body.expiresAt));

    const typed = { ...who.identity, firstName: '  BEN ', postalCode: '04101 2244' };
    const profile = await step(client, 'identification', typed);
    expect(profile.body).toMatchObject({ step: 'profile', securityQuestionCount: 2 });
    expect(await stateOf(caseId)).toMatchObject({ state: 'identified' });
    const username = nextUsername();
    const disclaimer = await step(client, 'profile', { username, password, securityQuestions: answers });
    expect(disclaimer.body).toMatchObject({ step: 'disclaimer', username, termsVersion: '2026-1' });
    const done = await complete(client);
    expect(done.status).toBe(201);
    expect(done.body).toEqual({ outcome: 'registered', username });

    expect(await stateOf(caseId)).toEqual({ state: 'registered', flags: [], waitingOn: null });
    expect(await secretOf(caseId)).toEqual({ identityTries: 0, tries: 0, endedAs: 'used' });
    const [walk] = await api.house.query(
      'SELECT password_hash, answers, ended_as FROM registration_walks WHERE case_id = $1',
      [caseId],
    );
    expect(walk).toEqual({ password_hash: null, answers: null, ended_as: 'used' });
    const [progress] = await api.house.query(
      'SELECT opened_at IS NOT NULL AS opened, identified_at IS NOT NULL AS identified FROM registrations WHERE case_id = $1',
      [caseId],
    );
    expect(progress).toEqual({ opened: true, identified: true });
    // The invitation, which no relay took here, is struck with its link.
    expect(await mailsOf(caseId)).toEqual([`registration_confirmation ${who.email}`]);

    const signedIn = await client.portal('post', '/session', { login: username, password });
    expect(signedIn.body).toMatchObject({ account: { limited: false, notifyByEmail: true, email: who.email } });
    const me = await client.portal('get', '/me');
    expect(me.body.enrollments).toMatchObject([{ practice: 'Maple Street', endedAt: null }]);
  });

  it('is never shown an answer, and what is kept of it is a hash', async () => {
    const walk = await identified();
    const told = await step(walk.client, 'profile', { username: nextUsername(), password, securityQuestions: answers });
    const now = await current(walk.client);
    const done = await complete(walk.client);
    for (const { text } of [told, now, done]) expect(text).not.toMatch(/marble|portsmouth/i);
    const rows = await api.house.query(
      `SELECT position, question, answer_hash FROM security_answers s JOIN cases c ON c.account_id = s.account_id
       WHERE c.id = $1 ORDER BY position`,
      [walk.caseId],
    );
    expect(rows).toMatchObject([
      { position: 1, question: 'first_pet', answer_hash: expect.stringMatching(/^\$argon2id\$/) },
      { position: 2, question: 'first_job', answer_hash: expect.stringMatching(/^\$argon2id\$/) },
    ]);
    expect(api.logged.join('')).not.toMatch(/marble|portsmouth/i);
  });

  it('chooses from questions in the reader’s language', async () => {
    const english = await api.client().portal('get', '/security-questions');
    expect(english.body).toMatchObject({ count: 2, caseSensitive: false });
    expect(english.body.data).toContainEqual({ id: 'first_pet', text: 'What was the name of your first pet?' });
    const spanish = await api.client().portal('get', '/security-questions?language=es');
    expect(spanish.body.data[0].text).toBe('¿Cómo se llamaba su primera mascota?');
  });

  it('is told what is wrong with a profile', async () => {
    const { client, email } = await identified();
    const put = (more: object) =>
      step(client, 'profile', { username: nextUsername(), password, securityQuestions: answers, ...more });
    const [pet, job] = answers;
    for (const [securityQuestions, field] of [
      [[pet], 'securityQuestions.1.question'],
      [[pet, { ...pet, answer: 'Bella' }], 'securityQuestions.1.question'],
      [[pet, { ...job, answer: ' mArBLe ' }], 'securityQuestions.1.answer'],
      [[{ ...pet, answer: 'x' }, job], 'securityQuestions.0.answer'],
      [[{ question: 'mother', answer: 'Ada' }, job], 'securityQuestions.0.question'],
      [[pet, job, { question: 'first_car', answer: 'Beetle' }], 'securityQuestions.2.question'],
    ] as const) {
      const { body } = await put({ securityQuestions });
      expect([body.code, Object.keys(body.errors)]).toEqual(['validation_failed', [field]]);
    }
    expect((await put({ username: 'a@b' })).body).toMatchObject({
      code: 'username_not_allowed',
      reason: 'holds_at_sign',
    });
    expect((await put({ password: 'short' })).body).toMatchObject({
      code: 'password_not_allowed',
      reason: 'too_short',
    });
    const named = `${email.split('@')[0]} tall ships at night`;
    expect((await put({ password: named })).body).toMatchObject({ code: 'password_not_allowed' });
    const { username } = await registered();
    expect((await put({ username: username.toUpperCase() })).body).toMatchObject({
      status: 409,
      code: 'username_taken',
    });
    expect((await put({})).body).toMatchObject({ step: 'disclaimer' });
  });

  it('may share an address with others', async () => {
    const email = 'family@mail.example';
    const one = await registered(await patient({ email }));
    const two = await registered(await patient({ email }));
    for (const { username } of [one, two]) {
      const client = api.client();
      expect((await client.portal('post', '/session', { login: username, password })).status).toBe(200);
    }
  });

  it('is refused an address that is somebody’s sign-in name', async () => {
    const email = 'only.one@mail.example';
    await registered(await patient({ email }));
    const { client } = await identified(await patient({ email }));
    await under(
      ({ account }) => Object.assign(account, { signInBy: ['username', 'email'], sharedEmail: false }),
      async () => {
        const told = await step(client, 'profile', { username: nextUsername(), password, securityQuestions: answers });
        expect(told.body).toMatchObject({
          status: 422,
          code: 'validation_failed',
          errors: { email: expect.any(String) },
        });
      },
    );
  });
});

describe('the steps', () => {
  it('cannot be skipped or gone back', async () => {
    const { client, identity } = await opened();
    const profile = { username: nextUsername(), password, securityQuestions: answers };
    for (const told of [
      await step(client, 'profile', profile),
      await step(client, 'verification', { username: 'x' }),
      await complete(client),
    ]) {
      expect(told.body).toMatchObject({ status: 409, code: 'wrong_step', step: 'identification' });
    }
    isOk(await step(client, 'identification', identity));
    expect((await step(client, 'identification', identity)).body).toMatchObject({
      code: 'wrong_step',
      step: 'profile',
    });
    isOk(await step(client, 'profile', profile));
    expect((await step(client, 'profile', profile)).body).toMatchObject({ code: 'wrong_step', step: 'disclaimer' });
    expect((await current(client)).body).toMatchObject({ step: 'disclaimer', username: profile.username });
  });

  it('need their cookie', async () => {
    const client = api.client();
    for (const told of [await current(client), await step(client, 'identification', {}), await complete(client)]) {
      expect(told.body).toMatchObject({ status: 401, code: 'no_registration' });
    }
  });

  it('end after a day, and the link begins them anew', async () => {
    const { client, token, caseId } = await atDisclaimer();
    await api.house.query(`UPDATE registration_walks SET ends_at = gatehouse_now() WHERE case_id = $1`, [caseId]);
    const told = await current(client);
    expect(told.body).toMatchObject({ status: 401, code: 'registration_ended' });
    expect(told.body).not.toHaveProperty('reason');
    expect((await clearWhatIsOver(api.house.database)).registrationHashes).toBeGreaterThanOrEqual(1);
    const [walk] = await api.house.query('SELECT password_hash, answers FROM registration_walks WHERE case_id = $1', [
      caseId,
    ]);
    expect(walk).toEqual({ password_hash: null, answers: null });
    expect((await start(client, token)).body).toMatchObject({ step: 'identification' });
  });

  it('go on in the browser that opened the link last', async () => {
    const walk = await atDisclaimer();
    const second = api.client();
    expect((await start(second, walk.token)).status).toBe(201);
    expect((await current(walk.client)).body).toMatchObject({ code: 'registration_ended', reason: 'superseded' });
    expect((await complete(walk.client)).body).toMatchObject({ code: 'registration_ended', reason: 'superseded' });
    expect((await step(second, 'identification', walk.identity)).body).toMatchObject({ step: 'profile' });
  });
});

describe('a link', () => {
  it('is unusable alike whatever is wrong with it', async () => {
    await api.house.portal('elsewhere', () => {});
    const [resent, used, cancelled, burned, good] = [
      await opened(),
      await registered(),
      await opened(),
      await opened(),
      await opened(),
    ];
    await moves(resent.caseId, 'resend', { actor: api.house.clerk });
    await moves(cancelled.caseId, 'cancel', { actor: api.house.reviewer, reason: 'wrong_person' });
    for (let tried = 0; tried < 5; tried += 1) {
      await step(burned.client, 'identification', { ...burned.identity, firstName: 'Bob' });
    }
    const last = good.token.endsWith('A') ? 'B' : 'A';
    const mangled = [`${good.token.slice(0, -1)}${last}`, good.token.slice(0, 42), `${good.token}x`, 'hello', '🦉'];
    const tokens = [resent, used, cancelled, burned].map(({ token }) => token);
    const told = await Promise.all([...tokens, ...mangled].map((token) => start(api.client(), token)));
    const elsewhere = await api.client().call('post', '/portals/elsewhere/registrations', { token: good.token });
    const seen = [...told, elsewhere].map(bareBody);
    expect(seen[0]).toMatchObject({ status: 422, body: { code: 'link_not_accepted', reasonClass: 'unusable' } });
    for (const one of seen) expect(one).toEqual(seen[0]);
    expect((await current(resent.client)).body).toMatchObject({ code: 'registration_ended', reason: 'superseded' });
    expect((await current(cancelled.client)).body).toMatchObject({ code: 'registration_ended', reason: 'revoked' });
    expect((await current(burned.client)).body).toMatchObject({ code: 'registration_ended', reason: 'locked' });
    expect((await current(used.client)).body).toMatchObject({ code: 'registration_ended', reason: 'used' });
    expect((await current(good.client)).status).toBe(200);
  });

  it('and whatever else is refused leaves no sooner than known and unknown take', async () => {
    const { client } = await opened();
    const linking = await atVerification();
    const tookMs = async (work: () => Promise<unknown>) => {
      const from = performance.now();
      await work();
      return performance.now() - from;
    };
    const wrong = { firstName: 'A', lastName: 'B', dateOfBirth: '1990-01-01', postalCode: '04101' };
    expect(await tookMs(() => start(api.client(), 'hello'))).toBeGreaterThanOrEqual(cheapFloorMs);
    expect(await tookMs(() => step(client, 'identification', wrong))).toBeGreaterThanOrEqual(cheapFloorMs);
    const verifying = () => step(linking.client, 'verification', { username: 'somebody' });
    expect(await tookMs(verifying)).toBeGreaterThanOrEqual(hashingFloorMs);
  });

  it('that is too old says so, before and after the engine noticed', async () => {
    const walk = await identified();
    await api.house.query('UPDATE secrets SET expires_at = gatehouse_now() WHERE case_id = $1', [walk.caseId]);
    await api.house.query('UPDATE cases SET expires_at = gatehouse_now() WHERE id = $1', [walk.caseId]);
    const isExpired = async () => {
      expect((await start(api.client(), walk.token)).body).toMatchObject({
        code: 'link_not_accepted',
        reasonClass: 'expired',
      });
      expect((await current(walk.client)).body).toMatchObject({ code: 'registration_ended', reason: 'expired' });
      expect((await complete(walk.client)).body).toMatchObject({ code: 'registration_ended', reason: 'expired' });
    };
    await isExpired();
    await moves(walk.caseId, 'link_expired');
    await isExpired();
  });

  it('that ran out is not offered to be sent anew while another registration of the record is open', async () => {
    const who = await patient();
    const { caseId } = await sentTo(who);
    await moves(caseId, 'expireNow', { actor: api.house.reviewer });
    const offered = async () => {
      const page = await api.house.database.transaction((tx) => readCasePage(tx, caseId, api.house.reviewer));
      return page.allowedActions.map(({ name }) => name);
    };
    expect(await offered()).toEqual(expect.arrayContaining(['resend', 'correctAddress']));
    const newer = await sentTo(who);
    expect(await offered()).not.toContain('resend');
    expect(await offered()).not.toContain('correctAddress');
    await moves(newer.caseId, 'cancel', { actor: api.house.reviewer, reason: 'patient_request' });
    expect(await offered()).toEqual(expect.arrayContaining(['resend', 'correctAddress']));
  });

  it('that was sent anew works, the old one does not', async () => {
    const walk = await identified();
    await moves(walk.caseId, 'resend', { actor: api.house.clerk });
    await moves(walk.caseId, 'link_issued');
    const client = api.client();
    expect((await start(client, walk.token)).body).toMatchObject({ reasonClass: 'unusable' });
    expect((await start(client, await linkOf(walk.caseId))).body).toMatchObject({
      step: 'identification',
      triesLeft: 5,
    });
  });
});

describe('identification', () => {
  it('refuses every difference with the same bytes, and locks the link at the fifth', async () => {
    const who = await patient();
    const { firstName, lastName } = who.identity;
    const differences = [
      { firstName: 'Benjamin' },
      { lastName: lastName.replace('á', 'a') },
      { firstName: lastName, lastName: firstName },
      { dateOfBirth: '1990-07-15' },
      { postalCode: '04102' },
    ];
    const seen: ReturnType<typeof bareBody>[] = [];
    for (const difference of differences) {
      await api.house.query(
        `DELETE FROM registration_walks WHERE case_id IN (SELECT id FROM cases WHERE patient_record_id = $1)`,
        [who.recordId],
      );
      await api.house.query(`UPDATE cases SET waiting_on = NULL, state = 'cancelled' WHERE patient_record_id = $1`, [
        who.recordId,
      ]);
      const { client } = await opened(who);
      seen.push(bareBody(await step(client, 'identification', { ...who.identity, ...difference })));
    }
    expect(seen[0]).toMatchObject({ status: 422, body: { code: 'identity_not_matched', triesLeft: 4 } });
    for (const one of seen) expect(one).toEqual(seen[0]);

    const { client, caseId, identity } = await opened();
    const left: number[] = [];
    for (let tried = 0; tried < 5; tried += 1) {
      const wrong = await step(client, 'identification', { ...identity, postalCode: '99999' });
      expect(wrong.body.code).toBe('identity_not_matched');
      left.push(wrong.body.triesLeft);
    }
    expect(left).toEqual([4, 3, 2, 1, 0]);
    const right = await step(client, 'identification', identity);
    expect(right.body).toMatchObject({ status: 401, code: 'registration_ended', reason: 'locked' });
    expect(await stateOf(caseId)).toEqual({ state: 'locked', flags: ['code_burned'], waitingOn: 'staff' });
    expect(await tasksOf(caseId)).toEqual(['code_burned']);
    expect(await secretOf(caseId)).toMatchObject({ identityTries: 5, endedAs: 'burned' });
  });

  it('does not count a right one', async () => {
    const { client, identity, token, caseId } = await opened();
    await step(client, 'identification', { ...identity, firstName: 'Bob' });
    isOk(await step(client, 'identification', identity));
    expect(await secretOf(caseId)).toMatchObject({ identityTries: 1 });
    expect((await start(client, token)).body).toMatchObject({ triesLeft: 4 });
    const version = (await api.house.row(caseId)).version;
    isOk(await step(client, 'identification', identity));
    expect(await api.house.row(caseId)).toMatchObject({ state: 'identified', version });
  });

  it('goes by letter case where the policy says so', async () => {
    await under(
      ({ registration }) => Object.assign(registration, { namesIgnoreCase: false }),
      async () => {
        const { client, identity } = await opened();
        const shouted = { ...identity, firstName: 'BEN' };
        expect((await step(client, 'identification', shouted)).body.code).toBe('identity_not_matched');
        expect((await step(client, 'identification', identity)).body.step).toBe('profile');
      },
    );
  });

  it('goes by the record as it stands now', async () => {
    const { client, identity, recordId } = await opened();
    await setRecord(recordId, `last_name = 'Marsh', postal_code = '10001'`);
    expect((await step(client, 'identification', identity)).body.code).toBe('identity_not_matched');
    const moved = { ...identity, lastName: 'marsh', postalCode: '10001' };
    expect((await step(client, 'identification', moved)).body.step).toBe('profile');
  });

  it('goes by the record that survives a merge', async () => {
    const { client, identity, caseId, recordId } = await opened();
    const survivor = await patient({ firstName: 'Benedict' });
    await setRecord(recordId, `merged_into = '${survivor.recordId}'`);
    await moves(caseId, 'record_changed', { input: { patientRecordId: survivor.recordId } });
    expect((await step(client, 'identification', identity)).body.code).toBe('identity_not_matched');
    isOk(await step(client, 'identification', survivor.identity));
    isOk(await step(client, 'profile', { username: nextUsername(), password, securityQuestions: answers }));
    expect((await complete(client)).status).toBe(201);
    const [enrollment] = await api.house.query(
      `SELECT e.patient_record_id AS "recordId", a.first_name AS "firstName" FROM enrollments e JOIN accounts a ON a.id = e.account_id
       JOIN cases c ON c.account_id = a.id WHERE c.id = $1`,
      [caseId],
    );
    expect(enrollment).toEqual({ recordId: survivor.recordId, firstName: 'Benedict' });
  });

  it.each([
    ['record_unusable', 'deceased_on = current_date', 'record_changed'],
    ['record_unusable', 'confidential = true', 'record_changed'],
    ['record_unusable', `merged_into = (SELECT id FROM patient_records WHERE id <> $1 LIMIT 1)`, 'record_changed'],
    ['practice_closed', `practice_id = (SELECT id FROM practices WHERE closed_at IS NOT NULL)`, 'record_changed'],
    ['under_age', `date_of_birth = current_date - interval '17 years'`, 'record_changed'],
  ])('tells whom the record is of alone that it is the end: %s (%s)', async (reason, sets, flag) => {
    await practiceOf('Closed Clinic');
    await api.house.query(`UPDATE practices SET closed_at = gatehouse_now() WHERE name = 'Closed Clinic'`);
    const walk = await opened();
    const late = await atDisclaimer();
    for (const { recordId } of [walk, late]) await setRecord(recordId, sets);
    const [now] = await api.house.query<{ dateOfBirth: string }>(
      'SELECT date_of_birth AS "dateOfBirth" FROM patient_records WHERE id = $1',
      [walk.recordId],
    );
    const typed = { ...walk.identity, dateOfBirth: now?.dateOfBirth };
    const stranger = await step(walk.client, 'identification', { ...typed, firstName: 'Bob' });
    expect(stranger.body).toMatchObject({ code: 'identity_not_matched', triesLeft: 4 });
    const told = await step(walk.client, 'identification', typed);
    expect(told.body).toMatchObject({ status: 401, code: 'registration_ended', reason });
    if (reason === 'under_age') {
      // Another date of birth is another identity: it is asked for before anything is told.
      expect((await complete(late.client)).body).toMatchObject({ code: 'wrong_step', step: 'identification' });
    }
    const toldLate =
      reason === 'under_age'
        ? await step(late.client, 'identification', { ...late.identity, dateOfBirth: now?.dateOfBirth })
        : await complete(late.client);
    expect(toldLate.body).toMatchObject({ status: 401, code: 'registration_ended', reason });
    for (const { caseId, client } of [walk, late]) {
      expect(await stateOf(caseId)).toEqual({ state: 'locked', flags: [flag], waitingOn: 'staff' });
      expect(await secretOf(caseId)).toMatchObject({ endedAs: 'revoked' });
      expect((await current(client)).body).toMatchObject({ code: 'registration_ended', reason });
    }
    const [account] = await api.house.query('SELECT id FROM accounts WHERE username = $1', [late.username]);
    expect(account).toBeUndefined();
  });

  it('sends on whom an account of their own is found for that it does not fit', async () => {
    const first = await registered(await patient({ practice: 'Maple Street' }));
    const renamed = await opened(await patient({ of: first, practice: 'Harbor Point', lastName: 'Newname' }));
    const told = await step(renamed.client, 'identification', renamed.identity);
    expect(told.body).toMatchObject({ code: 'registration_ended', reason: 'person_has_account' });
    expect(await stateOf(renamed.caseId)).toMatchObject({
      state: 'locked',
      flags: ['code_burned', 'possible_duplicate'],
    });
    expect(await tasksOf(renamed.caseId)).toEqual(['code_burned']);
    // Staff see whose account it is, whatever its address.
    const page = await api.house.database.transaction((tx) => readCasePage(tx, renamed.caseId, api.house.clerk));
    const accountId = (await api.house.row(first.caseId)).accountId;
    expect(page.duplicates.map((one) => one.accountId)).toEqual([accountId]);
  });

  it.each<[string, (walk: Walk, other: Patient) => Promise<unknown>]>([
    ['was merged into another', (walk, other) => mergedByImport(walk, other)],
    [
      'says somebody else',
      ({ recordId }, { identity }) => setRecord(recordId, `last_name = '${identity.lastName.replaceAll("'", "''")}'`),
    ],
    ['says another date of birth', ({ recordId }) => setRecord(recordId, `date_of_birth = '1970-01-01'`)],
  ])(
    'is asked for anew when the record %s, whatever step was reached; nothing of it is shown before',
    async (_, change) => {
      const [profile, disclaimer] = [await identified(), await atDisclaimer()];
      for (const walk of [profile, disclaimer]) await change(walk, await patient({ firstName: 'Benedict' }));
      const asked = { code: 'wrong_step', step: 'identification' };
      const chosen = { username: nextUsername(), password, securityQuestions: answers };
      expect((await step(profile.client, 'profile', chosen)).body).toMatchObject(asked);
      expect((await complete(disclaimer.client)).body).toMatchObject(asked);
      for (const { client, identity } of [profile, disclaimer]) {
        const shown = await current(client);
        expect(shown.body).toMatchObject({ step: 'identification' });
        expect(shown.text).not.toMatch(/Benedict|1970/);
        expect((await step(client, 'identification', identity)).body.code).toBe('identity_not_matched');
      }
      const opened = await api.house.query('SELECT 1 FROM accounts WHERE username = $1', [disclaimer.username]);
      expect(opened).toEqual([]);
    },
  );

  it('sends on who registered with this very record meanwhile', async () => {
    const walk = await opened();
    const early = await atDisclaimer();
    const [account] = await api.house.query<{ id: string }>(
      `INSERT INTO accounts (portal, person_id, username, username_skeleton, first_name, last_name, date_of_birth, email, email_key,
         duplicate_key, password_hash, password_set_at, notify_by_email, language, terms_version, terms_accepted_at, created_at, updated_at)
       SELECT 'harborview', $1, 'meanwhile', 'meanwhile', 'Ben', 'O', '1990-07-14', 'x@mail.example', 'x@mail.example', 'k', '!',
         n, true, 'en', '2026-1', n, n, n FROM (SELECT gatehouse_now() AS n) t RETURNING id`,
      [early.personId],
    );
    await api.house.query(
      `INSERT INTO enrollments (account_id, patient_record_id, scope, created_at)
       VALUES ($1, $2, '{}', gatehouse_now()), ($1, $3, '{}', gatehouse_now())`,
      [account?.id, walk.recordId, early.recordId],
    );
    const told = [await step(walk.client, 'identification', walk.identity), await complete(early.client)];
    for (const { body } of told) {
      expect(body).toMatchObject({ code: 'registration_ended', reason: 'person_has_account' });
    }
  });
});

/** What a file says that names the surviving record. */
async function mergedByImport({ recordId }: Walk, survivor: Patient): Promise<void> {
  const rows = await api.house.query<{ id: string; mrn: string; firstName: string; lastName: string; dob: string }>(
    `SELECT id, mrn, first_name AS "firstName", last_name AS "lastName", date_of_birth::text AS dob FROM patient_records
     WHERE id = ANY($1::uuid[])`,
    [[recordId, survivor.recordId]],
  );
  const [one, other] = [recordId, survivor.recordId].map((id) => rows.find((row) => row.id === id));
  if (!one || !other) throw new Error('both are on file');
  const { mrn, firstName, lastName, dob } = one;
  const row = { line: 2, mrn, firstName, lastName, dateOfBirth: dob, mergedInto: other.mrn };
  const now = await api.house.now();
  await api.house.database.transaction((tx) =>
    importRecords(tx, { portal: 'harborview', rows: [row], actor: api.house.supervisor, now }),
  );
}

describe('the last step', () => {
  it('is answered alike when it is repeated, also after the end', async () => {
    const { client, username } = await atDisclaimer();
    const key = randomUUID();
    const [one, two] = await Promise.all([complete(client, key), complete(client, key)]);
    const three = await complete(client, key);
    for (const told of [one, two, three]) {
      expect([told.status, told.body]).toEqual([201, { outcome: 'registered', username }]);
    }
    expect(three.headers['idempotency-replayed']).toBe('true');
    const other = await complete(client, randomUUID());
    expect(other.body).toMatchObject({ code: 'registration_ended', reason: 'used' });
    const another = await complete(client, key, { ...accept, termsVersion: '2025-1' });
    expect(another.body.code).toBe('idempotency_key_reused');
    expect(
      (await client.portal('post', '/registrations/current/complete', accept, { 'Idempotency-Key': '' })).body.code,
    ).toBe('idempotency_key_required');
  });

  it('takes the terms that are in force', async () => {
    const { client } = await atDisclaimer();
    const old = await complete(client, undefined, { acceptTerms: true, termsVersion: '2025-1' });
    expect(old.body).toMatchObject({ status: 409, code: 'terms_changed' });
    const unticked = await complete(client, undefined, { ...accept, acceptTerms: false });
    expect(unticked.body).toMatchObject({ code: 'validation_failed' });
    expect((await complete(client)).status).toBe(201);
  });

  it('leads back to the profile when the username was given out meanwhile', async () => {
    const slow = await atDisclaimer();
    const quick = await registered();
    await api.house.query('UPDATE accounts SET username = $2, username_skeleton = $3 WHERE username = $1', [
      quick.username,
      slow.username,
      usernameSkeleton(slow.username),
    ]);
    const told = await complete(slow.client);
    expect(told.body).toMatchObject({ status: 409, code: 'username_taken', step: 'profile' });
    expect((await current(slow.client)).body).toMatchObject({ step: 'profile' });
    isOk(await step(slow.client, 'profile', { username: nextUsername(), password, securityQuestions: answers }));
    expect((await complete(slow.client)).status).toBe(201);
  });
});
