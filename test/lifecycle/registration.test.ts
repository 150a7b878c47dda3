import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import proto from '@temporalio/proto';
import type { RegistrationState } from '../../domain/registration/lifecycle.ts';
import { messageNames, type Plan } from '../../engine/names.ts';
import { snapshotOf } from '../../store/snapshots.ts';
import { day, engine, type Gatehouse, person, startGatehouse } from '../support/gatehouse.ts';
import { type RegistrationStories, registrationStoriesIn } from './registration-stories.ts';

let gatehouse: Gatehouse;
let stories: RegistrationStories;
const zone = 'America/New_York';
const minute = 60_000;

beforeAll(async () => {
  gatehouse = await startGatehouse();
  stories = await registrationStoriesIn(gatehouse);
}, 60_000);
afterEach(() => {
  gatehouse.sink.manner = 'takes';
});
afterAll(() => gatehouse.stop());

const later = (at: Date | null | undefined, ms: number) => new Date((at?.getTime() ?? Number.NaN) + ms);
const planOf = (row: { id: string }) => stories.runOf(row).query<Plan>(messageNames.plan);
const cancels = (row: { id: string }) => stories.does(row, 'cancel', stories.ana, { reason: 'wrong_person' });
const instantOf = async (id: string, action: string): Promise<Date> => {
  const [entry] = await gatehouse.database.query<{ at: Date }>(
    'SELECT at FROM audit_entries WHERE case_id = $1 AND action = $2 ORDER BY id DESC LIMIT 1',
    [id, action],
  );
  if (!entry) throw new Error(`${action} was never made`);
  return entry.at;
};
/** `date_add` of the database: another hand than the one that computed it. */
const inDays = async (at: Date, days: number) => {
  const [row] = await gatehouse.database.query<{ at: Date }>(
    'SELECT date_add($1, make_interval(days => $2), $3) AS at',
    [at, days, zone],
  );
  return row?.at;
};
const owesWord = (id: string) =>
  gatehouse.database.query(
    'INSERT INTO outbox (case_id, created_at, next_at) VALUES ($1, gatehouse_now(), gatehouse_now())',
    [id],
  );
/** Everything of a case that counts; mails by template, so that a doubled one shows. */
const storyOf = async (id: string) => ({
  row: await gatehouse.row(id),
  mails: await gatehouse.mailsOf(id),
  actions: await gatehouse.actionsOf(id),
  tasks: await gatehouse.tasksOf(id),
});

