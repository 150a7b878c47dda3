import type { Actor } from '../domain/case.ts';
import { duplicateKey } from '../domain/people/duplicates.ts';
import { emailKey } from '../domain/people/normalise.ts';
import type { IdentityCheckAction } from '../domain/policy/policy.ts';
import { endSessionsOfAccount } from './account-states.ts';
import { writeAudit } from './audit.ts';
import { maySee } from './cases.ts';
import { databaseNow } from './clock.ts';
import type { Transaction } from './database.ts';
import { queueMessage } from './messages.ts';
import { currentPolicy } from './portals.ts';
import { Refused } from './refused.ts';

type StaffActor = Extract<Actor, { kind: 'member' }>;

export type AccountState = 'active' | 'locked' | 'suspended' | 'closed';
export type AccountActionName = 'suspend' | 'restore' | 'unlock' | 'close' | 'changeEmail';

/** What staff may do to an account: from which states, with which reasons, by which mail it is told (lifecycles.md §8). */
export const accountRules: Record<
  AccountActionName,
  { from: readonly AccountState[]; to: AccountState | null; reasons: readonly string[]; mail: string | null }
> = {
  suspend: {
    from: ['active', 'locked'],
    to: 'suspended',
    reasons: ['suspected_fraud', 'holder_request', 'deceased', 'other'],
    mail: 'account_suspended',
  },
  restore: {
    from: ['suspended'],
    to: 'active',
    reasons: ['identity_confirmed', 'could_not_check', 'other'],
    mail: 'account_unlocked',
  },
  unlock: {
    from: ['locked'],
    to: 'active',
    reasons: ['identity_confirmed', 'could_not_check', 'other'],
    mail: 'account_unlocked',
  },
  close: {
    from: ['active', 'locked', 'suspended'],
    to: 'closed',
    reasons: ['holder_request', 'deceased', 'duplicate_of_account', 'other'],
    mail: null,
  },
  changeEmail: {
    from: ['active', 'locked', 'suspended'],
    to: null,
    reasons: ['holder_request', 'address_refused', 'other'],
    mail: 'email_changed',
  },
};

export interface AccountActionRequest {
  accountId: string;
  action: AccountActionName;
  actor: StaffActor;
  /** The version the decision was made on. */
  expectedVersion: number;
  reason?: string | undefined;
  note?: string | undefined;
  email?: string | undefined;
  identityCheck?: { method: string; documentsSeen: string } | undefined;
}

/** Somebody said "could not check": it was noted, and a second member has to say the same. */
export class SecondPersonNeeded extends Error {
  constructor() {
    super('a second person has to confirm');
    this.name = 'SecondPersonNeeded';
  }
}

interface AccountToChange {
  id: string;
  portal: string;
  state: AccountState;
  version: number;
  email: string;
  lastName: string;
  dateOfBirth: string;
  language: string;
}

/**
 * Does what staff decided about an account, in one transaction with its audit entry, its mail and the end of its sessions.
 * Throws `Refused` (`not_found`, `stale_version`, `not_allowed_now`, `reason_required`, `validation_failed`) and
 * `SecondPersonNeeded`, before anything was written: then the caller keeps the first wish with `noteFirstPerson`.
 */
export async function actOnAccount(tx: Transaction, request: AccountActionRequest): Promise<void> {
  const { accountId, action, actor, reason } = request;
  const account = await lockAccount(tx, accountId);
  if (!account || !maySee(actor, account.portal)) throw new Refused('not_found');
  const now = await databaseNow(tx);
  if (account.version !== request.expectedVersion) throw new Refused('stale_version', { current: account });
  const rule = accountRules[action];
  if (!rule.from.includes(account.state)) throw new Refused('not_allowed_now', { current: account });
  judgeReason(rule.reasons, request);
  await judgeIdentityCheck(tx, request, account);
  if (action === 'changeEmail') await judgeAddress(tx, request, account);
  if (reason === 'could_not_check' && !(await hasFirstPerson(tx, request, now))) throw new SecondPersonNeeded();

  await writeAccount(tx, request, account, rule.to, now);
  if (rule.to === 'suspended' || rule.to === 'closed') await endSessionsOfAccount(tx, accountId, now);
  if (rule.to === 'closed') await endEnrollmentsOfAccount(tx, accountId, 'account_closed', now);
  await tx.query('UPDATE staff_tasks SET settled_at = $2 WHERE account_id = $1 AND settled_at IS NULL', [
    accountId,
    now,
  ]);
  writeDecision(tx, request, action, now);
  writeAudit(tx, {
    at: now,
    actor,
    action,
    portal: account.portal,
    accountId,
    detail: {
      from: account.state,
      to: rule.to ?? account.state,
      reason,
      hasNote: request.note ? true : undefined,
      hasIdentityCheck: request.identityCheck ? true : undefined,
    },
  });
  if (rule.mail !== null) {
    await queueMessage(tx, {
      portal: account.portal,
      accountId,
      template: rule.mail,
      // The change of an address is told to the old one.
      to: account.email,
      language: account.language,
      data: {},
      at: now,
      priority: 1,
    });
  }
}

