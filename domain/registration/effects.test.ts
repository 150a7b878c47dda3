import { describe, expect, it } from '@jest/globals';
import { caseFlags } from '../case.ts';
import type { Effects, MoveInput } from '../move-effects.ts';
import type { Policy } from '../policy/policy.ts';
import { effectsOf } from './effects.ts';
import type { RegistrationFacts } from './facts.ts';
import {
  isFinal,
  type RegistrationMove,
  type RegistrationState,
  registrationLifecycle,
  registrationStates,
} from './lifecycle.ts';
import { linkMails } from './mails.ts';
import { accountReasons, recordReasons } from './reasons.ts';

/** Only what effects read of a policy; the rest of the document is the API's. */
const policy = {
  timeZone: 'America/New_York',
  registration: { lifetime: 'P14D', reminders: ['P7D', 'P12D'] },
} as unknown as Policy;

const est = (text: string) => new Date(`${text}-05:00`);
const now = est('2026-11-23T10:00:00');
const dayMs = 86_400_000;
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

const link = { id: 'l', issuedAt: est('2026-11-20T10:00:00'), expiresAt: est('2026-12-04T10:00:00') };
const fresh: RegistrationFacts = {
  state: 'draft',
  reference: 'GH-7K3Q-M2XP',
  flags: [],
  assigneeId: null,
  firstName: 'ada',
  email: 'ada.ferris@mail.example',
  dueAt: null,
  lateAt: null,
  slaPausedAt: null,
  turnedDueAt: null,
  turnedLateAt: null,
  expiresAt: null,
  closesAt: null,
  remindersAt: [],
  owesSecret: true,
  owesApproval: false,
  secretsIssued: 0,
  selfRenewals: 0,
  decidedAt: null,
  patientRecordId: 'r',
  openSecret: null,
  questions: [],
  isRecordUsable: true,
};
const withLink: Partial<RegistrationFacts> = {
  owesSecret: false,
  secretsIssued: 1,
  expiresAt: link.expiresAt,
  remindersAt: [est('2026-11-27T10:00:00'), est('2026-12-02T10:00:00')],
  openSecret: link,
};
const issued: Partial<RegistrationFacts> = { owesSecret: false, secretsIssued: 1 };
const factsIn: Record<RegistrationState, RegistrationFacts> = {
  draft: { ...fresh, ...withLink, state: 'draft' },
  sent: { ...fresh, ...withLink, state: 'sent' },
  identified: { ...fresh, ...withLink, state: 'identified' },
  locked: { ...fresh, ...issued, state: 'locked', flags: ['code_burned'] },
  undeliverable: { ...fresh, ...issued, state: 'undeliverable', flags: ['mail_refused'] },
  expired: { ...fresh, ...issued, state: 'expired', expiresAt: est('2026-11-22T10:00:00') },
  registered: { ...fresh, ...issued, state: 'registered' },
  linked: { ...fresh, ...issued, state: 'linked' },
  cancelled: { ...fresh, ...issued, state: 'cancelled' },
};

function effects(
  state: RegistrationState,
  move: RegistrationMove,
  { input, facts = {}, at = now }: { input?: MoveInput; facts?: Partial<RegistrationFacts>; at?: Date } = {},
): Effects<RegistrationState> {
  const rule = (registrationLifecycle[state] as { readonly [M in RegistrationMove]?: { to: RegistrationState } })[move];
  if (!rule) throw new Error(`${move} is not a move of ${state}`);
  const known = { ...factsIn[state], ...facts, state };
  return effectsOf(move, rule.to, { facts: known, policy, now: at, input: input ?? inputOf[move] ?? {} });
}

/** What a mover brings. */
const linkedTo = { email: 'ada@account.example', language: 'es', practice: 'Maple Street' };
const inputOf: Partial<Record<RegistrationMove, MoveInput>> = {
  cancel: { reason: 'wrong_person' },
  correctAddress: { email: 'ada@new.example' },
  extend: { until: est('2026-12-13T10:00:00') },
  register: { accountId: 'acc' },
  link: { accountId: 'acc', linkedTo },
  record_changed: { revokesSecret: true },
};
const pairs = registrationStates.flatMap((state) =>
  (Object.keys(registrationLifecycle[state]) as RegistrationMove[]).map((move) => ({ state, move })),
);
const all = pairs.map(({ state, move }) => ({ state, move, ...effects(state, move) }));
/** `move state: what`, sorted, of those that have it. */
const listed = (of: (done: (typeof all)[number]) => string | undefined) =>
  all
    .flatMap((done) => {
      const what = of(done);
      return what === undefined ? [] : [`${done.move} ${done.state}: ${what}`];
    })
    .sort();

