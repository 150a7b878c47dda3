import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ApplicationMove,
  type ApplicationState,
  applicationLifecycle,
  applicationStates,
  engineMoves,
  personMoves,
  staffMoves,
} from '../domain/application/lifecycle.ts';
import type { Actor, CaseFlag } from '../domain/case.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import { addDuration } from '../domain/time/duration.ts';
import { engine, type House, harborview, openHouse, person } from '../test/support/house.ts';
import { addAccount, addRecord } from '../test/support/seed.ts';
import { type CaseRow, lockCase } from './cases.ts';
import type { Transaction } from './database.ts';
import { type MoveRequest, moveCase } from './moves.ts';
import { Refused } from './refused.ts';
import { issueSecret } from './secrets.ts';
import { snapshotOf } from './snapshots.ts';

const { application } = lifecycles;
let house: House;
const zone = 'America/New_York';
const later = (at: Date | null, ms: number) => new Date((at?.getTime() ?? Number.NaN) + ms);

beforeAll(async () => {
  house = await openHouse(() => {}, { connections: 20 });
});
afterAll(() => house.close());

const refused = (code: string, more: Record<string, unknown> = {}) => expect.objectContaining({ code, ...more });
const invalid = (field: string) => refused('validation_failed', { errors: { [field]: expect.any(String) } });

type Who = 'staff' | 'person' | 'engine';
const allMoves: (readonly [Who, ApplicationMove])[] = [
  ...staffMoves.map((move) => ['staff', move] as const),
  ...personMoves.map((move) => ['person', move] as const),
  ...engineMoves.map((move) => ['engine', move] as const),
];
const targetOf = (state: ApplicationState, [who, move]: readonly [Who, ApplicationMove]) => {
  const rule = (
    applicationLifecycle[state] as { readonly [M in ApplicationMove]?: { to: ApplicationState; by: readonly string[] } }
  )[move];
  const mine = rule?.by.some((by) => (who === 'staff' ? by !== 'person' && by !== 'engine' : by === who));
  return mine ? rule?.to : undefined;
};
const actorFor = (who: Who): Actor => (who === 'staff' ? house.supervisor : who === 'person' ? person : engine);

/** What the mover of each move brings. */
async function broughtFor(move: ApplicationMove, row: CaseRow): Promise<Partial<MoveRequest>> {
  switch (move) {
    case 'reject':
    case 'revoke':
      return { reason: 'not_a_patient' };
    case 'withdraw':
      return { reason: 'by_applicant' };
    case 'reopen':
      return { reason: 'new_information' };
    case 'resume':
      return { reason: 'answered_otherwise' };
    case 'requestInformation':
      return { reason: 'need_document', input: { questions: ['Which clinic?'] } };
    case 'answer':
      return { input: { questions: ['The one in Salem Street.'] } };
    case 'assign':
      return { input: { assignee: house.clerk.id } };
    case 'correctAddress':
      return { input: { email: `corrected.${row.reference}@mail.example` } };
    case 'extend':
      return { input: { until: later(await house.now(), 20 * 86_400_000) } };
    case 'note':
      return { note: 'Called back.' };
    case 'activate':
      return {
        input: {
          accountId: await addAccount(house.database, harborview, { username: randomUUID(), email: row.email }),
        },
      };
    case 'record_changed':
      return { input: { revokesSecret: true } };
    default:
      return {};
  }
}

/** The engine's clock: the instant at which a timer's move is due. */
function dueOf(move: ApplicationMove, row: CaseRow): Date | null | undefined {
  switch (move) {
    case 'turned_due':
      return row.dueAt;
    case 'turned_late':
      return row.lateAt;
    case 'left_unanswered':
    case 'lapsed':
      return row.closesAt;
    case 'code_expired':
      return row.expiresAt;
    case 'reminded':
      return row.remindersAt[0];
    default:
      return undefined;
  }
}

const unversioned: readonly ApplicationMove[] = [
  'note',
  'reminded',
  'turned_due',
  'turned_late',
  'mail_refused',
  'mail_unknown',
];

/** How the live code ends, by move and state; elsewhere it goes on as it was. */
const endings: Partial<Record<ApplicationMove, string>> = {
  correctAddress: 'superseded',
  reissue: 'superseded',
  expireNow: 'expired',
  code_expired: 'expired',
  revoke: 'revoked',
  withdraw: 'revoked',
  notMe: 'revoked',
  record_changed: 'revoked',
  code_burned: 'burned',
  activate: 'used',
  code_issued: 'superseded',
};

/** Mails by move; `move state` where the state decides. */
const mailed: Record<string, string[]> = {
  requestInformation: ['information_requested'],
  'reminded waiting_on_applicant': ['information_reminder'],
  'reminded code_sent': ['access_code_reminder'],
  reject: ['application_rejected'],
  revoke: ['application_rejected'],
  withdraw: ['application_withdrawn'],
  left_unanswered: ['application_withdrawn'],
  code_issued: ['access_code_reissued'],
  code_expired: ['access_code_expired'],
  expireNow: ['access_code_expired'],
  activate: ['account_activated'],
  turned_late: ['promise_late'],
  'correctAddress submitted': ['email_changed', 'application_received'],
  'correctAddress in_review': ['email_changed', 'application_received'],
  'correctAddress waiting_on_applicant': ['email_changed', 'information_requested'],
  'correctAddress approved': ['email_changed'],
  'correctAddress code_sent': ['email_changed'],
  'correctAddress expired': ['email_changed', 'access_code_expired'],
};

