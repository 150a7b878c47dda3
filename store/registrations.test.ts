import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseKinds } from '../domain/case.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import { obstacleInWords, type RegistrationObstacle } from '../domain/registration/obstacles.ts';
import { type House, harborview, openHouse } from '../test/support/house.ts';
import { testPolicy } from '../test/support/policy.ts';
import { type RegistrationHouse, registrationsIn, type Sending } from '../test/support/registration-house.ts';
import { settleMail } from './mail-delivery.ts';
import { registrationObstacles } from './registration-obstacles.ts';
import { sendRegistration } from './registrations.ts';
import { snapshotOf } from './snapshots.ts';

let house: House;
let office: RegistrationHouse;

beforeAll(async () => {
  house = await openHouse(() => {}, { connections: 20 });
  office = registrationsIn(house);
});
afterAll(() => house.close());

const refused = (code: string, more: Record<string, unknown> = {}) => expect.objectContaining({ code, ...more });
const invalid = (field: string) => refused('validation_failed', { errors: { [field]: expect.any(String) } });
const refusedFor = (obstacle: RegistrationObstacle) =>
  refused('validation_failed', {
    obstacle,
    errors: { [obstacle === 'no_address' ? 'email' : 'patientRecordId']: obstacleInWords[obstacle] },
  });
const casesOf = (recordId: string) =>
  house.query<{ id: string; state: string }>('SELECT id, state FROM cases WHERE patient_record_id = $1', [recordId]);
const setRecord = (id: string, sets: string) => house.query(`UPDATE patient_records SET ${sets} WHERE id = $1`, [id]);
const closedPractice = async (closedAt: string) => {
  const [practice] = await house.query<{ id: string }>(
    `INSERT INTO practices (portal, name, closed_at) VALUES ($1, 'Old Mill ' || uuidv7(), ${closedAt}) RETURNING id`,
    [harborview],
  );
  return practice?.id;
};
const enrollmentOf = async (recordId: string) => {
  const email = `owner.of.${recordId}@mail.example`;
  return office.enrolledAccount({ id: recordId, email, patientRecordId: recordId }, null);
};

