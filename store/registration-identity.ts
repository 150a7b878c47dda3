import { isOldEnough } from '../domain/people/dates.ts';
import { cleanText, postalKey } from '../domain/people/normalise.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { LockReason } from '../domain/registration/reasons.ts';
import type { Transaction } from './database.ts';
import { type RecordRow, recordColumns } from './patient-records.ts';

/** What a person is identified by. */
export interface Identity {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  postalCode: string | null;
}

/**
 * Whether two say the same person: names exactly, after trimming and NFC, their letter case only where it counts; ZIP codes by
 * their 5 digits, the date as it is (lifecycles.md §2). An apostrophe is one however it is set: telephones type another than
 * files hold. Without a ZIP code it is never the same.
 */
export function isSameIdentity(
  one: Identity,
  other: Identity,
  { namesIgnoreCase }: Pick<Policy['registration'], 'namesIgnoreCase'>,
): boolean {
  const name = (text: string) => {
    const clean = cleanText(text).replace(/[\u2018\u2019\u02bc`\u00b4]/gu, "'");
    return namesIgnoreCase ? clean.toLowerCase().normalize('NFC') : clean;
  };
  const parts = ({ firstName, lastName, dateOfBirth, postalCode }: Identity) =>
    JSON.stringify([name(firstName), name(lastName), dateOfBirth, postalKey(postalCode ?? '')]);
  return Boolean(one.postalCode && other.postalCode) && parts(one) === parts(other);
}

/** A record with its practice, as registering is judged by. */
export interface RecordOfPractice extends RecordRow {
  practice: string | null;
  isPracticeClosed: boolean;
}

/** The record as it stands now; undefined without one. */
export async function recordOfPractice(tx: Transaction, id: string | null): Promise<RecordOfPractice | undefined> {
  const [record] = await tx.query<RecordOfPractice & Record<string, unknown>>(
    `SELECT ${recordColumns}, p.name AS practice, COALESCE(p.closed_at <= gatehouse_now(), false) AS "isPracticeClosed"
     FROM patient_records r LEFT JOIN practices p ON p.id = r.practice_id WHERE r.id = $1`,
    [id],
  );
  return record;
}

/** Why a record cannot be registered by its person now, whoever it is; undefined when it can. */
export function recordObstacle(record: RecordOfPractice, policy: Policy, now: Date): LockReason | undefined {
  if (record.deceasedOn !== null || record.mergedInto !== null || record.confidential) return 'record_unusable';
  if (record.isPracticeClosed) return 'practice_closed';
  const isOfAge = isOldEnough(record.dateOfBirth, policy.application.minimumAge, now, policy.timeZone);
  return isOfAge ? undefined : 'under_age';
}
