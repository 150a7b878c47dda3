import { describe, expect, it } from '@jest/globals';
import type { CaseFlag } from '../case.ts';
import type { Effects, MoveInput } from '../move-effects.ts';
import type { Policy } from '../policy/policy.ts';
import { effectsOf, mayRenew } from './effects.ts';
import type { ApplicationFacts } from './facts.ts';
import {
  type ApplicationMove,
  type ApplicationState,
  applicationLifecycle,
  applicationStates,
  isFinal,
} from './lifecycle.ts';

/** Only what effects read of a policy; the rest of the document is the API's. */
const policy = {
  timeZone: 'America/New_York',
  officeHours: { days: [1, 2, 3, 4, 5], open: '08:30', close: '17:00' },
  holidays: ['2026-11-26'],
  application: {
    minimumAge: 18,
    targetBusinessDays: 3,
    promiseBusinessDays: 5,
    answerWithin: 'P30D',
    answerReminders: ['P7D'],
  },
  accessCode: { lifetime: 'P60D', reminders: ['P30D', 'P53D'], reissueWindow: 'P180D', selfRenewals: 1 },
} as unknown as Policy;

const est = (text: string) => new Date(`${text}-05:00`);
const now = est('2026-11-23T10:00:00'); // a Monday; Thursday the 26th is a holiday
const dayMs = 86_400_000;

const fresh: ApplicationFacts = {
  state: 'submitted',
  reference: 'GH-7K3Q-M2XP',
  flags: [],
  assigneeId: null,
  firstName: 'Ada',
  email: 'ada.ferris@mail.example',
  dueAt: est('2026-11-27T17:00:00'),
  lateAt: est('2026-12-01T17:00:00'),
  slaPausedAt: null,
  turnedDueAt: null,
  turnedLateAt: null,
  expiresAt: null,
  closesAt: null,
  remindersAt: [],
  owesSecret: false,
  owesApproval: false,
  secretsIssued: 0,
  selfRenewals: 0,
  decidedAt: null,
  patientRecordId: null,
  openSecret: null,
  questions: [],
  isRecordUsable: true,
};
const code = { id: 'c', issuedAt: est('2026-11-13T10:00:00'), expiresAt: est('2027-01-12T10:00:00') };
const decided: Partial<ApplicationFacts> = {
  decidedAt: est('2026-11-13T10:00:00'),
  dueAt: null,
  lateAt: null,
  secretsIssued: 1,
  expiresAt: code.expiresAt,
  remindersAt: [est('2026-12-13T10:00:00'), est('2027-01-05T10:00:00')],
  openSecret: code,
};
const factsIn: Record<ApplicationState, ApplicationFacts> = {
  submitted: fresh,
  in_review: { ...fresh, state: 'in_review', assigneeId: 'ana' },
  waiting_on_applicant: {
    ...fresh,
    state: 'waiting_on_applicant',
    slaPausedAt: est('2026-11-20T10:00:00'),
    closesAt: est('2026-12-20T10:00:00'),
    remindersAt: [est('2026-11-27T10:00:00')],
    questions: ['Which clinic?'],
  },
  approved: { ...fresh, ...decided, state: 'approved' },
  code_sent: { ...fresh, ...decided, state: 'code_sent' },
  expired: {
    ...fresh,
    ...decided,
    state: 'expired',
    openSecret: null,
    remindersAt: [],
    expiresAt: est('2026-11-22T10:00:00'),
    closesAt: est('2027-05-21T10:00:00'),
  },
  activated: { ...fresh, ...decided, state: 'activated', openSecret: null, expiresAt: null, remindersAt: [] },
  rejected: { ...fresh, ...decided, state: 'rejected', openSecret: null, expiresAt: null, remindersAt: [] },
  withdrawn: { ...fresh, state: 'withdrawn' },
  closed: { ...fresh, state: 'closed' },
};

