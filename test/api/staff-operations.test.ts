import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readOperations } from '../../contract/routes/staff/operations.ts';
import { beat, stopBeating } from '../../store/heartbeats.ts';
import { reportStuck } from '../../store/reconciliation.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { limitedTo, signedInAs } from '../support/staff.ts';
import type { Visitor } from '../support/visitor.ts';

const temporalWeb = 'http://localhost:8233';
let api: TestApi;
let operator: Visitor;

beforeAll(async () => {
  api = await startTestApi(() => {}, { TEMPORAL_UI_URL: temporalWeb });
  operator = await signedInAs(api, await api.house.member('Otto Operator', 'operator'));
});
afterAll(() => api.stop());

const read = (visitor = operator) => visitor.does(readOperations);

describe('the operations page', () => {
  it('names each dependency as the API reaches it, and counts the workers that live', async () => {
    expect((await read()).dependencies).toEqual({ database: 'up', temporal: 'down', mail: 'up', worker: 'down' });
    await beat(api.house.database, 'worker-of-the-test', 'worker');
    const { dependencies, workers } = await read();
    expect(dependencies.worker).toBe('up');
    expect(workers).toBe(1);
    await stopBeating(api.house.database, 'worker-of-the-test');
  });

  it('shows runs that are stuck or behind with the way to Temporal Web, while the engine is away and naming nobody', async () => {
    const stuck = await api.house.caseIn('in_review', { lastName: 'Canaryname', email: 'canary@mail.example' });
    const delayed = await api.house.caseIn('submitted');
    await api.house.query('DELETE FROM outbox');
    await reportStuck(api.house.database, { id: stuck.id, portal: 'harborview' });
    const before = (await read()).troubled;
    expect(before).toEqual([
      expect.objectContaining({ caseId: stuck.id, reason: 'engine_stuck', status: null, failing: null }),
    ]);
    expect(before[0]?.url).toContain(`${temporalWeb}/namespaces/default/workflows/application%2F${stuck.id}`);
    await api.house.query(
      `INSERT INTO outbox (case_id, created_at, next_at) VALUES ($1, gatehouse_now() - interval '9 seconds', gatehouse_now())`,
      [delayed.id],
    );
    const figures = await read();
    expect(figures.outbox).toMatchObject({ waiting: 1 });
    expect(Date.parse(figures.asOf) - Date.parse(figures.outbox.oldestSince ?? '')).toBeGreaterThanOrEqual(9_000);
    expect(figures.troubled).toContainEqual(
      expect.objectContaining({ caseId: delayed.id, reference: delayed.reference, reason: 'engine_delayed' }),
    );
    expect(figures.tasks).toContainEqual(expect.objectContaining({ reason: 'engine_stuck', count: 1 }));
    expect(JSON.stringify(figures)).not.toMatch(/Canaryname|canary@/);
  });

  it('counts the mails that wait, and what became of those of the last week, every state there', async () => {
    const { id } = await api.house.applies({ email: 'old@mail.example' });
    const before = (await read()).mail;
    expect(before.waiting).toBeGreaterThanOrEqual(1);
    expect(before.oldestSince).not.toBeNull();
    const countOf = ({ lastWeek }: typeof before, state: string) => lastWeek.find((one) => one.state === state)?.count;
    await api.house.query(`UPDATE messages SET state = 'refused', settled_at = gatehouse_now() WHERE case_id = $1`, [
      id,
    ]);
    const refused = (await read()).mail;
    expect(refused.lastWeek.map(({ state }) => state)).toEqual(['queued', 'accepted', 'refused', 'unknown', 'bounced']);
    expect(countOf(refused, 'refused')).toBe((countOf(before, 'refused') ?? 0) + 1);
    expect(refused.waiting).toBe(before.waiting - 1);
    await api.house.query(`UPDATE messages SET queued_at = queued_at - interval '8 days' WHERE case_id = $1`, [id]);
    expect(countOf((await read()).mail, 'refused')).toBe(countOf(before, 'refused'));
  });

  it('counts only what the member may see', async () => {
    await api.house.portal('empty', () => {});
    const limited = await limitedTo(api, await api.house.member('Ops Limited', 'operator'), 'empty');
    const figures = await read(limited);
    expect(figures).toMatchObject({
      outbox: { waiting: 0, oldestSince: null },
      mail: { waiting: 0 },
      tasks: [],
      troubled: [],
    });
    expect(figures.mail.lastWeek.every(({ count }) => count === 0)).toBe(true);
  });
});