async function codesOf(caseId: string): Promise<{ endedAs: string | null }[]> {
  return house.query(
    `SELECT ended_as AS "endedAs" FROM secrets WHERE case_id = $1 ORDER BY issued_at, ended_at NULLS LAST`,
    [caseId],
  );
}
const messagesOf = (caseId: string) =>
  house.query<{ id: string; template: string; to: string; secretId: string | null; data: Record<string, unknown> }>(
    `SELECT id, template, to_address AS "to", secret_id AS "secretId", data FROM messages WHERE case_id = $1 ORDER BY id`,
    [caseId],
  );
const openTasksOf = async (caseId: string) =>
  (
    await house.query<{ reason: string }>('SELECT reason FROM staff_tasks WHERE case_id = $1 AND settled_at IS NULL', [
      caseId,
    ])
  ).map(({ reason }) => reason);

describe('every state and every move, through the one door', () => {
  const pairs = applicationStates.flatMap((state) => allMoves.map(([who, move]) => ({ state, who, move })));
  const allowed = pairs.filter(({ state, who, move }) => targetOf(state, [who, move]) && move !== 'auto_approved');
  const refusedMoves = (state: ApplicationState) => allMoves.filter((pair) => !targetOf(state, pair));

  it.each(allowed)('$who: $move in $state', async ({ state, who, move }) => {
    const before = await house.caseIn(state);
    const due = dueOf(move, before);
    if (due) await house.clock.standAt(due);
    const brought = await broughtFor(move, before);
    const [had, messagesBefore] = [await house.everythingOf(before.id), await messagesOf(before.id)];

    const moved = await house.moves(before.id, move, actorFor(who), brought);
    const at = await house.now();
    await house.clock.run();

    const to = targetOf(state, [who, move]);
    const row = await house.row(before.id);
    const has = await house.everythingOf(before.id);
    expect(row).toEqual(moved);
    expect(row.state).toBe(to);
    expect(row.waitingOn).toBe(application.waitingOn(row.state, row.flags));
    if (due) expect(row.updatedAt).toEqual(at);

    const isVersioned = !unversioned.includes(move) && !(move === 'notMe' && state === 'activated');
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

    const messages = await messagesOf(row.id);
    const known = new Set(messagesBefore.map(({ id }) => id));
    expect(messages.filter(({ id }) => !known.has(id)).map(({ template }) => template)).toEqual(
      mailed[`${move} ${state}`] ?? mailed[move] ?? [],
    );

    const codes = await codesOf(row.id);
    const hadLive = state === 'approved' || state === 'code_sent';
    if (hadLive) expect(codes[0]?.endedAs ?? undefined).toBe(endings[move]);
    const liveCodes = codes.filter(({ endedAs }) => endedAs === null).length;
    expect(liveCodes).toBe(move === 'code_issued' || (hadLive && !endings[move]) ? 1 : 0);

    const tasks = application.isFinal(row.state) ? [] : row.flags.filter((flag) => flag !== 'possible_duplicate');
    expect((await openTasksOf(row.id)).sort()).toEqual([...tasks].sort());
  });

  it.each(applicationStates)('%s: what the table refuses leaves nothing', async (state) => {
    const row = await house.caseIn(state);
    const had = await house.everythingOf(row.id);
    for (const [who, move] of refusedMoves(state)) {
      const brought = await broughtFor(move, row);
      await expect(house.moves(row.id, move, actorFor(who), brought)).rejects.toEqual(
        refused('not_allowed_now', { current: expect.objectContaining({ state, version: row.version }) }),
      );
    }
    expect(await house.everythingOf(row.id)).toEqual(had);
  });

  it('nobody makes the moves of another', async () => {
    const row = await house.caseIn('in_review');
    const had = await house.everythingOf(row.id);
    for (const [move, actor] of [
      ['approve', person],
      ['approve', engine],
      ['approve', house.clerk],
      ['assign', house.reviewer],
      ['turned_due', house.supervisor],
      ['notMe', house.supervisor],
    ] as const) {
      await expect(house.moves(row.id, move, actor, await broughtFor(move, row))).rejects.toEqual(
        refused('not_allowed'),
      );
    }
    expect(await house.everythingOf(row.id)).toEqual(had);
  });

  it('the answer to the engine needs no row of the outbox', async () => {
    const row = await house.caseIn('submitted');
    const had = (await house.everythingOf(row.id)).outbox?.length;
    await house.clock.standAt(row.dueAt ?? new Date());
    await house.moves(row.id, 'turned_due', engine, { isEngineWaiting: true });
    await house.clock.run();
    expect((await house.everythingOf(row.id)).outbox).toHaveLength(had ?? 0);
  });

  it('a thrown error after the move leaves nothing of it', async () => {
    const row = await house.caseIn('code_sent');
    const had = await house.everythingOf(row.id);
    const failing = house.database.transaction(async (tx) => {
      await moveCase(tx, { caseId: row.id, move: 'revoke', actor: house.reviewer, reason: 'deceased' });
      throw new Error('later');
    });
    await expect(failing).rejects.toThrow('later');
    expect(await house.everythingOf(row.id)).toEqual(had);
  });
});