function effects(
  state: ApplicationState,
  move: ApplicationMove,
  { input = {}, facts = {}, at = now }: { input?: MoveInput; facts?: Partial<ApplicationFacts>; at?: Date } = {},
): Effects<ApplicationState> {
  const rule = (applicationLifecycle[state] as { readonly [M in ApplicationMove]?: { to: ApplicationState } })[move];
  if (!rule) throw new Error(`${move} is not a move of ${state}`);
  return effectsOf(move, rule.to, { facts: { ...factsIn[state], ...facts, state }, policy, now: at, input });
}

/** Every state and move of the table, with what a mover brings. */
const inputOf: Partial<Record<ApplicationMove, MoveInput>> = {
  claim: { actorId: 'ana' },
  assign: { assignee: 'bo', actorId: 'sue' },
  requestInformation: { questions: ['Which clinic?'], reason: 'need_document' },
  correctAddress: { email: 'ada@new.example' },
  extend: { until: est('2026-12-18T10:00:00') },
  activate: { accountId: 'acc' },
  record_changed: { revokesSecret: true },
};
const pairs = applicationStates.flatMap((state) =>
  (Object.keys(applicationLifecycle[state]) as ApplicationMove[]).map((move) => ({ state, move })),
);
const all = pairs.map(({ state, move }) => ({ state, move, ...effects(state, move, { input: inputOf[move] ?? {} }) }));

