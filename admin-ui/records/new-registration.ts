import type { WireBody } from '../../contract/route.ts';
import type { createCase } from '../../contract/routes/staff/cases.ts';
import { demandsNote } from '../../contract/rules.ts';
import type { PatientRecord } from './records.ts';

type NewRegistration = Extract<WireBody<typeof createCase>, { kind: 'registration' }>;

/** What is typed to send a registration e-mail. */
export interface TypedRegistration {
  isElsewhere: boolean;
  email: string;
  reason: string;
  note: string;
}

export const nothingTyped: TypedRegistration = { isElsewhere: false, email: '', reason: '', note: '' };

/** What is sent; another address and its reason only where that was chosen. */
export function registrationOf(
  { id, portal }: Pick<PatientRecord, 'id' | 'portal'>,
  { isElsewhere, email, reason, note }: TypedRegistration,
): NewRegistration {
  return {
    kind: 'registration',
    portal,
    patientRecordId: id,
    ...(isElsewhere && { email: email.trim(), ...(reason && { reason }) }),
    ...(note.trim() && { note }),
  };
}

/** Whether everything is there without which the server would refuse. */
export function isSendable({ isElsewhere, email, reason, note }: TypedRegistration): boolean {
  if (!isElsewhere) return true;
  if (!/^\S+@\S+\.\S+$/.test(email.trim()) || reason === '') return false;
  return !demandsNote(reason) || note.trim() !== '';
}
