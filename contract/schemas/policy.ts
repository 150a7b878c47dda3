import { z } from 'zod';
import { hasForbiddenCharacters } from '../../domain/people/normalise.ts';
import { identityCheckActions, type Policy } from '../../domain/policy/policy.ts';
import { policyProblems } from '../../domain/policy/policy-rules.ts';
import { orNull } from './answers.ts';
import { emailAddress, instant, isoDate, longText, portalId, skippable, uuid } from './scalars.ts';

/** Kept as written; what could hide or reorder text is refused, in one line also line ends. */
function text(longest: number, { lines = false } = {}) {
  return z
    .string()
    .max(longest)
    .refine((given) => !hasForbiddenCharacters(given, { lines }), {
      error: 'Leave out characters that cannot be seen.',
    });
}

const duration = z.string().max(40).describe('ISO 8601, like P60D, P6M or PT24H.');
const durations = z.array(duration).max(20);
const count = z.int();

const policyShape = z.strictObject({
  version: z.int().min(1),
  name: text(100),
  timeZone: text(60),
  locale: text(35),
  officeHours: z.strictObject({ days: z.array(z.int()).max(7), open: text(5), close: text(5) }),
  holidays: z.array(isoDate).max(400),
  sender: z.strictObject({ name: text(100), address: emailAddress }),
  support: z.strictObject({ email: emailAddress, phone: text(60) }),
  terms: z.strictObject({ version: text(100), title: text(200), text: text(50_000, { lines: true }) }),
  patientPortal: portalId.nullable(),
  languages: z.array(text(35)).max(20),
  privacyPolicy: z.strictObject({ version: text(100), url: text(2000) }),
  theme: z.strictObject({ brand: text(20), onBrand: text(20), logo: text(20_000).nullable() }),
  identityCheckFor: z.array(z.enum(identityCheckActions)).max(identityCheckActions.length),
  account: z.strictObject({
    signInBy: z.array(z.enum(['username', 'email'])).max(2),
    sharedEmail: z.boolean(),
    questions: z.strictObject({ count, caseSensitive: z.boolean() }),
    secondFactor: z.strictObject({
      rule: z.enum(['off', 'optional', 'mandatory']),
      methods: z.array(z.enum(['app', 'email', 'sms'])).max(3),
    }),
    passwordMaxAge: duration.nullable(),
    lockout: z.strictObject({ after: count, unlockBy: z.enum(['reset', 'staff']) }),
  }),
  application: z.strictObject({
    open: z.boolean(),
    approval: z.enum(['staff', 'automatic']),
    minimumAge: count,
    targetBusinessDays: count,
    promiseBusinessDays: count,
    answerWithin: duration,
    answerReminders: durations,
    recordRequired: z.boolean(),
    fourEyes: z.boolean(),
  }),
  accessCode: z.strictObject({
    lifetime: duration,
    reminders: durations,
    reissueWindow: duration,
    stepUpAfter: duration,
    selfRenewals: count,
    maxTries: count,
    identityTries: count,
  }),
  registration: z.strictObject({
    lifetime: duration,
    reminders: durations,
    identityTries: count,
    namesIgnoreCase: z.boolean(),
    selfSignUp: z.array(z.enum(['code', 'mrn'])).max(2),
    linkProof: z.enum(['username_or_answers', 'answers', 'password']),
  }),
  limits: z.strictObject({
    applicationsPerHour: count,
    statusPerHour: count,
    activationsPerHour: count,
    loginsPerMinute: count,
  }),
});

/** A portal's policy as it is exchanged (api.md "Policy document"). Every wrong field is named by its path. */
export const policyDocument = policyShape
  .superRefine(nameEachProblem)
  .meta({ id: 'Policy' }) satisfies z.ZodType<Policy>;

/** What replaces it: the document, and beside its fields why. The note is no part of the policy, which is answered without it. */
export const policyReplacement = policyShape
  .extend({
    note: skippable(longText(0, 1000)).describe('Why it is replaced; kept with the version, for staff alone.'),
  })
  .superRefine(nameEachProblem)
  .meta({ id: 'PolicyReplacement' });

function nameEachProblem(policy: Policy, context: z.core.$RefinementCtx): void {
  for (const [path, message] of Object.entries(policyProblems(policy))) {
    context.addIssue({ code: 'custom', path: path.split('.'), message });
  }
}

/** The policy as it is read: with `?with=runningCases` also how many running cases keep which version. Never sent back. */
export const policyAnswer = policyShape
  .extend({
    runningCases: z
      .array(z.object({ version: z.int(), count: z.int() }))
      .optional()
      .describe('Only when asked for with `with=runningCases`; newest version first.'),
  })
  .meta({ id: 'PolicyAnswer' });

export const policyQuery = z.strictObject({
  with: z.literal('runningCases').optional().describe('What is to be answered besides the document.'),
});

/** One version of a policy: what it changed, by the fields' paths in the document. */
export const policyVersion = z
  .object({
    version: z.int(),
    at: instant.describe('Since when it was in force.'),
    by: orNull(z.object({ id: uuid, name: z.string() })).describe('Null for the one a portal began with.'),
    changed: z.array(z.string()).describe('Fields that differ from the version before; empty for the first.'),
    note: z.string().nullable().describe('Why, for staff alone.'),
  })
  .meta({ id: 'PolicyVersion' });
export type PolicyVersion = z.output<typeof policyVersion>;