describe('a timer’s move', () => {
  it.each<[ApplicationMove, ApplicationState]>([
    ['turned_due', 'submitted'],
    ['turned_late', 'in_review'],
    ['left_unanswered', 'waiting_on_applicant'],
    ['reminded', 'waiting_on_applicant'],
    ['reminded', 'code_sent'],
    ['code_expired', 'code_sent'],
    ['code_expired', 'approved'],
    ['lapsed', 'expired'],
  ])('%s in %s: refused a millisecond early, made at its instant, once', async (move, state) => {
    const row = await house.caseIn(state);
    const due = dueOf(move, row) ?? null;
    await house.clock.standAt(later(due, -1));
    const had = await house.everythingOf(row.id);
    await expect(house.moves(row.id, move, engine)).rejects.toEqual(refused('not_allowed_now'));
    expect(await house.everythingOf(row.id)).toEqual(had);
    await house.clock.standAt(later(due, 0));
    await house.moves(row.id, move, engine);
    await expect(house.moves(row.id, move, engine)).rejects.toEqual(refused('not_allowed_now'));
    await house.clock.run();
  });

  it('both promises turn, each once, on the same case', async () => {
    const row = await house.caseIn('in_review');
    await house.clock.standAt(later(row.lateAt, 1));
    await house.moves(row.id, 'turned_due', engine);
    await house.moves(row.id, 'turned_late', engine);
    await house.clock.run();
    const turned = await house.row(row.id);
    expect(turned.turnedDueAt).toEqual(later(row.lateAt, 1));
    expect(turned.turnedLateAt).toEqual(later(row.lateAt, 1));
    const mails = (await messagesOf(row.id)).filter(({ template }) => template === 'promise_late');
    expect(mails).toMatchObject([
      {
        to: 'sue.supervisor@gatehouse.example',
        data: { reference: row.reference, promisedBy: row.lateAt?.toISOString() },
      },
    ]);
    expect(JSON.stringify(mails[0]?.data)).not.toMatch(/ada|ferris/i);
  });
});

describe('a live code (footnote 1)', () => {
  const needs: readonly ApplicationMove[] = ['extend', 'expireNow', 'activate'];
  const make = async (row: CaseRow, move: ApplicationMove) =>
    house.moves(row.id, move, move === 'activate' ? person : house.reviewer, await broughtFor(move, row));

  it.each(needs)('%s: until the last millisecond, and not at the end', async (move) => {
    const row = await house.caseIn('code_sent');
    await house.clock.standAt(later(row.expiresAt, 0));
    await expect(make(row, move)).rejects.toEqual(refused('not_allowed_now'));
    await house.clock.standAt(later(row.expiresAt, -1));
    await make(row, move);
    await house.clock.run();
  });

  it.each(needs)('%s: not before a code is issued, nor when it is burned', async (move) => {
    const { id } = await house.applies({ email: `unissued.${move}@mail.example` });
    await house.moves(id, 'claim', house.reviewer);
    const approved = await house.moves(id, 'approve', house.reviewer);
    await expect(make(approved, move)).rejects.toEqual(refused('not_allowed_now'));
    const burned = await house.caseIn('code_sent');
    await house.moves(burned.id, 'code_burned', engine);
    await expect(make(burned, move)).rejects.toEqual(refused('not_allowed_now'));
  });

  it('works from the moment it is issued, before its mail is taken', async () => {
    const row = await house.caseIn('approved');
    expect((await make(row, 'activate')).state).toBe('activated');
    // The mail that was never handed over is struck with its reason.
    expect((await messagesOf(row.id)).map(({ template }) => template)).toEqual([
      'application_received',
      'account_activated',
    ]);
    expect(
      await house.query(
        `SELECT entry::jsonb -> 'detail' -> 'unsentMails' AS struck FROM audit_entries WHERE case_id = $1 AND action = 'activate'`,
        [row.id],
      ),
    ).toEqual([{ struck: ['access_code'] }]);
  });

  it('that is extended moves with its case, and its mails say the new day', async () => {
    const row = await house.caseIn('code_sent');
    const until = later(row.expiresAt, 86_400_000);
    await house.moves(row.id, 'extend', house.reviewer, { input: { until } });
    const [code] = await house.query<{ expiresAt: Date }>(
      'SELECT expires_at AS "expiresAt" FROM secrets WHERE case_id = $1',
      [row.id],
    );
    expect(code?.expiresAt).toEqual(until);
    expect((await house.row(row.id)).remindersAt).toEqual(row.remindersAt.map((at) => later(at, 86_400_000)));
  });
});

describe('reopening (footnote 2)', () => {
  it('for 30 calendar days after the rejection, and not a millisecond longer', async () => {
    await house.clock.standAt(new Date('2027-03-01T15:00:00.000Z')); // a clock change lies between
    const row = await house.caseIn('rejected');
    const end = addDuration(row.decidedAt ?? new Date(0), 'P30D', zone);
    expect(end.toISOString()).toBe('2027-03-31T14:00:00.000Z');
    const reopen = () => house.moves(row.id, 'reopen', house.supervisor, { reason: 'decided_in_error' });
    await house.clock.standAt(end);
    await expect(reopen()).rejects.toEqual(refused('not_allowed_now'));
    await house.clock.standAt(later(end, -1));
    const reopened = await reopen();
    await house.clock.run();
    expect(reopened).toMatchObject({
      state: 'in_review',
      assigneeId: house.supervisor.id,
      decidedAt: null,
      turnedDueAt: null,
    });
  });

  it('a case approved again issues “another” code', async () => {
    const row = await house.caseIn('code_sent');
    await house.moves(row.id, 'revoke', house.reviewer, { reason: 'suspected_fraud' });
    await house.moves(row.id, 'reopen', house.supervisor, { reason: 'decided_in_error' });
    await house.moves(row.id, 'approve', house.reviewer);
    await house.moves(row.id, 'code_issued', engine);
    expect((await messagesOf(row.id)).at(-1)?.template).toBe('access_code_reissued');
  });
});

