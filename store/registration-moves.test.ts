import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../domain/case.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import {
  type RegistrationMove,
  type RegistrationState,
  registrationEngineMoves,
  registrationLifecycle,
  registrationPersonMoves,
  registrationStaffMoves,
  registrationStates,
} from '../domain/registration/lifecycle.ts';
import { addDuration } from '../domain/time/duration.ts';
import { engine, type House, harborview, openHouse, person } from '../test/support/house.ts';
import { type RegistrationHouse, registrationsIn } from '../test/support/registration-house.ts';
import { addAccount } from '../test/support/seed.ts';
import { enrollAccount } from './accounts.ts';
import { type CaseRow, lockCase } from './cases.ts';
import type { Transaction } from './database.ts';
import { settleMail } from './mail-delivery.ts';
import { type MoveRequest, moveCase } from './moves.ts';
import { notMeToken } from './not-me.ts';
import { noteNotMe } from './not-me-reports.ts';
import { tellOfRecordChanges } from './record-changes.ts';
import { importRecords, type RecordToImport } from './record-imports.ts';
import { Refused } from './refused.ts';
import { snapshotOf } from './snapshots.ts';

const { registration } = lifecycles;
let house: House;
let office: RegistrationHouse;
const later = (at: Date | null | undefined, ms: number) => new Date((at?.getTime() ?? Number.NaN) + ms);
const day = 86_400_000;

beforeAll(async () => {
  house = await openHouse(() => {}, { connections: 20 });
  office = registrationsIn(house);
});
afterAll(() => house.close());

const refused = (code: string, more: Record<string, unknown> = {}) => expect.objectContaining({ code, ...more });
const invalid = (field: string) => refused('validation_failed', { errors: { [field]: expect.any(String) } });

type Who = 'staff' | 'person' | 'engine';
const allMoves: (readonly [Who, RegistrationMove])[] = [
  ...registrationStaffMoves.map((move) => ['staff', move] as const),
  ...registrationPersonMoves.map((move) => ['person', move] as const),
  ...registrationEngineMoves.map((move) => ['engine', move] as const),
];
const whoOf = (move: RegistrationMove): Who => allMoves.find(([, one]) => one === move)?.[0] ?? 'engine';
const targetOf = (state: RegistrationState, move: RegistrationMove) =>
  (registrationLifecycle[state] as { readonly [M in RegistrationMove]?: { to: RegistrationState } })[move]?.to;
const actorFor = (who: Who): Actor => (who === 'staff' ? house.supervisor : who === 'person' ? person : engine);

/** What the mover of each move brings. */
async function broughtFor(move: RegistrationMove, row: CaseRow): Promise<Partial<MoveRequest>> {
  switch (move) {
    case 'cancel':
      return { reason: 'wrong_person' };
    case 'correctAddress':
      return { input: { email: `corrected.${row.reference}@mail.example` }, reason: 'address_outdated' };
    case 'extend':
      return { input: { until: later(await house.now(), 20 * day) } };
    case 'note':
      return { note: 'Called back.' };
    case 'register':
      return { input: { accountId: await anAccount(row) } };
    case 'link':
      return {
        input: {
          accountId: await anAccount(row),
          linkedTo: { email: 'hers@mail.example', language: 'es', practice: null },
        },
      };
    case 'record_changed':
      return { input: { revokesSecret: true } };
    default:
      return {};
  }
}
let accounts = 0;
const anAccount = (row: Pick<CaseRow, 'id' | 'email'>) => {
  accounts += 1;
  return addAccount(house.database, harborview, { username: `${row.id}.${accounts}`, email: row.email });
};

/** The engine's clock: the instant at which a timer's move is due. */
function dueOf(move: RegistrationMove, row: CaseRow): Date | null | undefined {
  if (move === 'link_expired') return row.expiresAt;
  return move === 'reminded' ? row.remindersAt[0] : undefined;
}

const walked: readonly RegistrationState[] = ['draft', 'sent', 'identified'];
const keepsVersion = (move: RegistrationMove, state: RegistrationState) =>
  ['note', 'reminded', 'mail_unknown'].includes(move) ||
  (move === 'mail_refused' && state !== 'draft') ||
  (move === 'identify' && state === 'identified') ||
  (move === 'notMe' && (state === 'registered' || state === 'linked'));

/** How the live link ends; elsewhere it goes on as it was. */
const endings: Partial<Record<RegistrationMove, string>> = {
  resend: 'superseded',
  correctAddress: 'superseded',
  link_issued: 'superseded',
  cancel: 'revoked',
  notMe: 'revoked',
  record_changed: 'revoked',
  expireNow: 'expired',
  link_expired: 'expired',
  link_locked: 'burned',
  register: 'used',
  link: 'used',
};
const endingOf = (move: RegistrationMove, state: RegistrationState) =>
  move === 'mail_refused' && state === 'draft' ? 'revoked' : endings[move];

/** Mails by move. */
const mailed: Partial<Record<RegistrationMove, string[]>> = {
  link_issued: ['registration_resent'],
  reminded: ['registration_reminder'],
  expireNow: ['registration_expired'],
  link_expired: ['registration_expired'],
  register: ['registration_confirmation'],
  link: ['account_linked'],
  correctAddress: ['email_changed'],
};

const linksOf = (caseId: string) =>
  house.query<{ endedAs: string | null }>(
    `SELECT ended_as AS "endedAs" FROM secrets WHERE case_id = $1 AND purpose = 'registration_link' ORDER BY issued_at, ended_at NULLS LAST`,
    [caseId],
  );