describe('a registration e-mail', () => {
  it('is repeated on day 7 and day 12 with the same link, lives on day 13, and expires on day 14 to the instant', async () => {
    const row = await stories.caseIn('sent');
    const { id } = row;
    expect(row).toMatchObject({ state: 'sent', waitingOn: 'applicant', secretsIssued: 1, flags: [] });
    const issuedAt = await instantOf(id, 'link_issued');
    expect(row.expiresAt).toEqual(await inDays(issuedAt, 14));
    expect(row.remindersAt).toEqual([await inDays(issuedAt, 7), await inDays(issuedAt, 12)]);
    expect(await gatehouse.mailsOf(id)).toEqual(['registration_invitation']);

    const steps: [Date, number][] = [
      [later(row.remindersAt[0], -minute), 1],
      [later(row.remindersAt[0], minute), 2],
      [later(row.remindersAt[1], -minute), 2],
      [later(row.remindersAt[1], minute), 3],
      [later(row.expiresAt, -day), 3],
    ];
    for (const [at, mails] of steps) {
      await gatehouse.passesUntil(at);
      expect(await gatehouse.mailsOf(id)).toHaveLength(mails);
    }
    const links = stories.linksTo(row.email);
    expect(links).toHaveLength(3);
    expect(new Set(links).size).toBe(1);
    expect(await gatehouse.row(id)).toMatchObject({ state: 'sent', version: row.version });
    expect(await stories.standingOf(links.slice(0, 1))).toEqual(['live']);

    await gatehouse.passesUntil(later(row.expiresAt, -minute));
    expect((await gatehouse.row(id)).state).toBe('sent');
    expect(await stories.standingOf(links.slice(0, 1))).toEqual(['live']);
    await gatehouse.passesUntil(later(row.expiresAt, 1_000));
    expect(await gatehouse.row(id)).toMatchObject({ state: 'expired', expiresAt: row.expiresAt, waitingOn: null });
    const lateMs = (await instantOf(id, 'link_expired')).getTime() - (row.expiresAt?.getTime() ?? 0);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(5_000);
    expect(await stories.standingOf(links.slice(0, 1))).toEqual(['expired']);
    expect(await stories.runOf(row).result()).toBe('expired');

    await gatehouse.passesUntil(later(row.expiresAt, day));
    const mails = ['registration_invitation', 'registration_reminder', 'registration_reminder', 'registration_expired'];
    expect(await gatehouse.mailsOf(id)).toEqual(mails);
    expect(gatehouse.inboxOf(row.email)).toHaveLength(4);
    expect(stories.linksTo(row.email)).toHaveLength(3); // the notice of the end carries none
    expect(await gatehouse.actionsOf(id)).toEqual([
      'invited',
      'link_issued',
      'link_sent',
      'reminded',
      'reminded',
      'link_expired',
    ]);
  }, 60_000);

  it.each(['spring', 'autumn'])(
    'expires and is repeated at the same wall-clock time over the %s change of the clocks',
    async (season) => {
      await gatehouse.passesUntil(await daysBeforeChange(season, 5));
      const row = await stories.caseIn('sent');
      const issuedAt = await instantOf(row.id, 'link_issued');
      expect(row.expiresAt).toEqual(await inDays(issuedAt, 14));
      const apart = (row.expiresAt?.getTime() ?? 0) - issuedAt.getTime() - 14 * day;
      expect(apart).toBe(season === 'spring' ? -3_600_000 : 3_600_000);
      for (const at of [...row.remindersAt, row.expiresAt]) expect(wallClock(at)).toBe(wallClock(issuedAt));

      await gatehouse.passesUntil(later(row.remindersAt[0], -minute));
      expect(stories.linksTo(row.email)).toHaveLength(1);
      await gatehouse.passesUntil(later(row.remindersAt[0], minute));
      expect(stories.linksTo(row.email)).toHaveLength(2);
      await gatehouse.passesUntil(later(row.expiresAt, -minute));
      expect((await gatehouse.row(row.id)).state).toBe('sent');
      await gatehouse.passesUntil(later(row.expiresAt, 1_000));
      expect((await gatehouse.row(row.id)).state).toBe('expired');
    },
    60_000,
  );

  it('that was opened and not finished runs by the same clock', async () => {
    const row = await stories.caseIn('identified');
    expect((await planOf(row)).waitsFor.map(({ name }) => name)).toEqual(['reminder', 'reminder', 'link_expires']);
    await gatehouse.passesUntil(later(row.remindersAt[1], minute));
    expect(stories.linksTo(row.email)).toHaveLength(3);
    await gatehouse.passesUntil(later(row.expiresAt, 1_000));
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'expired' });
    await expect(stories.registers(row)).rejects.toMatchObject({ code: 'not_allowed_now' });
  }, 60_000);

  it.each(['registered', 'linked'] as const)(
    'that was used: %s, one more mail, and nothing ever after',
    async (state) => {
      const row = await stories.caseIn(state);
      expect(row).toMatchObject({ state, waitingOn: null, expiresAt: null, remindersAt: [] });
      expect(await stories.runOf(row).result()).toBe(state);
      expect(await stories.standingOf(stories.linksTo(row.email))).toEqual(['used']);
      await gatehouse.daysPass(20);
      expect(await gatehouse.mailsOf(row.id)).toEqual([
        'registration_invitation',
        state === 'registered' ? 'registration_confirmation' : 'account_linked',
      ]);
      const told = state === 'registered' ? row.email : `account.${row.email}`;
      expect(gatehouse.inboxOf(told)).toHaveLength(state === 'registered' ? 2 : 1);
      expect((await gatehouse.row(row.id)).state).toBe(state);
    },
  );

  it('extended: expiry and unsent reminders move by the same distance', async () => {
    const row = await stories.caseIn('sent');
    await gatehouse.passesUntil(later(row.remindersAt[0], minute));
    const until = later(row.expiresAt, 10 * day);
    await stories.does(row, 'extend', stories.ana, { input: { until } });
    expect((await gatehouse.row(row.id)).remindersAt).toEqual([later(row.remindersAt[1], 10 * day)]);
    await gatehouse.passesUntil(later(row.remindersAt[1], 9 * day));
    expect(stories.linksTo(row.email)).toHaveLength(2);
    await gatehouse.passesUntil(later(row.remindersAt[1], 10 * day + minute));
    expect(stories.linksTo(row.email)).toHaveLength(3);
    await gatehouse.passesUntil(later(until, -minute));
    expect((await gatehouse.row(row.id)).state).toBe('sent');
    await gatehouse.passesUntil(later(until, minute));
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'expired', expiresAt: until });
    expect(new Set(stories.linksTo(row.email)).size).toBe(1);
  }, 60_000);

  it('shortened: the run waits for the earlier end', async () => {
    const row = await stories.caseIn('sent');
    const until = later(await gatehouse.now(), 2 * day);
    await stories.does(row, 'extend', stories.ana, { input: { until } });
    await gatehouse.passesUntil(later(until, minute));
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'expired', expiresAt: until });
    // The reminders moved into the past with it: one of them goes at once, and says the earlier day.
    expect(await gatehouse.mailsOf(row.id)).toEqual([
      'registration_invitation',
      'registration_reminder',
      'registration_expired',
    ]);
  });

  it('cancelled: the link is dead at once, the run ends, nobody is mailed', async () => {
    const row = await stories.caseIn('sent');
    await gatehouse.passesUntil(later(row.remindersAt[0], minute));
    const cancelled = await cancels(row);
    expect(cancelled).toMatchObject({ state: 'cancelled', waitingOn: null });
    expect(await stories.runOf(row).result()).toBe('cancelled');
    expect(await stories.standingOf(stories.linksTo(row.email))).toEqual(['revoked', 'revoked']);
    await gatehouse.daysPass(20);
    expect(await gatehouse.mailsOf(row.id)).toEqual(['registration_invitation', 'registration_reminder']);
  });

  it('locked by wrong tries: waits for staff, neither reminds nor expires, and a resend opens it again', async () => {
    const row = await stories.caseIn('identified');
    const locked = await stories.does(row, 'link_locked', engine);
    expect(locked).toMatchObject({ state: 'locked', waitingOn: 'staff', flags: ['code_burned'], expiresAt: null });
    expect(await gatehouse.tasksOf(row.id)).toEqual(['code_burned']);
    expect((await planOf(row)).waitsFor).toEqual([]);
    await gatehouse.daysPass(30);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'locked' });
    expect(stories.linksTo(row.email)).toHaveLength(1);
    const resent = await stories.does(row, 'resend', stories.clerk);
    expect(resent).toMatchObject({ state: 'sent', waitingOn: 'applicant', flags: [], secretsIssued: 2 });
    expect(await gatehouse.tasksOf(row.id)).toEqual([]);
    expect(await stories.standingOf(stories.linksTo(row.email))).toEqual(['burned', 'live']);
    await cancels(row);
  });

  it('“this wasn’t me”: no reminder, no notice of the end; staff send anew', async () => {
    const row = await stories.caseIn('sent');
    await stories.does(row, 'notMe', person);
    await gatehouse.daysPass(20);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'sent', flags: ['not_me'], waitingOn: 'staff' });
    expect(await gatehouse.mailsOf(row.id)).toEqual(['registration_invitation']);
    await stories.does(row, 'resend', stories.clerk);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'sent', flags: [], waitingOn: 'applicant' });
    expect(await stories.standingOf(stories.linksTo(row.email))).toEqual(['revoked', 'live']);
    await cancels(row);
  });

  it('of several overdue reminders after an outage only the last goes', async () => {
    const row = await stories.caseIn('sent');
    await stories.runOf(row).terminate('the engine is lost for 13 days');
    await gatehouse.daysPass(13);
    expect(stories.linksTo(row.email)).toHaveLength(1);
    await owesWord(row.id);
    await gatehouse.idle(row.id);
    await gatehouse.passes(minute);
    expect(await gatehouse.mailsOf(row.id)).toEqual(['registration_invitation', 'registration_reminder']);
    expect((await gatehouse.row(row.id)).remindersAt).toEqual([]);
    await cancels(row);
  });
});

