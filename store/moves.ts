import { mayRenew } from '../domain/application/effects.ts';
import { demandsNote, noResponse } from '../domain/application/reasons.ts';
import type { Actor } from '../domain/case.ts';
import type { CaseChanges } from '../domain/case-facts.ts';
import type { CaseGuard, CaseMove, CaseState } from '../domain/case-names.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import type { Effects, MoveInput, OwedMail } from '../domain/move-effects.ts';
import { duplicateKey } from '../domain/people/duplicates.ts';
import { figures } from '../domain/policy/figures.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { addDuration } from '../domain/time/duration.ts';
import { type Rule, tableRefusal } from '../domain/transition-table.ts';
import { suspendForNotMe } from './account-states.ts';
import { writeAudit } from './audit.ts';
import { type CaseRow, type LockedCase, lockCase, searchTextOf } from './cases.ts';
import type { Transaction } from './database.ts';
import { endEnrollmentOfCase } from './enrollments.ts';
import { supervisorsOf } from './members.ts';
import { queueMessage, strikeMailsTo, strikeMailsWithDeadSecrets } from './messages.ts';
import { judgeMove } from './move-conditions.ts';
import { tellEngine } from './outbox.ts';
import { policyAt } from './portals.ts';
import { Refused } from './refused.ts';
import { endSecretsOfCase, issueSecret } from './secrets.ts';
import { raiseTask, settleTasksOfCase } from './staff-tasks.ts';

/** A move somebody asks for. Text fields are judged for their form by the contract, for their sense here. */
export interface MoveRequest {
  caseId: string;
  move: CaseMove;
  actor: Actor;
  /** The version the decision was made on; undefined = whatever it is now. */
  expectedVersion?: number | undefined;
  reason?: string | undefined;
  /** Private; never mailed. */
  note?: string | undefined;
  /** Shown to the person in the mail. */
  message?: string | undefined;
  input?: Omit<MoveInput, 'reason' | 'message' | 'actorId'>;
  identityCheck?: { method: string; documentsSeen: string } | undefined;
  /** The mover is an activity: the workflow gets the snapshot as its answer and needs no row of the outbox. */
  isEngineWaiting?: boolean;
  /** One of many at once: what it mails leaves after everything else, and so does its word to the engine. */
  isBulk?: boolean;
  /** A case already locked by the caller in this transaction. */
  locked?: LockedCase;
}

/**
 * The one door: the only way a case changes, for people (API) and for time and mail (activities) alike. In one transaction:
 * new facts and version, decision, audit entry, owed mails, ended or issued secret, staff tasks, word to the engine.
 * Throws `Refused`: `not_found`, `stale_version`, `not_allowed_now`, `not_allowed`, `not_yours_to_do`, `reason_required`,
 * `validation_failed`, `mailed_recently`.
 */
export async function moveCase(tx: Transaction, request: MoveRequest): Promise<CaseRow> {
  const locked = request.locked ?? (await lockCase(tx, request.caseId, request.actor));
  const { row, facts, now } = locked;
  const policy = await policyAt(tx, row.portal, row.policyVersion);
  if (request.expectedVersion !== undefined && request.expectedVersion !== row.version) {
    throw new Refused('stale_version', { current: row });
  }
  const rule = ruleOf(row, request.move);
  refuseByTable(rule, request, row);
  if (!rule) throw new Refused('not_allowed_now', { current: row });
  refuseByGuard(rule.guard, locked, policy);
  await judgeMove(tx, request, locked, policy);

  const input: MoveInput = {
    ...request.input,
    reason: request.reason,
    message: request.message,
    actorId: request.actor.kind === 'member' ? request.actor.id : undefined,
  };
  const effects = lifecycles[row.kind].effectsOf(request.move, rule.to, { facts, policy, now, input });
  const moved = writeChanges(tx, row, effects, request, now);
  writeDecision(tx, request, now);
  const issuedId = await writeSecrets(tx, moved, effects, now);
  const secretId = issuedId ?? facts.openSecret?.id;
  if (effects.addressReason !== undefined) keepAddressReason(tx, row.id, effects.addressReason);
  settleTasks(tx, row, moved, now);
  if (effects.raisesTask) raiseTask(tx, row.portal, effects.raisesTask, { caseId: row.id }, now);
  if (effects.suspendsAccount && row.accountId) await suspendForNotMe(tx, row.accountId, now);
  if (effects.endsEnrollment) endEnrollmentOfCase(tx, row.id, effects.endsEnrollment, now);
  const misdirected = request.move === 'correctAddress' ? await strikeMailsTo(tx, row.id, row.email) : [];
  for (const mail of effects.mails) await oweMail(tx, moved, mail, { secretId, now, isBulk: request.isBulk });
  const dead = effects.endsSecret ? await strikeMailsWithDeadSecrets(tx, row.id) : [];
  writeAudit(tx, {
    at: now,
    actor: request.actor,
    action: request.move,
    portal: row.portal,
    caseId: row.id,
    caseVersion: effects.isVersioned ? moved.version : undefined,
    detail: auditDetail(row, moved, request, effects, [...misdirected, ...dead]),
  });
  if (!request.isEngineWaiting && request.move !== 'note') tellEngine(tx, row.id, now, { isBulk: request.isBulk });
  return moved;
}

