import type { Actor, CaseFlag, CaseKind, CaseSource, WaitingOn } from '../domain/case.ts';
import type { CaseFacts } from '../domain/case-facts.ts';
import type { CaseState } from '../domain/case-names.ts';
import { caseSecretPurposes } from '../domain/lifecycles.ts';
import type { Transaction } from './database.ts';
import { Refused } from './refused.ts';

/** A case's row, as moves and pages read it. Dates of birth are `YYYY-MM-DD`. */
export interface CaseRow {
  id: string;
  reference: string;
  kind: CaseKind;
  portal: string;
  state: CaseState;
  version: number;
  source: CaseSource;
  waitingOn: WaitingOn | null;
  flags: CaseFlag[];
  policyVersion: number;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  email: string;
  duplicateKey: string;
  language: string;
  assigneeId: string | null;
  createdBy: string | null;
  lastEditedBy: string | null;
  patientRecordId: string | null;
  accountId: string | null;
  receivedAt: Date;
  updatedAt: Date;
  decidedAt: Date | null;
  dueAt: Date | null;
  lateAt: Date | null;
  slaPausedAt: Date | null;
  turnedDueAt: Date | null;
  turnedLateAt: Date | null;
  expiresAt: Date | null;
  closesAt: Date | null;
  remindersAt: Date[];
  owesSecret: boolean;
  owesApproval: boolean;
  secretsIssued: number;
  selfRenewals: number;
}

/** The columns of `CaseRow`, of a table known as `c`. */
export const caseColumns = `c.id, c.reference, c.kind, c.portal, c.state, c.version, c.source, c.waiting_on AS "waitingOn", c.flags,
  c.policy_version AS "policyVersion", c.first_name AS "firstName", c.last_name AS "lastName", c.date_of_birth AS "dateOfBirth",
  c.email, c.duplicate_key AS "duplicateKey", c.language, c.assignee AS "assigneeId", c.created_by AS "createdBy",
  c.last_edited_by AS "lastEditedBy", c.patient_record_id AS "patientRecordId", c.account_id AS "accountId",
  c.received_at AS "receivedAt", c.updated_at AS "updatedAt", c.decided_at AS "decidedAt", c.due_at AS "dueAt",
  c.late_at AS "lateAt", c.sla_paused_at AS "slaPausedAt", c.turned_due_at AS "turnedDueAt", c.turned_late_at AS "turnedLateAt",
  c.expires_at AS "expiresAt", c.closes_at AS "closesAt", c.reminders_at AS "remindersAt", c.owes_secret AS "owesSecret",
  c.owes_approval AS "owesApproval", c.secrets_issued AS "secretsIssued", c.self_renewals AS "selfRenewals"`;

/** The open code or link, the questions asked last and the bound record's standing, with which a row becomes facts. */
interface Surroundings {
  secretId: string | null;
  secretIssuedAt: Date | null;
  secretExpiresAt: Date | null;
  questions: string[] | null;
  isRecordUsable: boolean;
}

/** Condition on a secret `s`: it is the one its kind of case mails, not a mailbox code on the way. */
export const isCaseSecretSql = `s.purpose IN (${caseSecretPurposes.map((purpose) => `'${purpose}'`).join(', ')})`;

/** Whether the record a case `c` is bound to stands; true when it is bound to none. */
export const isRecordUsableSql = `COALESCE((SELECT r.deceased_on IS NULL AND r.merged_into IS NULL AND NOT r.confidential
  FROM patient_records r WHERE r.id = c.patient_record_id), true)`;

/** A locked case: its row, what the rules judge by, and the database's time read after the lock was had. */
export interface LockedCase {
  row: CaseRow;
  facts: CaseFacts<CaseState>;
  now: Date;
}

/**
 * Locks a case and its open access code or link, in that order (architecture, pattern 2). Throws `Refused('not_found')`, also for a
 * member whose portals hide the case.
 */
export async function lockCase(tx: Transaction, caseId: string, actor?: Actor): Promise<LockedCase> {
  const locking = tx.query<CaseRow>(`SELECT ${caseColumns} FROM cases c WHERE c.id = $1 FOR UPDATE`, [caseId]);
  // After the lock: a row read by the locking statement is current, what hangs on it needs a new statement.
  const looking = tx.query<Surroundings & { now: Date }>(
    `SELECT gatehouse_now() AS now, s.id AS "secretId", s.issued_at AS "secretIssuedAt", s.expires_at AS "secretExpiresAt",
       q.questions, ${isRecordUsableSql} AS "isRecordUsable"
     FROM cases c
     LEFT JOIN LATERAL (SELECT id, issued_at, expires_at FROM secrets s
       WHERE s.case_id = $1 AND ${isCaseSecretSql} AND s.ended_at IS NULL FOR UPDATE) s ON true
     LEFT JOIN LATERAL (SELECT questions FROM information_requests
       WHERE case_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 1) q ON true
     WHERE c.id = $1`,
    [caseId],
  );
  const [[row], [around]] = await Promise.all([locking, looking]);
  if (!row || (actor && !maySee(actor, row.portal))) throw new Refused('not_found');
  if (!around) throw new Error('a locked case is there');
  return { row, facts: factsOf(row, around), now: around.now };
}

/** Whether the actor's portals include this one. People and the engine are not limited. */
export function maySee(actor: Actor, portal: string): boolean {
  return actor.kind !== 'member' || !actor.portals || actor.portals.length === 0 || actor.portals.includes(portal);
}

/** The row as the rules see it. */
export function factsOf(row: CaseRow, around: Surroundings): CaseFacts<CaseState> {
  const { secretId: id, secretIssuedAt: issuedAt, secretExpiresAt: expiresAt } = around;
  return {
    ...row,
    openSecret: id && issuedAt && expiresAt ? { id, issuedAt, expiresAt } : null,
    questions: around.questions ?? [],
    isRecordUsable: around.isRecordUsable,
  };
}

/** What the queue searches: names, address and reference, in small letters. */
export function searchTextOf(subject: {
  firstName: string;
  lastName: string;
  email: string;
  reference: string;
}): string {
  const bare = subject.reference.replaceAll('-', '');
  return [subject.firstName, subject.lastName, subject.email, subject.reference, bare].join(' ').toLowerCase();
}
