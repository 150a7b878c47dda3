import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readAccessCode } from '../domain/secrets/access-code.ts';
import { engine, type House, harborview, openHouse, person } from '../test/support/house.ts';
import type { CaseRow } from './cases.ts';
import { claimMail, giveUpMail, postponeMail, settleMail } from './mail-delivery.ts';
import { queueMessage } from './messages.ts';
import { isSecretText } from './secrets.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse(() => {}, { connections: 20 });
});
afterEach(() => house.clock.run());
afterAll(() => house.close());

interface Mail {
  id: string;
  state: string;
  attempts: number;
  ambiguous: number;
  claimedUntil: Date | null;
  nextAttemptAt: Date;
  problem: string | null;
}
async function mailOf(row: Pick<CaseRow, 'id'>, template: string): Promise<Mail> {
  const [mail] = await house.query<Mail & Record<string, unknown>>(
    `SELECT id, state, attempts, ambiguous, claimed_until AS "claimedUntil", next_attempt_at AS "nextAttemptAt",
       last_problem AS problem FROM messages WHERE case_id = $1 AND template = $2 ORDER BY sequence DESC LIMIT 1`,
    [row.id, template],
  );
  if (!mail) throw new Error(`no ${template}`);
  return mail;
}
const claim = (id: string) => claimMail(house.database, id);
const settle = (id: string, state: 'accepted' | 'refused' | 'unknown') =>
  house.database.transaction((tx) => settleMail(tx, id, { state }));
const postpone = (id: string, isAmbiguous = false) =>
  postponeMail(house.database, id, { problem: 'ECONNECTION', isAmbiguous });
const giveUp = (id: string) => house.database.transaction((tx) => giveUpMail(tx, id));
const passes = async (seconds: number) =>
  house.clock.standAt(new Date((await house.now()).getTime() + seconds * 1_000));
const openTasks = async (column: 'case_id' | 'message_id', id: string) =>
  (
    await house.query<{ reason: string }>(
      `SELECT reason FROM staff_tasks WHERE ${column} = $1 AND settled_at IS NULL`,
      [id],
    )
  ).map(({ reason }) => reason);

describe('claiming a mail', () => {
  it('is for one of 16 at once, and carries the text of the live code', async () => {
    const row = await house.caseIn('approved');
    const { id } = await mailOf(row, 'access_code');
    const claims = await Promise.all(Array.from({ length: 16 }, () => claim(id)));
    const won = claims.flatMap((one) => (one.kind === 'claimed' ? [one.mail] : []));
    expect(won).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === 'elsewhere')).toHaveLength(15);
    const [mail] = won;
    expect(mail).toMatchObject({
      id,
      template: 'access_code',
      to: row.email,
      attempts: 1,
      data: { reference: row.reference },
    });
    const [secret] = await house.query<{ id: string; keyId: string }>(
      'SELECT id, key_id AS "keyId" FROM secrets WHERE case_id = $1',
      [row.id],
    );
    if (!secret || !mail?.secret) throw new Error('a code mail carries a code');
    expect(readAccessCode(mail.secret)).toBeDefined();
    const identity = { ...secret, portal: harborview, purpose: 'access_code' as const };
    expect(isSecretText(house.database.keys, identity, mail.secret)).toBe(true);
  });

  it('lasts 45 s; a lease that ran out is an ambiguous send, and the second one the last', async () => {
    const row = await house.caseIn('submitted');
    const { id } = await mailOf(row, 'application_received');
    await passes(0);
    expect(await claim(id)).toMatchObject({ kind: 'claimed' });
    await passes(44);
    expect(await claim(id)).toEqual({ kind: 'elsewhere' });
    await passes(1);
    expect(await claim(id)).toMatchObject({ kind: 'claimed', mail: { attempts: 2 } });
    await passes(45);
    expect(await claim(id)).toEqual({ kind: 'settled' });
    expect(await mailOf(row, 'application_received')).toMatchObject({ state: 'unknown', ambiguous: 2 });
    expect((await house.row(row.id)).flags).toEqual(['mail_unknown']);
  });

  it('of what is settled, or was never there, is nothing to do', async () => {
    const row = await house.caseIn('submitted');
    const { id } = await mailOf(row, 'application_received');
    await settle(id, 'accepted');
    expect(await claim(id)).toEqual({ kind: 'settled' });
    expect(await claim('00000000-0000-7000-8000-000000000000')).toEqual({ kind: 'settled' });
  });

  it('strikes a mail whose code ran out, and the audit keeps the fact', async () => {
    const row = await house.caseIn('approved');
    const { id } = await mailOf(row, 'access_code');
    await house.clock.standAt(row.expiresAt ?? new Date());
    expect(await claim(id)).toEqual({ kind: 'settled' });
    expect(await house.query('SELECT 1 FROM messages WHERE id = $1', [id])).toEqual([]);
    expect(
      await house.query(`SELECT 1 FROM audit_entries WHERE case_id = $1 AND action = 'mail_struck'`, [row.id]),
    ).toHaveLength(1);
  });

  it('strikes what would go to a person who says it was not them, not what goes to another address', async () => {
    const row = await house.caseIn('in_review');
    const receipt = await mailOf(row, 'application_received');
    await house.moves(row.id, 'notMe', person);
    await house.moves(row.id, 'correctAddress', house.clerk, { input: { email: 'struck@mail.example' } });
    expect(await claim((await mailOf(row, 'email_changed')).id)).toMatchObject({ kind: 'claimed' });
    expect(await claim(receipt.id)).toEqual({ kind: 'settled' }); // to the old address: the correction struck it

    const other = await house.caseIn('in_review');
    const theirs = await mailOf(other, 'application_received');
    await house.moves(other.id, 'notMe', person);
    expect(await claim(theirs.id)).toEqual({ kind: 'settled' });
    expect(await house.query('SELECT 1 FROM messages WHERE id = $1', [theirs.id])).toEqual([]);
  });
});