describe('every move', () => {
  it.each(all)('$move in $state ends where the table says, and leaves nothing waiting when that is an end', (done) => {
    const { changes, endsSecret } = done;
    expect(changes.state).toBe((applicationLifecycle[done.state] as Record<string, { to: string }>)[done.move]?.to);
    if (!changes.state || !isFinal(changes.state) || isFinal(done.state)) return;
    expect(changes).toMatchObject({
      dueAt: null,
      lateAt: null,
      slaPausedAt: null,
      closesAt: null,
      expiresAt: null,
      remindersAt: [],
      owesSecret: false,
      owesApproval: false,
    });
    if (done.move !== 'lapsed') expect(endsSecret).toBe(done.move === 'activate' ? 'used' : 'revoked');
  });

  it('moves the version, but for notes, reminders, turned promises, mail receipts and an account’s stop', () => {
    const unversioned = new Set(all.filter(({ isVersioned }) => !isVersioned).map(({ move }) => move));
    expect([...unversioned].sort()).toEqual(
      ['note', 'reminded', 'turned_due', 'turned_late', 'mail_refused', 'mail_unknown', 'notMe'].sort(),
    );
    const notMe = all.filter(({ move, isVersioned }) => move === 'notMe' && !isVersioned).map(({ state }) => state);
    expect(notMe).toEqual(['activated']);
  });

  it('keeps the finding of a possible duplicate', () => {
    for (const { state, move } of pairs) {
      const flags: CaseFlag[] = ['possible_duplicate'];
      const { changes } = effects(state, move, { input: inputOf[move] ?? {}, facts: { flags } });
      if (changes.flags) expect(changes.flags).toContain('possible_duplicate');
    }
  });

  it.each<[ApplicationMove, CaseFlag[]]>([
    ['approve', ['mail_refused', 'mail_unknown']],
    ['requestInformation', ['mail_refused', 'mail_unknown']],
    ['resume', ['mail_refused', 'mail_unknown']],
  ])('%s settles what staff had to look at, not the trouble of mails', (move, kept) => {
    const state = move === 'resume' ? 'waiting_on_applicant' : 'in_review';
    const flags: CaseFlag[] = ['mail_refused', 'mail_unknown', 'code_burned', 'not_me', 'record_changed'];
    expect(effects(state, move, { facts: { flags }, input: inputOf[move] ?? {} }).changes.flags).toEqual(kept);
  });

  it.each(['reject', 'revoke', 'withdraw', 'left_unanswered', 'activate', 'lapsed'] as const)(
    '%s leaves no flag but the duplicate’s',
    (move) => {
      const flags: CaseFlag[] = ['possible_duplicate', 'mail_refused', 'mail_unknown', 'code_burned', 'not_me'];
      for (const { state } of pairs.filter((pair) => pair.move === move)) {
        expect(effects(state, move, { facts: { flags } }).changes.flags).toEqual(['possible_duplicate']);
      }
    },
  );

  it('mails what the design lists, and nothing else', () => {
    const mailed = all.flatMap(({ state, move, mails }) =>
      mails.length > 0 ? [`${move} ${state}: ${mails.map(({ template }) => template).join(' + ')}`] : [],
    );
    expect(mailed.sort()).toEqual(
      [
        'requestInformation in_review: information_requested',
        'reminded waiting_on_applicant: information_reminder',
        'reminded code_sent: access_code_reminder',
        'reject in_review: application_rejected',
        'reject waiting_on_applicant: application_rejected',
        'revoke approved: application_rejected',
        'revoke code_sent: application_rejected',
        'revoke expired: application_rejected',
        'withdraw submitted: application_withdrawn',
        'withdraw in_review: application_withdrawn',
        'withdraw waiting_on_applicant: application_withdrawn',
        'withdraw approved: application_withdrawn',
        'withdraw code_sent: application_withdrawn',
        'withdraw expired: application_withdrawn',
        'left_unanswered waiting_on_applicant: application_withdrawn',
        'code_issued approved: access_code_reissued',
        'code_expired approved: access_code_expired',
        'code_expired code_sent: access_code_expired',
        'expireNow approved: access_code_expired',
        'expireNow code_sent: access_code_expired',
        'activate approved: account_activated',
        'activate code_sent: account_activated',
        'turned_late submitted: promise_late',
        'turned_late in_review: promise_late',
        'correctAddress submitted: email_changed + application_received',
        'correctAddress in_review: email_changed + application_received',
        'correctAddress waiting_on_applicant: email_changed + information_requested',
        'correctAddress approved: email_changed',
        'correctAddress code_sent: email_changed',
        'correctAddress expired: email_changed + access_code_expired',
      ].sort(),
    );
  });

  it('of a case under `not_me` mails the person nothing that a timer or a code would bring', () => {
    const quiet = (state: ApplicationState, move: ApplicationMove) =>
      effects(state, move, { facts: { flags: ['not_me'] }, input: inputOf[move] ?? {} }).mails.map(
        (mail) => mail.template,
      );
    expect(quiet('waiting_on_applicant', 'reminded')).toEqual([]);
    expect(quiet('code_sent', 'reminded')).toEqual([]);
    expect(quiet('code_sent', 'code_expired')).toEqual([]);
    expect(quiet('expired', 'correctAddress')).toEqual(['email_changed']);
    expect(quiet('in_review', 'correctAddress')).toEqual(['email_changed']);
    expect(quiet('in_review', 'reject')).toEqual(['application_rejected']);
  });
});

describe('whose case it is', () => {
  it('claim and assign set the assignee, release clears it, reopening gives it to who reopens', () => {
    expect(effects('submitted', 'claim', { input: { actorId: 'ana' } }).changes.assigneeId).toBe('ana');
    expect(effects('submitted', 'assign', { input: { assignee: 'bo', actorId: 'sue' } }).changes.assigneeId).toBe('bo');
    expect(effects('code_sent', 'assign', { input: { assignee: 'bo' } }).changes.assigneeId).toBe('bo');
    expect(effects('in_review', 'release').changes.assigneeId).toBeNull();
    expect(effects('rejected', 'reopen', { input: { actorId: 'sue' } }).changes.assigneeId).toBe('sue');
  });
});

