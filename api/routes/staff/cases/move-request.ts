import type { CaseAction, CasePreviewBody } from '../../../../contract/schemas/case-actions.ts';
import type { MoveRequest } from '../../../../store/moves.ts';
import type { StaffActor } from '../staff-actor.ts';

/** What a member asks for, as the one door takes it. */
export function moveRequestOf(
  caseId: string,
  move: CaseAction,
  body: CasePreviewBody,
  actor: StaffActor,
): MoveRequest & { input: NonNullable<MoveRequest['input']> } {
  const { version, reason, note, message, text, identityCheck, assignee, patientRecordId, questions, email, until } =
    body;
  return {
    caseId,
    move,
    actor,
    expectedVersion: version,
    reason,
    note: move === 'note' ? text : note,
    message,
    ...(identityCheck && { identityCheck: identityCheckOf(identityCheck) }),
    input: {
      ...(assignee !== undefined && { assignee }),
      ...(patientRecordId && { patientRecordId }),
      ...(questions && { questions }),
      ...(email !== undefined && { email }),
      ...(until && { until }),
    },
  };
}

/** As it is kept: the documents as one text. */
export function identityCheckOf({ method, documentsSeen }: { method: string; documentsSeen: readonly string[] }) {
  return { method, documentsSeen: documentsSeen.join(', ') };
}
