import type { Actor } from '../domain/case.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import { suspendForNotMe } from './account-states.ts';
import { writeAudit } from './audit.ts';
import { type CaseRow, lockCase } from './cases.ts';
import { databaseNow } from './clock.ts';
import type { Database, Transaction } from './database.ts';
import { hasLiveEnrollment } from './enrollments.ts';
import { moveCase } from './moves.ts';
import { readNotMeToken } from './not-me.ts';
import { Refused } from './refused.ts';
import { raiseTask } from './staff-tasks.ts';

/** What a mail was about: its own case or account, else that of the secret it carries. */
interface Subject {
  template: string;
  caseId: string | null;
  accountId: string | null;
}

/**
 * "This wasn't me", from a mail's link: the case is flagged or its code dies, an account is stopped, staff look at it.
 * A token that is not ours, of another portal, or of what is over does nothing; nobody is told the difference.
 */
export async function noteNotMe(
  database: Database,
  { portal, token, actor }: { portal: string; token: string; actor: Actor },
): Promise<void> {
  const messageId = readNotMeToken(database.keys, token);
  if (messageId === undefined) return;
  const [subject] = await database.query<Subject>(
    `SELECT m.template, COALESCE(m.case_id, s.case_id) AS "caseId", COALESCE(m.account_id, s.account_id) AS "accountId"
     FROM messages m LEFT JOIN secrets s ON s.id = m.secret_id WHERE m.id = $1 AND m.portal = $2`,
    [messageId, portal],
  );
  if (!subject) return;
  await database.transaction(async (tx) => {
    if (subject.caseId) await stopCase(tx, subject.caseId, actor);
    else if (subject.accountId) await stopAccount(tx, portal, subject.accountId, subject.template, actor);
  });
}

/** Once is enough: the link may be used again, and must not mail or count again. */
async function stopCase(tx: Transaction, caseId: string, actor: Actor): Promise<void> {
  const locked = await lockCase(tx, caseId);
  const { accountId, kind, state, portal, flags } = locked.row;
  const hasOpened = accountId !== null && lifecycles[kind].isFinal(state);
  if (flags.includes('not_me') || (hasOpened && !(await hasSomethingToStop(tx, locked.row, accountId)))) return;
  try {
    await moveCase(tx, { caseId, move: 'notMe', actor, locked });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return;
  }
  if (hasOpened) writeAudit(tx, { at: locked.now, actor, action: 'notMe', portal, accountId });
}

/** An account that is open; or, though it was stopped before, a practice that this very case added to it. */
async function hasSomethingToStop(tx: Transaction, { id, state }: CaseRow, accountId: string): Promise<boolean> {
  return (await isOpen(tx, accountId)) || (state === 'linked' && (await hasLiveEnrollment(tx, id)));
}

async function isOpen(tx: Transaction, accountId: string): Promise<boolean> {
  const [account] = await tx.query<{ state: string }>('SELECT state FROM accounts WHERE id = $1 FOR UPDATE', [
    accountId,
  ]);
  return account?.state === 'active' || account?.state === 'locked';
}

async function stopAccount(
  tx: Transaction,
  portal: string,
  accountId: string,
  template: string,
  actor: Actor,
): Promise<void> {
  const now = await databaseNow(tx);
  if (!(await isOpen(tx, accountId))) return;
  // Somebody else applied with the owner's details: the account itself was not touched, so staff look and it stays open.
  if (template === 'account_exists') raiseTask(tx, portal, 'not_me', { accountId }, now);
  else await suspendForNotMe(tx, accountId, now);
  writeAudit(tx, { at: now, actor, action: 'notMe', portal, accountId });
}
