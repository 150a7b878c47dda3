import type { WireBody } from '../../contract/route.ts';
import type { createCase } from '../../contract/routes/staff/cases.ts';
import { kept } from '../parts/kept.ts';

type NewCase = Extract<WireBody<typeof createCase>, { kind: 'application' }>;
type Subject = NewCase['subject'];
export type ClaimField = keyof Subject;

/** What is typed of one form, as the inputs have it. */
export type TypedClaim = Readonly<Record<ClaimField, string>> & { readonly portal: string };

export const emptyClaim: TypedClaim = {
  portal: '',
  firstName: '',
  lastName: '',
  dateOfBirth: '',
  email: '',
  postalCode: '',
  phone: '',
  addressLine: '',
  city: '',
  region: '',
  sexAtBirth: '',
  language: '',
  message: '',
};

/** A half-typed form outlives a look at the queue, but not the page; by member, for another may sign in. */
export const typedClaims = kept<Readonly<Record<string, TypedClaim>>>({});

export const sexes = ['female', 'male', 'other', 'unknown'] as const satisfies readonly NonNullable<
  Subject['sexAtBirth']
>[];

/** What is sent: what was left empty is left out, except what is needed, of which the server says so beside its field. */
export function caseOf(typed: TypedClaim): NewCase {
  const { portal, firstName, lastName, dateOfBirth, email, postalCode, sexAtBirth, ...more } = typed;
  const given = Object.fromEntries(Object.entries(more).filter(([, text]) => text.trim() !== ''));
  const sex = sexes.find((each) => each === sexAtBirth);
  return {
    kind: 'application',
    portal,
    subject: { firstName, lastName, dateOfBirth, email, postalCode, ...given, ...(sex && { sexAtBirth: sex }) },
  };
}

export function isEmpty({ portal: _portal, ...typed }: TypedClaim): boolean {
  return Object.values(typed).every((text) => text === '');
}