describe('automatic approval (footnote 3)', () => {
  const claim = {
    firstName: 'Mary',
    lastName: 'Ng',
    dateOfBirth: '1990-05-05',
    email: 'mary.ng@mail.example',
    postalCode: '02139',
  };

  beforeAll(async () => {
    await house.portal('auto', ({ application }) => {
      application.approval = 'automatic';
    });
    await addRecord(house.database, 'auto', { mrn: 'A1', ...claim });
  });

  it('is owed when exactly one record matches wholly, and binds it', async () => {
    const { id } = await house.applies(claim, { portal: 'auto' });
    expect((await snapshotOf(house.database, id)).owes.approval).toBe(true);
    const moved = await house.moves(id, 'auto_approved', engine);
    expect(moved).toMatchObject({ state: 'approved', owesSecret: true, owesApproval: false });
    await house.moves(id, 'withdraw', person);
  });

  it('is refused with any flag, and when it is not owed', async () => {
    const { id } = await house.applies({ ...claim, email: 'mary.ng.two@mail.example' }, { portal: 'auto' });
    await house.moves(id, 'mail_unknown', engine);
    await expect(house.moves(id, 'auto_approved', engine)).rejects.toEqual(refused('not_allowed_now'));
    const byStaff = await house.caseIn('submitted');
    await expect(house.moves(byStaff.id, 'auto_approved', engine)).rejects.toEqual(refused('not_allowed_now'));
    await house.moves(id, 'withdraw', person);
  });

  it('is not owed to a possible duplicate, nor without a whole match, nor with two', async () => {
    const owed = async (more: Partial<typeof claim>) => {
      const { id } = await house.applies({ ...claim, ...more }, { portal: 'auto' });
      return (await house.row(id)).owesApproval;
    };
    expect(await owed({ email: 'm1@mail.example' })).toBe(true);
    expect(await owed({ email: 'm1@mail.example' })).toBe(false);
    expect(await owed({ email: 'm2@mail.example', postalCode: '99999' })).toBe(false);
    await addRecord(house.database, 'auto', { mrn: 'A2', ...claim });
    expect(await owed({ email: 'm3@mail.example' })).toBe(false);
  });
});

describe('renewing (footnote 4)', () => {
  it('as often as the policy says, then refused', async () => {
    const row = await house.caseIn('expired');
    await house.moves(row.id, 'renew', person);
    await house.moves(row.id, 'code_issued', engine);
    await house.moves(row.id, 'expireNow', house.reviewer);
    await expect(house.moves(row.id, 'renew', person)).rejects.toEqual(refused('not_allowed_now'));
    // Staff may still reissue.
    expect((await house.moves(row.id, 'reissue', house.clerk)).state).toBe('approved');
  });

  it('not at the end of the window, but until the last millisecond before it', async () => {
    const row = await house.caseIn('expired');
    await house.clock.standAt(later(row.closesAt, 0));
    await expect(house.moves(row.id, 'renew', person)).rejects.toEqual(refused('not_allowed_now'));
    await house.clock.standAt(later(row.closesAt, -1));
    await house.moves(row.id, 'renew', person);
    await house.clock.run();
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['mail_refused', (id) => house.moves(id, 'mail_refused', engine)],
    ['mail_unknown', (id) => house.moves(id, 'mail_unknown', engine)],
    ['not_me', (id) => house.moves(id, 'notMe', person)],
    ['record_changed', (id) => house.moves(id, 'record_changed', engine, { input: { revokesSecret: false } })],
  ])('not while %s stands', async (_, flag) => {
    const row = await house.caseIn('expired');
    await flag(row.id);
    await expect(house.moves(row.id, 'renew', person)).rejects.toEqual(refused('not_allowed_now'));
  });

  it('with a possible duplicate all the same', async () => {
    const twin = { email: 'twin@mail.example' };
    await house.applies(twin);
    const row = await house.caseIn('expired', twin);
    expect(row.flags).toEqual(['possible_duplicate']);
    await house.moves(row.id, 'renew', person);
  });
});

describe('“this wasn’t me” (footnote 5)', () => {
  it('after activation stops the account, ends its sessions, tells its owner at the account’s address, once', async () => {
    const row = await house.caseIn('activated');
    await house.query(`UPDATE accounts SET email = 'moved.house@mail.example' WHERE id = $1`, [row.accountId]);
    await house.query(
      `INSERT INTO sessions (token_hash, account_id, started_at, last_active_at, ends_at)
       VALUES (uuid_send(gen_random_uuid()), $1, gatehouse_now(), gatehouse_now(), gatehouse_now() + interval '1 hour')`,
      [row.accountId],
    );
    await house.moves(row.id, 'notMe', person);
    await house.moves(row.id, 'notMe', person);
    expect(
      await house.query(
        `SELECT a.state, (SELECT count(*)::int FROM sessions WHERE account_id = a.id AND ended_at IS NULL) AS sessions,
           (SELECT count(*)::int FROM staff_tasks WHERE account_id = a.id AND settled_at IS NULL) AS tasks,
           (SELECT array_agg(template || ' ' || to_address) FROM messages WHERE account_id = a.id) AS mails
         FROM accounts a WHERE id = $1`,
        [row.accountId],
      ),
    ).toEqual([{ state: 'suspended', sessions: 0, tasks: 1, mails: ['account_suspended moved.house@mail.example'] }]);
    expect((await house.row(row.id)).version).toBe(row.version);
  });

  it('while it stands no code is owed to the engine; a reissue settles it', async () => {
    const row = await house.caseIn('code_sent');
    await house.moves(row.id, 'notMe', person);
    expect(await openTasksOf(row.id)).toEqual(['not_me']);
    await house.moves(row.id, 'correctAddress', house.clerk, { input: { email: 'her.own@mail.example' } });
    expect((await snapshotOf(house.database, row.id)).owes.secret).toBe(false);
    const reissued = await house.moves(row.id, 'reissue', house.clerk);
    expect(reissued).toMatchObject({ state: 'approved', flags: [], waitingOn: 'engine' });
    expect((await snapshotOf(house.database, row.id)).owes.secret).toBe(true);
    expect(await openTasksOf(row.id)).toEqual([]);
  });
});