describe('one that is sent anew', () => {
  it('after it expired: a new run, a new link of 14 days, the old one dead', async () => {
    const row = await stories.caseIn('sent');
    await gatehouse.passesUntil(later(row.expiresAt, minute));
    expect(await stories.runOf(row).result()).toBe('expired');
    const { runId: first } = await stories.runOf(row).describe();

    await gatehouse.daysPass(40);
    const resent = await stories.does(row, 'resend', stories.clerk);
    expect(resent).toMatchObject({ state: 'sent', waitingOn: 'applicant', secretsIssued: 2 });
    const described = await stories.runOf(row).describe();
    expect(described.runId).not.toBe(first);
    expect(described.status.name).toBe('RUNNING');
    const issuedAt = await instantOf(row.id, 'link_issued');
    expect(resent.expiresAt).toEqual(await inDays(issuedAt, 14));
    expect(resent.remindersAt).toEqual([await inDays(issuedAt, 7), await inDays(issuedAt, 12)]);

    const links = [...new Set(stories.linksTo(row.email))];
    expect(links).toHaveLength(2);
    expect(await stories.standingOf(links)).toEqual(['expired', 'live']);
    expect((await gatehouse.mailsOf(row.id)).slice(-2)).toEqual(['registration_expired', 'registration_resent']);
    await gatehouse.passesUntil(later(resent.remindersAt[0], minute));
    expect(stories.linksTo(row.email).at(-1)).toBe(links[1]);
    await stories.does(row, 'identify', person);
    expect(await stories.registers(row)).toMatchObject({ state: 'registered' });
    expect(await stories.standingOf(links)).toEqual(['expired', 'used']);
  }, 60_000);

  it('while it lives: superseded in the move, before the new one goes', async () => {
    const row = await stories.caseIn('identified');
    const before = stories.linksTo(row.email);
    const resent = await stories.does(row, 'resend', stories.clerk);
    expect(resent).toMatchObject({ state: 'sent', secretsIssued: 2 });
    expect(await stories.standingOf([...before, stories.linksTo(row.email).at(-1) ?? ''])).toEqual([
      'superseded',
      'live',
    ]);
    await cancels(row);
    expect(await stories.standingOf(stories.linksTo(row.email))).toEqual(['superseded', 'revoked']);
  });

  it('twice before the first has gone: one mail, one live link', async () => {
    const row = await stories.caseIn('draft');
    gatehouse.sink.manner = 'is away';
    await stories.does(row, 'resend', stories.clerk);
    await stories.does(row, 'resend', stories.clerk);
    gatehouse.sink.manner = 'takes';
    await gatehouse.passes(20 * minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'sent', secretsIssued: 3 });
    expect(await stories.standingOf(stories.linksTo(row.email))).toEqual(['live']);
    await cancels(row);
  });

  it('an expired one is not opened again while another of the record is open', async () => {
    const row = await stories.caseIn('expired');
    const other = await stories.sendsTo(row.patientRecordId ?? '');
    expect(other).toMatchObject({ state: 'sent' });
    await expect(stories.does(row, 'resend', stories.clerk)).rejects.toMatchObject({ code: 'not_allowed_now' });
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'expired' });
    await cancels(other);
  });

  it('while the notice of its end still waits for the relay: the same run goes on, and both mails go', async () => {
    const row = await stories.caseIn('sent');
    gatehouse.sink.manner = 'is away';
    await stories.does(row, 'expireNow', stories.ana);
    await stories.does(row, 'resend', stories.clerk);
    gatehouse.sink.manner = 'takes';
    await gatehouse.passes(20 * minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'sent', secretsIssued: 2 });
    expect(gatehouse.inboxOf(row.email)).toHaveLength(3);
    expect(await stories.standingOf(stories.linksTo(row.email))).toEqual(['expired', 'live']);
    await cancels(row);
  });
});

