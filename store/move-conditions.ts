import { overrideReasons } from '../domain/application/reasons.ts';
import type { Actor } from '../domain/case.ts';
import { emailKey } from '../domain/people/normalise.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { obstacleInWords, type RegistrationObstacle } from '../domain/registration/obstacles.ts';
import { addDuration } from '../domain/time/duration.ts';
import { includesRole } from '../domain/transition-table.ts';
import type { CaseRow, LockedCase } from './cases.ts';
import type { Transaction } from './database.ts';
import { findMember } from './members.ts';
import type { MoveRequest } from './moves.ts';
import { compareCaseWithRecord, recordTrouble } from './patient-records.ts';
import { Refused } from './refused.ts';
import { registrationObstacles } from './registration-obstacles.ts';

/** What a move demands beyond table and guard; judged under the case's lock. Throws `Refused`. */
export async function judgeMove(
  tx: Transaction,
  request: MoveRequest,
  locked: LockedCase,
  policy: Policy,
): Promise<void> {
  if (request.actor.kind === 'engine') return refuseBeforeItsTime(request, locked);
  switch (request.move) {
    case 'release':
      return refuseRelease(request, locked);
    case 'assign':
      return judgeAssignee(tx, request, locked);
    case 'approve':
      return judgeApproval(tx, request, locked, policy);
    case 'reject':
    case 'revoke':
      return refuseOwnApplication(tx, request.actor, locked);
    case 'requestInformation':
      if (!request.input?.questions?.length) throw invalid('questions', 'Ask at least one question');
      return;
    case 'answer':
      if (request.input?.questions?.length !== locked.facts.questions.length) {
        throw invalid('answers', `Give ${locked.facts.questions.length} answers, one for each question`);
      }
      return;
    case 'extend':
      return judgeExtension(request, locked, policy);
    case 'correctAddress':
      judgeAddress(request, locked, policy);
      return refuseUnregistrable(tx, locked, policy);
    case 'resend':
      return refuseUnregistrable(tx, locked, policy);
    case 'note':
      if (!request.note?.trim()) throw invalid('text', 'Write the note');
      return;
  }
}

const invalid = (field: string, message: string) => new Refused('validation_failed', { errors: { [field]: message } });

/** A timer's clock may run early: the row's instants decide, and the answer tells the workflow how they stand. */
function refuseBeforeItsTime({ move }: MoveRequest, { row, facts, now }: LockedCase): void {
  const due: Partial<Record<MoveRequest['move'], Date | null | undefined>> = {
    turned_due: facts.turnedDueAt ? null : facts.dueAt,
    turned_late: facts.turnedLateAt ? null : facts.lateAt,
    left_unanswered: facts.closesAt,
    lapsed: facts.closesAt,
    code_expired: facts.expiresAt,
    link_expired: facts.expiresAt,
    reminded: facts.remindersAt[0],
  };
  if (!(move in due)) return;
  const at = due[move];
  if (!at || at > now) throw new Refused('not_allowed_now', { current: row });
}

/** One's own claim; a supervisor anyone's. */
function refuseRelease({ actor }: MoveRequest, { row }: LockedCase): void {
  if (actor.kind !== 'member' || row.assigneeId === actor.id || includesRole(actor.roles, 'supervisor')) return;
  throw new Refused('not_yours_to_do');
}

async function judgeAssignee(tx: Transaction, { input }: MoveRequest, { row }: LockedCase): Promise<void> {
  const member = input?.assignee ? await findMember(tx, input.assignee) : undefined;
  if (!member?.active) throw invalid('assignee', 'Choose a member who can sign in');
  if (!includesRole(member.roles, 'clerk')) throw invalid('assignee', 'This member has no role that works on cases');
  if (member.portals.length > 0 && !member.portals.includes(row.portal)) {
    throw invalid('assignee', 'This member does not work for this portal');
  }
}

