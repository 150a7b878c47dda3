import type { Actor } from '../domain/case.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { type CampaignSnapshot, nextPartAt, rowsPerPart } from '../domain/registration/campaign.ts';
import type { CampaignProblem } from '../domain/registration/obstacles.ts';
import { campaignSnapshotOf } from './campaign-snapshots.ts';
import { type LockedCampaign, lockCampaign, moveCampaign } from './campaigns.ts';
import type { Database, Transaction } from './database.ts';
import { currentPolicy } from './portals.ts';
import { Refused } from './refused.ts';
import { RegistrationRefused, sendRegistration } from './registrations.ts';

const engine: Actor = { kind: 'engine' };

interface ReadyRow {
  no: number;
  patientRecordId: string | null;
  email: string | null;
  addressReason: string | null;
}

/**
 * Sends the next rows of a running campaign whose time has come, or ends it when none is left; anything else changes nothing. A part
 * is one transaction, committed wholly or not at all, so that a row is never sent twice; two at once wait for each other.
 */
export async function sendCampaignPart(database: Database, campaignId: string): Promise<CampaignSnapshot> {
  return database.transaction(async (tx) => {
    const campaign = await lockCampaign(tx, campaignId, engine);
    const isDue = campaign.nextAt === null || campaign.nextAt <= campaign.now;
    if (campaign.state === 'running' && isDue) await sendRows(tx, campaign);
    return campaignSnapshotOf(tx, campaignId);
  });
}

async function sendRows(tx: Transaction, campaign: LockedCampaign): Promise<void> {
  const { id, portal, perMinute, now } = campaign;
  const most = rowsPerPart(perMinute);
  const rows = await tx.query<ReadyRow & Record<string, unknown>>(
    `SELECT no, patient_record_id AS "patientRecordId", email, address_reason AS "addressReason" FROM campaign_rows
     WHERE campaign_id = $1 AND outcome = 'ready' ORDER BY no LIMIT $2`,
    [id, most],
  );
  await lockRecords(tx, rows);
  const policy = await currentPolicy(tx, portal);
  if (!policy) throw new Error('the portal of a campaign does not exist');
  let sent = 0;
  for (const row of rows) if (await isSent(tx, campaign, policy, row)) sent += 1;
  tx.write('UPDATE campaigns SET next_at = $2 WHERE id = $1', [id, nextPartAt(now, campaign.nextAt, sent, perMinute)]);
  if (rows.length < most) await moveCampaign(tx, { campaignId: id, move: 'done', actor: engine, locked: campaign });
}

/** In one order, as an import does: two that lock each other's next record would both wait. */
async function lockRecords(tx: Transaction, rows: readonly ReadyRow[]): Promise<void> {
  await tx.query('SELECT 1 FROM patient_records WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [
    rows.map(({ patientRecordId }) => patientRecordId),
  ]);
}

/** Sends one row, or notes why it cannot be sent any more; what it had begun is undone then. */
async function isSent(tx: Transaction, campaign: LockedCampaign, policy: Policy, row: ReadyRow): Promise<boolean> {
  const { id, now } = campaign;
  try {
    const { patientRecordId } = row;
    if (patientRecordId === null) throw new RegistrationRefused('unknown_record'); // erased meanwhile
    const made = await tx.undoneWhenThrown(() =>
      sendRegistration(tx, {
        portal: campaign.portal,
        policy,
        recordId: patientRecordId,
        email: row.email ?? undefined,
        reason: row.addressReason ?? undefined,
        // Whoever pressed send has sent them all; the engine only keeps the pace.
        actor: { kind: 'member', id: campaign.sentBy ?? campaign.createdBy, roles: [] },
        at: now,
        campaignId: id,
        isBulk: true,
      }),
    );
    tx.write(
      `UPDATE campaign_rows SET outcome = 'queued', case_id = $3, decided_at = $4 WHERE campaign_id = $1 AND no = $2`,
      [id, row.no, made.id, now],
    );
    return true;
  } catch (error) {
    tx.write(
      `UPDATE campaign_rows SET outcome = 'refused', problem = $3, decided_at = $4 WHERE campaign_id = $1 AND no = $2`,
      [id, row.no, problemOf(error), now],
    );
    return false;
  }
}

/** Why sending was refused. Throws what is no refusal: it is tried again, with the whole part. */
function problemOf(error: unknown): CampaignProblem {
  if (error instanceof RegistrationRefused) return error.obstacle;
  if (error instanceof Refused && (error.code === 'validation_failed' || error.code === 'reason_required')) {
    return 'malformed';
  }
  throw error;
}
