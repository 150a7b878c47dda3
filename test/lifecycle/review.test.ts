import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApplicationState } from '../../domain/application/lifecycle.ts';
import { closingTimeOf, isWorkingDay } from '../../domain/time/business-calendar.ts';
import { day, engine, type Gatehouse, person, portal, startGatehouse } from '../support/gatehouse.ts';
import { testPolicy } from '../support/policy.ts';
import { addRecord } from '../support/seed.ts';
import { type Stories, storiesIn } from './stories.ts';

let gatehouse: Gatehouse;
let stories: Stories;
const minute = 60_000;
const zone = 'America/New_York';

beforeAll(async () => {
  gatehouse = await startGatehouse();
  stories = await storiesIn(gatehouse);
}, 60_000);
afterAll(() => gatehouse.stop());

const later = (at: Date | null | undefined, ms: number) => new Date((at?.getTime() ?? Number.NaN) + ms);
const dateIn = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
const withdraws = (id: string) => stories.does({ id }, 'withdraw', person);

describe('an applicant who is asked', () => {
  it('and never answers is reminded once, on day 7, and the case closes on day 30', async () => {
    const row = await stories.caseIn('waiting_on_applicant');
    const asked = ['application_received', 'information_requested'];
    await gatehouse.passesUntil(later(row.remindersAt[0], -minute));
    expect(await gatehouse.mailsOf(row.id)).toEqual(asked);
    await gatehouse.passesUntil(later(row.remindersAt[0], minute));
    expect(await gatehouse.mailsOf(row.id)).toEqual([...asked, 'information_reminder']);
    await gatehouse.passesUntil(later(row.closesAt, -minute));
    expect((await gatehouse.row(row.id)).state).toBe('waiting_on_applicant');
    await gatehouse.passesUntil(later(row.closesAt, minute));
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'withdrawn', waitingOn: null });
    expect(await gatehouse.mailsOf(row.id)).toEqual([...asked, 'information_reminder', 'application_withdrawn']);
    await expect(gatehouse.moves(row.id, 'answer', person)).rejects.toMatchObject({ code: 'not_allowed_now' });
  });

  it('and answers in time is back in review: no reminder, no closing, and the promise runs again', async () => {
    const row = await stories.caseIn('waiting_on_applicant');
    await gatehouse.daysPass(3);
    const answered = await stories.answers(row);
    expect(answered).toMatchObject({ state: 'in_review', closesAt: null, slaPausedAt: null, waitingOn: 'staff' });
    await gatehouse.daysPass(31);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'in_review' });
    expect((await gatehouse.mailsOf(row.id)).filter((mail) => mail.startsWith('information'))).toHaveLength(1);
    await withdraws(row.id);
  });

  it('in the last minute is in time', async () => {
    const row = await stories.caseIn('waiting_on_applicant');
    await gatehouse.passesUntil(later(row.closesAt, -minute));
    expect((await stories.answers(row)).state).toBe('in_review');
    await withdraws(row.id);
  });

  it('and given more time: reminder and closing move by the same distance', async () => {
    const row = await stories.caseIn('waiting_on_applicant');
    await gatehouse.daysPass(5);
    const until = later(row.closesAt, 4 * day);
    await stories.does(row, 'extend', stories.ana, { input: { until } });
    await gatehouse.passesUntil(later(row.remindersAt[0], 4 * day - minute));
    expect(await gatehouse.mailsOf(row.id)).not.toContain('information_reminder');
    await gatehouse.passesUntil(later(row.remindersAt[0], 4 * day + minute));
    expect(await gatehouse.mailsOf(row.id)).toContain('information_reminder');
    await gatehouse.passesUntil(later(until, -minute));
    expect((await gatehouse.row(row.id)).state).toBe('waiting_on_applicant');
    await gatehouse.passesUntil(later(until, minute));
    expect((await gatehouse.row(row.id)).state).toBe('withdrawn');
  });

  it('answered otherwise: the reviewer resumes', async () => {
    const row = await stories.caseIn('waiting_on_applicant');
    await stories.does(row, 'resume', stories.ana, { reason: 'answered_otherwise' });
    await gatehouse.daysPass(31);
    expect((await gatehouse.row(row.id)).state).toBe('in_review');
    await withdraws(row.id);
  });
});

