import { z } from 'zod';
import { publicStatusOf } from '../../domain/application/lifecycle.ts';
import {
  dateOfBirth,
  emailAddress,
  instant,
  languageTag,
  lineText,
  longText,
  personName,
  phoneNumber,
  postalCode,
  skippable,
  typedReference,
} from './scalars.ts';

/** What an applicant, or the office for them, gives. */
export const applicant = z
  .strictObject({
    firstName: personName,
    lastName: personName,
    dateOfBirth,
    email: emailAddress,
    postalCode,
    phone: skippable(phoneNumber),
    addressLine: skippable(lineText(0, 200)),
    city: skippable(lineText(0, 100)),
    region: skippable(lineText(0, 100)),
    sexAtBirth: z.enum(['female', 'male', 'other', 'unknown']).optional(),
    language: skippable(languageTag),
    message: skippable(longText(0, 2000)),
  })
  .meta({ id: 'Applicant' });
export type Applicant = z.output<typeof applicant>;

/** The public form: the same, and a field no person sees; programs that fill it are thanked and forgotten. */
export const applicationForm = applicant.extend({ website: z.string().optional() }).meta({ id: 'ApplicationForm' });

export const applicationReceipt = z
  .object({
    reference: z.string(),
    receivedAt: instant,
    promisedBy: instant,
    status: z.literal('received'),
  })
  .meta({ id: 'ApplicationReceipt' });
export type ApplicationReceipt = z.output<typeof applicationReceipt>;

/** How a person shows that an application is theirs. An unreadable reference is one that does not exist. */
export const applicationProof = z
  .strictObject({ reference: typedReference, dateOfBirth })
  .meta({ id: 'ApplicationProof' });
export type ApplicationProof = z.output<typeof applicationProof>;

export const applicationAnswers = applicationProof
  .extend({ answers: z.array(longText(1, 2000)).min(1).max(10).describe('One for each question, in order.') })
  .meta({ id: 'ApplicationAnswers' });

export const publicStatus = z.enum([...new Set(Object.values(publicStatusOf))]);

/** Finer than the status: what there is to say to the person, one text for each. */
export const publicSituation = z.enum([
  'received',
  'in_review',
  'waiting_for_you',
  'approved',
  'code_sent',
  'code_dead',
  'expired',
  'expired_call',
  'active',
  'closed',
]);
export type PublicSituation = z.output<typeof publicSituation>;

/** Where an application is, for the person; nothing in it says who they are. */
export const publicApplication = z
  .object({
    status: publicStatus,
    situation: publicSituation.describe('Which text `headline` and `nextStep` are, for pages with words of their own.'),
    headline: z.string(),
    nextStep: z.string(),
    steps: z
      .array(z.object({ name: z.enum(['received', 'in_review', 'code_sent', 'active']), at: instant.optional() }))
      .describe('The way through; `at` where it was reached.'),
    promisedBy: instant.optional(),
    businessDaysLeft: z.int().optional(),
    questions: z.array(z.string()).optional(),
    answerBy: instant.optional(),
    expiresAt: instant.optional(),
    canRenew: z.boolean().optional(),
    renewedFor: z.string().optional().describe('While `canRenew`: how long the new code would work, ISO 8601.'),
  })
  .meta({ id: 'PublicApplication' });
export type PublicApplication = z.output<typeof publicApplication>;