/** A resend reached the relay: the flags of mail trouble go, and the case waits on whom its state says. Not a move. */
export async function clearMailFlags(tx: Transaction, caseId: string): Promise<void> {
  const { row, now } = await lockCase(tx, caseId);
  const flags = row.flags.filter((flag) => flag !== 'mail_refused' && flag !== 'mail_unknown');
  if (flags.length === row.flags.length) return;
  tx.write('UPDATE cases SET flags = $2, waiting_on = $3, updated_at = $4 WHERE id = $1', [
    caseId,
    flags,
    lifecycles[row.kind].waitingOn(row.state, flags),
    now,
  ]);
  settleTasksOfCase(tx, caseId, now, ['mail_refused', 'mail_unknown']);
}

/** What the table of its kind says of a move in the case's state; undefined = refused. */
export function ruleOf(row: Pick<CaseRow, 'kind' | 'state'>, move: CaseMove): Rule<CaseState, CaseGuard> | undefined {
  return lifecycles[row.kind].ruleOf(row.state, move);
}

function refuseByTable(rule: Rule<string> | undefined, request: MoveRequest, row: CaseRow): void {
  switch (tableRefusal(rule, request.actor, request.reason)) {
    case 'not_allowed_now':
      throw new Refused('not_allowed_now', { current: row });
    case 'not_allowed':
      throw new Refused('not_allowed');
    case 'reason_required':
      throw new Refused('reason_required');
    case 'reason_not_offered':
      // Approving takes a reason only against a bound record; the move's own conditions judge that.
      if (request.move !== 'approve') {
        throw new Refused('validation_failed', { errors: { reason: 'This reason is not offered here' } });
      }
  }
  if (demandsNote(request.reason) && !request.note?.trim()) {
    throw new Refused('validation_failed', { errors: { note: 'Say in a note what the reason is' } });
  }
}

function refuseByGuard(guard: CaseGuard | undefined, locked: LockedCase, policy: Policy): void {
  if (guard && !guards[guard](locked, policy)) throw new Refused('not_allowed_now', { current: locked.row });
}

const hasLiveSecret = ({ facts: { openSecret }, now }: LockedCase) => openSecret !== null && openSecret.expiresAt > now;

/** The footnotes of lifecycles.md, judged under the lock by the database's clock. */
export const guards: Record<CaseGuard, (locked: LockedCase, policy: Policy) => boolean> = {
  live_code: hasLiveSecret,
  live_link: hasLiveSecret,
  record_usable: ({ facts }) => facts.isRecordUsable,
  rejected_recently: ({ facts, now }, policy) =>
    facts.decidedAt !== null && now < addDuration(facts.decidedAt, `P${figures.reopenWithinDays}D`, policy.timeZone),
  qualifies_for_automatic_approval: ({ facts }) => facts.owesApproval && facts.flags.length === 0,
  renewals_left: ({ facts, now }, policy) =>
    mayRenew(facts, policy) && (facts.closesAt === null || now < facts.closesAt),
  code_issued_or_flagged: ({ facts }) =>
    facts.secretsIssued > 0 || facts.flags.some((flag) => flag !== 'possible_duplicate'),
};