describe('reissue in approved (footnote 6)', () => {
  const approvedWithoutCode = async (email: string) => {
    const { id } = await house.applies({ email });
    await house.moves(id, 'claim', house.reviewer);
    return house.moves(id, 'approve', house.reviewer);
  };

  it('is refused while the first code is still to be issued, allowed while flagged or once one was', async () => {
    const fresh = await approvedWithoutCode('fresh.one@mail.example');
    await expect(house.moves(fresh.id, 'reissue', house.clerk)).rejects.toEqual(refused('not_allowed_now'));
    await house.moves(fresh.id, 'mail_refused', engine);
    await house.moves(fresh.id, 'reissue', house.clerk);
    const issued = await house.caseIn('approved');
    await house.moves(issued.id, 'reissue', house.clerk);
  });
});

describe('reasons', () => {
  it.each<[ApplicationMove, ApplicationState, string, string]>([
    ['reject', 'in_review', 'under_age', 'by_applicant'],
    ['revoke', 'code_sent', 'deceased', 'decided_in_error'],
    ['requestInformation', 'in_review', 'need_document', 'under_age'],
    ['resume', 'waiting_on_applicant', 'answered_otherwise', 'other'],
    ['withdraw', 'in_review', 'by_applicant', 'no_response'],
    ['reopen', 'rejected', 'new_information', 'under_age'],
  ])('%s demands one of its own', async (move, state, good, bad) => {
    const row = await house.caseIn(state);
    const had = await house.everythingOf(row.id);
    const make = (reason?: string, note?: string) =>
      house.moves(row.id, move, house.supervisor, { reason, note, input: { questions: ['Which clinic?'] } });
    await expect(make()).rejects.toEqual(refused('reason_required'));
    await expect(make(bad, 'a note')).rejects.toEqual(invalid('reason'));
    expect(await house.everythingOf(row.id)).toEqual(had);
    await make(good);
    const [decision] = await house.query(
      'SELECT move, reason FROM decisions WHERE case_id = $1 ORDER BY id DESC LIMIT 1',
      [row.id],
    );
    expect(decision).toEqual({ move, reason: good });
  });

  it.each<[ApplicationMove, ApplicationState]>([
    ['reject', 'in_review'],
    ['requestInformation', 'in_review'],
    ['reopen', 'rejected'],
  ])('%s with `other` demands a note', async (move, state) => {
    const row = await house.caseIn(state);
    const make = (note?: string) =>
      house.moves(row.id, move, house.supervisor, { reason: 'other', note, input: { questions: ['Which clinic?'] } });
    await expect(make()).rejects.toEqual(invalid('note'));
    await expect(make('   ')).rejects.toEqual(invalid('note'));
    await make('Said so on the phone.');
  });

  it.each<[ApplicationMove, ApplicationState]>([
    ['claim', 'submitted'],
    ['release', 'in_review'],
    ['reissue', 'code_sent'],
    ['expireNow', 'code_sent'],
  ])('%s takes none', async (move, state) => {
    const row = await house.caseIn(state);
    await expect(house.moves(row.id, move, house.supervisor, { reason: 'other', note: 'x' })).rejects.toEqual(
      invalid('reason'),
    );
  });

  it('of an end stand in the audit, whoever ended it', async () => {
    const reasonOf = async (id: string) =>
      (
        await house.query<{ reason: string | null }>(
          `SELECT entry::jsonb -> 'detail' ->> 'reason' AS reason FROM audit_entries WHERE case_id = $1 ORDER BY id DESC LIMIT 1`,
          [id],
        )
      )[0]?.reason;
    const byPerson = await house.caseIn('submitted');
    await house.moves(byPerson.id, 'withdraw', person);
    expect(await reasonOf(byPerson.id)).toBe('by_applicant');
    const silent = await house.caseIn('waiting_on_applicant');
    await house.clock.standAt(later(silent.closesAt, 0));
    await house.moves(silent.id, 'left_unanswered', engine);
    await house.clock.run();
    expect(await reasonOf(silent.id)).toBe('no_response');
  });
});