describe('every move in every state', () => {
  it.each(all)('$move in $state ends where the table says, and leaves nothing waiting when that is an end', (done) => {
    const { state, move, changes, endsSecret } = done;
    expect(changes.state).toBe((registrationLifecycle[state] as Record<string, { to: string }>)[move]?.to);
    if (!changes.state || !isFinal(changes.state) || isFinal(state)) return;
    expect(changes).toMatchObject({
      dueAt: null,
      lateAt: null,
      slaPausedAt: null,
      closesAt: null,
      remindersAt: [],
      owesSecret: false,
      owesApproval: false,
    });
    // When it expired stays on the case; every other end has no such day.
    expect(changes.expiresAt === null).toBe(changes.state !== 'expired');
    expect(endsSecret).toBeDefined();
  });

  it('ends the link as the design says, and nowhere else', () => {
    const staffEnd = (states: string) => states.split(' ');
    const open = staffEnd('draft sent identified locked undeliverable');
    const walked = staffEnd('draft sent identified');
    expect(listed(({ endsSecret }) => endsSecret)).toEqual(
      [
        ...[...open, 'expired'].flatMap((state) => [
          `resend ${state}: superseded`,
          `correctAddress ${state}: superseded`,
          `cancel ${state}: revoked`,
        ]),
        ...open.flatMap((state) => [`notMe ${state}: revoked`, `record_changed ${state}: revoked`]),
        'notMe expired: revoked',
        ...walked.flatMap((state) => [
          `expireNow ${state}: expired`,
          `link_expired ${state}: expired`,
          `link_locked ${state}: burned`,
        ]),
        'register identified: used',
        'link identified: used',
        'mail_refused draft: revoked',
      ].sort(),
    );
  });

  it('mails what the design lists, and nothing else', () => {
    const open = ['draft', 'sent', 'identified', 'locked', 'undeliverable', 'expired'];
    expect(
      listed(({ mails }) => (mails.length > 0 ? mails.map(({ template }) => template).join(' + ') : undefined)),
    ).toEqual(
      [
        'link_issued draft: registration_resent',
        'reminded sent: registration_reminder',
        'reminded identified: registration_reminder',
        ...['draft', 'sent', 'identified'].flatMap((state) => [
          `expireNow ${state}: registration_expired`,
          `link_expired ${state}: registration_expired`,
        ]),
        'register identified: registration_confirmation',
        'link identified: account_linked',
        ...open.map((state) => `correctAddress ${state}: email_changed`),
      ].sort(),
    );
    const carrying = all.flatMap(({ move, mails }) => (mails.some(({ carriesSecret }) => carriesSecret) ? [move] : []));
    expect([...new Set(carrying)].sort()).toEqual(['link_issued', 'reminded']);
  });

  it('moves the version, but for notes, reminders, mail receipts, an account’s stop and a second identification', () => {
    expect(listed(({ isVersioned }) => (isVersioned ? undefined : 'same'))).toEqual(
      [
        ...registrationStates.map((state) => `note ${state}: same`),
        'reminded sent: same',
        'reminded identified: same',
        'identify identified: same',
        ...['sent', 'identified', 'locked', 'undeliverable'].map((state) => `mail_refused ${state}: same`),
        ...['draft', 'sent', 'identified', 'locked', 'undeliverable'].map((state) => `mail_unknown ${state}: same`),
        'notMe registered: same',
        'notMe linked: same',
      ].sort(),
    );
  });

  it('raises the tasks that staff look at, and no others', () => {
    const open = ['draft', 'sent', 'identified', 'locked', 'undeliverable'];
    expect(listed(({ raisesTask }) => raisesTask)).toEqual(
      [
        ...open.flatMap((state) => [
          `notMe ${state}: not_me`,
          `record_changed ${state}: record_changed`,
          `mail_refused ${state}: mail_refused`,
          `mail_unknown ${state}: mail_unknown`,
        ]),
        ...['draft', 'sent', 'identified'].map((state) => `link_locked ${state}: code_burned`),
        'notMe expired: not_me',
      ].sort(),
    );
  });

  it('keeps the finding of a possible duplicate', () => {
    for (const { state, move } of pairs) {
      const { flags } = effects(state, move, { facts: { flags: ['possible_duplicate'] } }).changes;
      if (flags) expect(flags).toContain('possible_duplicate');
    }
  });

  it.each(['cancel', 'expireNow', 'link_expired', 'register', 'link'] as const)(
    '%s leaves no flag but the duplicate’s',
    (move) => {
      for (const { state } of pairs.filter((pair) => pair.move === move)) {
        expect(effects(state, move, { facts: { flags: [...caseFlags] } }).changes.flags).toEqual([
          'possible_duplicate',
        ]);
      }
    },
  );

  it.each(['resend', 'correctAddress'] as const)('%s settles everything staff had to look at', (move) => {
    for (const { state } of pairs.filter((pair) => pair.move === move)) {
      expect(effects(state, move, { facts: { flags: [...caseFlags] } }).changes.flags).toEqual(['possible_duplicate']);
    }
  });
});

