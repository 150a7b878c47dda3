import type { CaseFlag } from '../domain/case.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import { isSilenced } from '../domain/move-effects.ts';
import { emailKey } from '../domain/people/normalise.ts';
import { figures } from '../domain/policy/figures.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { writeAudit } from './audit.ts';
import { type LockedCase, lockCase } from './cases.ts';
import { databaseNow } from './clock.ts';
import type { Database, Transaction } from './database.ts';
import { clearMailFlags, moveCase, ruleOf } from './moves.ts';
import { tellEngine } from './outbox.ts';
import { currentPolicy, policyAt } from './portals.ts';
import { type IssuedPurpose, secretText } from './secrets.ts';
import { raiseTask, settleTasksOfMessage } from './staff-tasks.ts';

/** A mail claimed for one attempt: everything rendering needs, its secret derived just now. */
export interface ClaimedMail {
  id: string;
  portal: string;
  caseId: string | null;
  template: string;
  to: string;
  language: string;
  data: Record<string, unknown>;
  policy: Policy;
  /** The text of the live secret the mail carries, or undefined when it carries none. */
  secret: string | undefined;
  attempts: number;
}

export type Claim =
  | { kind: 'claimed'; mail: ClaimedMail }
  /** Settled before, struck, or given up just now: nothing is left to do. */
  | { kind: 'settled' }
  /** Another process is at it. */
  | { kind: 'elsewhere' };

interface ClaimRow {
  id: string;
  portal: string;
  caseId: string | null;
  template: string;
  to: string;
  language: string;
  data: Record<string, unknown>;
  attempts: number;
  ambiguous: number;
  policyVersion: number | null;
  flags: CaseFlag[] | null;
  caseEmail: string | null;
  secretId: string | null;
  keyId: string | null;
  purpose: IssuedPurpose | null;
  isSecretLive: boolean | null;
}

/** An ambiguous send is repeated once under the same Message-ID, no more (invariant I6). */
const ambiguousSends = 2;

/** Mails that go even while the engine mails the person nothing: staff, and security notices to another address. */
const neverSilenced: readonly string[] = ['promise_late', 'email_changed', 'account_suspended', 'account_linked'];

/**
 * Claims a queued mail for one attempt (a lease, committed before the network is touched). A lease that ran out is an
 * ambiguous send: nobody knows how far it came. A mail whose secret is dead, or whose case is silenced, is struck.
 */
export async function claimMail(database: Database, messageId: string): Promise<Claim> {
  // The lease is committed by itself: holding the message while waiting for its case would be the wrong lock order.
  const row = await database.transaction((tx) => leaseRow(tx, messageId));
  if (!row) {
    const [still] = await database.query(`SELECT 1 FROM messages WHERE id = $1 AND state = 'queued'`, [messageId]);
    return { kind: still ? 'elsewhere' : 'settled' };
  }
  if (row.ambiguous >= ambiguousSends) {
    const settlement = { state: 'unknown', problem: 'claimed twice, never settled' } as const;
    await database.transaction((tx) => settleMail(tx, row.id, settlement));
    return { kind: 'settled' };
  }
  if (mustBeStruck(row)) {
    await database.transaction((tx) => strike(tx, row));
    return { kind: 'settled' };
  }
  return { kind: 'claimed', mail: await claimedMail(database, row) };
}

async function leaseRow(tx: Transaction, messageId: string): Promise<ClaimRow | undefined> {
  const [row] = await tx.query<ClaimRow>(
    `WITH leased AS (
       UPDATE messages SET claimed_until = gatehouse_now() + make_interval(secs => $2), attempts = attempts + 1,
         ambiguous = ambiguous + (claimed_until IS NOT NULL)::int
       WHERE id = $1 AND state = 'queued' AND (claimed_until IS NULL OR claimed_until <= gatehouse_now())
       RETURNING *)
     SELECT m.id, m.portal, m.case_id AS "caseId", m.template, m.to_address AS "to", m.language, m.data, m.attempts, m.ambiguous,
       c.policy_version AS "policyVersion", c.flags, c.email AS "caseEmail",
       s.id AS "secretId", s.key_id AS "keyId", s.purpose, (s.ended_at IS NULL AND s.expires_at > gatehouse_now()) AS "isSecretLive"
     FROM leased m LEFT JOIN cases c ON c.id = m.case_id LEFT JOIN secrets s ON s.id = m.secret_id`,
    [messageId, figures.mailLeaseSeconds],
  );
  return row;
}

