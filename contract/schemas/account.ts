import { z } from 'zod';
import { orNull } from './answers.ts';
import { allowedAction } from './case.ts';
import { identityCheck } from './case-actions.ts';
import { historyFacts } from './history.ts';
import {
  emailAddress,
  instant,
  isoDate,
  languageTag,
  longText,
  reasonCode,
  skippable,
  typedPassword,
  uuid,
} from './scalars.ts';

export const accountState = z.enum(['active', 'locked', 'suspended', 'closed']);

const enrollment = z
  .object({
    id: uuid,
    practice: z.string().nullable(),
    enrolledAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: 'Enrollment' });

/** For the person also what of the record it shows. */
const ownEnrollment = enrollment
  .extend({ opens: z.object({ messages: z.boolean(), record: z.enum(['none', 'some', 'all']) }) })
  .meta({ id: 'OwnEnrollment' });

/** For staff also the record it opens. */
const recordEnrollment = enrollment.extend({ patientRecordId: uuid }).meta({ id: 'RecordEnrollment' });

/** Who is signed in, for the person. */
export const ownAccount = z
  .object({
    id: uuid,
    portal: z.string(),
    username: z.string(),
    email: z.string(),
    firstName: z.string(),
    state: accountState,
    limited: z.boolean().describe('Bound to no patient record.'),
    notifyByEmail: z.boolean(),
    language: z.string(),
  })
  .meta({ id: 'OwnAccount' });
export type OwnAccount = z.output<typeof ownAccount>;

export const ownProfile = ownAccount
  .extend({
    enrollments: z.array(ownEnrollment),
    createdAt: instant,
    passwordChangedAt: instant,
    pendingEmailHint: z.string().nullable().describe('A new address that waits for its 8 numbers, masked.'),
  })
  .meta({ id: 'OwnProfile' });
export type OwnProfile = z.output<typeof ownProfile>;

export const signInBody = z.strictObject({
  login: z.string().min(1, { error: 'Type your username.' }).max(320),
  password: typedPassword,
});
export const accountSession = z.object({ account: ownAccount }).meta({ id: 'AccountSession' });

export const preferencesBody = z.strictObject({
  notifyByEmail: z.boolean().optional(),
  language: languageTag.min(1).optional(),
});
export const changePasswordBody = z.strictObject({ currentPassword: typedPassword, newPassword: typedPassword });
export const changeOwnEmailBody = z.strictObject({ email: emailAddress, currentPassword: typedPassword });

export const passwordChanged = z.object({ passwordChangedAt: instant }).meta({ id: 'PasswordChanged' });
export const emailChangeStarted = z
  .object({ needsMailboxCode: z.boolean(), emailHint: z.string(), codeExpiresAt: instant })
  .meta({ id: 'EmailChangeStarted' });

/** One line of the account's own log, in the person's words. */
export const activityEntry = z
  .object({
    id: uuid,
    at: instant,
    action: z.string(),
    text: z.string(),
    template: z.string().nullable().describe('Which mail it was, where it is about one.'),
    device: z.string().nullable(),
  })
  .meta({ id: 'ActivityEntry' });
export type ActivityEntry = z.output<typeof activityEntry>;

/** What lists show staff of an account. */
const accountRow = {
  id: uuid,
  version: z.int(),
  portal: z.string(),
  username: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  dateOfBirth: isoDate,
  state: accountState,
  createdAt: instant,
};

export const accountListItem = z.object(accountRow).meta({ id: 'AccountListItem' });
export type AccountListItem = z.output<typeof accountListItem>;

export const staffAccount = z
  .object({
    ...accountRow,
    limited: z.boolean(),
    passwordChangedAt: instant,
    failedSignIns: z.int().describe('Since the last good one.'),
    signInWaitsTo: instant.nullable().describe('Until then every try is refused.'),
    lastSignInAt: instant.nullable(),
    notifyByEmail: z.boolean(),
    language: z.string(),
    termsVersion: z.string(),
    termsAcceptedAt: instant,
    caseId: uuid.nullable().describe('The case that opened it.'),
    enrollments: z.array(recordEnrollment),
    history: z.array(
      z.object({
        at: instant,
        ...historyFacts,
        by: z.string().nullable(),
        note: z.string().nullable().describe('Private; never mailed.'),
        identityCheck: orNull(z.object({ method: z.string(), documentsSeen: z.string() })).describe(
          'How the member made sure who the person is.',
        ),
      }),
    ),
    allowedActions: z.array(allowedAction),
  })
  .meta({ id: 'StaffAccount' });
export type StaffAccount = z.output<typeof staffAccount>;

export const accountActions = ['suspend', 'restore', 'unlock', 'close', 'changeEmail'] as const;
export const accountAction = z.enum(accountActions);
export type AccountAction = z.output<typeof accountAction>;

const decision = {
  version: z.int().min(1),
  reason: skippable(reasonCode),
  note: skippable(longText(0, 2000)),
  identityCheck: identityCheck.optional(),
};

/** The body each action takes; anything else in it is refused. */
export const accountActionBodies = {
  suspend: z.strictObject(decision),
  restore: z.strictObject(decision),
  unlock: z.strictObject(decision),
  close: z.strictObject(decision),
  changeEmail: z.strictObject({ ...decision, email: emailAddress }),
} as const satisfies Record<AccountAction, z.ZodObject>;

/** Any action's body as one type. */
export const accountActionBody = z
  .strictObject({ ...decision, email: emailAddress.optional().describe('changeEmail') })
  .meta({ id: 'AccountActionBody' });
export type AccountActionBody = z.output<typeof accountActionBody>;

/** The schema of one action's body; undefined when there is no such action. */
export function accountActionBodyOf(action: unknown): z.ZodObject | undefined {
  const known = accountAction.safeParse(action);
  return known.success ? accountActionBodies[known.data] : undefined;
}
