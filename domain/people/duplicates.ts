import { emailKey, nameKey } from './normalise.ts';

/**
 * One text for "same normalised e-mail, date of birth and last name" (lifecycles.md §1), to index and compare. None of
 * the parts can hold a blank, so no two persons share a key by accident. It is personal data.
 */
export function duplicateKey(person: { email: string; dateOfBirth: string; lastName: string }): string {
  return [emailKey(person.email), person.dateOfBirth, nameKey(person.lastName)].join(' ');
}