function mustBeStruck(row: ClaimRow): boolean {
  if (row.secretId && !row.isSecretLive) return true;
  const isToPerson = row.caseEmail !== null && emailKey(row.caseEmail) === emailKey(row.to);
  return isToPerson && isSilenced({ flags: row.flags ?? [] }) && !neverSilenced.includes(row.template);
}

/** The reason of the mail is gone before it went: the row goes too, the audit keeps the fact. */
async function strike(tx: Transaction, row: ClaimRow): Promise<void> {
  if (row.ambiguous > 0) return settleMail(tx, row.id, { state: 'unknown', problem: 'its reason is gone' });
  await tx.query('DELETE FROM messages WHERE id = $1', [row.id]);
  writeAudit(tx, {
    at: await databaseNow(tx),
    actor: { kind: 'engine' },
    action: 'mail_struck',
    portal: row.portal,
    caseId: row.caseId ?? undefined,
    detail: { template: row.template },
  });
}

async function claimedMail(tx: Database, row: ClaimRow): Promise<ClaimedMail> {
  const policy =
    row.policyVersion === null
      ? await currentPolicy(tx, row.portal)
      : await policyAt(tx, row.portal, row.policyVersion);
  if (!policy) throw new Error('the portal of a message does not exist');
  const { secretId: id, keyId, purpose, portal } = row;
  const secret = id && keyId && purpose ? secretText(tx.keys, { id, keyId, purpose, portal }) : undefined;
  return { ...row, policy, secret };
}

/** How an attempt ends for good. `problem` is a code or a short phrase, never an address. */
export interface Settlement {
  state: 'accepted' | 'refused' | 'unknown';
  problem?: string;
  /** The caller is the workflow's own activity and answers with a snapshot. */
  isEngineWaiting?: boolean;
}

/**
 * Settles a mail with the facts that depend on it, in one transaction: `approved → code_sent`, `draft → sent`, the case's flag, the staff
 * task, the cleared flags of the mail it repeats. A mail settled before stays as it is.
 */
export async function settleMail(tx: Transaction, messageId: string, settlement: Settlement): Promise<void> {
  const [message] = await tx.query<{ caseId: string | null }>(
    'SELECT case_id AS "caseId" FROM messages WHERE id = $1',
    [messageId],
  );
  // Lock order: the case, then its secret, then the rest.
  const locked = message?.caseId ? await lockCase(tx, message.caseId) : undefined;
  const now = locked?.now ?? (await databaseNow(tx));
  const [settled] = await tx.query<SettledRow>(
    `UPDATE messages SET state = $2, settled_at = $3, claimed_until = NULL, last_problem = $4 WHERE id = $1 AND state = 'queued'
     RETURNING id, portal, case_id AS "caseId", account_id AS "accountId", template, secret_id AS "secretId", to_address AS "to",
       resend_of AS "resendOf", bulk AS "isBulk"`,
    [messageId, settlement.state, now, settlement.problem ?? null],
  );
  if (!settled) return;
  writeAudit(tx, {
    at: now,
    actor: { kind: 'engine' },
    action: `mail_${settlement.state === 'accepted' ? 'accepted' : `settled_${settlement.state}`}`,
    portal: settled.portal,
    caseId: settled.caseId ?? undefined,
    accountId: settled.accountId ?? undefined,
    detail: { messageId, template: settled.template, problem: settlement.problem },
  });
  if (settlement.state === 'accepted') await settleResent(tx, settled, now);
  else await raiseTrouble(tx, settled, settlement.state, locked, settlement, now);
  if (settlement.state !== 'refused' && locked) await sendSecret(tx, settled, locked, settlement);
  if (locked && !settlement.isEngineWaiting) tellEngine(tx, locked.row.id, now, { isBulk: settled.isBulk });
}

interface SettledRow {
  id: string;
  portal: string;
  caseId: string | null;
  accountId: string | null;
  template: string;
  secretId: string | null;
  to: string;
  resendOf: string | null;
  isBulk: boolean;
}