describe('a mail that does not arrive', () => {
  it('refused: undeliverable, the link dead; a corrected address gets another and the old one is told', async () => {
    const row = await stories.caseIn('undeliverable');
    expect(row).toMatchObject({ flags: ['mail_refused'], waitingOn: 'staff', expiresAt: null, secretsIssued: 1 });
    expect(await gatehouse.tasksOf(row.id)).toEqual(['mail_refused']);
    expect((await planOf(row)).waitsFor).toEqual([]);
    await gatehouse.daysPass(20);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'undeliverable' });

    const email = 'where.he.lives@mail.example';
    const corrected = await stories.does(row, 'correctAddress', stories.clerk, { input: { email } });
    expect(corrected).toMatchObject({ state: 'sent', email, flags: [], waitingOn: 'applicant', secretsIssued: 2 });
    expect(await gatehouse.tasksOf(row.id)).toEqual([]);
    expect(stories.linksTo(email)).toHaveLength(1);
    expect(stories.linksTo(row.email)).toEqual([]);
    expect(gatehouse.inboxOf(row.email)).toHaveLength(1); // that we do not write to it any more
    const ended = await gatehouse.database.query<{ as: string | null }>(
      `SELECT ended_as AS "as" FROM secrets WHERE case_id = $1 ORDER BY issued_at`,
      [row.id],
    );
    expect(ended.map((link) => link.as)).toEqual(['revoked', null]);
    await cancels(row);
  });

  it('refused when it is a reminder: the link lives on, staff have a task', async () => {
    const row = await stories.caseIn('sent');
    await gatehouse.passesUntil(later(row.remindersAt[0], -minute));
    gatehouse.sink.manner = 'refuses';
    await gatehouse.passesUntil(later(row.remindersAt[0], minute));
    gatehouse.sink.manner = 'takes';
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'sent', flags: ['mail_refused'], waitingOn: 'staff' });
    expect(await gatehouse.tasksOf(row.id)).toEqual(['mail_refused']);
    expect(await stories.standingOf(stories.linksTo(row.email))).toEqual(['live']);
    await cancels(row);
    expect(await gatehouse.tasksOf(row.id)).toEqual([]);
  });

  it('cut off twice: nobody knows; it counts as sent, once only, with a task', async () => {
    gatehouse.sink.manner = 'cuts off';
    const { id, email } = await stories.caseIn('sent');
    await gatehouse.passes(5 * minute);
    gatehouse.sink.manner = 'takes';
    expect(await gatehouse.row(id)).toMatchObject({ state: 'sent', flags: ['mail_unknown'], waitingOn: 'staff' });
    expect(await gatehouse.tasksOf(id)).toEqual(['mail_unknown']);
    expect(stories.linksTo(email)).toHaveLength(2);
    expect(new Set(gatehouse.inboxOf(email).map(({ messageId }) => messageId)).size).toBe(1);
    await stories.does({ id }, 'identify', person); // it had arrived after all
    await stories.registers({ id });
    expect(await gatehouse.tasksOf(id)).toEqual([]);
  });

  it('for three hours: goes when the relay is back, once', async () => {
    const row = await stories.caseIn('draft');
    gatehouse.sink.manner = 'is away';
    await gatehouse.passes(180 * minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'draft', waitingOn: 'engine', flags: [] });
    expect((await planOf(row)).waitsFor.map(({ name }) => name)).toEqual(['link_expires']);
    gatehouse.sink.manner = 'takes';
    await gatehouse.passes(20 * minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'sent', waitingOn: 'applicant' });
    expect(gatehouse.inboxOf(row.email)).toHaveLength(1);
    await cancels(row);
  });

  it('for 3 days: undeliverable', async () => {
    const row = await stories.caseIn('draft');
    gatehouse.sink.manner = 'is away';
    await gatehouse.passes(3 * day - 30 * minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'draft', flags: [] });
    await gatehouse.passes(60 * minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'undeliverable', flags: ['mail_refused'] });
    gatehouse.sink.manner = 'takes';
    await stories.does(row, 'resend', stories.clerk);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'sent', flags: [] });
    expect(stories.linksTo(row.email)).toHaveLength(1);
    await cancels(row);
  });

  it('because it was cancelled meanwhile: a link that died in the queue never goes', async () => {
    const row = await stories.caseIn('draft');
    gatehouse.sink.manner = 'is away';
    await cancels(row);
    gatehouse.sink.manner = 'takes';
    await gatehouse.passes(20 * minute);
    expect(gatehouse.inboxOf(row.email)).toEqual([]);
    expect(await stories.runOf(row).result()).toBe('cancelled');
  });
});