const messagesOf = (caseId: string) =>
  house.query<{ id: string; template: string; to: string; secretId: string | null; data: Record<string, unknown> }>(
    `SELECT id, template, to_address AS "to", secret_id AS "secretId", data FROM messages WHERE case_id = $1 ORDER BY id`,
    [caseId],
  );
const templatesOf = async (caseId: string) => (await messagesOf(caseId)).map(({ template }) => template);
const openTasksOf = async (caseId: string) =>
  (
    await house.query<{ reason: string }>('SELECT reason FROM staff_tasks WHERE case_id = $1 AND settled_at IS NULL', [
      caseId,
    ])
  )
    .map(({ reason }) => reason)
    .sort();

describe('every state and every move, through the one door', () => {
  const pairs = registrationStates.flatMap((state) => allMoves.map(([who, move]) => ({ state, who, move })));
  const allowed = pairs.filter(({ state, move }) => targetOf(state, move));

  it.each(allowed)('$who: $move in $state', async ({ state, who, move }) => {
    const before = await office.caseIn(state);
    const due = dueOf(move, before);
    if (due) await house.clock.standAt(due);
    const brought = await broughtFor(move, before);
    const [had, messagesBefore] = [await office.everythingOf(before.id), await messagesOf(before.id)];

    const moved = await office.moves(before.id, move, actorFor(who), brought);
    await house.clock.run();

    const row = await house.row(before.id);
    const has = await office.everythingOf(before.id);
    expect(row).toEqual(moved);
    expect(row.state).toBe(targetOf(state, move));
    expect(row.waitingOn).toBe(registration.waitingOn(row.state, row.flags));
    if (due) expect(row.updatedAt).toEqual(due);

    const isVersioned = !keepsVersion(move, state);
    expect(row.version).toBe(before.version + (isVersioned ? 1 : 0));
    const audits = await house.query<{ action: string; version: number | null; actor: string; at: Date }>(
      `SELECT action, case_version AS version, actor_kind AS actor, at FROM audit_entries WHERE case_id = $1 ORDER BY id`,
      [row.id],
    );
    expect(audits).toHaveLength((had.audit_entries?.length ?? 0) + 1);
    expect(audits.at(-1)).toMatchObject({
      action: move,
      version: isVersioned ? row.version : null,
      actor: who === 'staff' ? 'member' : who,
      at: row.updatedAt,
    });
    expect(has.outbox).toHaveLength((had.outbox?.length ?? 0) + (move === 'note' ? 0 : 1));
    expect(has.decisions).toHaveLength((had.decisions?.length ?? 0) + (who === 'staff' ? 1 : 0));

    const known = new Set(messagesBefore.map(({ id }) => id));
    const messages = await messagesOf(row.id);
    expect(messages.filter(({ id }) => !known.has(id)).map(({ template }) => template)).toEqual(mailed[move] ?? []);
    // No mail is left that carries a link which is dead, unless the relay may have had it.
    const dead = await house.query(
      `SELECT m.id FROM messages m JOIN secrets s ON s.id = m.secret_id WHERE m.case_id = $1 AND s.ended_at IS NOT NULL`,
      [row.id],
    );
    if (move !== 'link_issued') expect(dead).toEqual([]);

    const links = await linksOf(row.id);
    const hadLive = walked.includes(state);
    const ending = endingOf(move, state);
    if (hadLive) expect(links[0]?.endedAs ?? undefined).toBe(ending);
    const live = links.filter(({ endedAs }) => endedAs === null);
    expect(live).toHaveLength(move === 'link_issued' || (hadLive && !ending) ? 1 : 0);

    const isQuiet = registration.isFinal(row.state) && move !== 'notMe';
    const tasks = isQuiet ? [] : row.flags.filter((flag) => flag !== 'possible_duplicate');
    expect(await openTasksOf(row.id)).toEqual([...tasks].sort());
  });

  it.each(registrationStates)('%s: what the table refuses leaves nothing', async (state) => {
    const row = await office.caseIn(state);
    const had = await office.everythingOf(row.id);
    for (const [who, move] of allMoves.filter(([, one]) => !targetOf(state, one))) {
      const brought = await broughtFor(move, row);
      await expect(office.moves(row.id, move, actorFor(who), brought)).rejects.toEqual(
        refused('not_allowed_now', { current: expect.objectContaining({ state, version: row.version }) }),
      );
    }
    expect(await office.everythingOf(row.id)).toEqual(had);
  });

  it('moves of the other lifecycle are refused in every state', async () => {
    const own = new Set<string>(registration.moves);
    const foreign = lifecycles.application.moves.filter((move) => !own.has(move));
    for (const state of registrationStates) {
      const row = await office.caseIn(state);
      for (const move of foreign) {
        const moving = house.database.transaction((tx) =>
          moveCase(tx, { caseId: row.id, move, actor: house.supervisor, reason: 'not_a_patient' }),
        );
        await expect(moving).rejects.toEqual(refused('not_allowed_now'));
      }
      expect(await house.row(row.id)).toEqual(row);
    }
  });

  it('nobody makes the moves of another', async () => {
    const row = await office.caseIn('identified');
    const had = await office.everythingOf(row.id);
    const auditor = await house.member('Otto Auditor', 'auditor', 'operator');
    for (const [move, actor] of [
      ['cancel', house.clerk],
      ['extend', house.clerk],
      ['expireNow', house.clerk],
      ['resend', auditor],
      ['resend', person],
      ['resend', engine],
      ['register', house.supervisor],
      ['notMe', house.supervisor],
      ['link_locked', person],
      ['link_expired', house.supervisor],
    ] as const) {
      const brought = await broughtFor(move, row);
      await expect(office.moves(row.id, move, actor, brought)).rejects.toEqual(refused('not_allowed'));
    }
    expect(await office.everythingOf(row.id)).toEqual(had);
  });

  it('a member of another portal does not see it; an old version decides nothing', async () => {
    const row = await office.caseIn('sent');
    const elsewhere: Actor = { ...house.supervisor, portals: ['elsewhere'] };
    await expect(office.moves(row.id, 'resend', elsewhere)).rejects.toEqual(refused('not_found'));
    const old = office.moves(row.id, 'resend', house.clerk, { expectedVersion: row.version - 1 });
    await expect(old).rejects.toEqual(
      refused('stale_version', { current: expect.objectContaining({ version: row.version }) }),
    );
  });

  it('a thrown error after the move leaves nothing of it', async () => {
    const row = await office.caseIn('sent');
    const had = await office.everythingOf(row.id);
    const failing = house.database.transaction(async (tx) => {
      await moveCase(tx, { caseId: row.id, move: 'cancel', actor: house.reviewer, reason: 'wrong_person' });
      throw new Error('later');
    });
    await expect(failing).rejects.toThrow('later');
    expect(await office.everythingOf(row.id)).toEqual(had);
  });
});

