import type { Visit } from '../visit.ts';

/** The fields of an application, as the API names them. */
export const claimFields = [
  'firstName',
  'lastName',
  'dateOfBirth',
  'email',
  'postalCode',
  'addressLine',
  'city',
  'phone',
  'language',
  'message',
] as const;
export type ClaimField = (typeof claimFields)[number];

/** What was answered so far. */
export type Draft = Partial<Record<ClaimField, string>>;

/** The answers the browser keeps. */
export function draftOf({ kept }: Pick<Visit, 'kept'>): Draft {
  return kept.apply ?? {};
}

/** Keeps answers beside those given before; an empty one is taken away. */
export function keepAnswers(visit: Visit, answers: Draft): void {
  const all = Object.entries({ ...draftOf(visit), ...answers });
  visit.kept.apply = Object.fromEntries(all.filter(([, value]) => value !== ''));
}
