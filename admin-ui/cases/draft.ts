import { type CaseAction, caseActionBodies } from '../../contract/schemas/case-actions.ts';
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
  /** As the field has it: local date and time. */
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

/** Reasons for binding a record in spite of a difference (asked for by `approve` then, and only then). */
export const overrideReasons = [
  'override_name_changed',
  'override_moved',
  'override_record_outdated',
  'override_other',
] as const;

/** The reasons one of which has to be given now; empty: none. */
export function reasonsFor(action: AllowedAction, record: Candidate | undefined): readonly string[] {
  if (action.name === 'approve') return record && !record.isWholeMatch ? overrideReasons : [];
  return action.reasons ?? [];
}

/** The reason that counts: the only one is given without asking. */
export function reasonOf(draft: Draft, reasons: readonly string[]): string | undefined {
  if (reasons.length === 1) return reasons[0];
  return reasons.includes(draft.reason) ? draft.reason : undefined;
}

export function needsNote(reason: string | undefined): boolean {
  return reason === 'other' || reason === 'override_other';
}

/** Whether everything is there without which the server would refuse; so that a mail is asked for only when there can be one. */
export function isComplete(action: CaseAction, body: Omit<MoveBody, 'version'>, reasons: readonly string[]): boolean {
  if (reasons.length > 0 && body.reason === undefined) return false;
  if (takes(action, 'questions') && !body.questions?.length) return false;
  if (takes(action, 'email') && !/^\S+@\S+\.\S+$/.test(body.email ?? '')) return false;
  if (takes(action, 'until') && !body.until) return false;
  if (takes(action, 'assignee') && !body.assignee) return false;
  return !takes(action, 'text') || Boolean(body.text);
}

/** The body of the move, with the fields that its action takes and that were filled in. */
export function bodyOf(
  action: CaseAction,
  draft: Draft,
  reasons: readonly string[],
  record: string | null,
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
    ...(takes(action, 'until') && draft.until && { until: new Date(draft.until).toISOString() }),
    ...(takes(action, 'assignee') && { assignee: draft.assignee }),
    ...(takes(action, 'text') && { text: draft.text }),
  };
}

/** Moves whose mail has room for words of one's own. */
export function speaks(action: CaseAction): boolean {
  return action === 'approve' || action === 'reject' || action === 'revoke' || action === 'withdraw';
}

/** The record that is chosen before anybody chose: the bound one, else the one that matches wholly. */
export function likelyRecord({ patientRecordId, matches }: Case): string | null {
  return patientRecordId ?? matches.find(({ isWholeMatch }) => isWholeMatch)?.recordId ?? matches[0]?.recordId ?? null;
}