describe('the promise', () => {
  /** A Wednesday at noon with a holiday on the Thursday after it: the next one that the calendar of today knows. */
  async function wednesdayBeforeHoliday(): Promise<Date> {
    const now = await gatehouse.environment.currentTimeMs();
    for (let ahead = 1; ; ahead += 1) {
      const at = new Date(now + ahead * day);
      const noon = later(closingTimeOf(dateIn(at), testPolicy()), -5 * 3_600_000);
      if (noon.getTime() > now && new Date(`${dateIn(at)}T00:00:00Z`).getUTCDay() === 3) {
        await gatehouse.policy((policy) => {
          policy.holidays = [dateIn(later(at, day))];
        });
        return noon;
      }
    }
  }

  it('turns due and late at closing time, over a holiday and a weekend, and the supervisors are told once', async () => {
    const wednesday = await wednesdayBeforeHoliday();
    await gatehouse.passesUntil(wednesday);
    const row = await stories.caseIn('submitted');
    // Day 0 Wednesday, Thursday is closed: day 1 Friday, 2 Monday, 3 Tuesday; 5 Thursday.
    expect(row.dueAt && dateIn(row.dueAt)).toBe(dateIn(later(wednesday, 6 * day)));
    expect(row.lateAt && dateIn(row.lateAt)).toBe(dateIn(later(wednesday, 8 * day)));

    await gatehouse.passesUntil(later(row.dueAt, -minute));
    expect((await gatehouse.row(row.id)).turnedDueAt).toBeNull();
    await gatehouse.passesUntil(later(row.dueAt, minute));
    const due = await gatehouse.row(row.id);
    expect(due.turnedDueAt?.getTime()).toBeGreaterThanOrEqual(row.dueAt?.getTime() ?? 0);
    expect(due.turnedLateAt).toBeNull();
    expect(await gatehouse.mailsOf(row.id)).toEqual(['application_received']);

    await gatehouse.passesUntil(later(row.lateAt, minute));
    expect((await gatehouse.row(row.id)).turnedLateAt).not.toBeNull();
    const told = gatehouse
      .inboxOf('sue.supervisor@gatehouse.example')
      .filter(({ subject }) => subject?.includes(row.reference));
    expect(told).toHaveLength(1);
    expect(`${told[0]?.subject} ${told[0]?.text} ${told[0]?.html}`).not.toMatch(/Ada|Ferris/);
    expect(gatehouse.inboxOf('ana.reviewer@gatehouse.example')).toEqual([]);

    await stories.does(row, 'claim', stories.ana);
    await gatehouse.daysPass(20);
    expect(await gatehouse.mailsOf(row.id)).toEqual(['application_received', 'promise_late']);
    expect((await gatehouse.actionsOf(row.id)).filter((action) => action.startsWith('turned'))).toEqual([
      'turned_due',
      'turned_late',
    ]);
    await withdraws(row.id);
  });

  it('stands while the applicant is asked: nothing turns, then the days that were left run', async () => {
    const row = await stories.caseIn('waiting_on_applicant');
    await gatehouse.daysPass(20);
    expect(await gatehouse.row(row.id)).toMatchObject({ turnedDueAt: null, turnedLateAt: null });
    const answered = await stories.answers(row);
    expect(answered.dueAt && answered.dueAt > (await gatehouse.now())).toBe(true);
    expect(answered.dueAt && isWorkingDay(dateIn(answered.dueAt), testPolicy())).toBe(true);
    await gatehouse.passesUntil(later(answered.lateAt, -minute));
    expect(await gatehouse.row(row.id)).toMatchObject({ turnedDueAt: expect.any(Date), turnedLateAt: null });
    await gatehouse.passesUntil(later(answered.lateAt, minute));
    expect(await gatehouse.row(row.id)).toMatchObject({ turnedLateAt: expect.any(Date) });
    await withdraws(row.id);
  });

  it('does not run after the decision', async () => {
    const row = await stories.caseIn('code_sent');
    await gatehouse.daysPass(20);
    expect(await gatehouse.row(row.id)).toMatchObject({ dueAt: null, turnedDueAt: null, turnedLateAt: null });
    await withdraws(row.id);
  });

  it('starts afresh when a rejection is reopened, and nobody is mailed', async () => {
    const row = await stories.caseIn('in_review');
    await gatehouse.passesUntil(later(row.lateAt, minute));
    await stories.does(row, 'reject', stories.ana, { reason: 'identity_not_confirmed' });
    expect(await gatehouse.runOf(row.id).result()).toBe('rejected');
    const mails = await gatehouse.mailsOf(row.id);
    const reopened = await stories.does(row, 'reopen', stories.sue, { reason: 'new_information' });
    expect(reopened).toMatchObject({
      state: 'in_review',
      assigneeId: stories.sue.id,
      turnedDueAt: null,
      turnedLateAt: null,
    });
    expect(await gatehouse.mailsOf(row.id)).toEqual(mails);
    await gatehouse.passesUntil(later(reopened.lateAt, minute));
    expect((await gatehouse.mailsOf(row.id)).filter((mail) => mail === 'promise_late')).toHaveLength(2);
    await withdraws(row.id);
  });
});