describe('a run that is lost', () => {
  const open: RegistrationState[] = ['draft', 'sent', 'identified', 'locked', 'undeliverable'];

  it.each(open)('in %s starts again from the row: same plan, nothing sent twice', async (state) => {
    const row = await stories.caseIn(state);
    if (state === 'draft') gatehouse.sink.manner = 'is away';
    const before = await storyOf(row.id);
    const plan = await planOf(row);
    await stories.runOf(row).terminate('lost');
    await owesWord(row.id);
    await gatehouse.idle(row.id);
    expect(await planOf(row)).toEqual(plan);
    expect(await storyOf(row.id)).toEqual(before);
    const received = gatehouse.inboxOf(row.email).length;
    await gatehouse.passes(minute);
    expect(gatehouse.inboxOf(row.email)).toHaveLength(received);
    await cancels(row);
    await gatehouse.passes(20 * minute); // a mail that is being tried looks once more, and finds nothing to do
    expect(await stories.runOf(row).result()).toBe('cancelled');
  });

  it.each(['registered', 'linked', 'expired', 'cancelled'] as const)(
    'on one that is %s: a word starts one that ends at once and sends nothing',
    async (state) => {
      const row = await stories.caseIn(state);
      const before = await storyOf(row.id);
      await owesWord(row.id);
      await gatehouse.idle(row.id);
      expect(await stories.runOf(row).result()).toBe(state);
      expect(await storyOf(row.id)).toEqual(before);
    },
  );

  it('keeps the promised dates: what a new run waits for is the row’s', async () => {
    const row = await stories.caseIn('sent');
    await gatehouse.passesUntil(later(row.remindersAt[0], minute));
    await stories.runOf(row).terminate('lost');
    await gatehouse.daysPass(3);
    await owesWord(row.id);
    await gatehouse.idle(row.id);
    expect((await planOf(row)).waitsFor.map(({ name, firesAt }) => `${name} ${firesAt}`)).toEqual([
      `reminder ${row.remindersAt[1]?.toISOString()}`,
      `link_expires ${row.expiresAt?.toISOString()}`,
    ]);
    await gatehouse.passesUntil(later(row.expiresAt, minute));
    expect(await gatehouse.mailsOf(row.id)).toEqual([
      'registration_invitation',
      'registration_reminder',
      'registration_reminder',
      'registration_expired',
    ]);
  });

  it('over the instant of expiry: the next one expires it, by the row’s instant', async () => {
    const row = await stories.caseIn('sent');
    await stories.runOf(row).terminate('lost');
    await gatehouse.daysPass(20);
    expect((await gatehouse.row(row.id)).state).toBe('sent');
    expect(await stories.standingOf(stories.linksTo(row.email))).toEqual(['over']);
    await owesWord(row.id);
    await gatehouse.idle(row.id);
    await gatehouse.passes(minute);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'expired', expiresAt: row.expiresAt });
    expect(await gatehouse.mailsOf(row.id)).toEqual(['registration_invitation', 'registration_expired']);
  });

  it('between the wish and the link: the next one issues it, once', async () => {
    const row = await stories.caseIn('locked');
    await stories.runOf(row).terminate('lost');
    const resent = await stories.does(row, 'resend', stories.clerk);
    expect(resent).toMatchObject({ state: 'sent', secretsIssued: 2 });
    expect(stories.linksTo(row.email)).toHaveLength(2);
    await cancels(row);
  });

  it('by cancelling: ends, and the next word starts another', async () => {
    const row = await stories.caseIn('sent');
    await stories.runOf(row).cancel();
    await expect(stories.runOf(row).result()).rejects.toThrow(/cancel/i);
    await stories.does(row, 'extend', stories.ana, { input: { until: later(row.expiresAt, day) } });
    expect((await stories.runOf(row).describe()).status.name).toBe('RUNNING');
    await cancels(row);
  });
});