describe('a mail with the code', () => {
  it('that is accepted moves the case on, once', async () => {
    const row = await house.caseIn('approved');
    const { id } = await mailOf(row, 'access_code');
    await claim(id);
    await settle(id, 'accepted');
    const sent = await house.row(row.id);
    expect(sent).toMatchObject({ state: 'code_sent', version: row.version + 1, waitingOn: 'applicant' });
    await settle(id, 'accepted');
    await settle(id, 'refused');
    expect(await house.row(row.id)).toEqual(sent);
  });

  it('that is refused leaves the case where it is, flagged, with a task', async () => {
    const row = await house.caseIn('approved');
    await settle((await mailOf(row, 'access_code')).id, 'refused');
    expect(await house.row(row.id)).toMatchObject({
      state: 'approved',
      version: row.version,
      flags: ['mail_refused'],
      waitingOn: 'staff',
    });
    expect(await openTasks('case_id', row.id)).toEqual(['mail_refused']);
  });

  it('of unknown outcome moves the case on, flagged, with a task', async () => {
    const row = await house.caseIn('approved');
    await settle((await mailOf(row, 'access_code')).id, 'unknown');
    expect(await house.row(row.id)).toMatchObject({
      state: 'code_sent',
      version: row.version + 1,
      flags: ['mail_unknown'],
      waitingOn: 'staff',
    });
    expect(await openTasks('case_id', row.id)).toEqual(['mail_unknown']);
  });

  it('that is older than the code that counts moves nothing', async () => {
    const row = await house.caseIn('approved');
    const old = await mailOf(row, 'access_code');
    await claim(old.id); // on its way to the relay while staff reissue
    await house.moves(row.id, 'reissue', house.clerk);
    await house.moves(row.id, 'code_issued', engine);
    await settle(old.id, 'accepted');
    expect(await house.row(row.id)).toMatchObject({ state: 'approved' });
    await settle((await mailOf(row, 'access_code_reissued')).id, 'accepted');
    expect(await house.row(row.id)).toMatchObject({ state: 'code_sent' });
  });

  it('settled by 16 at once moves the case once', async () => {
    const row = await house.caseIn('approved');
    const { id } = await mailOf(row, 'access_code');
    await Promise.all(Array.from({ length: 16 }, () => settle(id, 'accepted')));
    expect((await house.row(row.id)).version).toBe(row.version + 1);
  });
});