describe('reasons and what is typed', () => {
  it('cancelling demands one of its list, `other` a note', async () => {
    const row = await office.caseIn('sent');
    const cancel = (more: Partial<MoveRequest> = {}) => office.moves(row.id, 'cancel', house.reviewer, more);
    await expect(cancel()).rejects.toEqual(refused('reason_required'));
    await expect(cancel({ reason: 'suspected_fraud' })).rejects.toEqual(invalid('reason'));
    await expect(cancel({ reason: 'other' })).rejects.toEqual(invalid('note'));
    expect(await cancel({ reason: 'other', note: 'Sent twice.' })).toMatchObject({ state: 'cancelled' });
  });

  it('a corrected address is another one, tells the one before, and may say why', async () => {
    const row = await office.caseIn('sent');
    const correct = (email: string, more: Partial<MoveRequest> = {}) =>
      office.moves(row.id, 'correctAddress', house.clerk, { input: { email }, ...more });
    await expect(correct(row.email.toUpperCase())).rejects.toEqual(invalid('email'));
    await expect(correct('her.own@mail.example', { reason: 'other' })).rejects.toEqual(invalid('note'));
    await expect(correct('her.own@mail.example', { reason: 'wrong_person' })).rejects.toEqual(invalid('reason'));
    const moved = await correct('her.own@mail.example', { reason: 'patient_request', message: 'As you asked.' });
    expect(moved).toMatchObject({
      state: 'draft',
      email: 'her.own@mail.example',
      owesSecret: true,
      lastEditedBy: house.clerk.id,
    });
    await office.moves(row.id, 'link_issued', engine);
    const mails = (await messagesOf(row.id)).map(({ template, to, data }) => [template, to, data.message]);
    // The invitation had not left: it is not sent to the wrong address after all.
    expect(mails).toEqual([
      ['email_changed', row.email, undefined],
      ['registration_resent', 'her.own@mail.example', 'As you asked.'],
    ]);
    const [link] = await house.query<{ to: string }>(
      `SELECT sent_to AS "to" FROM secrets WHERE case_id = $1 AND ended_at IS NULL`,
      [row.id],
    );
    expect(link?.to).toBe('her.own@mail.example');
  });

  it('a note has words, and changes nothing, in whatever state', async () => {
    for (const state of ['sent', 'registered', 'cancelled'] as const) {
      const row = await office.caseIn(state);
      await expect(office.moves(row.id, 'note', house.clerk, { note: ' ' })).rejects.toEqual(invalid('text'));
      await office.moves(row.id, 'note', house.clerk, { note: 'Called.' });
      expect(await house.row(row.id)).toEqual({ ...row, updatedAt: expect.any(Date) });
    }
  });
});

describe('a timer’s move', () => {
  it.each<[RegistrationMove, RegistrationState]>([
    ['reminded', 'sent'],
    ['reminded', 'identified'],
    ['link_expired', 'draft'],
    ['link_expired', 'sent'],
    ['link_expired', 'identified'],
  ])('%s in %s: refused a millisecond early, made at its instant, once', async (move, state) => {
    const row = await office.caseIn(state);
    const due = dueOf(move, row);
    await house.clock.standAt(later(due, -1));
    const had = await office.everythingOf(row.id);
    await expect(office.moves(row.id, move, engine)).rejects.toEqual(refused('not_allowed_now'));
    expect(await office.everythingOf(row.id)).toEqual(had);
    await house.clock.standAt(later(due, 0));
    await office.moves(row.id, move, engine);
    await expect(office.moves(row.id, move, engine)).rejects.toEqual(refused('not_allowed_now'));
    await house.clock.run();
  });

  it('the instants of the row are the policy’s, from the issue', async () => {
    const row = await office.caseIn('sent');
    const [link] = await house.query<{ issuedAt: Date; expiresAt: Date }>(
      'SELECT issued_at AS "issuedAt", expires_at AS "expiresAt" FROM secrets WHERE case_id = $1',
      [row.id],
    );
    const issuedPlus = (duration: string) => addDuration(link?.issuedAt ?? new Date(0), duration, 'America/New_York');
    expect(row.expiresAt).toEqual(issuedPlus('P14D'));
    expect(link?.expiresAt).toEqual(row.expiresAt);
    expect(row.remindersAt).toEqual([issuedPlus('P7D'), issuedPlus('P12D')]);
  });
});