describe('words that come late, doubled or out of order', () => {
  it('change nothing', async () => {
    const row = await stories.caseIn('sent');
    const first = await snapshotOf(gatehouse.database, row.id);
    await stories.does(row, 'identify', person);
    const second = await snapshotOf(gatehouse.database, row.id);
    const before = await storyOf(row.id);
    const plan = await planOf(row);
    for (const told of [second, first, first, second, second, first]) {
      await stories.runOf(row).signal(messageNames.wake, told);
    }
    await gatehouse.idle(row.id);
    expect(await planOf(row)).toEqual(plan);
    expect(await storyOf(row.id)).toEqual(before);
    await cancels(row);
  });

  it('that lie about the end are put right by the row', async () => {
    const row = await stories.caseIn('sent');
    const truth = await snapshotOf(gatehouse.database, row.id);
    const over = { name: 'link_expires' as const, firesAt: '2026-01-01T00:00:00.000Z' };
    const lie = { ...truth, now: later(new Date(truth.now), 1).toISOString(), timers: [over] };
    await stories.runOf(row).signal(messageNames.wake, lie);
    await gatehouse.passes(minute);
    expect((await gatehouse.row(row.id)).state).toBe('sent');
    expect((await planOf(row)).waitsFor).toEqual(truth.timers);
    await cancels(row);
  });
});

