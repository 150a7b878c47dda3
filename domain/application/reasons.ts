/** Reason codes of the application (lifecycles.md §1). `other` and `override_other` also demand a note. */
export const rejectReasons = [
  'not_a_patient',
  'identity_not_confirmed',
  'under_age',
  'duplicate_of_account',
  'record_confidential',
  'deceased',
  'suspected_fraud',
  'other',
] as const;

export const askReasons = [
  'address_incomplete',
  'name_differs_from_record',
  'birth_date_differs',
  'need_document',
  'other',
] as const;

/** For approving, and only when a record is bound in spite of a difference. */
export const overrideReasons = [
  'override_name_changed',
  'override_moved',
  'override_record_outdated',
  'override_other',
] as const;

export const resumeReasons = ['answered_otherwise'] as const;
export const withdrawReasons = ['by_applicant'] as const;
export const reopenReasons = ['decided_in_error', 'new_information', 'other'] as const;

/** Written by `left_unanswered` alone. */
export const noResponse = 'no_response';

const demandingNote: readonly string[] = ['other', 'override_other'];

/** Whether a reason says too little without a note. */
export function demandsNote(reason: string | undefined): boolean {
  return reason !== undefined && demandingNote.includes(reason);
}

export type RejectReason = (typeof rejectReasons)[number];
export type AskReason = (typeof askReasons)[number];
export type OverrideReason = (typeof overrideReasons)[number];