/** How the changeable facts are called in the table. */
const columns: Record<keyof CaseChanges, string> = {
  state: 'state',
  flags: 'flags',
  assigneeId: 'assignee',
  email: 'email',
  dueAt: 'due_at',
  lateAt: 'late_at',
  slaPausedAt: 'sla_paused_at',
  turnedDueAt: 'turned_due_at',
  turnedLateAt: 'turned_late_at',
  expiresAt: 'expires_at',
  closesAt: 'closes_at',
  remindersAt: 'reminders_at',
  owesSecret: 'owes_secret',
  owesApproval: 'owes_approval',
  secretsIssued: 'secrets_issued',
  selfRenewals: 'self_renewals',
  decidedAt: 'decided_at',
  patientRecordId: 'patient_record_id',
  accountId: 'account_id',
};

function writeChanges(
  tx: Transaction,
  row: CaseRow,
  { changes, isVersioned }: Effects<CaseState>,
  { move, actor }: MoveRequest,
  now: Date,
): CaseRow {
  const moved: CaseRow = {
    ...row,
    ...changes,
    version: row.version + (isVersioned ? 1 : 0),
    updatedAt: now,
    waitingOn: lifecycles[row.kind].waitingOn(changes.state ?? row.state, changes.flags ?? row.flags),
    ...(move === 'correctAddress' && actor.kind === 'member' ? { lastEditedBy: actor.id } : {}),
  };
  const values: [column: string, value: unknown][] = [
    ['version', moved.version],
    ['updated_at', now],
    ['waiting_on', moved.waitingOn],
    ['last_edited_by', moved.lastEditedBy],
    ...Object.keys(changes).map((name): [string, unknown] => {
      const field = name as keyof CaseChanges;
      return [columns[field], changes[field]];
    }),
    ...(changes.email === undefined ? [] : addressColumns(moved)),
  ];
  const sets = values.map(([column], index) => `${column} = $${index + 2}`).join(', ');
  tx.write(`UPDATE cases SET ${sets} WHERE id = $1`, [row.id, ...values.map(([, value]) => value)]);
  return moved;
}

function addressColumns(moved: CaseRow): [string, unknown][] {
  moved.duplicateKey = duplicateKey(moved);
  return [
    ['duplicate_key', moved.duplicateKey],
    ['search_text', searchTextOf(moved)],
  ];
}

