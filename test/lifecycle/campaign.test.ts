import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/case.ts';
import type { CampaignAction } from '../../domain/registration/campaign.ts';
import { type CampaignPlan, messageNames } from '../../engine/names.ts';
import { judgeRows } from '../../store/campaign-dry-run.ts';
import { type CampaignPage, readCampaign } from '../../store/campaign-pages.ts';
import { campaignSnapshotOf } from '../../store/campaign-snapshots.ts';
import { createCampaign, moveCampaign } from '../../store/campaigns.ts';
import { currentPolicy } from '../../store/portals.ts';
import { tellEngineOfQuietCampaigns } from '../../store/reconciliation.ts';
import { type Gatehouse, portal, startGatehouse } from '../support/gatehouse.ts';
import { addRecord } from '../support/seed.ts';

let gatehouse: Gatehouse;
let ana: Extract<Actor, { kind: 'member' }>;
let people = 0;
const second = 1_000;

beforeAll(async () => {
  gatehouse = await startGatehouse();
  ana = await gatehouse.member('Ana Reviewer', 'reviewer');
}, 60_000);
afterAll(() => gatehouse.stop());

/** A draft with so many good rows, at a pace of so many a minute. */
async function draft(count: number, perMinute: number): Promise<string> {
  const rows = [];
  for (let no = 2; no < count + 2; no += 1) {
    people += 1;
    const mrn = `HV-${700_000 + people}`;
    await addRecord(gatehouse.database, portal, {
      mrn,
      firstName: 'Ada',
      lastName: `Camp${people}`,
      dateOfBirth: '1984-02-29',
      postalCode: '02139',
      email: `camp.${people}@mail.example`,
    });
    rows.push({ no, mrn, email: undefined, reason: undefined, isMalformed: false });
  }
  const policy = await currentPolicy(gatehouse.database, portal);
  if (!policy) throw new Error('the portal has a policy');
  const judged = await judgeRows(gatehouse.database, portal, policy, rows);
  const now = await gatehouse.now();
  return gatehouse.transaction((tx) =>
    createCampaign(tx, { portal, name: 'Spring', source: 'csv', perMinute, rows: judged, actor: ana, now }),
  );
}

const acts = async (campaignId: string, move: CampaignAction): Promise<CampaignPage> => {
  await gatehouse.transaction((tx) => moveCampaign(tx, { campaignId, move, actor: ana }));
  await gatehouse.idle();
  return read(campaignId);
};
const read = (campaignId: string) => readCampaign(gatehouse.database, campaignId, ana);
const queued = async (campaignId: string) => (await read(campaignId)).counts.queued;
const planOf = (campaignId: string) => gatehouse.runOfCampaign(campaignId).query<CampaignPlan>(messageNames.plan);
/** Until the first part is committed: time stands meanwhile. */
const begun = async (campaignId: string, atLeast: number) => {
  for (let round = 0; (await queued(campaignId)) < atLeast; round += 1) {
    if (round > 200) throw new Error('no part was sent');
    await sleep(20);
  }
  await gatehouse.idle();
};