describe('what an operator sees', () => {
  it.each<[RegistrationState, string, string[]]>([
    ['draft', 'engine', ['link_expires']],
    ['sent', 'applicant', ['reminder', 'reminder', 'link_expires']],
    ['identified', 'applicant', ['reminder', 'reminder', 'link_expires']],
    ['locked', 'staff', []],
    ['undeliverable', 'staff', []],
  ])('in %s the run waits for %s, with named timers, and its details are one line', async (state, turn, names) => {
    const row = await stories.caseIn(state);
    const { waitsFor, ...plan } = await planOf(row);
    expect(plan).toEqual({ state, version: row.version });
    expect(waitsFor.map(({ name }) => name)).toEqual(names);
    const metadata = await stories.runOf(row).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    const [next] = waitsFor;
    expect(metadata.currentDetails).toBe(`waits for ${turn}${next ? ` until ${next.firesAt} (${next.name})` : ''}`);
    const { typedSearchAttributes, type } = await stories.runOf(row).describe();
    expect(type).toBe('registration');
    const shown = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
    expect(shown).toMatchObject({ CaseKind: 'registration', CaseState: state, Portal: 'harborview', WaitingOn: turn });
    await cancels(row);
  });

  it('reread takes in a row that changed behind the engine’s back', async () => {
    const row = await stories.caseIn('sent');
    const until = later(row.expiresAt, -day);
    await gatehouse.database.query('UPDATE cases SET expires_at = $2 WHERE id = $1', [row.id, until]);
    const plan = await stories.runOf(row).executeUpdate<Plan, []>(messageNames.reread);
    expect(plan.waitsFor.at(-1)).toEqual({ name: 'link_expires', firesAt: until.toISOString() });
    await cancels(row);
  });

  it('shows no name, address, birthday or link: not one byte of the history', async () => {
    const secret = {
      firstName: 'Zebulonia',
      lastName: 'Quackenbosch',
      dateOfBirth: '1931-07-19',
      email: 'zebulonia.q@canary-mail.example',
      postalCode: '73129-4411',
      mrn: 'CANARY-MRN-88',
    };
    const row = await stories.caseIn('identified', secret);
    await stories.does(row, 'resend', stories.clerk, { note: 'canary-note', message: 'Canary-message.' });
    gatehouse.sink.manner = 'refuses';
    await stories.does(row, 'correctAddress', stories.clerk, { input: { email: 'zeb.two@canary-mail.example' } });
    gatehouse.sink.manner = 'takes';
    await stories.does(row, 'resend', stories.clerk);
    const links = [...stories.linksTo(secret.email), ...stories.linksTo('zeb.two@canary-mail.example')];
    expect(links).toHaveLength(3);
    await cancels(row);
    expect(await stories.runOf(row).result()).toBe('cancelled');

    const { History } = proto.temporal.api.history.v1;
    const bytes = History.encode(await stories.runOf(row).fetchHistory()).finish();
    const history = Buffer.from(bytes).toString('latin1').toLowerCase();
    const words = [...Object.values(secret), 'canary', 'zebulonia', 'quackenbosch', stories.clerk.id, ...links];
    const selectors = links.map((link) => link.slice(0, 22));
    expect([...words, ...selectors].filter((text) => history.includes(text.toLowerCase()))).toEqual([]);
    for (const shown of ['harborview', '"sent"', 'issueregistrationlink']) expect(history.includes(shown)).toBe(true);
  });
});

/** Some days before the clocks of the zone change next, in spring (an hour is lost) or autumn. */
async function daysBeforeChange(season: string, days: number): Promise<Date> {
  const now = new Date(await gatehouse.environment.currentTimeMs());
  for (let ahead = days; ahead < days + 400; ahead += 1) {
    const [before, after] = [later(now, ahead * day), later(now, (ahead + 1) * day)];
    const turned = offsetHours(after) - offsetHours(before);
    if (turned === (season === 'spring' ? 1 : -1)) return later(before, -days * day);
  }
  throw new Error('the clocks of the zone do not change');
}

const wallClock = (at: Date | null) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'medium' }).format(at ?? undefined);
const offsetHours = (at: Date) =>
  Number(
    /GMT([+-]\d+)/.exec(new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).format(at))?.[1],
  );
