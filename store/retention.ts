import { retention } from '../domain/policy/retention.ts';
import { writeAudit } from './audit.ts';
import { isSealer } from './audit-seals.ts';
import { erasureAction, erasureText } from './audit-verification.ts';
import { databaseNow } from './clock.ts';
import type { Database, Transaction } from './database.ts';

/** How many of each were erased. */
export interface Erased {
  cases: number;
  campaigns: number;
  activations: number;
  registrationWalks: number;
  secrets: number;
  messages: number;
  auditEntries: number;
}

/**
 * Erases what has been kept long enough (security.md "retention"), in small transactions, each audited. Needs the owner's
 * role: the app's may not erase the audit. Can be cut off and run again at any time.
 */
export async function eraseWhatIsOld(database: Database): Promise<Erased> {
  return {
    activations: await inBatches((limit) => eraseActivations(database, limit)),
    registrationWalks: await inBatches((limit) => eraseRegistrationWalks(database, limit)),
    cases: await inBatches((limit) => eraseCases(database, limit)),
    campaigns: await inBatches((limit) => eraseCampaigns(database, limit)),
    secrets: await inBatches((limit) => eraseLooseSecrets(database, limit)),
    messages: await inBatches((limit) => eraseLooseMessages(database, limit)),
    auditEntries: await inBatches((limit) => eraseAuditPrefix(database, limit)),
  };
}

const perBatch = 200;

async function inBatches(erase: (limit: number) => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const erased = await erase(perBatch);
    total += erased;
    if (erased < perBatch) return total;
  }
}

/** Half-finished ones hold an address and names of choice; a finished one goes with its case. */
function eraseActivations(database: Database, limit: number): Promise<number> {
  return audited(database, 'activations', async (tx) => {
    const old = await idsOf(
      tx,
      `SELECT id FROM activations WHERE (ended_as IS NULL OR ended_as <> 'used')
         AND COALESCE(ended_at, ends_at) < gatehouse_now() - make_interval(days => $1) LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [retention.unfinishedDays, limit],
    );
    await tx.query('DELETE FROM secrets WHERE activation_id = ANY($1::uuid[])', [old]);
    await tx.query('DELETE FROM activations WHERE id = ANY($1::uuid[])', [old]);
    return old.length;
  });
}

/** Half-finished ones hold names of choice as well. */
function eraseRegistrationWalks(database: Database, limit: number): Promise<number> {
  return audited(database, 'registrationWalks', async (tx) => {
    const old = await idsOf(
      tx,
      `SELECT id FROM registration_walks WHERE (ended_as IS NULL OR ended_as <> 'used')
         AND COALESCE(ended_at, ends_at) < gatehouse_now() - make_interval(days => $1) LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [retention.unfinishedDays, limit],
    );
    await tx.query('DELETE FROM registration_walks WHERE id = ANY($1::uuid[])', [old]);
    return old.length;
  });
}

/** A case that is over with all that hangs on it. Its account and its audit entries stay: they have terms of their own. */
function eraseCases(database: Database, limit: number): Promise<number> {
  return audited(database, 'cases', async (tx) => {
    const old = await idsOf(
      tx,
      `SELECT id FROM cases WHERE waiting_on IS NULL AND updated_at < gatehouse_now() - make_interval(years => $1)
       LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [retention.closedYears, limit],
    );
    const dependents = [
      ...['DELETE FROM staff_tasks WHERE message_id IN (SELECT id FROM messages WHERE case_id = ANY($1::uuid[]))'],
      ...[
        'staff_tasks',
        'messages',
        'secrets',
        'activations',
        'registration_walks',
        'registrations',
        'information_requests',
        'decisions',
        'applications',
        'outbox',
      ].map((table) => `DELETE FROM ${table} WHERE case_id = ANY($1::uuid[])`),
    ];
    for (const statement of dependents) await tx.query(statement, [old]);
    await tx.query('DELETE FROM cases WHERE id = ANY($1::uuid[])', [old]);
    return old.length;
  });
}

/** With its rows, which hold record numbers and addresses; a dry run that was never sent goes sooner. */
function eraseCampaigns(database: Database, limit: number): Promise<number> {
  return audited(database, 'campaigns', async (tx) => {
    const old = await idsOf(
      tx,
      `SELECT id FROM campaigns WHERE ended_at < gatehouse_now() - make_interval(years => $1)
         OR (state = 'draft' AND created_at < gatehouse_now() - make_interval(days => $2)) LIMIT $3 FOR UPDATE SKIP LOCKED`,
      [retention.closedYears, retention.unfinishedDays, limit],
    );
    await tx.query('DELETE FROM campaign_rows WHERE campaign_id = ANY($1::uuid[])', [old]);
    await tx.query('DELETE FROM outbox WHERE campaign_id = ANY($1::uuid[])', [old]);
    await tx.query('DELETE FROM campaigns WHERE id = ANY($1::uuid[])', [old]);
    return old.length;
  });
}

function eraseLooseSecrets(database: Database, limit: number): Promise<number> {
  return audited(database, 'secrets', async (tx) => {
    const old = await idsOf(
      tx,
      `SELECT id FROM secrets WHERE case_id IS NULL
         AND LEAST(ended_at, expires_at) < gatehouse_now() - make_interval(days => $1) LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [retention.unfinishedDays, limit],
    );
    await tx.query('DELETE FROM secrets WHERE id = ANY($1::uuid[])', [old]);
    return old.length;
  });
}