describe('deciding', () => {
  it.each([
    ['in_review', 'approve'],
    ['submitted', 'auto_approved'],
  ] as const)('in %s, %s ends the promise, owes a code and binds the record', (state, move) => {
    expect(
      effects(state, move, { input: { patientRecordId: 'r' }, facts: { owesApproval: true } }).changes,
    ).toMatchObject({
      decidedAt: now,
      dueAt: null,
      lateAt: null,
      slaPausedAt: null,
      owesSecret: true,
      owesApproval: false,
      patientRecordId: 'r',
    });
    expect(effects(state, move).changes.patientRecordId).toBeNull();
  });

  it('a rejection says whether a code dies with it', () => {
    const mail = (state: ApplicationState, move: ApplicationMove) =>
      effects(state, move, { input: { reason: 'under_age', message: 'Sorry.' } }).mails[0]?.data;
    const data = { reason: 'under_age', minimumAge: 18, message: 'Sorry.' };
    expect(mail('in_review', 'reject')).toEqual({ ...data, codeEnded: false });
    expect(mail('code_sent', 'revoke')).toEqual({ ...data, codeEnded: true });
  });

  it('reopening starts the promise afresh, and forgets what was decided', () => {
    const facts = { turnedDueAt: now, turnedLateAt: now, patientRecordId: 'r' };
    const { changes, mails } = effects('rejected', 'reopen', { facts, input: { actorId: 'sue' } });
    expect(changes).toMatchObject({
      dueAt: est('2026-11-27T17:00:00'),
      lateAt: est('2026-12-01T17:00:00'),
      turnedDueAt: null,
      turnedLateAt: null,
      decidedAt: null,
      patientRecordId: null,
    });
    expect(mails).toEqual([]);
  });
});

describe('asking and answering', () => {
  it('the clock stands, the answer has 30 days, the reminder comes on day 7', () => {
    const { changes, mails } = effects('in_review', 'requestInformation', {
      input: { questions: ['Which clinic?'], message: 'Please.' },
    });
    expect(changes).toMatchObject({
      slaPausedAt: now,
      closesAt: est('2026-12-23T10:00:00'),
      remindersAt: [est('2026-11-30T10:00:00')],
    });
    expect(changes).not.toHaveProperty('dueAt');
    expect(mails[0]?.data).toEqual({
      questions: ['Which clinic?'],
      answerBy: est('2026-12-23T10:00:00').toISOString(),
      message: 'Please.',
    });
  });

  it.each(['answer', 'resume', 'notMe'] as const)('%s: the working days that were left count from today', (move) => {
    // Asked on Friday the 20th with 4 (due) and 6 (late) working days left; back on Monday the 23rd.
    const { changes } = effects('waiting_on_applicant', move);
    expect(changes).toMatchObject({
      dueAt: est('2026-11-30T17:00:00'),
      lateAt: est('2026-12-02T17:00:00'),
      slaPausedAt: null,
      closesAt: null,
      remindersAt: [],
    });
  });

  it('a promise that was broken before the question stays broken', () => {
    const facts = { dueAt: est('2026-11-19T17:00:00'), lateAt: est('2026-11-20T10:00:00') };
    expect(effects('waiting_on_applicant', 'answer', { facts }).changes).toMatchObject(facts);
  });

  it('silence is told by the day it was asked for', () => {
    expect(effects('waiting_on_applicant', 'left_unanswered').mails[0]?.data).toEqual({
      because: 'no_response',
      askedBy: est('2026-12-20T10:00:00').toISOString(),
      message: undefined,
    });
    expect(effects('waiting_on_applicant', 'withdraw').mails[0]?.data).toMatchObject({ because: 'by_applicant' });
  });
});