describe('the link', () => {
  const issue = (at: Date, facts: Partial<RegistrationFacts> = {}) =>
    effects('draft', 'link_issued', { at, facts: { ...fresh, ...facts } });

  it('lives 14 calendar days from its issue, with reminders on day 7 and 12', () => {
    const { changes, issuesSecret, mails } = issue(now);
    expect(issuesSecret).toEqual({ expiresAt: est('2026-12-07T10:00:00') });
    expect(changes).toEqual({
      state: 'draft',
      owesSecret: false,
      secretsIssued: 1,
      expiresAt: est('2026-12-07T10:00:00'),
      remindersAt: [est('2026-11-30T10:00:00'), est('2026-12-05T10:00:00')],
    });
    expect(mails).toEqual([
      {
        template: 'registration_invitation',
        data: { initial: 'A', expiresAt: est('2026-12-07T10:00:00').toISOString() },
        carriesSecret: true,
      },
    ]);
    expect(linkMails).toContain(mails[0]?.template);
  });

  it('that follows another one is mailed in other words, as long and as often', () => {
    const anew = issue(now, { secretsIssued: 1 });
    expect(anew.mails).toMatchObject([{ template: 'registration_resent', carriesSecret: true }]);
    expect(linkMails).toContain(anew.mails[0]?.template);
    expect(anew.changes).toMatchObject({ secretsIssued: 2, expiresAt: est('2026-12-07T10:00:00') });
    expect(anew.changes.remindersAt).toHaveLength(2);
  });

  it.each([
    ['autumn', '2026-10-25T10:00:00.123-04:00', '2026-11-08T10:00:00.123-05:00', '2026-11-01T10:00:00.123-05:00'],
    ['spring', '2027-03-07T10:00:00.123-05:00', '2027-03-21T10:00:00.123-04:00', '2027-03-14T10:00:00.123-04:00'],
  ])('ends and reminds at the same wall-clock time over the clock change of %s', (_, at, end, reminder) => {
    const { changes } = issue(new Date(at));
    expect(changes.expiresAt).toEqual(new Date(end));
    expect(changes.remindersAt?.[0]).toEqual(new Date(reminder));
  });

  it('of a short life loses the reminders that would come at its end or later', () => {
    const brief = structuredClone(policy);
    brief.registration.lifetime = 'P12D';
    const { changes } = effectsOf('link_issued', 'draft', { facts: fresh, policy: brief, now, input: {} });
    expect(changes.remindersAt).toEqual([est('2026-11-30T10:00:00')]);
  });

  it.each([
    ['ada', 'A'],
    [' Özlem', 'Ö'],
    ['o’Brien', 'O'],
    ['𝒜da', '𝒜'],
    ['', ''],
  ])('says of %j no more than %j', (firstName, initial) => {
    expect(issue(now, { firstName }).mails[0]?.data?.initial).toBe(initial);
  });

  it('extending moves its end, and the unsent reminders by the same distance', () => {
    const until = later(link.expiresAt, 9 * dayMs);
    for (const state of ['draft', 'sent', 'identified'] as const) {
      expect(effects(state, 'extend', { input: { until } })).toMatchObject({
        extendsSecret: until,
        changes: { state, expiresAt: until, remindersAt: [est('2026-12-06T10:00:00'), est('2026-12-11T10:00:00')] },
        mails: [],
      });
    }
    expect(() => effects('sent', 'extend', { input: {} })).toThrow(RangeError);
  });

  it.each(['resend', 'correctAddress'] as const)('%s ends the old one and owes a new one', (move) => {
    for (const { state } of pairs.filter((pair) => pair.move === move)) {
      const { endsSecret, changes, issuesSecret } = effects(state, move);
      expect(endsSecret).toBe('superseded');
      expect(issuesSecret).toBeUndefined(); // the engine issues it
      expect(changes).toMatchObject({
        state: 'draft',
        owesSecret: true,
        expiresAt: null,
        remindersAt: [],
        closesAt: null,
      });
      expect(changes.email).toBe(move === 'resend' ? undefined : 'ada@new.example');
    }
  });

  it('a corrected address is told to the one before, without what it is now', () => {
    const { mails } = effects('sent', 'correctAddress');
    expect(mails).toEqual([{ template: 'email_changed', to: 'ada.ferris@mail.example' }]);
    expect(JSON.stringify(mails)).not.toContain('new.example');
  });

  it('expires at its instant, however late the engine was; ended by staff, now', () => {
    const late = later(link.expiresAt, 5 * dayMs);
    const { changes, endsSecret, mails } = effects('sent', 'link_expired', { at: late });
    expect(endsSecret).toBe('expired');
    expect(changes).toMatchObject({ expiresAt: link.expiresAt, remindersAt: [] });
    expect(mails).toMatchObject([
      { template: 'registration_expired', data: { initial: 'A', expiredAt: link.expiresAt.toISOString() } },
    ]);
    const ended = effects('identified', 'expireNow', { input: { message: 'Please call us.' } });
    expect(ended.changes).toMatchObject({ state: 'expired', expiresAt: now, remindersAt: [] });
    expect(ended.mails[0]?.data).toEqual({
      initial: 'A',
      expiredAt: now.toISOString(),
      message: 'Please call us.',
    });
  });

  it('of several overdue reminders one goes, with the days that are left', () => {
    const both = effects('sent', 'reminded', { at: est('2026-12-02T10:00:00') });
    expect(both.changes.remindersAt).toEqual([]);
    expect(both.mails).toMatchObject([
      {
        template: 'registration_reminder',
        carriesSecret: true,
        data: { initial: 'A', daysLeft: 2, expiresAt: link.expiresAt.toISOString() },
      },
    ]);
    const first = effects('identified', 'reminded', { at: est('2026-11-27T10:00:00') });
    expect(first.changes.remindersAt).toEqual([est('2026-12-02T10:00:00')]);
    expect(first.mails[0]?.data?.daysLeft).toBe(7);
  });

  it.each<[string, Partial<RegistrationFacts>, Date]>([
    ['is over', {}, link.expiresAt],
    ['is gone', { openSecret: null }, now],
    ['is doubted by the person', { flags: ['not_me'] }, now],
    ['is of a record that changed', { flags: ['record_changed'] }, now],
  ])('that %s is not repeated, and its reminders are spent', (_, facts, at) => {
    const { mails, changes } = effects('sent', 'reminded', { facts, at });
    expect(mails).toEqual([]);
    expect(changes.remindersAt?.every((one) => one > at)).toBe(true);
  });

  it.each(['link_expired', 'expireNow'] as const)('%s of a silenced case tells the person nothing', (move) => {
    for (const flag of ['not_me', 'record_changed'] as const) {
      expect(effects('sent', move, { facts: { flags: [flag] } }).mails).toEqual([]);
    }
    expect(effects('sent', move, { facts: { flags: ['mail_unknown'] } }).mails).toHaveLength(1);
  });
});

