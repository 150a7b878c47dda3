/** Why a patient record cannot be bound to a case; of several the first of this list is told. */
export const recordTroubles = [
  'other_portal',
  'deceased',
  'merged',
  'confidential',
  'has_account',
  'approved_already',
] as const;
export type RecordTroubleCode = (typeof recordTroubles)[number];