/** Mails of a case go with it; these are an account's own. */
function eraseLooseMessages(database: Database, limit: number): Promise<number> {
  return audited(database, 'messages', async (tx) => {
    const old = await idsOf(
      tx,
      `SELECT id FROM messages WHERE case_id IS NULL AND settled_at < gatehouse_now() - make_interval(years => $1)
       LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [retention.closedYears, limit],
    );
    await tx.query('DELETE FROM staff_tasks WHERE message_id = ANY($1::uuid[])', [old]);
    await tx.query('DELETE FROM messages WHERE id = ANY($1::uuid[])', [old]);
    return old.length;
  });
}

/**
 * Erases the oldest part of the chain: seals up to the last before the first entry that is still young, with their entries. A
 * checkpoint keeps the hash the chain goes on from, and an entry says so under a MAC, so that nobody else can cut a prefix off.
 */
function eraseAuditPrefix(database: Database, limit: number): Promise<number> {
  return database.transaction(async (tx) => {
    if (!(await isSealer(tx))) return 0; // the sealer is at it; the next run erases
    const prefix = await tx.query<{ no: number; auditId: string; hash: Buffer; isOld: boolean | null }>(
      `SELECT s.no, s.audit_id AS "auditId", s.hash, e.at < gatehouse_now() - make_interval(years => $1) AS "isOld"
       FROM audit_seals s LEFT JOIN audit_entries e ON e.id = s.audit_id ORDER BY s.no LIMIT $2`,
      [retention.auditYears, limit],
    );
    const firstYoung = prefix.findIndex(({ isOld }) => isOld !== true);
    const old = firstYoung === -1 ? prefix : prefix.slice(0, firstYoung);
    const last = old.at(-1);
    if (!last) return 0;
    const now = await databaseNow(tx);
    await tx.query(`SELECT set_config('gatehouse.erasing', 'on', true)`);
    await tx.query('INSERT INTO audit_checkpoints (up_to_no, hash, erased_at) VALUES ($1, $2, $3)', [
      last.no,
      last.hash,
      now,
    ]);
    await tx.query('DELETE FROM audit_seals WHERE no <= $1', [last.no]);
    await tx.query('DELETE FROM audit_entries WHERE id = ANY($1::uuid[])', [old.map(({ auditId }) => auditId)]);
    writeAudit(tx, {
      at: now,
      actor: { kind: 'engine' },
      action: erasureAction,
      detail: { erased: erasureText(last), count: old.length },
    });
    return old.length;
  });
}

async function idsOf(tx: Transaction, sql: string, values: unknown[]): Promise<string[]> {
  return (await tx.query<{ id: string }>(sql, values)).map(({ id }) => id);
}

async function audited(
  database: Database,
  kind: keyof Erased,
  erase: (tx: Transaction) => Promise<number>,
): Promise<number> {
  return database.transaction(async (tx) => {
    const count = await erase(tx);
    if (count > 0) {
      const at = await databaseNow(tx);
      writeAudit(tx, { at, actor: { kind: 'engine' }, action: 'erased', detail: { kind, count } });
    }
    return count;
  });
}