describe('automatic approval', () => {
  const mary = { firstName: 'Mary', lastName: 'Ng', dateOfBirth: '1990-05-05', postalCode: '02139' };
  const joan = { ...mary, firstName: 'Joan', dateOfBirth: '1991-06-06' };

  beforeAll(async () => {
    await gatehouse.policy(({ application }) => {
      application.approval = 'automatic';
    });
    await addRecord(gatehouse.database, portal, { mrn: 'M1', ...mary });
    await addRecord(gatehouse.database, portal, { mrn: 'M2', ...joan });
    await addRecord(gatehouse.database, portal, { mrn: 'M3', ...joan });
  });
  afterAll(() =>
    gatehouse.policy(({ application }) => {
      application.approval = 'staff';
    }),
  );

  it('with exactly one record that matches wholly: code in the mail, no hand moved', async () => {
    const row = await stories.applies({ ...mary, email: 'mary.ng@mail.example' });
    expect(row).toMatchObject({ state: 'code_sent', patientRecordId: expect.any(String) });
    expect(await gatehouse.actionsOf(row.id)).toEqual(['submitted', 'auto_approved', 'code_issued', 'code_sent']);
    await stories.activates(row);
  });

  it.each([
    ['two records match', { ...joan, email: 'joan.ng@mail.example' }],
    ['no record matches wholly', { ...mary, postalCode: '99999', email: 'mary.else@mail.example' }],
  ])('when %s staff have it', async (_, claim) => {
    const row = await stories.applies(claim);
    await gatehouse.daysPass(1);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'submitted', waitingOn: 'staff' });
    await withdraws(row.id);
  });

  it('when it is flagged before the engine comes to it, staff have it for good', async () => {
    const { id } = await gatehouse.applies({ ...mary, email: 'mary.flagged@mail.example' });
    await gatehouse.moves(id, 'notMe', person);
    await gatehouse.idle(id);
    expect(await gatehouse.row(id)).toMatchObject({ state: 'submitted', owesApproval: false, flags: ['not_me'] });
    await withdraws(id);
  });
});

describe('an end', () => {
  it.each<ApplicationState>(['submitted', 'in_review', 'waiting_on_applicant', 'approved', 'code_sent', 'expired'])(
    'withdrawn from %s: one mail, no live code, nothing later',
    async (state) => {
      const row = await stories.caseIn(state);
      const before = await gatehouse.mailsOf(row.id);
      await withdraws(row.id);
      expect(await gatehouse.row(row.id)).toMatchObject({ state: 'withdrawn', waitingOn: null });
      expect(await gatehouse.runOf(row.id).result()).toBe('withdrawn');
      await gatehouse.daysPass(70);
      const mails = await gatehouse.mailsOf(row.id);
      expect(mails.slice(-1)).toEqual(['application_withdrawn']);
      expect(mails).toHaveLength(before.length + 1);
      expect(await liveCodes(row.id)).toBe(0);
    },
  );

  it.each<ApplicationState>(['approved', 'code_sent', 'expired'])(
    'revoked from %s: told so, the code dead',
    async (state) => {
      const row = await stories.caseIn(state);
      await stories.does(row, 'revoke', stories.ana, { reason: 'suspected_fraud' });
      expect(await gatehouse.row(row.id)).toMatchObject({ state: 'rejected', waitingOn: null });
      expect((await gatehouse.mailsOf(row.id)).at(-1)).toBe('application_rejected');
      expect(await liveCodes(row.id)).toBe(0);
      expect(await gatehouse.runOf(row.id).result()).toBe('rejected');
    },
  );

  const liveCodes = async (id: string) =>
    (await gatehouse.database.query('SELECT id FROM secrets WHERE case_id = $1 AND ended_at IS NULL', [id])).length;
});

