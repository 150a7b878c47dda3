import { setTimeout as sleep } from 'node:timers/promises';
import { actOnCampaign, createCampaign } from '../../contract/routes/staff/campaigns.ts';
import { nameKey } from '../../domain/people/normalise.ts';
import { databaseNow } from '../../store/clock.ts';
import { queueMessage } from '../../store/messages.ts';
import { type House, password, portal } from '../house.ts';
import { quantile } from '../load.ts';
import { prepareAccounts } from '../prepared-cases.ts';
import { processorTime, residentMb, spentSince } from '../processor-time.ts';
import { type Demand, demands, each, type Measured, type Row } from '../row.ts';

const allWithinSeconds = 180;
/** As fast as a campaign may be told to go. */
const perMinute = 6_000;
const securityMailEveryMs = 500;
/** A mail somebody waits for is not to notice the campaign: beside it, it may take this many times as long, or this long. */
const slowedTimes = 2;
const slowedMs = 1_000;

/** Registration e-mails to many, and beside them the mails a person waits for, which go first. */
export const campaign: Row = {
  name: 'campaign',
  house: 'own',
  isOnce: true,
  run: async (house, { quick, seconds }) => {
    const count = seconds === undefined ? (quick ? 500 : 10_000) : seconds * 50;
    await prepareRecords(house, count);
    const [username = ''] = await prepareAccounts(house.database, 1, await house.passwords.hash(password));
    const atRest = await securityMails(house, username, async () => sleep(10_000));

    const before = processorTime(house.stack);
    const startedAt = await databaseNow(house.database);
    const id = await send(house);
    let queuedIn = Number.NaN;
    const beside = await securityMails(house, username, async () => {
      queuedIn = await untilQueued(house, id, startedAt, count);
      await untilMailed(house, count);
    });
    const mails = await mailsOf(house);
    const cpu = each(spentSince(before, house.stack), count);
    const restedIn = await house.rest(900).catch(() => undefined);
    const rest = restedIn === undefined ? 'not at rest within 15 min' : `engine at rest ${restedIn.toFixed(0)} s later`;
    return [
      {
        what: `${count} registrations queued`,
        n: count,
        errors: 0,
        perSecond: count / queuedIn,
        demand: queuedWithin(queuedIn, count),
        cpu,
        note: `in ${queuedIn.toFixed(1)} s; ${rest}; worker ${residentMb(house.stack.pidOf('worker'))?.toFixed(0)} MB`,
      },
      {
        what: '· their mails to a fast sink',
        n: mails.accepted,
        errors: count - mails.accepted,
        perSecond: mails.accepted / mails.seconds,
        p50: mails.p50,
        p95: mails.p95,
        demand: demands({ perSecond: 50 }),
        note: 'p50, p95: from queued to settled',
      },
      securityLine('· a mail somebody waits for, before', atRest),
      { ...securityLine('· the same, beside the campaign', beside), demand: notSlowed(quantile(atRest, 0.95)) },
    ];
  },
};

async function prepareRecords({ database }: House, count: number): Promise<void> {
  await database.query(
    `WITH people AS (
       SELECT no, uuidv7() AS person, 'Person' || no AS first FROM generate_series(1, $2::int) AS no),
     persons AS (INSERT INTO persons (id, portal) SELECT person, $1 FROM people RETURNING id)
     INSERT INTO patient_records (portal, person_id, mrn, first_name, last_name, date_of_birth, postal_code, email, first_name_key,
       last_name_key)
     SELECT $1, person, 'B-' || no, first, 'Campaign', date '1950-01-01' + no % 18000, '04101', 'person' || no || '@mail.example',
       lower(first), $3
     FROM people WHERE (SELECT count(*) FROM persons) > 0`,
    [portal, count, nameKey('Campaign')],
  );
}

async function send({ http, staffCookie: cookie }: House): Promise<string> {
  const { body: made } = await http.call(createCampaign, {
    body: { portal, name: 'everybody', records: { q: 'Campaign' }, perMinute },
    cookie,
  });
  const params = { campaignId: made.id, action: 'send' as const };
  await http.call(actOnCampaign, { params, body: { version: made.version }, cookie });
  return made.id;
}

async function untilQueued({ database }: House, id: string, since: Date, count: number): Promise<number> {
  for (;;) {
    const [row] = await database.query<{ queued: number; last: Date | null }>(
      `SELECT count(*)::int AS queued, max(decided_at) AS last FROM campaign_rows WHERE campaign_id = $1 AND outcome = 'queued'`,
      [id],
    );
    const now = await databaseNow(database);
    if (row?.last && row.queued >= count) return (row.last.getTime() - since.getTime()) / 1000;
    if (now.getTime() - since.getTime() > 4 * allWithinSeconds * 1000) {
      throw new Error(`only ${row?.queued ?? 0} of ${count} registrations queued`);
    }
    await sleep(500);
  }
}

async function untilMailed(house: House, count: number): Promise<void> {
  for (let tries = 0; tries < 2 * allWithinSeconds; tries += 1) {
    if ((await mailsOf(house)).accepted >= count) return;
    await sleep(500);
  }
}

async function mailsOf({ database }: House) {
  const [row] = await database.query<{ accepted: number; seconds: number; p50: number; p95: number }>(
    `SELECT count(*) FILTER (WHERE state = 'accepted')::int AS accepted,
       extract(epoch FROM max(settled_at) - min(queued_at))::float AS seconds,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM settled_at - queued_at) * 1000)::float AS p50,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM settled_at - queued_at) * 1000)::float AS p95
     FROM messages WHERE template = 'registration_invitation'`,
  );
  if (!row) throw new Error('an aggregate answers');
  return row;
}

/** Milliseconds from queued to settled of security mails that are queued one after the other while `meanwhile` goes on. */
async function securityMails(house: House, username: string, meanwhile: () => Promise<unknown>): Promise<number[]> {
  const { database } = house;
  const [account] = await database.query<{ id: string }>('SELECT id FROM accounts WHERE username = $1', [username]);
  const ids: string[] = [];
  let isOver = false;
  const over = meanwhile().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    ids.push(
      await database.transaction(async (tx) =>
        queueMessage(tx, {
          portal,
          accountId: account?.id,
          template: 'account_unlocked',
          to: `${username}.${ids.length}@mail.example`,
          language: 'en',
          data: {},
          at: await databaseNow(tx),
          priority: 1,
        }),
      ),
    );
    await sleep(securityMailEveryMs);
  }
  await over;
  const settled = await database.query<{ ms: number | null }>(
    'SELECT extract(epoch FROM settled_at - queued_at)::float * 1000 AS ms FROM messages WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return settled.flatMap(({ ms }) => (ms === null ? [] : [ms])).sort((a, b) => a - b);
}

function securityLine(what: string, times: readonly number[]): Measured {
  return { what, n: times.length, errors: 0, p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

function queuedWithin(seconds: number, count: number): Demand {
  const most = (allWithinSeconds * count) / 10_000;
  return { text: `all queued in ${most.toFixed(0)} s`, isMet: () => seconds <= most };
}

function notSlowed(before: number): Demand {
  const most = Math.max(slowedTimes * before, slowedMs);
  return { text: `p95 ≤ ${most.toFixed(0)} ms`, isMet: ({ p95 }) => (p95 ?? Number.POSITIVE_INFINITY) <= most };
}
