import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { demandsNote } from '../domain/application/reasons.ts';
import type { Actor } from '../domain/case.ts';
import { duplicateKey } from '../domain/people/duplicates.ts';
import { emailKey } from '../domain/people/normalise.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { waitingOn } from '../domain/registration/lifecycle.ts';
import { obstacleInWords, type RegistrationObstacle } from '../domain/registration/obstacles.ts';
import { addressReasons } from '../domain/registration/reasons.ts';
import { referenceText } from '../domain/secrets/reference.ts';
import { writeAudit } from './audit.ts';
import { searchTextOf } from './cases.ts';
import { databaseNow } from './clock.ts';
import type { Transaction } from './database.ts';
import { moveCase } from './moves.ts';
import { type RecordRow, recordColumns } from './patient-records.ts';
import { Refused } from './refused.ts';
import { registrationObstacles } from './registration-obstacles.ts';

export interface RegistrationToSend {
  portal: string;
  policy: Policy;
  recordId: string;
  /** Another address than the one on file; then `reason` says why. */
  email?: string | undefined;
  reason?: string | undefined;
  /** Private; never mailed. */
  note?: string | undefined;
  actor: Actor;
  /** The database's time, where the caller has it from this transaction. */
  at?: Date | undefined;
  campaignId?: string | undefined;
  /** One of many: its link is issued here, and its mail leaves after everything else. */
  isBulk?: boolean | undefined;
}

/** The record cannot be sent a registration e-mail; `obstacle` says which of the reasons it is. */
export class RegistrationRefused extends Refused {
  readonly obstacle: RegistrationObstacle;

  constructor(obstacle: RegistrationObstacle) {
    const field = obstacle === 'no_address' ? 'email' : 'patientRecordId';
    super('validation_failed', { errors: { [field]: obstacleInWords[obstacle] } });
    this.obstacle = obstacle;
  }
}

/**
 * Begins the registration of a patient record: case, audit entry and word to the engine in the caller's transaction; the engine
 * issues the link and mails it. Throws `RegistrationRefused`, and `Refused`: `reason_required` (another address without one),
 * `validation_failed` at `reason` or `note`.
 */
export async function sendRegistration(
  tx: Transaction,
  registration: RegistrationToSend,
): Promise<{ id: string; reference: string }> {
  const { portal, policy, actor } = registration;
  // Who comes second to the same record meets the registration of the first.
  const [record] = await tx.query<RecordRow>(
    `SELECT ${recordColumns} FROM patient_records r WHERE r.id = $1 FOR UPDATE`,
    [registration.recordId],
  );
  const asked = new Map([[registration.recordId, registration.email]]);
  const judged = (await registrationObstacles(tx, portal, policy, asked)).get(registration.recordId);
  const obstacle = judged?.obstacle ?? null;
  if (!record || !judged) throw new RegistrationRefused('unknown_record');
  if (obstacle !== null) throw new RegistrationRefused(obstacle);
  const reason = reasonOfAddress(registration, record.email);
  const now = registration.at ?? (await databaseNow(tx));
  const email = registration.email ?? record.email ?? '';
  const written = await insertCase(tx, { registration, record, email, reason, now });
  writeAudit(tx, {
    at: now,
    actor,
    action: 'invited',
    portal,
    caseId: written.id,
    caseVersion: 1,
    detail: {
      to: 'draft',
      reason,
      patientRecordId: record.id,
      policyVersion: policy.version,
      campaignId: registration.campaignId,
    },
  });
  if (registration.note && actor.kind === 'member') {
    tx.write(
      `INSERT INTO decisions (case_id, member_id, move, reason, note, at) VALUES ($1, $2, 'invited', $3, $4, $5)`,
      [written.id, actor.id, reason ?? null, registration.note, now],
    );
  }
  tx.afterCommit('outbox');
  if (registration.isBulk) {
    // The engine is told once, by the row of the case itself.
    const move = { caseId: written.id, move: 'link_issued', actor: { kind: 'engine' } } as const;
    await moveCase(tx, { ...move, isEngineWaiting: true, isBulk: true });
  }
  return written;
}

/** Another address than the one on file needs a reason, and `other` a note (lifecycles.md §2). */
function reasonOfAddress(
  { email, reason, note, campaignId }: RegistrationToSend,
  onFile: string | null,
): string | undefined {
  const isOnFile = email === undefined || (onFile !== null && emailKey(email) === emailKey(onFile));
  if (isOnFile) {
    // The row of a campaign was judged before: its address may have got on file since.
    if (reason === undefined || campaignId !== undefined) return undefined;
    throw invalid('reason', 'A reason is taken only for another address than the one on file');
  }
  if (reason === undefined) throw new Refused('reason_required');
  if (!addressReasons.some((offered) => offered === reason)) throw invalid('reason', 'This reason is not offered here');
  if (demandsNote(reason) && !note?.trim()) throw invalid('note', 'Say in a note what the reason is');
  return reason;
}

const invalid = (field: string, message: string) => new Refused('validation_failed', { errors: { [field]: message } });

/** Case, registration and word to the engine in one statement; a reference that is taken is drawn again. */
async function insertCase(
  tx: Transaction,
  {
    registration: { portal, policy, actor, campaignId, isBulk },
    record,
    email,
    reason,
    now,
  }: { registration: RegistrationToSend; record: RecordRow; email: string; reason: string | undefined; now: Date },
): Promise<{ id: string; reference: string }> {
  const id = uuidv7();
  const { firstName, lastName, dateOfBirth } = record;
  const createdBy = actor.kind === 'member' ? actor.id : null;
  for (;;) {
    const reference = referenceText(randomBytes(5));
    const inserted = await tx.query(
      `WITH c AS (
         INSERT INTO cases (id, kind, portal, state, source, waiting_on, flags, policy_version, first_name, last_name, date_of_birth,
           email, duplicate_key, language, created_by, last_edited_by, received_at, updated_at, owes_secret, patient_record_id,
           reference, search_text)
         VALUES ($1, 'registration', $2, 'draft', 'office', $3, '{}', $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $12, true, $13, $14, $15)
         ON CONFLICT (reference) DO NOTHING RETURNING id, received_at),
       g AS (
         INSERT INTO registrations (case_id, postal_code, address_reason, campaign_id) SELECT id, $16, $17, $18 FROM c),
       o AS (INSERT INTO outbox (case_id, created_at, next_at, bulk) SELECT id, received_at, received_at, $19 FROM c)
       SELECT id FROM c`,
      [
        id,
        portal,
        waitingOn('draft', []),
        policy.version,
        firstName,
        lastName,
        dateOfBirth,
        email,
        duplicateKey({ email, dateOfBirth, lastName }),
        policy.languages[0] ?? 'en',
        createdBy,
        now,
        record.id,
        reference,
        searchTextOf({ firstName, lastName, email, reference }),
        record.postalCode ?? '',
        reason ?? null,
        campaignId ?? null,
        isBulk ?? false,
      ],
    );
    if (inserted.length > 0) return { id, reference };
  }
}
