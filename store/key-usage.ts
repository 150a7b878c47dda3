import type { Actor } from '../domain/case.ts';
import { silencingFlags } from '../domain/case.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import { includesRole } from '../domain/transition-table.ts';
import { writeAudit } from './audit.ts';
import { isCaseSecretSql, lockCase } from './cases.ts';
import { databaseNow } from './clock.ts';
import type { Database, Transaction } from './database.ts';
import { moveCase } from './moves.ts';
import { Refused } from './refused.ts';

/** What refers to one key. A key may go from the ring when all are zero and no open run's history was written under it. */
export interface KeyUsage {
  keyId: string;
  isCurrent: boolean;
  isInRing: boolean;
  liveSecrets: number;
  auditEntries: number;
  seals: number;
}

/** Counts what refers to each key. Reads the whole audit; minutes are allowed, so it is for the command line only. */
export async function keyUsage(database: Database): Promise<KeyUsage[]> {
  const rows = await database.transaction(async (tx) => {
    await tx.query(`SELECT set_config('statement_timeout', '0', true), set_config('transaction_timeout', '0', true)`);
    return tx.query<{ keyId: string; liveSecrets: number; auditEntries: number; seals: number }>(
      `SELECT key_id AS "keyId", sum(secrets)::bigint AS "liveSecrets", sum(entries)::bigint AS "auditEntries", sum(seals)::bigint AS seals
       FROM (SELECT key_id, count(*) AS secrets, 0 AS entries, 0 AS seals FROM secrets WHERE ended_at IS NULL GROUP BY key_id
             UNION ALL SELECT key_id, 0, count(*), 0 FROM audit_entries GROUP BY key_id
             UNION ALL SELECT key_id, 0, 0, count(*) FROM audit_seals GROUP BY key_id) counted
       GROUP BY key_id`,
    );
  });
  const byId = new Map(rows.map((row) => [row.keyId, row]));
  const ids = new Set([...database.keys.byId.keys(), ...byId.keys()]);
  return [...ids].map((keyId) => ({
    keyId,
    isCurrent: keyId === database.keys.current,
    isInRing: database.keys.byId.has(keyId),
    liveSecrets: byId.get(keyId)?.liveSecrets ?? 0,
    auditEntries: byId.get(keyId)?.auditEntries ?? 0,
    seals: byId.get(keyId)?.seals ?? 0,
  }));
}