describe('the code', () => {
  it('lives 60 calendar days from its issue, with reminders on day 30 and 53, by the wall clock over a clock change', () => {
    const issued = (at: Date, secretsIssued = 0) =>
      effects('approved', 'code_issued', {
        at,
        facts: { secretsIssued, openSecret: null, expiresAt: null, owesSecret: true },
      });
    const { changes, issuesSecret, mails } = issued(now);
    expect(issuesSecret).toEqual({ expiresAt: est('2027-01-22T10:00:00') });
    expect(changes).toMatchObject({
      owesSecret: false,
      secretsIssued: 1,
      expiresAt: est('2027-01-22T10:00:00'),
      remindersAt: [est('2026-12-23T10:00:00'), est('2027-01-15T10:00:00')],
    });
    expect(mails).toMatchObject([{ template: 'access_code', carriesSecret: true }]);
    expect(issued(now, 1).mails).toMatchObject([{ template: 'access_code_reissued', carriesSecret: true }]);

    const february = issued(new Date('2027-02-01T15:00:00.123Z')).issuesSecret?.expiresAt;
    expect(february?.toISOString()).toBe('2027-04-02T14:00:00.123Z'); // 10:00 in winter, 10:00 in summer
  });

  it('of a short life loses the reminders that would come at its end or later', () => {
    const brief = structuredClone(policy);
    brief.accessCode.lifetime = 'P53D';
    const { changes } = effectsOf('code_issued', 'approved', {
      facts: factsIn.approved,
      policy: brief,
      now,
      input: {},
    });
    expect(changes.remindersAt).toEqual([est('2026-12-23T10:00:00')]);
  });

  it.each([
    ['reissue', 'code_sent'],
    ['reissue', 'approved'],
    ['correctAddress', 'code_sent'],
    ['correctAddress', 'approved'],
  ] as const)('%s in %s ends the old one and owes a new one', (move, state) => {
    const done = effects(state, move, {
      input: inputOf[move] ?? {},
      facts: { flags: ['mail_refused', 'code_burned'] },
    });
    expect(done.endsSecret).toBe('superseded');
    expect(done.changes).toMatchObject({
      owesSecret: true,
      expiresAt: null,
      remindersAt: [],
      closesAt: null,
      flags: [],
    });
  });

  it('reissue settles doubt about the person, a corrected address does not', () => {
    const facts = { flags: ['not_me', 'record_changed'] as CaseFlag[] };
    expect(effects('code_sent', 'reissue', { facts }).changes.flags).toEqual([]);
    expect(
      effects('code_sent', 'correctAddress', { facts, input: inputOf.correctAddress ?? {} }).changes.flags,
    ).toEqual(facts.flags);
  });

  it('renewing counts, and is for a clear case with renewals left', () => {
    expect(effects('expired', 'renew').changes).toMatchObject({ selfRenewals: 1, owesSecret: true, closesAt: null });
    expect(mayRenew({ selfRenewals: 0, flags: [] }, policy)).toBe(true);
    expect(mayRenew({ selfRenewals: 0, flags: ['possible_duplicate'] }, policy)).toBe(true);
    expect(mayRenew({ selfRenewals: 1, flags: [] }, policy)).toBe(false);
    for (const flag of ['mail_refused', 'mail_unknown', 'code_burned', 'not_me', 'record_changed'] as const) {
      expect(mayRenew({ selfRenewals: 0, flags: [flag] }, policy)).toBe(false);
    }
  });

  it('extending moves its end, and the unsent reminders by the same distance', () => {
    const until = new Date(code.expiresAt.getTime() + 9 * dayMs);
    expect(effects('code_sent', 'extend', { input: { until } })).toMatchObject({
      extendsSecret: until,
      changes: { expiresAt: until, remindersAt: [est('2026-12-22T10:00:00'), est('2027-01-14T10:00:00')] },
    });
    const later = new Date(est('2026-12-20T10:00:00').getTime() + 2 * dayMs);
    const answer = effects('waiting_on_applicant', 'extend', { input: { until: later } });
    expect(answer.changes).toMatchObject({ closesAt: later, remindersAt: [est('2026-11-29T10:00:00')] });
    expect(answer.extendsSecret).toBeUndefined();
  });

  it('expires at its instant and closes 180 days after it, however late the engine was', () => {
    const late = new Date(code.expiresAt.getTime() + 5 * dayMs);
    const { changes, endsSecret, mails } = effects('code_sent', 'code_expired', { at: late });
    expect(endsSecret).toBe('expired');
    expect(changes).toMatchObject({ expiresAt: code.expiresAt, closesAt: new Date('2027-07-11T14:00:00Z') });
    expect(mails[0]?.data).toMatchObject({ expiredAt: code.expiresAt.toISOString(), canRenew: true });
    expect(effects('code_sent', 'expireNow').changes).toMatchObject({ expiresAt: now, remindersAt: [] });
  });

  it('the notice of its end says whether the person may renew, as the case stands after the move', () => {
    const canRenew = (move: ApplicationMove, state: ApplicationState, facts: Partial<ApplicationFacts>) =>
      effects(state, move, { facts, input: inputOf[move] ?? {} }).mails.at(-1)?.data?.canRenew;
    expect(canRenew('code_expired', 'code_sent', { selfRenewals: 1 })).toBe(false);
    expect(canRenew('code_expired', 'code_sent', { flags: ['mail_unknown'] })).toBe(false);
    expect(canRenew('correctAddress', 'expired', { flags: ['mail_refused'] })).toBe(true);
  });

  it('of several overdue reminders one goes, with the days that are left', () => {
    const at = est('2027-01-06T10:00:00');
    const { changes, mails } = effects('code_sent', 'reminded', { at });
    expect(changes.remindersAt).toEqual([]);
    expect(mails).toMatchObject([{ template: 'access_code_reminder', carriesSecret: true, data: { daysLeft: 6 } }]);
    const first = effects('code_sent', 'reminded', { at: est('2026-12-13T10:00:00') });
    expect(first.changes.remindersAt).toEqual([est('2027-01-05T10:00:00')]);
    expect(first.mails[0]?.data?.daysLeft).toBe(30);
  });

  it('that is burned leaves the case where it is, for staff', () => {
    expect(effects('code_sent', 'code_burned')).toMatchObject({
      endsSecret: 'burned',
      raisesTask: 'code_burned',
      changes: { flags: ['code_burned'], expiresAt: null, remindersAt: [] },
    });
  });
});