describe('a live link (footnote 1)', () => {
  const needs: [RegistrationMove, RegistrationState][] = [
    ['extend', 'sent'],
    ['expireNow', 'sent'],
    ['identify', 'sent'],
    ['link_locked', 'sent'],
    ['register', 'identified'],
    ['link', 'identified'],
  ];
  const make = async (row: CaseRow, move: RegistrationMove) =>
    office.moves(row.id, move, actorFor(whoOf(move)), await broughtFor(move, row));

  it.each(needs)('%s in %s: until the last millisecond, and not at the end', async (move, state) => {
    const row = await office.caseIn(state);
    await house.clock.standAt(later(row.expiresAt, 0));
    await expect(make(row, move)).rejects.toEqual(refused('not_allowed_now'));
    await house.clock.standAt(later(row.expiresAt, -1));
    await make(row, move);
    await house.clock.run();
  });

  it.each(needs)('%s in %s: not when it was taken back', async (move, state) => {
    const row = await office.caseIn(state);
    await office.moves(row.id, 'notMe', person);
    await expect(make(row, move)).rejects.toEqual(refused('not_allowed_now'));
  });

  it.each(['extend', 'expireNow', 'identify', 'link_locked'] as const)('%s: not before it is issued', async (move) => {
    const row = await office.sends(await office.record());
    await expect(make(row, move)).rejects.toEqual(refused('not_allowed_now'));
  });

  it('works from the moment it is issued, before its mail is taken; the mail is struck when it is used up', async () => {
    const row = await office.caseIn('draft');
    expect((await make(row, 'identify')).state).toBe('identified');
    expect((await make(row, 'register')).state).toBe('registered');
    expect(await templatesOf(row.id)).toEqual(['registration_confirmation']);
  });

  it('that is extended moves with its case and the reminders that are left', async () => {
    const row = await office.caseIn('identified');
    const until = later(row.expiresAt, day);
    const extend = (to: Date) => office.moves(row.id, 'extend', house.reviewer, { input: { until: to } });
    await expect(extend(await house.now())).rejects.toEqual(invalid('until'));
    await expect(extend(later(await house.now(), 400 * day))).rejects.toEqual(invalid('until'));
    await extend(until);
    const [link] = await house.query<{ expiresAt: Date }>(
      'SELECT expires_at AS "expiresAt" FROM secrets WHERE case_id = $1',
      [row.id],
    );
    expect(link?.expiresAt).toEqual(until);
    expect((await house.row(row.id)).remindersAt).toEqual(row.remindersAt.map((at) => later(at, day)));
  });

  it('mail that is accepted late does not lead back whom the person’s own step led on', async () => {
    const row = await office.caseIn('draft');
    await office.moves(row.id, 'identify', person);
    const [invitation] = await messagesOf(row.id);
    await house.database.transaction((tx) => settleMail(tx, invitation?.id ?? '', { state: 'accepted' }));
    expect((await house.row(row.id)).state).toBe('identified');
  });

  it('mail of an earlier link does not make the newer one sent', async () => {
    const row = await office.caseIn('draft');
    const [invitation] = await messagesOf(row.id);
    await house.query(`UPDATE messages SET claimed_until = gatehouse_now() + interval '1 minute' WHERE id = $1`, [
      invitation?.id,
    ]);
    await office.moves(row.id, 'resend', house.clerk);
    await house.database.transaction((tx) => settleMail(tx, invitation?.id ?? '', { state: 'accepted' }));
    expect(await house.row(row.id)).toMatchObject({ state: 'draft', owesSecret: true });
  });
});

describe('a record that stands (footnote 2)', () => {
  const sendAnew = ['resend', 'correctAddress'] as const;
  const open: readonly RegistrationState[] = ['draft', 'sent', 'identified', 'locked', 'undeliverable'];

  it.each([...open, 'expired' as const].flatMap((state) => sendAnew.map((move) => [move, state] as const)))(
    '%s in %s is refused while the record is deceased, merged or confidential',
    async (move, state) => {
      const row = await office.caseIn(state);
      const survivor = await office.record();
      const set = (sets: string) =>
        house.query(`UPDATE patient_records SET ${sets} WHERE id = $1`, [row.patientRecordId]);
      const brought = await broughtFor(move, row);
      for (const [spoiled, restored] of [
        [`deceased_on = '2026-01-01'`, 'deceased_on = NULL'],
        ['confidential = true', 'confidential = false'],
        [`merged_into = '${survivor}'`, 'merged_into = NULL'],
      ] as const) {
        await set(spoiled);
        const had = await office.everythingOf(row.id);
        await expect(office.moves(row.id, move, house.clerk, brought)).rejects.toEqual(refused('not_allowed_now'));
        expect(await office.everythingOf(row.id)).toEqual(had);
        await set(restored);
      }
      expect(await office.moves(row.id, move, house.clerk, brought)).toMatchObject({ state: 'draft', flags: [] });
    },
  );

  it('cancelling never asks the record', async () => {
    const row = await office.caseIn('sent');
    await house.query('UPDATE patient_records SET confidential = true WHERE id = $1', [row.patientRecordId]);
    const cancelled = await office.moves(row.id, 'cancel', house.reviewer, { reason: 'record_changed' });
    expect(cancelled).toMatchObject({ state: 'cancelled', waitingOn: null });
  });
});