describe('trouble with a mail', () => {
  it('of a case that is over, or to somebody else, is a task about the mail itself', async () => {
    const over = await house.caseIn('withdrawn');
    const farewell = await mailOf(over, 'application_withdrawn');
    await settle(farewell.id, 'refused');
    expect((await house.row(over.id)).flags).toEqual([]);
    expect(await openTasks('message_id', farewell.id)).toEqual(['mail_refused']);

    const open = await house.caseIn('in_review');
    await house.moves(open.id, 'correctAddress', house.clerk, { input: { email: 'elsewhere@mail.example' } });
    const toOld = await mailOf(open, 'email_changed');
    await settle(toOld.id, 'refused');
    expect((await house.row(open.id)).flags).toEqual([]);
    expect(await openTasks('message_id', toOld.id)).toEqual(['mail_refused']);
  });

  it('of no case is a task about the mail', async () => {
    const id = await house.database.transaction(async (tx) =>
      queueMessage(tx, {
        portal: harborview,
        template: 'account_exists',
        to: 'x@mail.example',
        language: 'en',
        data: {},
        at: new Date(),
      }),
    );
    await settle(id, 'unknown');
    expect(await openTasks('message_id', id)).toEqual(['mail_unknown']);
  });

  it('is over when a resend is taken: the flag and its task go, the version stays', async () => {
    const row = await house.caseIn('in_review');
    const first = await mailOf(row, 'application_received');
    await settle(first.id, 'refused');
    const again = await house.database.transaction((tx) =>
      queueMessage(tx, {
        portal: harborview,
        caseId: row.id,
        template: 'application_received',
        to: row.email,
        language: 'en',
        data: {},
        at: new Date(),
        resendOf: first.id,
      }),
    );
    await settle(again, 'accepted');
    expect(await house.row(row.id)).toMatchObject({ flags: [], waitingOn: 'staff', version: row.version });
    expect(await openTasks('case_id', row.id)).toEqual([]);
  });

  it('a mail that is taken without being asked for again clears nothing', async () => {
    const row = await house.caseIn('waiting_on_applicant');
    await settle((await mailOf(row, 'application_received')).id, 'refused');
    await settle((await mailOf(row, 'information_requested')).id, 'accepted');
    expect((await house.row(row.id)).flags).toEqual(['mail_refused']);
  });
});

describe('a relay that is away', () => {
  it('is tried again after 5 s, doubling to 15 minutes', async () => {
    const row = await house.caseIn('submitted');
    const { id } = await mailOf(row, 'application_received');
    await passes(0);
    const waits: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      await claim(id);
      expect(await postpone(id)).toEqual({ kind: 'postponed' });
      const { nextAttemptAt, claimedUntil } = await mailOf(row, 'application_received');
      expect(claimedUntil).toBeNull();
      waits.push((nextAttemptAt.getTime() - (await house.now()).getTime()) / 1_000);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  it('for 3 days makes the mail a staff task', async () => {
    const row = await house.caseIn('submitted');
    const { id } = await mailOf(row, 'application_received');
    await passes(72 * 3_600 - 60);
    expect(await postpone(id)).toEqual({ kind: 'postponed' });
    await passes(120);
    expect(await postpone(id)).toEqual({ kind: 'settled' });
    expect(await mailOf(row, 'application_received')).toMatchObject({ state: 'refused' });
    expect(await openTasks('case_id', row.id)).toEqual(['mail_refused']);
    expect(await postpone(id)).toEqual({ kind: 'settled' });
  });

  it('after a cut-off has the mail sent once more; cut off again it is settled as unknown', async () => {
    const row = await house.caseIn('submitted');
    const { id } = await mailOf(row, 'application_received');
    await claim(id);
    expect(await postpone(id, true)).toEqual({ kind: 'postponed' });
    expect(await claim(id)).toMatchObject({ kind: 'claimed' });
    expect(await postpone(id, true)).toEqual({ kind: 'settled' });
    expect(await mailOf(row, 'application_received')).toMatchObject({ state: 'unknown' });
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['by the dispatcher', (id) => postpone(id)],
    ['by the workflow', (id) => giveUp(id)],
  ])('for 3 days after a cut-off: nobody may call it refused (%s)', async (_, end) => {
    const row = await house.caseIn('approved');
    const { id } = await mailOf(row, 'access_code');
    await claim(id);
    await postpone(id, true);
    await passes(73 * 3_600);
    await end(id);
    expect(await mailOf(row, 'access_code')).toMatchObject({ state: 'unknown' });
    expect(await house.row(row.id)).toMatchObject({ state: 'code_sent', flags: ['mail_unknown'] });
  });

  it('giving up leaves what was settled meanwhile', async () => {
    const row = await house.caseIn('submitted');
    const { id } = await mailOf(row, 'application_received');
    await settle(id, 'accepted');
    await giveUp(id);
    expect(await mailOf(row, 'application_received')).toMatchObject({ state: 'accepted' });
  });
});