describe('locking', () => {
  it('by wrong tries burns the link and is a task', () => {
    expect(effects('identified', 'link_locked')).toMatchObject({
      endsSecret: 'burned',
      raisesTask: 'code_burned',
      changes: { state: 'locked', flags: ['code_burned'], expiresAt: null, remindersAt: [] },
      mails: [],
    });
  });

  it.each(recordReasons)('for %s takes the link back; the record is the task', (reason) => {
    const done = effects('sent', 'link_locked', { input: { reason } });
    expect(done).toMatchObject({ endsSecret: 'revoked', raisesTask: 'record_changed' });
    expect(done.changes.flags).toEqual(['record_changed']);
  });

  it.each(accountReasons)(
    'for %s takes the link back; the lock is the task, and the account shows beside it',
    (reason) => {
      const done = effects('identified', 'link_locked', { input: { reason } });
      expect(done).toMatchObject({ endsSecret: 'revoked', raisesTask: 'code_burned' });
      expect(done.changes.flags).toEqual(['code_burned', 'possible_duplicate']);
    },
  );
});

describe('the ends', () => {
  it('a registered person is told; whose account was linked is told at the account’s own address', () => {
    const registered = effects('identified', 'register');
    expect(registered.changes).toMatchObject({ state: 'registered', accountId: 'acc', expiresAt: null });
    expect(registered.mails).toEqual([
      { template: 'registration_confirmation', data: { openedAt: now.toISOString() } },
    ]);
    const linked = effects('identified', 'link');
    expect(linked.changes).toMatchObject({ state: 'linked', accountId: 'acc', expiresAt: null });
    expect(linked.mails).toEqual([
      {
        template: 'account_linked',
        to: 'ada@account.example',
        language: 'es',
        data: { practice: 'Maple Street', linkedAt: now.toISOString() },
      },
    ]);
  });

  it('cancelling is a decision, and tells nobody', () => {
    const { changes, mails } = effects('sent', 'cancel');
    expect(changes).toMatchObject({ state: 'cancelled', decidedAt: now, expiresAt: null });
    expect(mails).toEqual([]);
    expect(effects('expired', 'cancel').changes).toMatchObject({ expiresAt: null });
  });

  it('a refused mail in draft is the end of its link; later it is only a flag', () => {
    const refused = effects('draft', 'mail_refused', { facts: { flags: ['possible_duplicate'] } });
    expect(refused).toMatchObject({ endsSecret: 'revoked', isVersioned: true });
    expect(refused.changes).toMatchObject({
      state: 'undeliverable',
      owesSecret: false,
      expiresAt: null,
      remindersAt: [],
      flags: ['possible_duplicate', 'mail_refused'],
    });
    for (const state of ['sent', 'identified', 'locked', 'undeliverable'] as const) {
      const { changes, endsSecret } = effects(state, 'mail_refused', { facts: { flags: [] } });
      expect(endsSecret).toBeUndefined();
      expect(changes).toEqual({ state, flags: ['mail_refused'] });
    }
  });
});

