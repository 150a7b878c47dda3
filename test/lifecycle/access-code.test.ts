import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lookupsOf } from '../../store/secrets.ts';
import { day, engine, type Gatehouse, person, portal, startGatehouse } from '../support/gatehouse.ts';
import { type Stories, storiesIn } from './stories.ts';

let gatehouse: Gatehouse;
let stories: Stories;
const zone = 'America/New_York';
const minute = 60_000;

beforeAll(async () => {
  gatehouse = await startGatehouse();
  stories = await storiesIn(gatehouse);
}, 60_000);
afterAll(() => gatehouse.stop());

const later = (at: Date | null | undefined, ms: number) => new Date((at?.getTime() ?? Number.NaN) + ms);
const instantOf = async (id: string, action: string): Promise<Date> => {
  const [entry] = await gatehouse.database.query<{ at: Date }>(
    'SELECT at FROM audit_entries WHERE case_id = $1 AND action = $2 ORDER BY id DESC LIMIT 1',
    [id, action],
  );
  if (!entry) throw new Error(`${action} was never made`);
  return entry.at;
};
/** How the secrets behind typed codes stand, by the way a try finds them. */
const standingOf = async (codes: readonly string[]) => {
  const rows = codes.map(async (code) => {
    const [row] = await gatehouse.database.query<{ standing: string }>(
      `SELECT COALESCE(ended_as, CASE WHEN expires_at > gatehouse_now() THEN 'live' ELSE 'over' END) AS standing
       FROM secrets WHERE portal = $1 AND lookup = ANY($2)`,
      [portal, lookupsOf(gatehouse.database.keys, portal, 'access_code', code)],
    );
    return row?.standing;
  });
  return Promise.all(rows);
};
/** `date_add` of the database: another hand than the one that computed it. */
const inDays = async (at: Date, days: number) => {
  const [row] = await gatehouse.database.query<{ at: Date }>(
    'SELECT date_add($1, make_interval(days => $2), $3) AS at',
    [at, days, zone],
  );
  return row?.at;
};