function writeDecision(tx: Transaction, request: MoveRequest, now: Date): void {
  if (request.actor.kind !== 'member') return;
  const { patientRecordId, assignee, until, questions } = request.input ?? {};
  const detail = { patientRecordId, assignee, until, questions, identityCheck: request.identityCheck };
  tx.write(
    `INSERT INTO decisions (case_id, member_id, move, reason, note, message, detail, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      request.caseId,
      request.actor.id,
      request.move,
      request.reason ?? null,
      request.note ?? null,
      request.message ?? null,
      JSON.stringify(detail),
      now,
    ],
  );
}

async function writeSecrets(
  tx: Transaction,
  moved: CaseRow,
  { endsSecret, extendsSecret, issuesSecret }: Effects<CaseState>,
  now: Date,
): Promise<string | undefined> {
  const { purpose } = lifecycles[moved.kind].secret;
  if (extendsSecret) {
    tx.write('UPDATE secrets SET expires_at = $3 WHERE case_id = $1 AND purpose = $2 AND ended_at IS NULL', [
      moved.id,
      purpose,
      extendsSecret,
    ]);
  }
  if (endsSecret) {
    endSecretsOfCase(tx, moved.id, endsSecret, now, purpose);
    // A secret that is gone takes what was begun with it along, and the mailbox codes of that.
    endSecretsOfCase(tx, moved.id, endsSecret === 'used' ? 'used' : 'revoked', now, 'mailbox_code');
    tx.write(endWalks[moved.kind], [moved.id, now, endsSecret]);
  }
  if (!issuesSecret) return undefined;
  const { id: caseId, portal, email: sentTo } = moved;
  return issueSecret(tx, { portal, purpose, caseId, issuedAt: now, expiresAt: issuesSecret.expiresAt, sentTo });
}

/** Ends what a person has begun and not finished: case, instant, how. What was typed on the way is erased. */
const endWalks: Record<CaseRow['kind'], string> = {
  application: `UPDATE activations SET ended_at = $2, ended_as = $3, password_hash = NULL WHERE case_id = $1 AND ended_at IS NULL`,
  registration: `UPDATE registration_walks SET ended_at = $2, ended_as = $3, password_hash = NULL, answers = NULL
    WHERE case_id = $1 AND ended_at IS NULL`,
};

/** Why a registration goes to another address than the one on file; the board shows it. */
function keepAddressReason(tx: Transaction, caseId: string, reason: string | null): void {
  tx.write('UPDATE registrations SET address_reason = $2 WHERE case_id = $1', [caseId, reason]);
}

/** A task that stood for a flag is settled with the flag; a case that is over leaves none. */
function settleTasks(tx: Transaction, before: CaseRow, after: CaseRow, now: Date): void {
  const gone = before.flags.filter((flag) => flag !== 'possible_duplicate' && !after.flags.includes(flag));
  const reasons = gone.filter((flag) => flag !== 'possible_duplicate');
  if (after.waitingOn === null) settleTasksOfCase(tx, after.id, now);
  else if (reasons.length > 0) settleTasksOfCase(tx, after.id, now, reasons);
}

async function oweMail(
  tx: Transaction,
  moved: CaseRow,
  mail: OwedMail,
  { secretId, now, isBulk }: { secretId: string | undefined; now: Date; isBulk: boolean | undefined },
): Promise<void> {
  const words = mail.carriesSecret ? await messageOfLastDecision(tx, moved) : undefined;
  const message = {
    portal: moved.portal,
    caseId: moved.id,
    secretId: mail.carriesSecret ? secretId : undefined,
    template: mail.template,
    language: mail.language ?? moved.language,
    data: { reference: moved.reference, ...mail.data, ...words },
    at: now,
    isBulk,
  };
  if (!mail.toSupervisors) {
    await queueMessage(tx, { ...message, to: mail.to ?? moved.email });
    return;
  }
  for (const supervisor of await supervisorsOf(tx, moved.portal)) {
    await queueMessage(tx, {
      ...message,
      language: 'en',
      to: supervisor.email,
      data: { ...message.data, caseId: moved.id },
    });
  }
}

/** What a member wrote to the person with the decision that a new secret follows goes with it. */
async function messageOfLastDecision(tx: Transaction, { id }: CaseRow) {
  const [last] = await tx.query<{ message: string | null }>(
    `SELECT message FROM decisions WHERE case_id = $1 AND move IN ('approve', 'reissue', 'resend', 'correctAddress')
     ORDER BY at DESC LIMIT 1`,
    [id],
  );
  return last?.message ? { message: last.message } : undefined;
}

/** Nobody is asked for these reasons: the move carries its own. */
const ownReasons: Partial<Record<CaseMove, string>> = { withdraw: 'by_applicant', left_unanswered: noResponse };

/** Codes, ids and instants only: the audit is kept for years and holds nothing a person typed. `code` is a link's as well. */
function auditDetail(
  before: CaseRow,
  after: CaseRow,
  { move, reason, input, identityCheck }: MoveRequest,
  { endsSecret, issuesSecret }: Effects<CaseState>,
  struckMails: string[],
): Record<string, unknown> {
  return {
    from: before.state,
    to: after.state,
    reason: reason ?? ownReasons[move],
    endedCode: endsSecret,
    codeExpiresAt: issuesSecret?.expiresAt.toISOString(),
    assignee: input?.assignee,
    patientRecordId: input?.patientRecordId,
    until: input?.until?.toISOString(),
    flags: after.flags.length > 0 ? after.flags : undefined,
    hasIdentityCheck: identityCheck ? true : undefined,
    unsentMails: struckMails.length > 0 ? struckMails : undefined,
  };
}