describe('who decides', () => {
  it('a version that is not the newest is refused with the newest', async () => {
    const row = await house.caseIn('in_review');
    await expect(house.moves(row.id, 'approve', house.reviewer, { expectedVersion: row.version - 1 })).rejects.toEqual(
      refused('stale_version', { current: expect.objectContaining({ version: row.version, state: 'in_review' }) }),
    );
    await house.moves(row.id, 'approve', house.reviewer, { expectedVersion: row.version });
  });

  it('a case of another portal does not exist for a member', async () => {
    const row = await house.caseIn('submitted');
    const elsewhere: Actor = { ...house.supervisor, portals: ['summit'] };
    await expect(house.moves(row.id, 'claim', elsewhere)).rejects.toEqual(refused('not_found'));
    await house.moves(row.id, 'claim', { ...house.supervisor, portals: ['summit', harborview] });
  });

  it('release: one’s own claim, a supervisor anyone’s', async () => {
    const row = await house.caseIn('in_review'); // claimed by the reviewer
    await expect(house.moves(row.id, 'release', house.clerk)).rejects.toEqual(refused('not_yours_to_do'));
    await house.moves(row.id, 'release', house.reviewer);
    await house.moves(row.id, 'claim', house.reviewer);
    await house.moves(row.id, 'release', house.supervisor);
  });

  it('assign: to somebody who works on cases of this portal and can sign in', async () => {
    const row = await house.caseIn('submitted');
    const to = (assignee: string | undefined) =>
      house.moves(row.id, 'assign', house.supervisor, { input: assignee === undefined ? {} : { assignee } });
    const auditor = await house.member('Otto Auditor', 'auditor');
    const gone = await house.member('Gone Clerk', 'clerk');
    await house.query('UPDATE members SET active = false WHERE id = $1', [gone.id]);
    const elsewhere = await house.member('Else Where', 'clerk');
    await house.query(`UPDATE members SET portals = '{summit}' WHERE id = $1`, [elsewhere.id]);
    for (const who of [undefined, auditor.id, gone.id, elsewhere.id, '00000000-0000-7000-8000-000000000000']) {
      await expect(to(who)).rejects.toEqual(invalid('assignee'));
    }
    expect(await to(house.clerk.id)).toMatchObject({ state: 'in_review', assigneeId: house.clerk.id });
  });

  it('nobody decides their own application', async () => {
    const { id } = await house.applies({ email: 'Ana.Reviewer@gatehouse.example' });
    await house.moves(id, 'claim', house.reviewer);
    await expect(house.moves(id, 'approve', house.reviewer)).rejects.toEqual(refused('not_yours_to_do'));
    await house.moves(id, 'approve', house.supervisor);
  });

  it('nobody makes their own application another one by correcting its address', async () => {
    const { id } = await house.applies({ email: 'ana.reviewer@gatehouse.example' });
    await house.moves(id, 'claim', house.reviewer);
    for (const email of ['one@mail.example', 'two@mail.example']) {
      await house.moves(id, 'correctAddress', house.reviewer, { input: { email } });
    }
    await expect(house.moves(id, 'approve', house.reviewer)).rejects.toEqual(refused('not_yours_to_do'));
    await expect(house.moves(id, 'reject', house.reviewer, { reason: 'not_a_patient' })).rejects.toEqual(
      refused('not_yours_to_do'),
    );
    await house.moves(id, 'approve', house.supervisor);
  });

  it('four eyes: who keyed a case in or edited it last may not approve it', async () => {
    await house.portal('foureyes', ({ application }) => {
      application.fourEyes = true;
    });
    const { id } = await house.applies({ email: 'four@mail.example' }, { portal: 'foureyes', actor: house.reviewer });
    await house.moves(id, 'claim', house.reviewer);
    await expect(house.moves(id, 'approve', house.reviewer)).rejects.toEqual(refused('not_yours_to_do'));
    await house.moves(id, 'correctAddress', house.supervisor, { input: { email: 'five@mail.example' } });
    await expect(house.moves(id, 'approve', house.supervisor)).rejects.toEqual(refused('not_yours_to_do'));
    const third = await house.member('Third Reviewer', 'reviewer');
    await house.moves(id, 'approve', third);
  });
});

