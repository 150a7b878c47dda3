import { demandsNote, emailKey, overrideReasons } from '../../contract/rules.ts';
import { type CaseAction, caseActionBodies, casePreviewBodyOf } from '../../contract/schemas/case-actions.ts';
import { instantOfWallClock } from '../words/dates.ts';
import type { AllowedAction, Candidate, Case } from './case.ts';
import type { MoveBody } from './use-move.ts';

/** What is typed into the panel of one action; kept while the page stands, whatever happens to the case. */
export interface Draft {
  reason: string;
  message: string;
  note: string;
  questions: readonly string[];
  email: string;
  checkMethod: string;
  checkDocuments: string;
  /** As the field has it: date and time in the portal's zone. */
  until: string;
  assignee: string;
  text: string;
}

export const emptyDraft: Draft = {
  reason: '',
  message: '',
  note: '',
  questions: [''],
  email: '',
  checkMethod: '',
  checkDocuments: '',
  until: '',
  assignee: '',
  text: '',
};

/** The words of a draft, for where the form itself is gone. */
export function typedIn(draft: Draft = emptyDraft): string {
  return [draft.message, ...draft.questions, draft.note, draft.text].filter((text) => text.trim() !== '').join('\n');
}

/** Whether an action's body has a field: the contract says so, not this page. */
export function takes(action: CaseAction, field: string): boolean {
  return field in caseActionBodies[action].shape;
}

/** The reasons one of which has to be given now; empty: none. Approving needs one to bind a record in spite of a difference. */
export function reasonsFor(action: AllowedAction, record: Candidate | undefined): readonly string[] {
  if (action.name === 'approve') return record && !record.isWholeMatch ? overrideReasons : [];
  return action.reasons ?? [];
}

/** The reason that counts: the only one is given without asking. */
export function reasonOf(draft: Draft, reasons: readonly string[]): string | undefined {
  if (reasons.length === 1) return reasons[0];
  return reasons.includes(draft.reason) ? draft.reason : undefined;
}

export const needsNote = demandsNote;

/** Whether everything is there without which the server would refuse; so that a mail is asked for only when there can be one. */
export function isComplete(
  { name, needsRecord }: AllowedAction,
  body: Omit<MoveBody, 'version'>,
  reasons: readonly string[],
): boolean {
  if (reasons.length > 0 && body.reason === undefined) return false;
  if (needsRecord && !body.patientRecordId) return false;
  return casePreviewBodyOf(name)?.safeParse(body).success ?? false;
}

/** What is filled in and cannot be so, by field, in the words of the page; said before the server has to. */
export function mistakesIn(
  of: Pick<Case, 'subject'>,
  { latest }: Pick<AllowedAction, 'latest'>,
  { email, until }: Pick<MoveBody, 'email' | 'until'>,
  now: Date,
): { email?: 'case.sameEmail'; until?: 'case.untilPast' | 'case.untilTooFar' } {
  const untilMs = until ? Date.parse(until) : undefined;
  return {
    ...(email && emailKey(email) === emailKey(of.subject.email) && { email: 'case.sameEmail' as const }),
    ...(untilMs !== undefined && untilMs <= now.getTime() && { until: 'case.untilPast' as const }),
    ...(untilMs !== undefined && latest && untilMs > Date.parse(latest) && { until: 'case.untilTooFar' as const }),
  };
}

/** The body of the move, with the fields that its action takes and that were filled in. */
export function bodyOf(
  action: CaseAction,
  draft: Draft,
  reasons: readonly string[],
  record: string | null,
  timeZone?: string,
): Omit<MoveBody, 'version'> {
  const reason = reasonOf(draft, reasons);
  const questions = draft.questions.map((question) => question.trim()).filter(Boolean);
  const method = draft.checkMethod.trim();
  return {
    ...(reason && { reason }),
    ...(draft.note.trim() && { note: draft.note }),
    ...(speaks(action) && draft.message.trim() && { message: draft.message }),
    ...(takes(action, 'patientRecordId') && record && { patientRecordId: record }),
    ...(takes(action, 'questions') && { questions }),
    ...(takes(action, 'email') && { email: draft.email.trim() }),
    ...(takes(action, 'identityCheck') &&
      method && { identityCheck: { method, documentsSeen: draft.checkDocuments.trim() } }),
    ...(takes(action, 'until') && draft.until && { until: instantOfWallClock(draft.until, timeZone).toISOString() }),
    ...(takes(action, 'assignee') && { assignee: draft.assignee }),
    ...(takes(action, 'text') && { text: draft.text }),
  };
}

/** Moves whose mail has room for words of one's own. */
export function speaks(action: CaseAction): boolean {
  return action === 'approve' || action === 'reject' || action === 'revoke' || action === 'withdraw';
}

/**
 * The record that is chosen before anybody chose: the bound one, else the one that matches wholly, else the likeliest. Never
 * one under another name, first and last: that has to be somebody's choice.
 */
export function likelyRecord({ patientRecordId, matches }: Case): string | null {
  const likely = matches.find(({ isWholeMatch }) => isWholeMatch) ?? matches.find((match) => !isUnderOtherName(match));
  return patientRecordId ?? likely?.recordId ?? null;
}

function isUnderOtherName({ fields }: Candidate): boolean {
  const differs = (name: 'firstName' | 'lastName') =>
    fields.some(({ field, verdict }) => field === name && verdict === 'differs');
  return differs('firstName') && differs('lastName');
}