describe('the access code of an approved application', () => {
  it('is mailed once, repeated on day 30 and day 53, works on day 59, expires on day 60, closes 180 days later', async () => {
    const row = await stories.caseIn('code_sent');
    const { id } = row;
    const issuedAt = await instantOf(id, 'code_issued');
    expect(row.expiresAt).toEqual(await inDays(issuedAt, 60));
    expect(row.remindersAt).toEqual([await inDays(issuedAt, 30), await inDays(issuedAt, 53)]);
    expect(await gatehouse.mailsOf(id)).toEqual(['application_received', 'access_code']);

    const steps: [Date, number][] = [
      [later(row.remindersAt[0], -minute), 2],
      [later(row.remindersAt[0], minute), 3],
      [later(row.remindersAt[1], -minute), 3],
      [later(row.remindersAt[1], minute), 4],
      [later(row.expiresAt, -day), 4],
    ];
    for (const [at, mails] of steps) {
      await gatehouse.passesUntil(at);
      expect(await gatehouse.mailsOf(id)).toHaveLength(mails);
    }
    const codes = stories.codesTo(row.email);
    expect(codes).toHaveLength(3);
    expect(new Set(codes).size).toBe(1); // reminders repeat the same code
    expect(await gatehouse.row(id)).toMatchObject({ state: 'code_sent', version: row.version });
    expect(await standingOf(codes.slice(0, 1))).toEqual(['live']);

    await gatehouse.passesUntil(later(row.expiresAt, -minute));
    expect((await gatehouse.row(id)).state).toBe('code_sent');
    await gatehouse.passesUntil(later(row.expiresAt, 1_000));
    const expired = await gatehouse.row(id);
    expect(expired).toMatchObject({ state: 'expired', expiresAt: row.expiresAt, waitingOn: 'applicant' });
    const lateMs = (await instantOf(id, 'code_expired')).getTime() - (row.expiresAt?.getTime() ?? 0);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(5_000);
    expect(await standingOf(codes.slice(0, 1))).toEqual(['expired']);
    await gatehouse.passesUntil(later(row.expiresAt, day));
    expect((await gatehouse.mailsOf(id)).slice(2)).toEqual([
      'access_code_reminder',
      'access_code_reminder',
      'access_code_expired',
    ]);

    expect(expired.closesAt).toEqual(await inDays(row.expiresAt ?? new Date(0), 180));
    await gatehouse.passesUntil(later(expired.closesAt, -minute));
    expect((await gatehouse.row(id)).state).toBe('expired');
    await gatehouse.passesUntil(later(expired.closesAt, minute));
    expect(await gatehouse.row(id)).toMatchObject({ state: 'closed', waitingOn: null });
    expect((await gatehouse.mailsOf(id)).slice(5)).toEqual([]);
    expect(await gatehouse.actionsOf(id)).toEqual([
      'submitted',
      'claim',
      'approve',
      'code_issued',
      'code_sent',
      'reminded',
      'reminded',
      'code_expired',
      'lapsed',
    ]);
    expect(await gatehouse.runOf(id).result()).toBe('closed');
  }, 120_000);

  it.each(['spring', 'autumn'])(
    'expires at the same wall-clock time over the %s change of the clocks',
    async (season) => {
      await gatehouse.passesUntil(await daysBeforeChange(season, 20));
      const row = await stories.caseIn('code_sent');
      const issuedAt = await instantOf(row.id, 'code_issued');
      expect(row.expiresAt).toEqual(await inDays(issuedAt, 60));
      const apart = (row.expiresAt?.getTime() ?? 0) - issuedAt.getTime() - 60 * day;
      expect(apart).toBe(season === 'spring' ? -3_600_000 : 3_600_000);
      expect(wallClock(row.expiresAt)).toBe(wallClock(issuedAt));

      await gatehouse.passesUntil(later(row.expiresAt, -minute));
      expect((await gatehouse.row(row.id)).state).toBe('code_sent');
      await gatehouse.passesUntil(later(row.expiresAt, 1_000));
      expect((await gatehouse.row(row.id)).state).toBe('expired');
      await stories.does(row, 'withdraw', person);
    },
  );

  it('extended: expiry and unsent reminders move by the same distance', async () => {
    const row = await stories.caseIn('code_sent');
    await gatehouse.passesUntil(later(row.remindersAt[0], minute));
    const until = later(row.expiresAt, 10 * day);
    await stories.does(row, 'extend', stories.ana, { input: { until } });
    expect((await gatehouse.row(row.id)).remindersAt).toEqual([later(row.remindersAt[1], 10 * day)]);
    await gatehouse.passesUntil(later(row.remindersAt[1], 9 * day));
    expect(await gatehouse.mailsOf(row.id)).toHaveLength(3);
    await gatehouse.passesUntil(later(row.remindersAt[1], 10 * day + minute));
    expect(await gatehouse.mailsOf(row.id)).toHaveLength(4);
    await gatehouse.passesUntil(later(until, -minute));
    expect((await gatehouse.row(row.id)).state).toBe('code_sent');
    await gatehouse.passesUntil(later(until, minute));
    expect((await gatehouse.row(row.id)).state).toBe('expired');
    expect(stories.codesTo(row.email)).toHaveLength(3);
    await stories.does(row, 'withdraw', person);
  });

  it('shortened: the run waits for the earlier end', async () => {
    const row = await stories.caseIn('code_sent');
    const until = later(await gatehouse.now(), 2 * day);
    await stories.does(row, 'extend', stories.ana, { input: { until } });
    await gatehouse.passesUntil(later(until, minute));
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'expired', expiresAt: until });
    await stories.does(row, 'withdraw', person);
  });

  it('ended by staff at once, then reissued: another code, the old one dead, reminders afresh', async () => {
    const row = await stories.caseIn('code_sent');
    await gatehouse.daysPass(40);
    await stories.does(row, 'expireNow', stories.ana, { message: 'We ended your code.' });
    expect((await gatehouse.row(row.id)).state).toBe('expired');
    const reissued = await stories.does(row, 'reissue', stories.clerk);
    expect(reissued).toMatchObject({ state: 'code_sent', secretsIssued: 2 });
    const issuedAt = await instantOf(row.id, 'code_issued');
    expect(reissued.expiresAt).toEqual(await inDays(issuedAt, 60));
    expect(reissued.remindersAt).toEqual([await inDays(issuedAt, 30), await inDays(issuedAt, 53)]);
    const codes = [...new Set(stories.codesTo(row.email))];
    expect(codes).toHaveLength(2);
    expect(await standingOf(codes)).toEqual(['expired', 'live']);

    await gatehouse.passesUntil(later(reissued.remindersAt[0], minute));
    expect(await gatehouse.mailsOf(row.id)).toEqual([
      'application_received',
      'access_code',
      'access_code_reminder',
      'access_code_expired',
      'access_code_reissued',
      'access_code_reminder',
    ]);
    expect(stories.codesTo(row.email).at(-1)).toBe(codes[1]);
    expect((await stories.activates(row)).state).toBe('activated');
    expect(await standingOf(codes)).toEqual(['expired', 'used']);
  });

  it('reissued while it lives: superseded in the move, before the new one goes', async () => {
    const row = await stories.caseIn('code_sent');
    await gatehouse.moves(row.id, 'reissue', stories.clerk);
    expect(await standingOf(stories.codesTo(row.email))).toEqual(['superseded']);
    await gatehouse.idle(row.id);
    expect(await standingOf(stories.codesTo(row.email))).toEqual(['superseded', 'live']);
    await stories.does(row, 'withdraw', person);
    expect(await standingOf(stories.codesTo(row.email))).toEqual(['superseded', 'revoked']);
  });

  it('renewed by the person as often as the policy says, then refused', async () => {
    const row = await stories.caseIn('expired');
    await stories.does(row, 'renew', person);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'code_sent', selfRenewals: 1 });
    expect(await standingOf(stories.codesTo(row.email))).toEqual(['expired', 'live']);
    await gatehouse.daysPass(61);
    expect((await gatehouse.row(row.id)).state).toBe('expired');
    await expect(gatehouse.moves(row.id, 'renew', person)).rejects.toMatchObject({ code: 'not_allowed_now' });
    const notices = gatehouse.inboxOf(row.email).filter(({ subject }) => subject?.includes('run out'));
    expect(notices).toHaveLength(2);
    await stories.does(row, 'withdraw', person);
  });

  it('burned by wrong tries: the case stays for staff, neither reminds nor expires, and a reissue helps', async () => {
    const row = await stories.caseIn('code_sent');
    await stories.does(row, 'code_burned', engine);
    expect(await gatehouse.row(row.id)).toMatchObject({
      state: 'code_sent',
      waitingOn: 'staff',
      flags: ['code_burned'],
    });
    await gatehouse.daysPass(61);
    expect((await gatehouse.row(row.id)).state).toBe('code_sent');
    expect(await gatehouse.mailsOf(row.id)).toHaveLength(2);
    await stories.does(row, 'reissue', stories.clerk);
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'code_sent', waitingOn: 'applicant', flags: [] });
    expect(await standingOf(stories.codesTo(row.email))).toEqual(['burned', 'live']);
    await stories.does(row, 'revoke', stories.ana, { reason: 'suspected_fraud' });
    expect(await standingOf(stories.codesTo(row.email))).toEqual(['burned', 'revoked']);
  });

  it('issued for a corrected address never goes to it as the old one did', async () => {
    const row = await stories.caseIn('code_sent');
    const email = 'corrected.code@mail.example';
    await stories.does(row, 'correctAddress', stories.clerk, { input: { email } });
    expect(await gatehouse.row(row.id)).toMatchObject({ state: 'code_sent', email });
    const [old] = stories.codesTo(row.email);
    const [anew, ...more] = stories.codesTo(email);
    expect(more).toEqual([]);
    expect(await standingOf([old ?? '', anew ?? ''])).toEqual(['superseded', 'live']);
    expect(gatehouse.inboxOf(row.email).at(-1)?.subject).toMatch(/does not write to this address/);
    await stories.activates(row);
    expect(stories.codesTo(email)).toHaveLength(1);
  });

  it('of several overdue reminders after an outage only the last goes', async () => {
    const row = await stories.caseIn('code_sent');
    await gatehouse.runOf(row.id).terminate('the engine is lost for 55 days');
    await gatehouse.daysPass(55);
    expect(await gatehouse.mailsOf(row.id)).toHaveLength(2);
    await gatehouse.transaction((tx) =>
      tx.query('INSERT INTO outbox (case_id, created_at, next_at) VALUES ($1, gatehouse_now(), gatehouse_now())', [
        row.id,
      ]),
    );
    await gatehouse.idle(row.id);
    await gatehouse.passes(minute);
    expect(await gatehouse.mailsOf(row.id)).toEqual(['application_received', 'access_code', 'access_code_reminder']);
    expect((await gatehouse.row(row.id)).remindersAt).toEqual([]);
    await stories.activates(row);
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