describe('a record that an import changes', () => {
  const mrnOf = async (recordId: string | null) => {
    const [found] = await house.query<RecordToImport & Record<string, unknown>>(
      `SELECT mrn, first_name AS "firstName", last_name AS "lastName", date_of_birth AS "dateOfBirth" FROM patient_records WHERE id = $1`,
      [recordId],
    );
    if (!found) throw new Error('no such record');
    return found;
  };
  const imports = async (recordId: string | null, change: Partial<RecordToImport>) => {
    const known = await mrnOf(recordId);
    const rows = [{ ...known, line: 2, ...change }];
    await house.database.transaction(async (tx) =>
      importRecords(tx, { portal: harborview, rows, actor: house.supervisor, now: await house.now() }),
    );
  };
  const open = ['draft', 'sent', 'identified', 'locked', 'undeliverable'] as const;

  it.each(open.flatMap((state) => [['deceased', state] as const, ['confidential', state] as const]))(
    'that turned %s, of a registration that is %s: its link dies, staff look, nothing is mailed',
    async (change, state) => {
      const row = await office.caseIn(state);
      const mails = (await templatesOf(row.id)).filter((template) => template !== 'registration_invitation');
      await imports(row.patientRecordId, change === 'deceased' ? { deceasedOn: '2026-11-01' } : { confidential: true });
      const after = await house.row(row.id);
      expect(after).toMatchObject({ state, waitingOn: 'staff', expiresAt: null, remindersAt: [] });
      expect(after.flags).toContain('record_changed');
      expect((await linksOf(row.id)).filter(({ endedAs }) => endedAs === null)).toEqual([]);
      expect(await templatesOf(row.id)).toEqual(mails);
      expect(await openTasksOf(row.id)).toContain('record_changed');
      expect((await snapshotOf(house.database, row.id)).timers).toEqual([]);
      await expect(office.moves(row.id, 'resend', house.clerk)).rejects.toEqual(refused('not_allowed_now'));
    },
  );

  it('before its link is issued: none is owed any more', async () => {
    const row = await office.sends(await office.record());
    await imports(row.patientRecordId, { deceasedOn: '2026-11-01' });
    expect((await snapshotOf(house.database, row.id)).owes.secret).toBe(false);
  });

  it.each(open)(
    'that was merged, of one that is %s: it goes over to the survivor, the link lives on',
    async (state) => {
      const row = await office.caseIn(state);
      const survivor = await office.record();
      const links = await linksOf(row.id);
      await imports(row.patientRecordId, { mergedInto: (await mrnOf(survivor)).mrn });
      const after = await house.row(row.id);
      expect(after).toMatchObject({ state, patientRecordId: survivor, waitingOn: 'staff', expiresAt: row.expiresAt });
      expect(after.flags).toContain('record_changed');
      expect(await linksOf(row.id)).toEqual(links);
      const { timers } = await snapshotOf(house.database, row.id);
      expect(timers.map(({ name }) => name)).toEqual(row.expiresAt ? ['link_expires'] : []);
      expect(await office.moves(row.id, 'resend', house.clerk)).toMatchObject({ state: 'draft', flags: [] });
    },
  );

  it('that was merged into one of the dead: as if it were of the dead', async () => {
    const row = await office.caseIn('sent');
    const survivor = await office.record();
    await imports(survivor, { deceasedOn: '2026-11-01' });
    await imports(row.patientRecordId, { mergedInto: (await mrnOf(survivor)).mrn });
    expect((await linksOf(row.id)).map(({ endedAs }) => endedAs)).toEqual(['revoked']);
    await expect(office.moves(row.id, 'resend', house.clerk)).rejects.toEqual(refused('not_allowed_now'));
  });

  it.each(['expired', 'registered', 'linked', 'cancelled'] as const)(
    'leaves one that is %s as it was',
    async (state) => {
      const row = await office.caseIn(state);
      await imports(row.patientRecordId, { confidential: true });
      expect(await house.row(row.id)).toEqual(row);
    },
  );
});