describe('approving with a record', () => {
  const claim = { firstName: 'Kim', lastName: 'Lee', dateOfBirth: '1970-01-31', postalCode: '02139' };
  let people = 0;
  const caseAndRecord = async (differing: Partial<typeof claim> = {}) => {
    people += 1;
    const email = `kim.${people}@mail.example`;
    const recordId = await addRecord(house.database, harborview, { mrn: `K${people}`, ...claim, email, ...differing });
    const row = await house.caseIn('in_review', { ...claim, email });
    const approve = (more: Partial<MoveRequest> = {}) =>
      house.moves(row.id, 'approve', house.reviewer, { input: { patientRecordId: recordId }, ...more });
    return { row, recordId, approve };
  };

  it('that matches wholly takes no reason', async () => {
    const { approve, recordId } = await caseAndRecord();
    await expect(approve({ reason: 'override_moved' })).rejects.toEqual(invalid('reason'));
    expect((await approve()).patientRecordId).toBe(recordId);
  });

  it('that differs demands a reason of its own, and `override_other` a note', async () => {
    const { approve, row } = await caseAndRecord({ lastName: 'Park' });
    const had = await house.everythingOf(row.id);
    await expect(approve()).rejects.toEqual(refused('reason_required'));
    await expect(approve({ reason: 'not_a_patient' })).rejects.toEqual(invalid('reason'));
    await expect(approve({ reason: 'override_other' })).rejects.toEqual(invalid('note'));
    expect(await house.everythingOf(row.id)).toEqual(had);
    await approve({ reason: 'override_name_changed' });
  });

  it('a reason without a record is refused; no record is refused where policy demands one', async () => {
    const row = await house.caseIn('in_review');
    await expect(house.moves(row.id, 'approve', house.reviewer, { reason: 'override_moved' })).rejects.toEqual(
      invalid('reason'),
    );
    await house.portal('strict', ({ application }) => {
      application.recordRequired = true;
    });
    const { id } = await house.applies({ email: 'strict@mail.example' }, { portal: 'strict' });
    await house.moves(id, 'claim', house.reviewer);
    await expect(house.moves(id, 'approve', house.reviewer)).rejects.toEqual(invalid('patientRecordId'));
  });

  it.each<[string, string]>([
    ['of the dead', `deceased_on = '2026-01-01'`],
    ['confidential', 'confidential = true'],
    ['merged', "merged_into = (SELECT id FROM patient_records WHERE mrn = 'K1')"],
    ['of another portal', `portal = 'auto'`],
  ])('a record that is %s cannot be bound', async (_, change) => {
    const { approve, recordId } = await caseAndRecord();
    await house.query(`UPDATE patient_records SET ${change} WHERE id = $1`, [recordId]);
    await expect(approve()).rejects.toEqual(invalid('patientRecordId'));
  });

  it('a record bound elsewhere, or of somebody with an account, cannot be bound again; two at once have one winner', async () => {
    const { approve, recordId } = await caseAndRecord();
    const other = await house.caseIn('in_review', { ...claim, email: 'kim.other@mail.example' });
    const approveOther = () =>
      house.moves(other.id, 'approve', house.reviewer, {
        input: { patientRecordId: recordId },
        reason: 'override_moved',
      });
    const outcomes = await Promise.allSettled([approve(), approveOther()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toBeInstanceOf(Refused);
  });
});

describe('extending', () => {
  it('a code: later than now, until issue and reissue window at most', async () => {
    const row = await house.caseIn('code_sent');
    const [code] = await house.query<{ issuedAt: Date }>(
      'SELECT issued_at AS "issuedAt" FROM secrets WHERE case_id = $1',
      [row.id],
    );
    const latest = addDuration(code?.issuedAt ?? new Date(0), 'P180D', zone);
    const extend = (until?: Date) => house.moves(row.id, 'extend', house.reviewer, { input: until ? { until } : {} });
    await house.clock.standAt(later(row.receivedAt, 60_000));
    const now = await house.now();
    for (const until of [undefined, now, later(now, -1), later(latest, 1)]) {
      await expect(extend(until)).rejects.toEqual(invalid('until'));
    }
    await extend(later(now, 1));
    await extend(latest);
    expect((await house.row(row.id)).expiresAt).toEqual(latest);
    await house.clock.run();
  });

  it('an answer: until now and `answerWithin` at most', async () => {
    const row = await house.caseIn('waiting_on_applicant');
    await house.clock.standAt(later(row.receivedAt, 60_000));
    const latest = addDuration(await house.now(), 'P30D', zone);
    const extend = (until: Date) => house.moves(row.id, 'extend', house.reviewer, { input: { until } });
    await expect(extend(later(latest, 1))).rejects.toEqual(invalid('until'));
    await extend(latest);
    expect((await house.row(row.id)).closesAt).toEqual(latest);
    await house.clock.run();
  });
});

describe('asking, answering, correcting, noting', () => {
  it('asks at least one question, takes one text per question', async () => {
    const row = await house.caseIn('in_review');
    await expect(
      house.moves(row.id, 'requestInformation', house.clerk, { reason: 'need_document', input: { questions: [] } }),
    ).rejects.toEqual(invalid('questions'));
    await house.moves(row.id, 'requestInformation', house.clerk, {
      reason: 'need_document',
      input: { questions: ['a?', 'b?'] },
    });
    await expect(house.moves(row.id, 'answer', person, { input: { questions: ['a'] } })).rejects.toEqual(
      invalid('answers'),
    );
    await house.moves(row.id, 'answer', person, { input: { questions: ['a', 'b'] } });
  });

  it('a corrected address is another one, with an identity check where policy demands it', async () => {
    const row = await house.caseIn('in_review');
    const correct = (email: string) => house.moves(row.id, 'correctAddress', house.clerk, { input: { email } });
    await expect(correct(row.email.toUpperCase())).rejects.toEqual(invalid('email'));
    await house.portal('careful', (policy) => {
      policy.identityCheckFor = ['correctAddress'];
    });
    const { id } = await house.applies({ email: 'careful@mail.example' }, { portal: 'careful' });
    const careful = (more: Partial<MoveRequest>) =>
      house.moves(id, 'correctAddress', house.clerk, { input: { email: 'right@mail.example' }, ...more });
    await expect(careful({})).rejects.toEqual(invalid('identityCheck'));
    await careful({ identityCheck: { method: 'in_person', documentsSeen: 'passport' } });
    expect(await house.row(id)).toMatchObject({ email: 'right@mail.example', lastEditedBy: house.clerk.id });
    const mails = await messagesOf(id);
    // The first receipt had not left: it is not sent to the wrong address after all.
    expect(mails.map(({ template, to }) => `${template} ${to}`)).toEqual([
      'email_changed careful@mail.example',
      'application_received right@mail.example',
    ]);
  });

  it('in a case that waits for answers mails the same questions anew', async () => {
    const row = await house.caseIn('waiting_on_applicant');
    await house.moves(row.id, 'correctAddress', house.clerk, { input: { email: 'asked.anew@mail.example' } });
    expect((await messagesOf(row.id)).at(-1)).toMatchObject({
      template: 'information_requested',
      to: 'asked.anew@mail.example',
      data: { questions: ['Which clinic?'], answerBy: row.closesAt?.toISOString() },
    });
  });

  it('a note has words, and changes nothing, in whatever state', async () => {
    for (const state of ['submitted', 'rejected'] as const) {
      const row = await house.caseIn(state);
      await house.query(`UPDATE cases SET flags = '{possible_duplicate}' WHERE id = $1`, [row.id]);
      await expect(house.moves(row.id, 'note', house.clerk, { note: ' ' })).rejects.toEqual(invalid('text'));
      await house.moves(row.id, 'note', house.clerk, { note: 'Called.' });
      const flags: CaseFlag[] = ['possible_duplicate'];
      expect(await house.row(row.id)).toEqual({ ...row, flags, updatedAt: expect.any(Date) });
    }
  });
});

describe('the end of a case or of its code', () => {
  it.each<[ApplicationMove, string]>([
    ['revoke', 'revoked'],
    ['withdraw', 'revoked'],
    ['expireNow', 'expired'],
    ['reissue', 'superseded'],
    ['code_burned', 'burned'],
    ['notMe', 'revoked'],
  ])(
    '%s ends a half-finished activation as %s, its mailbox code with it, and forgets the password',
    async (move, endedAs) => {
      const row = await house.caseIn('code_sent');
      await beginActivation(row);
      const who = move === 'code_burned' ? engine : move === 'notMe' ? person : house.reviewer;
      await house.moves(row.id, move, who, await broughtFor(move, row));
      expect(
        await house.query(
          `SELECT a.ended_as AS "endedAs", a.password_hash AS hash,
           (SELECT ended_as FROM secrets WHERE case_id = $1 AND purpose = 'mailbox_code') AS mailbox
         FROM activations a WHERE case_id = $1`,
          [row.id],
        ),
      ).toEqual([{ endedAs, hash: null, mailbox: 'revoked' }]);
    },
  );

  async function beginActivation(row: CaseRow): Promise<void> {
    await house.database.transaction(async (tx) => {
      const { now } = await lockCase(tx, row.id);
      const [activation] = await tx.query<{ id: string }>(
        `INSERT INTO activations (portal, case_id, secret_id, token_hash, step, started_at, ends_at, mailed_to, password_hash)
         SELECT portal, case_id, id, uuid_send(id), 'credentials', $2, $2::timestamptz + interval '1 day', sent_to, 'a hash'
         FROM secrets WHERE case_id = $1 AND ended_at IS NULL RETURNING id`,
        [row.id, now],
      );
      await issueSecret(tx, {
        portal: row.portal,
        purpose: 'mailbox_code',
        caseId: row.id,
        activationId: activation?.id,
        issuedAt: now,
        expiresAt: later(now, 600_000),
        sentTo: row.email,
      });
    });
  }
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
  const tried = (caseId: string, move: ApplicationMove, actor: Actor, more: Partial<MoveRequest> = {}) =>
    attempt((tx) => moveCase(tx, { caseId, move, actor, ...more }));

  /** The last step of an activation: the case, its code, the account, the move. */
  const redeem = (caseId: string, username: string) =>
    attempt(async (tx) => {
      const locked = await lockCase(tx, caseId);
      const { openSecret } = locked.facts;
      if (!openSecret || openSecret.expiresAt <= locked.now)
        throw new Refused('not_allowed_now', { current: locked.row });
      const accountId = await addAccount(tx, harborview, { username, email: locked.row.email });
      return moveCase(tx, { caseId, move: 'activate', actor: person, locked, input: { accountId } });
    });

  const winnersOf = (outcomes: PromiseSettledResult<CaseRow>[]) => {
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refused('not_allowed_now'));
    }
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  };

  it.each<[ApplicationMove, ApplicationState]>([
    ['claim', 'submitted'],
    ['approve', 'in_review'],
    ['withdraw', 'code_sent'],
    ['code_sent', 'approved'],
    ['renew', 'expired'],
  ])('16 times %s in %s: one winner, fifteen refusals', async (move, state) => {
    const row = await house.caseIn(state);
    const who = move === 'code_sent' ? engine : move === 'renew' || move === 'withdraw' ? person : house.reviewer;
    const racers = Array.from({ length: 16 }, () => tried(row.id, move, who));
    expect(winnersOf(await Promise.allSettled(racers))).toHaveLength(1);
    expect((await house.row(row.id)).version).toBe(row.version + 1);
    expect(deadlocks).toEqual([]);
  });

  it('16 redemptions of one code: one account', async () => {
    const row = await house.caseIn('code_sent');
    const racers = Array.from({ length: 16 }, (_, n) => redeem(row.id, `${row.id}.${n}`));
    expect(winnersOf(await Promise.allSettled(racers))).toHaveLength(1);
    const accounts = await house.query(`SELECT id FROM accounts WHERE username LIKE $1`, [`${row.id}.%`]);
    expect(accounts).toHaveLength(1);
    expect(deadlocks).toEqual([]);
  });

  it.each(Array.from({ length: 20 }, (_, round) => round))(
    'redemption against reissue, revoke and expiry at once, round %i: the case and its code tell one story',
    async (round) => {
      const row = await house.caseIn(round % 2 === 0 ? 'code_sent' : 'approved');
      const racers = [
        () => redeem(row.id, `${row.id}`),
        () => tried(row.id, 'reissue', house.clerk),
        () => tried(row.id, 'revoke', house.reviewer, { reason: 'suspected_fraud' }),
        () => tried(row.id, 'expireNow', house.reviewer),
      ];
      const turned = [...racers.slice(round % 4), ...racers.slice(0, round % 4)];
      const winners = winnersOf(await Promise.allSettled(turned.map((race) => race())));
      expect(deadlocks).toEqual([]);
      expect(winners.length).toBeGreaterThan(0);

      const after = await house.row(row.id);
      expect(after.version).toBe(row.version + winners.length);
      const [code] = await codesOf(row.id);
      const first = winners.find(({ version }) => version === row.version + 1);
      const endedBy: Record<string, string> = {
        activated: 'used',
        approved: 'superseded',
        rejected: 'revoked',
        expired: 'expired',
      };
      expect(code?.endedAs).toBe(endedBy[first?.state ?? '']);
      const isRedeemed = first?.state === 'activated';
      expect(await house.query('SELECT id FROM accounts WHERE username = $1', [row.id])).toHaveLength(
        isRedeemed ? 1 : 0,
      );
      if (isRedeemed) expect(winners).toHaveLength(1);
    },
  );

  it('redemption at the edge of expiry: the database’s clock says who was in time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const row = await house.caseIn('code_sent');
      const end = later(await house.now(), 400);
      await house.moves(row.id, 'extend', house.reviewer, { input: { until: end } });
      const outcomes: PromiseSettledResult<CaseRow>[] = [];
      while ((await house.row(row.id)).state === 'code_sent') {
        const early = (await house.now()).getTime() < end.getTime() - 8;
        const racers = early ? [] : [redeem(row.id, row.id), tried(row.id, 'code_expired', engine)];
        outcomes.push(...(await Promise.allSettled(racers)));
      }
      expect(winnersOf(outcomes)).toHaveLength(1);
      const after = await house.row(row.id);
      if (after.state === 'activated') expect(after.updatedAt < end).toBe(true);
      else expect(after).toMatchObject({ state: 'expired', expiresAt: end });
      if (after.state === 'expired') expect(after.updatedAt >= end).toBe(true);
    }
  });
});