describe('“this wasn’t me”', () => {
  it.each<[ApplicationState, ApplicationState]>([
    ['submitted', 'submitted'],
    ['in_review', 'in_review'],
    ['waiting_on_applicant', 'in_review'],
    ['approved', 'approved'],
    ['code_sent', 'code_sent'],
    ['expired', 'expired'],
  ])('in %s: %s, flagged, for staff, and the person is mailed nothing more', async (state, stays) => {
    const row = await stories.caseIn(state);
    const mails = await gatehouse.mailsOf(row.id);
    await stories.does(row, 'notMe', person);
    const flagged = await gatehouse.row(row.id);
    expect(flagged).toMatchObject({ state: stays, waitingOn: 'staff' });
    expect(flagged.flags).toContain('not_me');
    expect(await gatehouse.tasksOf(row.id)).toContain('not_me');
    expect(
      await gatehouse.database.query('SELECT id FROM secrets WHERE case_id = $1 AND ended_at IS NULL', [row.id]),
    ).toEqual([]);
    await gatehouse.daysPass(62);
    expect((await gatehouse.mailsOf(row.id)).filter((mail) => mail !== 'promise_late')).toEqual(mails);
    expect((await gatehouse.row(row.id)).state).toBe(stays);
    if (stays === 'approved' || stays === 'code_sent' || stays === 'expired') {
      // Staff made sure: a new code goes.
      await stories.does(row, 'reissue', stories.clerk);
      expect(await gatehouse.row(row.id)).toMatchObject({ state: 'code_sent', flags: [] });
    }
    await withdraws(row.id);
  });

  it('after activation: the account is stopped and its owner told', async () => {
    const row = await stories.caseIn('activated');
    await stories.does(row, 'notMe', person);
    expect(gatehouse.inboxOf(row.email).at(-1)?.subject).toMatch(/account is stopped/);
    const [account] = await gatehouse.database.query('SELECT state FROM accounts WHERE username = $1', [row.id]);
    expect(account).toEqual({ state: 'suspended' });
  });

  it.each<ApplicationState>(['rejected', 'withdrawn'])('after the end (%s) there is nothing to do', async (state) => {
    const row = await stories.caseIn(state);
    await expect(gatehouse.moves(row.id, 'notMe', person)).rejects.toMatchObject({ code: 'not_allowed_now' });
    expect(await gatehouse.tasksOf(row.id)).toEqual([]);
  });
});

describe('a corrected address', () => {
  it.each<[ApplicationState, ApplicationState, string]>([
    ['submitted', 'submitted', 'application_received'],
    ['in_review', 'in_review', 'application_received'],
    ['waiting_on_applicant', 'waiting_on_applicant', 'information_requested'],
    ['approved', 'code_sent', 'access_code_reissued'],
    ['code_sent', 'code_sent', 'access_code_reissued'],
    ['expired', 'expired', 'access_code_expired'],
  ])('in %s gets what the state last mailed; the old one is told', async (state, after, template) => {
    const row = await stories.caseIn(state);
    const email = `right.${state}@mail.example`;
    await stories.does(row, 'correctAddress', stories.clerk, { input: { email } });
    expect(await gatehouse.row(row.id)).toMatchObject({ state: after, email, flags: [] });
    expect(await gatehouse.tasksOf(row.id)).toEqual([]);
    expect((await gatehouse.mailsOf(row.id)).slice(-2)).toEqual(['email_changed', template]);
    expect(gatehouse.inboxOf(row.email).at(-1)?.subject).toMatch(/does not write to this address/);
    expect(gatehouse.inboxOf(email)).toHaveLength(1);
    if (state === 'waiting_on_applicant') expect(gatehouse.inboxOf(email)[0]?.text).toContain('Which clinic');
    await withdraws(row.id);
  });
});

describe('a changed record', () => {
  it('of the dead ends the code and stops the mails; staff decide', async () => {
    const row = await stories.caseIn('code_sent');
    await stories.does(row, 'record_changed', engine, { input: { revokesSecret: true } });
    expect(await gatehouse.row(row.id)).toMatchObject({
      state: 'code_sent',
      flags: ['record_changed'],
      waitingOn: 'staff',
    });
    await gatehouse.daysPass(62);
    expect(await gatehouse.mailsOf(row.id)).toHaveLength(2);
    await stories.does(row, 'revoke', stories.ana, { reason: 'deceased' });
    expect(await gatehouse.tasksOf(row.id)).toEqual([]);
  });
});
