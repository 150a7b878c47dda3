import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { day, type Gatehouse, startGatehouse } from '../support/gatehouse.ts';

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await startGatehouse();
}, 60_000);
afterAll(() => gatehouse.stop());

describe('the access code of an approved application', () => {
  it('is mailed once, repeated on day 30 and day 53, and expires on day 60', async () => {
    const ana = await gatehouse.member('Ana Reviewer', 'reviewer');
    const { id } = await gatehouse.applies();
    await gatehouse.idle(id);
    await gatehouse.moves(id, 'claim', ana);
    await gatehouse.moves(id, 'approve', ana);
    await gatehouse.idle(id);

    const sent = await gatehouse.row(id);
    expect(sent.state).toBe('code_sent');
    expect(await gatehouse.mailsOf(id)).toEqual(['application_received', 'access_code']);

    await gatehouse.passes(30 * day - 3_600_000);
    expect(await gatehouse.mailsOf(id)).toHaveLength(2);
    await gatehouse.passes(2 * 3_600_000);
    expect(await gatehouse.mailsOf(id)).toHaveLength(3);
    await gatehouse.daysPass(23);
    expect(await gatehouse.mailsOf(id)).toHaveLength(4);
    await gatehouse.daysPass(6);
    expect((await gatehouse.row(id)).state).toBe('code_sent');
    await gatehouse.daysPass(2);

    expect((await gatehouse.row(id)).state).toBe('expired');
    expect(await gatehouse.mailsOf(id)).toEqual([
      'application_received',
      'access_code',
      'access_code_reminder',
      'access_code_reminder',
      'access_code_expired',
    ]);
    await gatehouse.daysPass(181);
    expect((await gatehouse.row(id)).state).toBe('closed');
  }, 120_000);
});
