import type { Actor } from '../domain/case.ts';
import {
  type CampaignMove,
  type CampaignState,
  campaignRule,
  isCampaignOver,
} from '../domain/registration/campaign.ts';
import type { CampaignProblem } from '../domain/registration/obstacles.ts';
import { mayMove } from '../domain/transition-table.ts';
import { writeAudit } from './audit.ts';
import { maySee } from './cases.ts';
import { databaseNow } from './clock.ts';
import type { Transaction } from './database.ts';
import { tellEngineOfCampaign } from './outbox.ts';
import { Refused } from './refused.ts';

/** A row of a campaign as the dry run judged it; `problem` null = ready to be sent. */
export interface JudgedRow {
  no: number;
  mrn: string;
  /** Another address than the one on file. */
  email: string | null;
  /** Why it goes there. */
  addressReason: string | null;
  patientRecordId: string | null;
  problem: CampaignProblem | null;
}

export interface NewCampaign {
  portal: string;
  name: string;
  source: 'csv' | 'records';
  perMinute: number;
  rows: readonly JudgedRow[];
  actor: Extract<Actor, { kind: 'member' }>;
  now: Date;
}

/** Writes a campaign as a draft with its judged rows; nothing is sent. Answers its id. */
export async function createCampaign(tx: Transaction, campaign: NewCampaign): Promise<string> {
  const { portal, name, source, perMinute, rows, actor, now } = campaign;
  const [made] = await tx.query<{ id: string }>(
    `INSERT INTO campaigns (portal, name, state, source, per_minute, created_by, created_at)
     VALUES ($1, $2, 'draft', $3, $4, $5, $6) RETURNING id`,
    [portal, name, source, perMinute, actor.id, now],
  );
  if (!made) throw new Error('an inserted campaign has an id');
  tx.write(
    `INSERT INTO campaign_rows (campaign_id, no, mrn, email, address_reason, patient_record_id, outcome, problem, decided_at)
     SELECT $1, r.no, r.mrn, r.email, r.reason, r.record, CASE WHEN r.problem IS NULL THEN 'ready' ELSE 'refused' END, r.problem, $2
     FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[])
       AS r (no, mrn, email, reason, record, problem)`,
    [
      made.id,
      now,
      rows.map(({ no }) => no),
      rows.map(({ mrn }) => mrn),
      rows.map(({ email }) => email),
      rows.map(({ addressReason }) => addressReason),
      rows.map(({ patientRecordId }) => patientRecordId),
      rows.map(({ problem }) => problem),
    ],
  );
  const ready = rows.filter(({ problem }) => problem === null).length;
  const detail = { campaignId: made.id, source, rows: rows.length, ready, perMinute };
  writeAudit(tx, { at: now, actor, action: 'campaign_created', portal, detail });
  return made.id;
}

/** A campaign's row under its lock, and the database's time read after the lock was had. */
export interface LockedCampaign {
  id: string;
  portal: string;
  state: CampaignState;
  version: number;
  perMinute: number;
  nextAt: Date | null;
  createdBy: string;
  /** Null before it is sent. */
  sentBy: string | null;
  now: Date;
}

/** Locks a campaign. Throws `Refused('not_found')`, also for a member whose portals hide it. */
export async function lockCampaign(tx: Transaction, id: string, actor: Actor): Promise<LockedCampaign> {
  const locking = tx.query<Omit<LockedCampaign, 'now'> & Record<string, unknown>>(
    `SELECT id, portal, state, version, per_minute AS "perMinute", next_at AS "nextAt", created_by AS "createdBy",
       sent_by AS "sentBy" FROM campaigns WHERE id = $1 FOR UPDATE`,
    [id],
  );
  const [[row], now] = await Promise.all([locking, databaseNow(tx)]);
  if (!row || !maySee(actor, row.portal)) throw new Refused('not_found');
  return { ...row, now };
}

export interface CampaignMoveRequest {
  campaignId: string;
  move: CampaignMove;
  actor: Actor;
  /** The version the decision was made on; undefined = whatever it is now. */
  expectedVersion?: number | undefined;
  /** Locked by the caller in this transaction, who is an activity and answers the run with a snapshot. */
  locked?: LockedCampaign;
}

/**
 * The only way a campaign's state changes: new state and version, audit entry and word to the engine in one transaction. Throws
 * `Refused`: `not_found`, `stale_version`, `not_allowed_now`, `not_allowed`.
 */
export async function moveCampaign(tx: Transaction, request: CampaignMoveRequest): Promise<void> {
  const { campaignId, move, actor, expectedVersion } = request;
  const campaign = request.locked ?? (await lockCampaign(tx, campaignId, actor));
  const { state, version, portal, now } = campaign;
  const refuse = (code: 'stale_version' | 'not_allowed_now') => new Refused(code, { current: { state, version } });
  if (expectedVersion !== undefined && expectedVersion !== version) throw refuse('stale_version');
  const rule = campaignRule(state, move);
  if (!rule) throw refuse('not_allowed_now');
  if (!mayMove(actor, rule.by)) throw new Refused('not_allowed');
  if (rule.guard === 'rows_ready' && (await rowsReady(tx, campaignId)) === 0) throw refuse('not_allowed_now');
  tx.write(
    `UPDATE campaigns SET state = $2, version = version + 1,
       started_at = CASE WHEN $3 THEN $4::timestamptz ELSE started_at END, sent_by = CASE WHEN $3 THEN $6::uuid ELSE sent_by END,
       ended_at = CASE WHEN $5 THEN $4::timestamptz ELSE ended_at END
     WHERE id = $1`,
    [campaignId, rule.to, move === 'send', now, isCampaignOver(rule.to), actor.kind === 'member' ? actor.id : null],
  );
  const detail = { campaignId, from: state, to: rule.to, version: version + 1 };
  writeAudit(tx, { at: now, actor, action: auditedAs[move], portal, detail });
  if (!request.locked) tellEngineOfCampaign(tx, campaignId, now);
}

const auditedAs: Record<CampaignMove, string> = {
  send: 'campaign_sent',
  pause: 'campaign_paused',
  resume: 'campaign_resumed',
  cancel: 'campaign_cancelled',
  done: 'campaign_done',
};

async function rowsReady(tx: Transaction, campaignId: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM campaign_rows WHERE campaign_id = $1 AND outcome = 'ready'`,
    [campaignId],
  );
  return row?.n ?? 0;
}