/** The relay has the mail with the code or link: the case moves on, when that is still the one that counts. */
async function sendSecret(tx: Transaction, settled: SettledRow, locked: LockedCase, by: Settlement): Promise<void> {
  const { mails, state, sent } = lifecycles[locked.row.kind].secret;
  const isCurrent = mails.includes(settled.template) && locked.facts.openSecret?.id === settled.secretId;
  if (!isCurrent || locked.row.state !== state) return;
  // The flag of an unknown outcome has just been written: the move starts from what stands now.
  const fresh = await lockCase(tx, locked.row.id);
  await moveCase(tx, {
    caseId: locked.row.id,
    move: sent,
    actor: { kind: 'engine' },
    locked: fresh,
    isEngineWaiting: by.isEngineWaiting ?? false,
    isBulk: settled.isBulk,
  });
}

/** A resend that the relay took settles what it repeats, and the case's flag with it. */
async function settleResent(tx: Transaction, settled: SettledRow, now: Date): Promise<void> {
  if (!settled.resendOf) return;
  settleTasksOfMessage(tx, settled.resendOf, now);
  if (settled.caseId) await clearMailFlags(tx, settled.caseId);
}

/** To the person of an open case: a flag on it. Anything else: a task about the message itself. */
async function raiseTrouble(
  tx: Transaction,
  settled: SettledRow,
  state: 'refused' | 'unknown',
  locked: LockedCase | undefined,
  by: Settlement,
  now: Date,
): Promise<void> {
  const move = state === 'refused' ? 'mail_refused' : 'mail_unknown';
  const isToPerson = locked !== undefined && emailKey(locked.row.email) === emailKey(settled.to);
  if (locked && isToPerson && ruleOf(locked.row, move)) {
    await moveCase(tx, {
      caseId: locked.row.id,
      move,
      actor: { kind: 'engine' },
      locked,
      isEngineWaiting: by.isEngineWaiting ?? false,
    });
    return;
  }
  raiseTask(tx, settled.portal, move, { messageId: settled.id }, now);
}

/** What to do about an attempt that did not settle the mail. */
export type Postponement = { kind: 'postponed' } | { kind: 'settled' };

/**
 * The relay was away (nothing was handed over), or cut off after DATA (`isAmbiguous`). Tried again later, 5 s doubling to
 * 15 min; an ambiguous send once more only, and a mail nobody took for 3 days is refused: then staff look at it.
 */
export async function postponeMail(
  database: Database,
  messageId: string,
  { problem, isAmbiguous, isEngineWaiting }: { problem: string; isAmbiguous: boolean; isEngineWaiting?: boolean },
): Promise<Postponement> {
  return database.transaction(async (tx) => {
    const [row] = await tx.query<{ ambiguous: number; isOld: boolean; caseId: string | null }>(
      `SELECT ambiguous + $2::int AS ambiguous, queued_at < gatehouse_now() - make_interval(hours => $3) AS "isOld",
         case_id AS "caseId" FROM messages WHERE id = $1 AND state = 'queued'`,
      [messageId, isAmbiguous ? 1 : 0, figures.mailTriedForHours],
    );
    if (!row) return { kind: 'settled' };
    const waiting = isEngineWaiting === undefined ? {} : { isEngineWaiting };
    if (row.ambiguous >= ambiguousSends) {
      await settleMail(tx, messageId, { state: 'unknown', problem, ...waiting });
      return { kind: 'settled' };
    }
    if (row.isOld) {
      await settleMail(tx, messageId, { ...givenUp(row.ambiguous), ...waiting });
      return { kind: 'settled' };
    }
    await tx.query(
      `UPDATE messages SET claimed_until = NULL, ambiguous = $2, last_problem = $3,
         next_attempt_at = gatehouse_now() + make_interval(secs => least(900, 5 * power(2, least(attempts, 10) - 1)))
       WHERE id = $1 AND state = 'queued'`,
      [messageId, row.ambiguous, problem],
    );
    return { kind: 'postponed' };
  });
}

/** The workflow's patience (3 days) is over: the mail becomes a staff task, unless it was settled meanwhile. */
export async function giveUpMail(tx: Transaction, messageId: string): Promise<void> {
  const [row] = await tx.query<{ ambiguous: number }>(
    `SELECT ambiguous + (claimed_until IS NOT NULL)::int AS ambiguous FROM messages WHERE id = $1 AND state = 'queued'`,
    [messageId],
  );
  if (row) await settleMail(tx, messageId, { ...givenUp(row.ambiguous), isEngineWaiting: true });
}

/** A mail that was cut off once may have arrived: nobody may call it refused. */
function givenUp(ambiguous: number): Settlement {
  return { state: ambiguous > 0 ? 'unknown' : 'refused', problem: 'not taken for 3 days' };
}
