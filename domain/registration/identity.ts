import { cleanText, postalKey } from '../people/normalise.ts';
import type { Policy } from '../policy/policy.ts';

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
  return postalKey(one.postalCode ?? '') !== '' && parts(one) === parts(other);
}