/** Keeps that a member wants what needs two people; the second one's wish then counts. */
export async function noteFirstPerson(tx: Transaction, request: AccountActionRequest): Promise<void> {
  const { accountId, action, actor, expectedVersion } = request;
  const account = await lockAccount(tx, accountId);
  if (!account) throw new Refused('not_found');
  const now = await databaseNow(tx);
  writeDecision(tx, request, `${action}_requested`, now);
  writeAudit(tx, {
    at: now,
    actor,
    action: `${action}_requested`,
    portal: account.portal,
    accountId,
    detail: { reason: 'could_not_check', version: expectedVersion },
  });
}

/** The words of it, which the audit does not hold: the note, and how somebody made sure who the person is. */
function writeDecision(
  tx: Transaction,
  { accountId, actor, reason, note, identityCheck }: AccountActionRequest,
  move: string,
  now: Date,
): void {
  tx.write(
    `INSERT INTO decisions (account_id, member_id, move, reason, note, detail, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [accountId, actor.id, move, reason ?? null, note?.trim() || null, JSON.stringify({ identityCheck }), now],
  );
}

const firstPersonStandsHours = 24;

/** Whether another member who may sign in wanted the same of the same version, not long ago. */
async function hasFirstPerson(tx: Transaction, request: AccountActionRequest, now: Date): Promise<boolean> {
  const { accountId, action, actor, expectedVersion } = request;
  const [first] = await tx.query(
    `SELECT 1 FROM audit_entries e JOIN members m ON m.id = e.actor_id AND m.active
     WHERE e.account_id = $1 AND e.action = $2 AND e.actor_id <> $3
       AND e.at > $4::timestamptz - make_interval(hours => ${firstPersonStandsHours})
       AND (e.entry::jsonb #>> '{detail,version}')::int = $5 LIMIT 1`,
    [accountId, `${action}_requested`, actor.id, now, expectedVersion],
  );
  return first !== undefined;
}

async function lockAccount(tx: Transaction, id: string): Promise<AccountToChange | undefined> {
  const [account] = await tx.query<AccountToChange & Record<string, unknown>>(
    `SELECT id, portal, state, version, email, last_name AS "lastName", date_of_birth AS "dateOfBirth", language
     FROM accounts WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return account;
}

function judgeReason(offered: readonly string[], { reason, note }: AccountActionRequest): void {
  if (reason === undefined) throw new Refused('reason_required');
  if (!offered.includes(reason)) throw invalid('reason', 'This reason is not offered here');
  if (reason === 'other' && !note?.trim()) throw invalid('note', 'Say in a note what the reason is');
}

const invalid = (field: string, message: string) => new Refused('validation_failed', { errors: { [field]: message } });

const checked: readonly string[] = ['changeEmail', 'restore', 'unlock'] satisfies IdentityCheckAction[];

async function judgeIdentityCheck(
  tx: Transaction,
  { action, reason, identityCheck }: AccountActionRequest,
  { portal }: AccountToChange,
): Promise<void> {
  if (identityCheck || reason === 'could_not_check' || !checked.includes(action)) return;
  const policy = await currentPolicy(tx, portal);
  if (policy?.identityCheckFor.some((name) => name === action)) {
    throw invalid('identityCheck', 'Say how you made sure who the person is');
  }
}

async function judgeAddress(
  tx: Transaction,
  { accountId, email }: AccountActionRequest,
  account: AccountToChange,
): Promise<void> {
  if (email === undefined) throw invalid('email', 'Type the address');
  if (emailKey(email) === emailKey(account.email)) throw invalid('email', 'This is the address we have');
  const policy = await currentPolicy(tx, account.portal);
  if (policy?.account.sharedEmail !== false) return;
  const [other] = await tx.query(
    `SELECT 1 FROM accounts WHERE portal = $1 AND email_key = $2 AND id <> $3 AND state <> 'closed' LIMIT 1`,
    [account.portal, emailKey(email), accountId],
  );
  if (other) throw invalid('email', 'Another account of this portal has this address');
}

async function writeAccount(
  tx: Transaction,
  { accountId, action, email }: AccountActionRequest,
  account: AccountToChange,
  to: AccountState | null,
  now: Date,
): Promise<void> {
  if (action === 'changeEmail' && email !== undefined) {
    await tx.query(
      `UPDATE accounts SET email = $2, email_key = $3, duplicate_key = $4, version = version + 1, updated_at = $5 WHERE id = $1`,
      [accountId, email, emailKey(email), duplicateKey({ ...account, email }), now],
    );
  } else {
    const forgetsFailures = to === 'active' ? ', login_failures = 0, login_waits_to = NULL' : '';
    await tx.query(
      `UPDATE accounts SET state = $2, version = version + 1, updated_at = $3${forgetsFailures} WHERE id = $1`,
      [accountId, to, now],
    );
  }
  // A change of address the person had begun, or any other code of the account, is over.
  await tx.query(
    `UPDATE secrets SET ended_at = $2, ended_as = 'revoked' WHERE account_id = $1 AND case_id IS NULL AND ended_at IS NULL`,
    [accountId, now],
  );
}

/** Ends every enrollment of an account that is not ended. */
export async function endEnrollmentsOfAccount(
  tx: Transaction,
  accountId: string,
  reason: string,
  now: Date,
): Promise<void> {
  await tx.query('UPDATE enrollments SET ended_at = $2, end_reason = $3 WHERE account_id = $1 AND ended_at IS NULL', [
    accountId,
    now,
    reason,
  ]);
}