describe('an expired registration that is sent anew', () => {
  it('is refused while another one of the record is open, and works again afterwards', async () => {
    const expired = await office.caseIn('expired');
    const other = await office.sends(expired.patientRecordId ?? '');
    const had = await office.everythingOf(expired.id);
    for (const move of ['resend', 'correctAddress'] as const) {
      const brought = await broughtFor(move, expired);
      await expect(office.moves(expired.id, move, house.clerk, brought)).rejects.toEqual(refused('not_allowed_now'));
    }
    expect(await office.everythingOf(expired.id)).toEqual(had);
    await office.moves(other.id, 'cancel', house.reviewer, { reason: 'wrong_address' });
    expect(await office.moves(expired.id, 'resend', house.clerk)).toMatchObject({
      state: 'draft',
      owesSecret: true,
      expiresAt: null,
      waitingOn: 'engine',
    });
  });

  it.each(['resend', 'correctAddress'] as const)(
    '%s is refused when an import takes the record away at the same time',
    async (move) => {
      const row = await office.caseIn('expired');
      const brought = await broughtFor(move, row);
      const tries: Promise<unknown>[] = [];
      await house.database.transaction(async (tx) => {
        await tx.query('UPDATE patient_records SET confidential = true WHERE id = $1', [row.patientRecordId]);
        const attempt = office.moves(row.id, move, house.clerk, brought);
        tries.push(attempt);
        attempt.catch(() => undefined);
        for (let isWaiting = false; !isWaiting; ) {
          const waiting = await house.query(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          isWaiting = waiting.length > 0;
        }
      });
      await expect(tries[0]).rejects.toEqual(refused('not_allowed_now'));
      expect(await house.row(row.id)).toEqual(row);
    },
  );

  it.each([
    ['its practice has closed', `UPDATE patient_records SET practice_id = (SELECT id FROM closed) WHERE id = $1`],
    ['its person turned out to be a child', `UPDATE patient_records SET date_of_birth = '2020-01-01' WHERE id = $1`],
    ['it lost its ZIP code', 'UPDATE patient_records SET postal_code = NULL WHERE id = $1'],
  ])('is not sent anew once %s, and staff are told', async (_, change) => {
    for (const state of ['sent', 'expired'] as const) {
      const row = await office.caseIn(state);
      const closed = `WITH closed AS (INSERT INTO practices (portal, name, closed_at) VALUES ($2, 'Gone', gatehouse_now()) RETURNING id)`;
      await house.query(change.includes('closed') ? `${closed} ${change}` : change, [
        row.patientRecordId,
        ...(change.includes('closed') ? [row.portal] : []),
      ]);
      const told = refused('validation_failed', { errors: { patientRecordId: expect.any(String) } });
      await expect(office.moves(row.id, 'resend', house.clerk)).rejects.toEqual(told);
      expect(await house.row(row.id)).toEqual(row);
    }
  });

  it('of a record that is merged into one being registered too, only the survivor’s link goes on', async () => {
    const [kept, merged] = [await office.caseIn('sent'), await office.caseIn('sent')];
    await house.query('UPDATE patient_records SET merged_into = $2 WHERE id = $1', [
      merged.patientRecordId,
      kept.patientRecordId,
    ]);
    await house.database.transaction(async (tx) =>
      tellOfRecordChanges(
        tx,
        harborview,
        [{ recordId: merged.patientRecordId ?? '', kind: 'merged' }],
        house.supervisor,
        await house.now(),
      ),
    );
    expect((await linksOf(merged.id)).map(({ endedAs }) => endedAs)).toEqual(['revoked']);
    expect(await openTasksOf(merged.id)).toEqual(['record_changed']);
    expect(await house.row(kept.id)).toEqual(kept);
  });

  it('an open one is resent however many are over', async () => {
    const first = await office.caseIn('expired');
    const second = await office.sends(first.patientRecordId ?? '');
    expect(await office.moves(second.id, 'resend', house.clerk)).toMatchObject({ state: 'draft' });
  });
});

describe('“this wasn’t me”, from a mail', () => {
  const reports = async (row: CaseRow, template: string) => {
    const message = (await messagesOf(row.id)).find((one) => one.template === template);
    const token = notMeToken(house.database.keys, message?.id ?? '');
    await noteNotMe(house.database, { portal: harborview, token, actor: person });
  };
  const accountOf = async (row: CaseRow) => {
    const [account] = await house.query<{
      state: string;
      tasks: number;
      mails: string[] | null;
      ended: (string | null)[];
    }>(
      `SELECT state, (SELECT count(*)::int FROM staff_tasks WHERE account_id = a.id AND settled_at IS NULL) AS tasks,
         (SELECT array_agg(template || ' ' || to_address) FROM messages WHERE account_id = a.id) AS mails,
         (SELECT array_agg(end_reason ORDER BY created_at, id) FROM enrollments WHERE account_id = a.id) AS ended
       FROM accounts a WHERE id = $1`,
      [row.accountId],
    );
    return account;
  };

  it.each(['draft', 'sent', 'identified'] as const)(
    'of one that is %s: the link dies, staff look, once',
    async (state) => {
      const row = await office.caseIn(state);
      const [{ id = '' } = {}] = await messagesOf(row.id);
      const token = notMeToken(house.database.keys, id);
      const report = () => noteNotMe(house.database, { portal: harborview, token, actor: person });
      await report();
      const after = await house.row(row.id);
      expect(after).toMatchObject({ state, flags: ['not_me'], waitingOn: 'staff', expiresAt: null, remindersAt: [] });
      expect((await linksOf(row.id)).map(({ endedAs }) => endedAs)).toEqual(['revoked']);
      expect(await openTasksOf(row.id)).toEqual(['not_me']);
      await report();
      expect(await house.row(row.id)).toEqual(after);
      const resent = await office.moves(row.id, 'resend', house.clerk);
      expect(resent).toMatchObject({ state: 'draft', flags: [], owesSecret: true });
      expect(await openTasksOf(row.id)).toEqual([]);
    },
  );

  it('of one that is expired: it stays so, and staff look before they send anew', async () => {
    const row = await office.caseIn('expired');
    await reports(row, 'registration_expired');
    const after = await house.row(row.id);
    expect(after).toMatchObject({ state: 'expired', flags: ['not_me'], waitingOn: null, expiresAt: row.expiresAt });
    expect(await openTasksOf(row.id)).toEqual(['not_me']);
    await reports(row, 'registration_expired');
    expect(await house.row(row.id)).toEqual(after);
    expect(await office.moves(row.id, 'resend', house.clerk)).toMatchObject({ state: 'draft', flags: [] });
    expect(await openTasksOf(row.id)).toEqual([]);
  });

  it('of one that is cancelled: nothing', async () => {
    const row = await office.caseIn('cancelled');
    const [message] = await house.query<{ id: string }>(
      `INSERT INTO messages (portal, case_id, template, sequence, priority, to_address, to_key, language, data, next_attempt_at, queued_at)
       VALUES ($1, $2, 'registration_invitation', 9, 5, $3, $3, 'en', '{}', gatehouse_now(), gatehouse_now()) RETURNING id`,
      [harborview, row.id, row.email],
    );
    const token = notMeToken(house.database.keys, message?.id ?? '');
    await noteNotMe(house.database, { portal: harborview, token, actor: person });
    expect(await house.row(row.id)).toEqual(row);
  });

  it('of one that is linked: what it added ends though the account was stopped before, and after its record was merged', async () => {
    const row = await office.caseIn('linked');
    await house.query(`UPDATE accounts SET state = 'suspended' WHERE id = $1`, [row.accountId]);
    const survivor = await office.record();
    await house.query('UPDATE patient_records SET merged_into = $2 WHERE id = $1', [row.patientRecordId, survivor]);
    await house.database.transaction(async (tx) =>
      tellOfRecordChanges(
        tx,
        harborview,
        [{ recordId: row.patientRecordId ?? '', kind: 'merged' }],
        house.supervisor,
        await house.now(),
      ),
    );
    await reports(row, 'account_linked');
    const enrollments = await house.query(
      'SELECT patient_record_id AS record, end_reason AS ended FROM enrollments WHERE case_id = $1',
      [row.id],
    );
    expect(enrollments).toEqual([{ record: survivor, ended: 'not_me' }]);
  });

  it('of one that is registered: the account is stopped and its owner told, once; the enrollment stands for staff', async () => {
    const row = await office.caseIn('registered');
    await house.query(
      `INSERT INTO sessions (token_hash, account_id, started_at, last_active_at, ends_at)
       VALUES (uuid_send(gen_random_uuid()), $1, gatehouse_now(), gatehouse_now(), gatehouse_now() + interval '1 hour')`,
      [row.accountId],
    );
    await reports(row, 'registration_confirmation');
    await reports(row, 'registration_confirmation');
    expect(await accountOf(row)).toEqual({
      state: 'suspended',
      tasks: 1,
      mails: [`account_suspended account.${row.email}`],
      ended: [null],
    });
    expect(
      await house.query('SELECT 1 FROM sessions WHERE account_id = $1 AND ended_at IS NULL', [row.accountId]),
    ).toEqual([]);
    expect(await house.row(row.id)).toEqual({ ...row, updatedAt: expect.any(Date) });
  });

  it('of one that is linked: the account is stopped and what was linked ends; what it had before stays', async () => {
    const row = await office.caseIn('linked');
    const before = await office.record();
    const { id: caseId } = await office.caseIn('draft');
    await house.database.transaction(async (tx) =>
      enrollAccount(tx, { accountId: row.accountId ?? '', patientRecordId: before, caseId, at: await house.now() }),
    );
    const [mail] = (await messagesOf(row.id)).filter(({ template }) => template === 'account_linked');
    expect(mail?.to).toBe(`account.${row.email}`);
    await reports(row, 'account_linked');
    await reports(row, 'account_linked');
    expect(await accountOf(row)).toEqual({
      state: 'suspended',
      tasks: 1,
      mails: [`account_suspended account.${row.email}`],
      ended: ['not_me', null],
    });
    const actions = await house.query<{ action: string }>(
      `SELECT action FROM audit_entries WHERE case_id = $1 AND action = 'notMe'`,
      [row.id],
    );
    expect(actions).toHaveLength(1);
  });
});

describe('what locks it', () => {
  it.each<[string | undefined, string, string[], string[]]>([
    [undefined, 'burned', ['code_burned'], ['code_burned']],
    ['record_unusable', 'revoked', ['record_changed'], ['record_changed']],
    ['under_age', 'revoked', ['record_changed'], ['record_changed']],
    ['practice_closed', 'revoked', ['record_changed'], ['record_changed']],
    ['person_has_account', 'revoked', ['code_burned', 'possible_duplicate'], ['code_burned']],
    ['account_suspended', 'revoked', ['code_burned', 'possible_duplicate'], ['code_burned']],
  ])('%s: the link is %s, flags %j, tasks %j; a resend opens it again', async (reason, endedAs, flags, tasks) => {
    const row = await office.caseIn('identified');
    const locked = await office.moves(row.id, 'link_locked', engine, { reason });
    expect(locked).toMatchObject({ state: 'locked', flags, waitingOn: 'staff', expiresAt: null, remindersAt: [] });
    expect(await linksOf(row.id)).toEqual([{ endedAs }]);
    expect(await openTasksOf(row.id)).toEqual(tasks);
    const resent = await office.moves(row.id, 'resend', house.clerk);
    expect(resent).toMatchObject({ state: 'draft', flags: flags.filter((flag) => flag === 'possible_duplicate') });
    await office.moves(row.id, 'link_issued', engine);
    expect((await linksOf(row.id)).map((link) => link.endedAs)).toEqual([endedAs, null]);
    expect((await templatesOf(row.id)).at(-1)).toBe('registration_resent');
  });
});

describe('the end of a case or of its link', () => {
  it.each<[RegistrationMove, string]>([
    ['resend', 'superseded'],
    ['correctAddress', 'superseded'],
    ['cancel', 'revoked'],
    ['expireNow', 'expired'],
    ['link_locked', 'burned'],
    ['notMe', 'revoked'],
    ['record_changed', 'revoked'],
    ['register', 'used'],
    ['link', 'used'],
  ])('%s ends the walk as %s and forgets what was typed', async (move, endedAs) => {
    const row = await office.caseIn('identified');
    await house.query(
      `INSERT INTO registration_walks (portal, case_id, secret_id, token_hash, step, started_at, ends_at, username, password_hash, answers)
       SELECT portal, case_id, id, uuid_send(id), 'disclaimer', gatehouse_now(), gatehouse_now() + interval '1 day', 'ben', 'a hash',
         '[{"question": "first_pet", "answerHash": "a hash"}]' FROM secrets WHERE case_id = $1 AND ended_at IS NULL`,
      [row.id],
    );
    await office.moves(row.id, move, actorFor(whoOf(move)), await broughtFor(move, row));
    const walks = await house.query(
      `SELECT ended_as AS "endedAs", ended_at IS NOT NULL AS "hasEnded", password_hash AS hash, answers FROM registration_walks
       WHERE case_id = $1`,
      [row.id],
    );
    expect(walks).toEqual([{ endedAs, hasEnded: true, hash: null, answers: null }]);
  });
});

describe('races', () => {
  const deadlocks: unknown[] = [];
  /** As the product does it, with an eye on deadlocks, which the pool would quietly try again. */
  const attempt = <Result>(work: (tx: Transaction) => Promise<Result>) =>
    house.database.transaction((tx) =>
      work(tx).catch((error: unknown) => {
        if ((error as { code?: string }).code === '40P01') deadlocks.push(error);
        throw error;
      }),
    );
  const tried = (caseId: string, move: RegistrationMove, actor: Actor, more: Partial<MoveRequest> = {}) =>
    attempt((tx) => moveCase(tx, { caseId, move, actor, ...more }));

  /** The last step of a walk: the case, its link, the account, the move. */
  const registers = (caseId: string, username: string) =>
    attempt(async (tx) => {
      const locked = await lockCase(tx, caseId);
      const { openSecret } = locked.facts;
      if (!openSecret || openSecret.expiresAt <= locked.now)
        throw new Refused('not_allowed_now', { current: locked.row });
      const accountId = await addAccount(tx, harborview, { username, email: locked.row.email });
      return moveCase(tx, { caseId, move: 'register', actor: person, locked, input: { accountId } });
    });
  const winnersOf = (outcomes: PromiseSettledResult<CaseRow>[]) => {
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refused('not_allowed_now'));
    }
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  };

  it.each<[RegistrationMove, RegistrationState]>([
    ['cancel', 'sent'],
    ['expireNow', 'identified'],
    ['link_locked', 'sent'],
    ['link_sent', 'draft'],
  ])('16 times %s in %s: one winner, fifteen refusals', async (move, state) => {
    const row = await office.caseIn(state);
    const brought = await broughtFor(move, row);
    const racers = Array.from({ length: 16 }, () => tried(row.id, move, actorFor(whoOf(move)), brought));
    expect(winnersOf(await Promise.allSettled(racers))).toHaveLength(1);
    expect((await house.row(row.id)).version).toBe(row.version + 1);
    expect(deadlocks).toEqual([]);
  });

  it('16 last steps with one link: one account', async () => {
    const row = await office.caseIn('identified');
    const racers = Array.from({ length: 16 }, (_, n) => registers(row.id, `${row.id}.race.${n}`));
    expect(winnersOf(await Promise.allSettled(racers))).toHaveLength(1);
    expect(await house.query(`SELECT id FROM accounts WHERE username LIKE $1`, [`${row.id}.race.%`])).toHaveLength(1);
    expect(deadlocks).toEqual([]);
  });

  it('16 resends of an expired one: one link is live in the end, one case', async () => {
    const row = await office.caseIn('expired');
    const racers = Array.from({ length: 16 }, () =>
      tried(row.id, 'resend', house.clerk, { expectedVersion: row.version }),
    );
    const outcomes = await Promise.allSettled(racers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.allSettled(Array.from({ length: 4 }, () => tried(row.id, 'link_issued', engine)));
    expect((await linksOf(row.id)).filter(({ endedAs }) => endedAs === null)).toHaveLength(1);
    expect(deadlocks).toEqual([]);
  });

  it.each(Array.from({ length: 12 }, (_, round) => round))(
    'registering against resend, cancel and expiry at once, round %i: the case and its link tell one story',
    async (round) => {
      const row = await office.caseIn('identified');
      const racers = [
        () => registers(row.id, `${row.id}`),
        () => tried(row.id, 'resend', house.clerk),
        () => tried(row.id, 'cancel', house.reviewer, { reason: 'wrong_person' }),
        () => tried(row.id, 'expireNow', house.reviewer),
      ];
      const turned = [...racers.slice(round % 4), ...racers.slice(0, round % 4)];
      const winners = winnersOf(await Promise.allSettled(turned.map((race) => race())));
      expect(deadlocks).toEqual([]);
      expect(winners.length).toBeGreaterThan(0);

      const after = await house.row(row.id);
      expect(after.version).toBe(row.version + winners.length);
      const [link] = await linksOf(row.id);
      const first = winners.find(({ version }) => version === row.version + 1);
      const endedBy: Record<string, string> = {
        registered: 'used',
        draft: 'superseded',
        cancelled: 'revoked',
        expired: 'expired',
      };
      expect(link?.endedAs).toBe(endedBy[first?.state ?? '']);
      const isRegistered = first?.state === 'registered';
      expect(await house.query('SELECT id FROM accounts WHERE username = $1', [row.id])).toHaveLength(
        isRegistered ? 1 : 0,
      );
      if (isRegistered) expect(winners).toHaveLength(1);
    },
  );
});
