import { isOldEnough } from '../people/dates.ts';
import type { Policy } from '../policy/policy.ts';
import type { RegistrationObstacle } from './obstacles.ts';
import type { LockReason } from './reasons.ts';

/** What of a patient record says whether it may be registered at all. */
export interface RecordStanding {
  mergedInto: string | null;
  deceasedOn: string | null;
  confidential: boolean;
  isPracticeClosed: boolean;
  dateOfBirth: string;
}

/** What of the record itself stands in the way, before and after sending; undefined: nothing. */
export function recordObstacle({
  mergedInto,
  deceasedOn,
  confidential,
  isPracticeClosed,
}: RecordStanding):
  | Extract<RegistrationObstacle, 'merged' | 'deceased' | 'confidential' | 'practice_closed'>
  | undefined {
  if (mergedInto !== null) return 'merged';
  if (deceasedOn !== null) return 'deceased';
  if (confidential) return 'confidential';
  return isPracticeClosed ? 'practice_closed' : undefined;
}

/** Whether the record's person is too young for an account of their own, on the day in the portal's zone. */
export function isMinor({ dateOfBirth }: Pick<RecordStanding, 'dateOfBirth'>, policy: Policy, now: Date): boolean {
  return !isOldEnough(dateOfBirth, policy.application.minimumAge, now, policy.timeZone);
}

/** The same when the record's person stands before us: why their link is locked; undefined: they go on. */
export function lockReasonOf(record: RecordStanding, policy: Policy, now: Date): LockReason | undefined {
  const obstacle = recordObstacle(record);
  if (obstacle === 'practice_closed') return obstacle;
  if (obstacle) return 'record_unusable';
  return isMinor(record, policy, now) ? 'under_age' : undefined;
}
