import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { waitingOn } from '../domain/application/lifecycle.ts';
import type { Actor, CaseFlag, CaseSource } from '../domain/case.ts';
import { duplicateKey } from '../domain/people/duplicates.ts';
import { figures } from '../domain/policy/figures.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { referenceText } from '../domain/secrets/reference.ts';
import { promisedFor } from '../domain/time/business-calendar.ts';
import { writeAudit } from './audit.ts';
import { searchTextOf } from './cases.ts';
import { databaseNow } from './clock.ts';
import type { Transaction } from './database.ts';
import { queueMessage } from './messages.ts';
import { onlyWholeMatch, recordsPortal } from './patient-records.ts';

/** What an applicant claims, judged and cleaned by the contract. */
export interface ApplicationClaim {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  email: string;
  postalCode: string;
  phone?: string | undefined;
  addressLine?: string | undefined;
  city?: string | undefined;
  region?: string | undefined;
  sexAtBirth?: string | undefined;
  language?: string | undefined;
  message?: string | undefined;
}

export interface AcceptedApplication {
  id: string;
  reference: string;
  receivedAt: Date;
  promisedBy: Date;
}

/**
 * Accepts an application: case, claim, audit entry, receipt and word to the engine in the caller's transaction.
 * The answer is the same whether or not it looks like a duplicate; staff see the flag, an account's owner is told by mail.
 */
export async function acceptApplication(
  tx: Transaction,
  {
    portal,
    policy,
    claim,
    source,
    actor,
    at,
  }: {
    portal: string;
    policy: Policy;
    claim: ApplicationClaim;
    source: CaseSource;
    actor: Actor;
    /** The database's time, where the caller has it from this transaction. */
    at?: Date | undefined;
  },
): Promise<AcceptedApplication> {
  const now = at ?? (await databaseNow(tx));
  const key = duplicateKey(claim);
  const duplicates = await duplicatesOf(tx, portal, key);
  const flags: CaseFlag[] = duplicates.isDuplicate ? ['possible_duplicate'] : [];
  const owesApproval =
    policy.application.approval === 'automatic' &&
    flags.length === 0 &&
    (await onlyWholeMatch(tx, recordsPortal(portal, policy), claim)) !== undefined;
  const accepted = {
    id: uuidv7(),
    reference: referenceText(randomBytes(5)),
    receivedAt: now,
    promisedBy: promisedFor(now, policy.application.promiseBusinessDays, policy),
  };
  const createdBy = actor.kind === 'member' ? actor.id : null;
  const language = claim.language ?? policy.languages[0] ?? 'en';
  accepted.reference = await insertCase(
    tx,
    [
      accepted.id,
      portal,
      source,
      waitingOn('submitted', flags),
      flags,
      policy.version,
      claim.firstName,
      claim.lastName,
      claim.dateOfBirth,
      claim.email,
      key,
      language,
      createdBy,
      now,
      promisedFor(now, policy.application.targetBusinessDays, policy),
      accepted.promisedBy,
      owesApproval,
    ],
    claim,
  );
  await queueMessage(tx, {
    portal,
    caseId: accepted.id,
    template: 'application_received',
    to: claim.email,
    language,
    data: { reference: accepted.reference, promisedBy: accepted.promisedBy.toISOString() },
    at: now,
  });
  if (duplicates.account) await tellOwnerOfDuplicate(tx, portal, duplicates.account, now);
  writeAudit(tx, {
    at: now,
    actor,
    action: 'submitted',
    portal,
    caseId: accepted.id,
    caseVersion: 1,
    detail: { to: 'submitted', source, flags: flags.length > 0 ? flags : undefined, policyVersion: policy.version },
  });
  tx.afterCommit('outbox');
  return accepted;
}

/**
 * Case, claim and word to the engine in one statement, for this is the busiest write. 40 bits make a namesake rare, not
 * impossible: then another reference is drawn.
 */
async function insertCase(tx: Transaction, values: unknown[], claim: ApplicationClaim): Promise<string> {
  const claimed = [
    claim.postalCode,
    claim.phone ?? null,
    claim.addressLine ?? null,
    claim.city ?? null,
    claim.region ?? null,
    claim.sexAtBirth ?? null,
    claim.message ?? null,
  ];
  for (;;) {
    const reference = referenceText(randomBytes(5));
    const inserted = await tx.query(
      `WITH c AS (
         INSERT INTO cases (id, kind, portal, state, source, waiting_on, flags, policy_version, first_name, last_name, date_of_birth,
           email, duplicate_key, language, created_by, last_edited_by, received_at, updated_at, due_at, late_at, owes_approval,
           reference, search_text)
         VALUES ($1, 'application', $2, 'submitted', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $14, $15, $16, $17,
           $18, $19)
         ON CONFLICT (reference) DO NOTHING RETURNING id, received_at),
       a AS (
         INSERT INTO applications (case_id, postal_code, phone, address_line, city, region, sex_at_birth, message)
         SELECT id, $20, $21, $22, $23, $24, $25, $26 FROM c),
       o AS (INSERT INTO outbox (case_id, created_at, next_at) SELECT id, received_at, received_at FROM c)
       SELECT id FROM c`,
      [...values, reference, searchTextOf({ ...claim, reference }), ...claimed],
    );
    if (inserted.length > 0) return reference;
  }
}

interface OwnerOfDuplicate {
  id: string;
  email: string;
  language: string;
}

async function duplicatesOf(
  tx: Transaction,
  portal: string,
  key: string,
): Promise<{ isDuplicate: boolean; account: OwnerOfDuplicate | undefined }> {
  const [found] = await tx.query<{ cases: boolean; account: OwnerOfDuplicate | null }>(
    `SELECT EXISTS (SELECT 1 FROM cases WHERE portal = $1 AND duplicate_key = $2 AND waiting_on IS NOT NULL) AS cases,
       (SELECT jsonb_build_object('id', id, 'email', email, 'language', language) FROM accounts
        WHERE portal = $1 AND duplicate_key = $2 AND state <> 'closed' ORDER BY id LIMIT 1) AS account`,
    [portal, key],
  );
  return { isDuplicate: found?.cases === true || Boolean(found?.account), account: found?.account ?? undefined };
}

/** At most once a day and address, so that nobody is flooded by somebody else's attempts. */
async function tellOwnerOfDuplicate(
  tx: Transaction,
  portal: string,
  owner: OwnerOfDuplicate,
  now: Date,
): Promise<void> {
  const [recent] = await tx.query(
    `SELECT 1 FROM messages WHERE account_id = $1 AND template = 'account_exists'
       AND queued_at > $2::timestamptz - make_interval(hours => $3) LIMIT 1`,
    [owner.id, now, figures.accountExistsEveryHours],
  );
  if (recent) return;
  await queueMessage(tx, {
    portal,
    accountId: owner.id,
    template: 'account_exists',
    to: owner.email,
    language: owner.language,
    data: {},
    at: now,
  });
}