/** Four eyes, the bound record and the reason a difference demands (lifecycles.md §1). */
async function judgeApproval(tx: Transaction, request: MoveRequest, locked: LockedCase, policy: Policy): Promise<void> {
  const { actor, input, reason } = request;
  const { row } = locked;
  if (actor.kind === 'member' && policy.application.fourEyes && [row.createdBy, row.lastEditedBy].includes(actor.id)) {
    throw new Refused('not_yours_to_do');
  }
  await refuseOwnApplication(tx, actor, locked);
  if (input?.patientRecordId === undefined) {
    if (policy.application.recordRequired) throw invalid('patientRecordId', 'Choose the patient record of this person');
    if (reason !== undefined)
      throw invalid('reason', 'A reason is taken only when a record is bound in spite of a difference');
    return;
  }
  const trouble = await recordTrouble(tx, input.patientRecordId, row, policy);
  if (trouble) throw invalid('patientRecordId', trouble);
  const { isWholeMatch } = await compareCaseWithRecord(tx, row.id, input.patientRecordId);
  if (isWholeMatch && reason !== undefined) throw invalid('reason', 'The record matches; no reason is needed');
  if (isWholeMatch) return;
  if (reason === undefined) throw new Refused('reason_required');
  if (!overrideReasons.some((offered) => offered === reason))
    throw invalid('reason', 'This reason is not offered here');
}

/** security.md: nobody decides their own application. */
async function refuseOwnApplication(tx: Transaction, actor: Actor, { row }: LockedCase): Promise<void> {
  if (actor.kind !== 'member') return;
  const member = await findMember(tx, actor.id);
  if (member && (await isOwnApplication(tx, row, member.email))) throw new Refused('not_yours_to_do');
}

/** A member is known by the address they sign in with: the case's own, or one it had before somebody corrected it. */
export async function isOwnApplication(
  queries: Pick<Transaction, 'query'>,
  { id, email }: Pick<CaseRow, 'id' | 'email'>,
  memberEmail: string,
): Promise<boolean> {
  if (emailKey(memberEmail) === emailKey(email)) return true;
  const [before] = await queries.query(
    `SELECT 1 FROM messages WHERE case_id = $1 AND to_key = $2 AND template IN ('application_received', 'email_changed') LIMIT 1`,
    [id, emailKey(memberEmail)],
  );
  return before !== undefined;
}

/** How far `extend` reaches: a code or link until issue + reissue window, an answer until now + `answerWithin`. */
export function latestExtension({ facts, now }: Pick<LockedCase, 'facts' | 'now'>, policy: Policy): Date {
  return facts.openSecret
    ? addDuration(facts.openSecret.issuedAt, policy.accessCode.reissueWindow, policy.timeZone)
    : addDuration(now, policy.application.answerWithin, policy.timeZone);
}

/** Later than now, and no later than it reaches. */
function judgeExtension({ input }: MoveRequest, { facts, now }: LockedCase, policy: Policy): void {
  const until = input?.until;
  if (!until || until <= now) throw invalid('until', 'Choose an instant that lies ahead');
  const latest = latestExtension({ facts, now }, policy);
  if (until > latest) throw invalid('until', `Choose an instant until ${latest.toISOString()}`);
}

/**
 * A registration is sent anew only while one of its record could be begun: its own, open or over, does not count. Judged under the
 * record's lock: an import looks for open cases alone.
 */
async function refuseUnregistrable(tx: Transaction, { row }: LockedCase, policy: Policy): Promise<void> {
  const { kind, id, portal, patientRecordId, email } = row;
  if (kind !== 'registration' || patientRecordId === null) return;
  await tx.query('SELECT 1 FROM patient_records WHERE id = $1 FOR UPDATE', [patientRecordId]);
  const asked = new Map([[patientRecordId, email]]);
  const obstacle = (await registrationObstacles(tx, portal, policy, asked, id)).get(patientRecordId)?.obstacle;
  if (!obstacle) return;
  if (refusedByState.includes(obstacle)) throw new Refused('not_allowed_now', { current: row });
  throw invalid('patientRecordId', obstacleInWords[obstacle]);
}

/** What the case's page says already; the others are told with the refusal. */
const refusedByState: readonly RegistrationObstacle[] = ['merged', 'deceased', 'confidential', 'duplicate'];

function judgeAddress({ input, identityCheck, actor }: MoveRequest, { facts }: LockedCase, policy: Policy): void {
  if (!input?.email) throw invalid('email', 'Type the address');
  if (emailKey(input.email) === emailKey(facts.email)) throw invalid('email', 'This is the address we have');
  if (actor.kind === 'member' && policy.identityCheckFor.includes('correctAddress') && !identityCheck) {
    throw invalid('identityCheck', 'Say how you made sure who the person is');
  }
}