describe('“this wasn’t me”', () => {
  it.each<[ApplicationState, boolean]>([
    ['submitted', false],
    ['in_review', false],
    ['waiting_on_applicant', false],
    ['approved', true],
    ['code_sent', true],
    ['expired', true],
  ])('in %s flags the case; the code dies: %s', (state, kills) => {
    const done = effects(state, 'notMe');
    expect(done.changes.flags).toEqual(['not_me']);
    expect(done.raisesTask).toBe('not_me');
    expect(done.endsSecret).toBe(kills ? 'revoked' : undefined);
    expect(done.suspendsAccount).toBeUndefined();
    expect(done.mails).toEqual([]);
    expect(effects(state, 'notMe', { facts: { flags: ['not_me'] } }).changes.flags).toEqual(['not_me']);
  });

  it('after activation stops the account', () => {
    expect(effects('activated', 'notMe').suspendsAccount).toBe(true);
  });
});

describe('a changed record', () => {
  it.each(['approved', 'code_sent', 'expired'] as const)(
    'in %s kills the code when the record may not be used',
    (state) => {
      const gone = effects(state, 'record_changed', { input: { revokesSecret: true } });
      expect(gone).toMatchObject({ endsSecret: 'revoked', raisesTask: 'record_changed' });
      expect(gone.changes.flags).toEqual(['record_changed']);
      if (state === 'expired') expect(gone.changes).not.toHaveProperty('expiresAt');
      else expect(gone.changes).toMatchObject({ expiresAt: null, remindersAt: [] });

      const merged = effects(state, 'record_changed', { input: { revokesSecret: false } });
      expect(merged.endsSecret).toBeUndefined();
      expect(merged.changes).not.toHaveProperty('expiresAt');
    },
  );
});