describe('“this wasn’t me”', () => {
  it.each(['draft', 'sent', 'identified', 'locked', 'undeliverable'] as const)(
    'in %s flags the case; the link dies',
    (state) => {
      const done = effects(state, 'notMe', { facts: { flags: [] } });
      expect(done).toMatchObject({ endsSecret: 'revoked', raisesTask: 'not_me', mails: [] });
      expect(done.changes).toMatchObject({ state, flags: ['not_me'], expiresAt: null, remindersAt: [] });
      expect(done.suspendsAccount).toBeUndefined();
      expect(done.endsEnrollment).toBeUndefined();
      expect(effects(state, 'notMe', { facts: { flags: ['not_me'] } }).changes.flags).toEqual(['not_me']);
    },
  );

  it('in expired flags the case and keeps when the link died', () => {
    const done = effects('expired', 'notMe', { facts: { flags: [] } });
    expect(done).toMatchObject({ raisesTask: 'not_me', mails: [], changes: { state: 'expired', flags: ['not_me'] } });
    expect(done.changes).not.toHaveProperty('expiresAt');
  });

  it('after registering stops the account; after linking, ends what was linked as well', () => {
    const registered = effects('registered', 'notMe');
    expect(registered).toMatchObject({ suspendsAccount: true, changes: { state: 'registered' } });
    expect(registered.endsEnrollment).toBeUndefined();
    expect(effects('linked', 'notMe')).toMatchObject({ suspendsAccount: true, endsEnrollment: 'not_me' });
  });
});

describe('a changed record', () => {
  const open = ['draft', 'sent', 'identified', 'locked', 'undeliverable'] as const;

  it.each(open)('in %s kills the link when the record may not be used', (state) => {
    const gone = effects(state, 'record_changed', { facts: { flags: [] }, input: { revokesSecret: true } });
    expect(gone).toMatchObject({ endsSecret: 'revoked', raisesTask: 'record_changed', mails: [] });
    expect(gone.changes).toEqual({ state, flags: ['record_changed'], expiresAt: null, remindersAt: [] });
  });

  it.each(open)('in %s that was merged binds the one that survives, and the link lives on', (state) => {
    const input = { revokesSecret: false, patientRecordId: 'survivor' };
    const merged = effects(state, 'record_changed', { facts: { flags: [] }, input });
    expect(merged.endsSecret).toBeUndefined();
    expect(merged.changes).toEqual({ state, flags: ['record_changed'], patientRecordId: 'survivor' });
  });
});