/** The ids of keys under which live secrets, seals or recent audit entries stand; for the check at start. */
export async function keysInUse(database: Database): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT key_id AS id FROM secrets WHERE ended_at IS NULL GROUP BY key_id
     UNION SELECT key_id FROM audit_seals GROUP BY key_id
     UNION (SELECT key_id FROM audit_entries ORDER BY id DESC LIMIT 1000)`,
  );
  return rows.map(({ id }) => id);
}

export interface Compromise {
  keyId: string;
  /** The supervisor who decides it: their name stands in the cases' history. */
  memberEmail: string;
  /** New codes leave at this rate, so that neither relay nor engine nor help desk drowns. */
  perMinute: number;
}

export interface CompromiseResult {
  /** Cases whose code ended and whose new one is on its way. */
  reissued: number;
  /** Cases that staff must settle first: their code ended, none follows by itself. */
  expired: number;
  /** Cases the door refused; their code is still live and somebody must look. */
  refused: string[];
  /** Mailbox codes ended; people ask for another. */
  mailboxCodes: number;
}

/**
 * Ends everything live under a key at once, and has the engine issue and mail the new codes and links at `perMinute`. Every case
 * goes through the one door as a supervisor's `reissue` or `resend` (a case silenced by a flag: `expireNow`, since no code may follow). What
 * spaces the mails is the outbox: each case's word to the engine becomes due a little later than the one before.
 * Throws `RangeError` with the reason in words; can be run again after being cut off.
 */
export async function compromiseKey(database: Database, compromise: Compromise): Promise<CompromiseResult> {
  const { keyId, perMinute } = compromise;
  if (!database.keys.byId.has(keyId)) throw new RangeError(`GATEHOUSE_KEYS holds no key "${keyId}"`);
  if (database.keys.current === keyId) {
    throw new RangeError(
      `"${keyId}" is the current key; put a new one first in GATEHOUSE_KEYS and restart, then run this again`,
    );
  }
  const actor = await supervisor(database, compromise.memberEmail);
  const result: CompromiseResult = { reissued: 0, expired: 0, refused: [], mailboxCodes: 0 };
  result.mailboxCodes = await endMailboxCodes(database, keyId, actor);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const codes = await liveCodes(database, keyId, after);
    for (const { caseId } of codes) {
      const delaySeconds = (result.reissued * 60) / perMinute;
      const done = await database.transaction((tx) => endCode(tx, { caseId, keyId, actor, delaySeconds }));
      if (done === 'refused') result.refused.push(caseId);
      else if (done !== 'gone') result[done] += 1;
    }
    const last = codes.at(-1);
    if (!last || codes.length < codesPerRead) return result;
    after = last.id;
  }
}

async function supervisor(database: Database, email: string): Promise<Actor> {
  const member = await database.prisma.member.findFirst({ where: { email } });
  if (!member?.active || !includesRole(member.roles as never, 'supervisor') || member.portals.length > 0) {
    throw new RangeError('--as must name an active supervisor of all portals');
  }
  return { kind: 'member', id: member.id, roles: ['supervisor'] };
}

const codesPerRead = 200;

async function liveCodes(database: Database, keyId: string, after: string): Promise<{ id: string; caseId: string }[]> {
  return database.query<{ id: string; caseId: string }>(
    `SELECT id, case_id AS "caseId" FROM secrets s
     WHERE s.key_id = $1 AND s.ended_at IS NULL AND ${isCaseSecretSql} AND s.case_id IS NOT NULL
       AND expires_at > (SELECT gatehouse_now()) AND id > $3 ORDER BY id LIMIT $2`,
    [keyId, codesPerRead, after],
  );
}

interface CodeToEnd {
  caseId: string;
  keyId: string;
  actor: Actor;
  delaySeconds: number;
}

async function endCode(
  tx: Transaction,
  { caseId, keyId, actor, delaySeconds }: CodeToEnd,
): Promise<'reissued' | 'expired' | 'gone' | 'refused'> {
  const locked = await lockCase(tx, caseId);
  const [code] = await tx.query<{ keyId: string }>(
    `SELECT key_id AS "keyId" FROM secrets s
     WHERE case_id = $1 AND ${isCaseSecretSql} AND ended_at IS NULL AND expires_at > gatehouse_now()`,
    [caseId],
  );
  if (code?.keyId !== keyId) return 'gone'; // the person, staff or time was first
  const isSilenced = locked.row.flags.some((flag) => silencingFlags.includes(flag));
  const note = `The key "${keyId}" was compromised.`;
  try {
    await moveCase(tx, {
      caseId,
      move: isSilenced ? 'expireNow' : lifecycles[locked.row.kind].secret.again,
      actor,
      note,
      locked,
    });
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    throw error;
  }
  if (isSilenced) return 'expired';
  await tx.query('UPDATE outbox SET next_at = next_at + make_interval(secs => $2) WHERE case_id = $1', [
    caseId,
    delaySeconds,
  ]);
  return 'reissued';
}

/** They live ten minutes and hang on no move: ended as they are found. */
async function endMailboxCodes(database: Database, keyId: string, actor: Actor): Promise<number> {
  return database.transaction(async (tx) => {
    const now = await databaseNow(tx);
    const ended = await tx.query(
      `UPDATE secrets SET ended_at = $2, ended_as = 'revoked'
       WHERE key_id = $1 AND purpose = 'mailbox_code' AND ended_at IS NULL RETURNING id`,
      [keyId, now],
    );
    writeAudit(tx, { at: now, actor, action: 'key_compromised', detail: { keyId, mailboxCodes: ended.length } });
    return ended.length;
  });
}