describe('a campaign', () => {
  it('sends all at its pace, one mail to each, and ends by itself', async () => {
    const id = await draft(25, 600);
    const startedAt = await gatehouse.now();
    await acts(id, 'send');
    await gatehouse.passes(10 * second);
    expect(await gatehouse.runOfCampaign(id).result()).toBe('done');
    const done = await read(id);
    expect(done).toMatchObject({ state: 'done', counts: { ready: 0, queued: 25, mailed: 25 } });
    // Two seconds lie between the first part and the last.
    const parts = await gatehouse.database.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM registrations g JOIN cases c ON c.id = g.case_id WHERE g.campaign_id = $1
       GROUP BY c.received_at ORDER BY c.received_at`,
      [id],
    );
    expect(parts.map(({ rows }) => rows)).toEqual([10, 10, 5]);
    expect((done.endedAt?.getTime() ?? 0) - startedAt.getTime()).toBeGreaterThanOrEqual(2 * second);
    const [mails] = await gatehouse.database.query<{ all: number; addresses: number }>(
      `SELECT count(*)::int AS all, count(DISTINCT m.to_key)::int AS addresses
       FROM messages m JOIN registrations g ON g.case_id = m.case_id WHERE g.campaign_id = $1 AND m.state = 'accepted'`,
      [id],
    );
    expect(mails).toEqual({ all: 25, addresses: 25 });
    // Each registration has a run of its own, which knows that its mail was sent.
    const [one] = await gatehouse.database.query<{ id: string }>(
      'SELECT case_id AS id FROM registrations WHERE campaign_id = $1 LIMIT 1',
      [id],
    );
    const row = await gatehouse.row(one?.id ?? '');
    expect(row).toMatchObject({ kind: 'registration', state: 'sent', waitingOn: 'applicant' });
    await gatehouse.idle(row.id);
  });

  it('stands while it is paused, for weeks too, and goes on where it was', async () => {
    const id = await draft(3, 1);
    await acts(id, 'send');
    await begun(id, 1);
    expect(await planOf(id)).toMatchObject({ state: 'running', version: 2, remaining: 2 });
    await acts(id, 'pause');
    expect(await planOf(id)).toMatchObject({ state: 'paused', remaining: 2, nextPartAt: null });
    await gatehouse.daysPass(15);
    expect(await queued(id)).toBe(1);
    const metadata = await gatehouse
      .runOfCampaign(id)
      .query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toBe('campaign paused, 2 to send');
    await acts(id, 'resume');
    await begun(id, 2);
    await gatehouse.passes(120 * second);
    expect(await gatehouse.runOfCampaign(id).result()).toBe('done');
    expect(await queued(id)).toBe(3);
  });

  it('ends when it is cancelled, and what is left is never sent', async () => {
    const id = await draft(3, 1);
    await acts(id, 'send');
    await begun(id, 1);
    await acts(id, 'cancel');
    expect(await gatehouse.runOfCampaign(id).result()).toBe('cancelled');
    await gatehouse.passes(600 * second);
    expect((await read(id)).counts).toMatchObject({ ready: 2, queued: 1 });
  });
});

describe('a run that is lost', () => {
  it('starts again from the row: nothing is sent twice, and the pace holds', async () => {
    const id = await draft(3, 1);
    await acts(id, 'send');
    await begun(id, 1);
    await gatehouse.runOfCampaign(id).terminate('lost');
    // While its next part is not long overdue nobody wonders.
    expect(await tellEngineOfQuietCampaigns(gatehouse.database)).toBe(0);
    await gatehouse.passes(59 * second + 121 * second);
    expect(await queued(id)).toBe(1);
    expect(await tellEngineOfQuietCampaigns(gatehouse.database)).toBe(1);
    await gatehouse.idle();
    await begun(id, 2);
    await gatehouse.passes(180 * second);
    expect(await gatehouse.runOfCampaign(id).result()).toBe('done');
    expect((await read(id)).counts).toMatchObject({ queued: 3, mailed: 3 });
  });

  it('while it is paused is started by going on', async () => {
    const id = await draft(2, 1);
    await acts(id, 'send');
    await begun(id, 1);
    await acts(id, 'pause');
    await gatehouse.runOfCampaign(id).terminate('lost');
    await acts(id, 'resume');
    await gatehouse.passes(120 * second);
    expect(await gatehouse.runOfCampaign(id).result()).toBe('done');
    expect(await queued(id)).toBe(2);
  });
});

describe('words that come late or out of order', () => {
  it('change nothing, and the row is read again on demand', async () => {
    const id = await draft(3, 1);
    const first = await campaignSnapshotOf(gatehouse.database, id);
    await acts(id, 'send');
    await begun(id, 1);
    await acts(id, 'pause');
    const run = gatehouse.runOfCampaign(id);
    await run.signal(messageNames.wake, { ...first, state: 'running' });
    expect((await planOf(id)).state).toBe('paused');
    await gatehouse.database.query(`UPDATE campaigns SET state = 'running', version = version + 1 WHERE id = $1`, [id]);
    expect(await run.executeUpdate<CampaignPlan, []>(messageNames.reread)).toMatchObject({
      state: 'running',
      version: 4,
    });
    await gatehouse.passes(300 * second);
    expect(await run.result()).toBe('done');
  });
});