describe('the states in the database', () => {
  it('are those of the tables, kind by kind', async () => {
    const [check] = await house.query<{ text: string }>(
      `SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = 'cases_state'`,
    );
    const written = [...(check?.text ?? '').matchAll(/WHEN '(\w+)'::text THEN \(?state = ANY \(ARRAY\[([^\]]*)\]/g)];
    const byKind = written.map(([, kind, states = '']) => [
      kind,
      [...states.matchAll(/'(\w+)'/g)].map(([, one]) => one),
    ]);
    expect(Object.fromEntries(byKind)).toEqual(
      Object.fromEntries(caseKinds.map((kind) => [kind, lifecycles[kind].states])),
    );
  });

  it('no case has the state of another kind', async () => {
    const row = await office.sends(await office.record());
    const states = caseKinds.flatMap((kind) => lifecycles[kind].states);
    const foreign = [...states.filter((one) => !lifecycles.registration.states.includes(one)), 'unheard_of'];
    for (const state of foreign) {
      await expect(house.query('UPDATE cases SET state = $2 WHERE id = $1', [row.id, state])).rejects.toThrow(
        /cases_state/,
      );
    }
  });
});

describe('sending', () => {
  it('writes case, registration, audit and word to the engine, and issues nothing yet', async () => {
    const recordId = await office.record({ lastName: 'Söderström', email: 'S.Oder@Mail.example' });
    const row = await office.sends(recordId, { note: 'Asked for it at the desk.' });
    expect(row).toMatchObject({
      kind: 'registration',
      portal: harborview,
      state: 'draft',
      version: 1,
      source: 'office',
      waitingOn: 'engine',
      flags: [],
      policyVersion: 1,
      firstName: 'Ben',
      lastName: 'Söderström',
      dateOfBirth: '1990-07-14',
      email: 'S.Oder@Mail.example',
      language: 'en',
      createdBy: house.clerk.id,
      lastEditedBy: house.clerk.id,
      patientRecordId: recordId,
      accountId: null,
      owesSecret: true,
      owesApproval: false,
      secretsIssued: 0,
      expiresAt: null,
      dueAt: null,
      remindersAt: [],
    });
    expect(row.reference).toMatch(/^[A-Z]{2}-/);
    const has = await office.everythingOf(row.id);
    expect(has.registrations).toEqual([
      {
        r: expect.objectContaining({
          postal_code: '04101-2244',
          address_reason: null,
          opened_at: null,
          identified_at: null,
          campaign_id: null,
        }),
      },
    ]);
    expect(has.outbox).toEqual([{ r: expect.objectContaining({ bulk: false }) }]);
    expect([has.secrets, has.messages, has.staff_tasks, has.applications]).toEqual([[], [], [], []]);
    expect(has.decisions).toEqual([
      { r: expect.objectContaining({ move: 'invited', member_id: house.clerk.id, note: 'Asked for it at the desk.' }) },
    ]);
    const audits = await house.query(
      `SELECT action, case_version AS version, actor_kind AS actor, entry::jsonb -> 'detail' AS detail
       FROM audit_entries WHERE case_id = $1`,
      [row.id],
    );
    expect(audits).toEqual([
      {
        action: 'invited',
        version: 1,
        actor: 'member',
        detail: { to: 'draft', patientRecordId: recordId, policyVersion: 1 },
      },
    ]);
    expect(await snapshotOf(house.database, row.id)).toMatchObject({
      kind: 'registration',
      state: 'draft',
      owes: { secret: true, approval: false, mails: [] },
      timers: [],
    });
  });

  it('without a note makes no decision; in the first language of the portal', async () => {
    await house.portal('espanol', (policy) => {
      policy.languages = ['es', 'en'];
    });
    const row = await office.sends(await office.record({}, 'espanol'), { portal: 'espanol' });
    expect(row).toMatchObject({ portal: 'espanol', language: 'es' });
    expect((await office.everythingOf(row.id)).decisions).toEqual([]);
  });

  it('a thrown error afterwards leaves nothing of it', async () => {
    const recordId = await office.record();
    const failing = house.database.transaction(async (tx) => {
      const policy = testPolicy();
      await sendRegistration(tx, { portal: harborview, policy, recordId, actor: house.clerk });
      throw new Error('later');
    });
    await expect(failing).rejects.toThrow('later');
    expect(await casesOf(recordId)).toEqual([]);
  });
});

describe('what stands in the way of sending', () => {
  const obstacles: [RegistrationObstacle, string, (recordId: string) => Promise<unknown>][] = [
    ['merged', 'of a merged record', async (id) => setRecord(id, `merged_into = '${await office.record()}'`)],
    ['deceased', 'of somebody who has died', (id) => setRecord(id, `deceased_on = '2026-01-01'`)],
    ['confidential', 'of a confidential record', (id) => setRecord(id, 'confidential = true')],
    [
      'practice_closed',
      'of a practice that is closed',
      async (id) => setRecord(id, `practice_id = '${await closedPractice('gatehouse_now()')}'`),
    ],
    ['already_active', 'of somebody with an account that shows it', (id) => enrollmentOf(id)],
    [
      'duplicate',
      'of an open registration',
      async (id) => {
        const open = await office.caseIn('sent');
        await house.query('UPDATE cases SET patient_record_id = $2 WHERE id = $1', [open.id, id]);
      },
    ],
    ['minor', 'of a child', (id) => setRecord(id, `date_of_birth = (gatehouse_now() - interval '17 years')::date`)],
    ['no_postal_code', 'without a ZIP code', (id) => setRecord(id, 'postal_code = NULL')],
    ['no_address', 'without an address', (id) => setRecord(id, 'email = NULL')],
  ];

  it.each(obstacles)('%s: a record %s', async (obstacle, _, happens) => {
    const recordId = await office.record();
    await happens(recordId);
    const had = await casesOf(recordId);
    await expect(office.sends(recordId)).rejects.toEqual(refusedFor(obstacle));
    const judged = await registrationObstacles(
      house.database,
      harborview,
      testPolicy(),
      new Map([[recordId, undefined]]),
    );
    expect(judged.get(recordId)).toMatchObject({ obstacle, name: expect.stringMatching(/^Ben Okafor/) });
    expect(await casesOf(recordId)).toEqual(had);
  });

  it('unknown_record: of no portal, and of another one', async () => {
    await house.portal('elsewhere', () => {});
    const foreign = await office.record({}, 'elsewhere');
    await expect(office.sends(foreign)).rejects.toEqual(refusedFor('unknown_record'));
    await expect(office.sends('00000000-0000-7000-8000-000000000000')).rejects.toEqual(refusedFor('unknown_record'));
    expect(await casesOf(foreign)).toEqual([]);
    // Where patients are another portal's, they are registered there.
    await house.portal('branch', (policy) => {
      policy.patientPortal = 'elsewhere';
    });
    await expect(office.sends(foreign, { portal: 'branch' })).rejects.toEqual(refusedFor('unknown_record'));
  });

  it('of several, the first of the list is told', async () => {
    const recordId = await office.record();
    const ways = new Map(obstacles.map(([obstacle, , happens]) => [obstacle, happens]));
    for (const [obstacle] of obstacles.toReversed()) {
      await ways.get(obstacle)?.(recordId);
      await expect(office.sends(recordId)).rejects.toEqual(refusedFor(obstacle));
    }
  });

  it.each<[string, string, boolean]>([
    ['is of age today', `((gatehouse_now() AT TIME ZONE 'America/New_York')::date - interval '18 years')`, true],
    [
      'will be tomorrow',
      `((gatehouse_now() AT TIME ZONE 'America/New_York')::date - interval '18 years' + interval '1 day')`,
      false,
    ],
  ])('who %s', async (_, born, isSent) => {
    const recordId = await office.record();
    await setRecord(recordId, `date_of_birth = ${born}::date`);
    const sending = office.sends(recordId);
    await (isSent
      ? expect(sending).resolves.toMatchObject({ state: 'draft' })
      : expect(sending).rejects.toEqual(refusedFor('minor')));
  });

  it('a practice that closes later still registers', async () => {
    const recordId = await office.record();
    await setRecord(recordId, `practice_id = '${await closedPractice(`gatehouse_now() + interval '1 hour'`)}'`);
    expect(await office.sends(recordId)).toMatchObject({ state: 'draft' });
  });

  it('an enrollment that has ended, or of a closed account, does not', async () => {
    for (const ends of [
      `UPDATE enrollments SET ended_at = gatehouse_now(), end_reason = 'not_me' WHERE account_id = $1`,
      `UPDATE accounts SET state = 'closed' WHERE id = $1`,
    ]) {
      const recordId = await office.record();
      await house.query(ends, [await enrollmentOf(recordId)]);
      expect(await office.sends(recordId)).toMatchObject({ state: 'draft' });
    }
  });

  it.each(['expired', 'cancelled'] as const)('a registration that is %s does not', async (state) => {
    const before = await office.caseIn(state);
    const row = await office.sends(before.patientRecordId ?? '');
    expect(row).toMatchObject({ state: 'draft', patientRecordId: before.patientRecordId });
  });

  it.each(['draft', 'sent', 'identified', 'locked', 'undeliverable'] as const)(
    'a registration that is %s does',
    async (state) => {
      const open = await office.caseIn(state);
      await expect(office.sends(open.patientRecordId ?? '')).rejects.toEqual(refusedFor('duplicate'));
    },
  );

  it('is judged of many at once, with the address each would go to', async () => {
    const [ready, bare, dead] = [await office.record(), await office.record(), await office.record()];
    await setRecord(bare, 'email = NULL');
    await setRecord(dead, `deceased_on = '2026-01-01'`);
    const unknown = '00000000-0000-7000-8000-000000000000';
    const asked = new Map<string, string | undefined>([
      [ready, 'other@mail.example'],
      [bare, undefined],
      [dead, undefined],
      [unknown, undefined],
    ]);
    const judged = await registrationObstacles(house.database, harborview, testPolicy(), asked);
    expect(judged.get(ready)).toMatchObject({
      obstacle: null,
      email: 'other@mail.example',
      emailOnFile: expect.stringMatching(/^ben\./),
    });
    expect(judged.get(bare)).toMatchObject({ obstacle: 'no_address', email: null, emailOnFile: null });
    expect(judged.get(dead)?.obstacle).toBe('deceased');
    expect(judged.has(unknown)).toBe(false);
  });
});

describe('another address than the one on file', () => {
  const send = async (more: Sending, onFile: string | null = 'On.File@mail.example') => {
    const recordId = await office.record();
    await house.query('UPDATE patient_records SET email = $2 WHERE id = $1', [recordId, onFile]);
    return office.sends(recordId, more);
  };
  const email = 'other@mail.example';

  it('demands a reason of the list, kept with the registration and its audit', async () => {
    await expect(send({ email })).rejects.toEqual(refused('reason_required'));
    await expect(send({ email, reason: 'wrong_person' })).rejects.toEqual(invalid('reason'));
    const row = await send({ email, reason: 'patient_request' });
    expect(row.email).toBe(email);
    const [kept] = await house.query(
      `SELECT address_reason AS reason, (SELECT entry::jsonb -> 'detail' ->> 'reason' FROM audit_entries WHERE case_id = $1) AS audited
       FROM registrations WHERE case_id = $1`,
      [row.id],
    );
    expect(kept).toEqual({ reason: 'patient_request', audited: 'patient_request' });
  });

  it('`other` demands a note that says something', async () => {
    await expect(send({ email, reason: 'other' })).rejects.toEqual(invalid('note'));
    await expect(send({ email, reason: 'other', note: ' \n' })).rejects.toEqual(invalid('note'));
    expect(await send({ email, reason: 'other', note: 'Lives with her sister now.' })).toMatchObject({ email });
  });

  it('the same one, however it is written, takes none', async () => {
    await expect(send({ email: 'on.file@MAIL.example', reason: 'patient_request' })).rejects.toEqual(invalid('reason'));
    await expect(send({ reason: 'patient_request' })).rejects.toEqual(invalid('reason'));
    expect(await send({ email: 'on.file@MAIL.example' })).toMatchObject({ state: 'draft' });
  });

  it('a record without any takes one, with a reason', async () => {
    await expect(send({ email }, null)).rejects.toEqual(refused('reason_required'));
    expect(await send({ email, reason: 'address_outdated' }, null)).toMatchObject({ email });
  });

  it('what is refused leaves nothing', async () => {
    const recordId = await office.record();
    await expect(office.sends(recordId, { email })).rejects.toEqual(refused('reason_required'));
    expect(await casesOf(recordId)).toEqual([]);
    expect(await office.sends(recordId)).toMatchObject({ state: 'draft' });
  });
});

describe('one of many at once', () => {
  it('has its link and its mail in the same transaction, and both leave after everything else', async () => {
    const row = await office.sends(await office.record(), { isBulk: true });
    expect(row).toMatchObject({ state: 'draft', owesSecret: false, secretsIssued: 1, waitingOn: 'engine' });
    const has = await office.everythingOf(row.id);
    expect(has.outbox).toEqual([{ r: expect.objectContaining({ bulk: true }) }]);
    expect(has.secrets).toEqual([{ r: expect.objectContaining({ purpose: 'registration_link', ended_at: null }) }]);
    expect(has.messages).toEqual([
      { r: expect.objectContaining({ template: 'registration_invitation', bulk: true, priority: 9, state: 'queued' }) },
    ]);
    // The dispatcher's: the engine is not asked to send it.
    expect((await snapshotOf(house.database, row.id)).owes).toEqual({ secret: false, approval: false, mails: [] });
  });

  it('whose mail is taken is sent, and the engine hears of it after the others', async () => {
    const row = await office.sends(await office.record(), { isBulk: true });
    const [message] = await house.query<{ id: string }>('SELECT id FROM messages WHERE case_id = $1', [row.id]);
    await house.database.transaction((tx) => settleMail(tx, message?.id ?? '', { state: 'accepted' }));
    expect(await house.row(row.id)).toMatchObject({ state: 'sent', waitingOn: 'applicant' });
    const words = await house.query<{ bulk: boolean }>('SELECT bulk FROM outbox WHERE case_id = $1', [row.id]);
    expect(words.length).toBeGreaterThan(1);
    expect(words.every(({ bulk }) => bulk)).toBe(true);
  });

  it('whose mail is refused is undeliverable', async () => {
    const row = await office.sends(await office.record(), { isBulk: true });
    const [message] = await house.query<{ id: string }>('SELECT id FROM messages WHERE case_id = $1', [row.id]);
    await house.database.transaction((tx) => settleMail(tx, message?.id ?? '', { state: 'refused', problem: '5.1.1' }));
    expect(await house.row(row.id)).toMatchObject({
      state: 'undeliverable',
      waitingOn: 'staff',
      flags: ['mail_refused'],
    });
    expect(await house.query('SELECT ended_as FROM secrets WHERE case_id = $1', [row.id])).toEqual([
      { ended_as: 'revoked' },
    ]);
  });
});

describe('races', () => {
  const winnersOf = <Result>(outcomes: PromiseSettledResult<Result>[]) =>
    outcomes.filter(({ status }) => status === 'fulfilled').length;

  it('16 members at once send to one record: one registration, fifteen duplicates', async () => {
    const recordId = await office.record();
    const members = await Promise.all(Array.from({ length: 16 }, (_, n) => house.member(`Racer ${n}`, 'clerk')));
    const outcomes = await Promise.allSettled(
      members.map((actor, n) => office.sends(recordId, { actor, isBulk: n % 4 === 0 })),
    );
    expect(winnersOf(outcomes)).toBe(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refusedFor('duplicate'));
    }
    expect(await casesOf(recordId)).toHaveLength(1);
  });

  it.each(Array.from({ length: 5 }, (_, round) => round))(
    'an expired one sent anew while another is sent to the same record, round %i: one of the two is open',
    async (round) => {
      const expired = await office.caseIn('expired');
      const recordId = expired.patientRecordId ?? '';
      const racers = [
        () => office.moves(expired.id, 'resend', house.clerk),
        () => office.sends(recordId),
        () => office.moves(expired.id, 'correctAddress', house.clerk, { input: { email: `anew.${expired.email}` } }),
        () => office.sends(recordId),
      ];
      const turned = [...racers.slice(round % 4), ...racers.slice(0, round % 4)];
      await Promise.allSettled(turned.map((race) => race()));
      const open = await house.query(
        `SELECT id FROM cases WHERE patient_record_id = $1 AND kind = 'registration' AND waiting_on IS NOT NULL`,
        [recordId],
      );
      expect(open).toHaveLength(1);
    },
  );
});
