import { z } from 'zod';
import { dateOfBirth, emailAddress, instant, typedCode, typedPassword, typedUsername, uuid } from './scalars.ts';

export const activationSteps = ['identity', 'email', 'credentials', 'notifications', 'terms'] as const;
export const activationStep = z.enum(activationSteps);
export type ActivationStep = z.output<typeof activationStep>;

/** Where the person is. Everything after the first four is said from the step on at which it matters. */
export const activationView = z
  .object({
    step: activationStep,
    steps: z.array(activationStep).describe('All of them, in order.'),
    expiresAt: instant.describe('When the half-finished activation ends.'),
    emailHint: z.string().describe('The masked address.'),
    needsMailboxCode: z.boolean().describe('The 8 numbers are due before the next step.'),
    mailboxHint: z.string().optional().describe('The masked address the 8 numbers go to.'),
    codeExpiresAt: instant.optional().describe('Until when the 8 numbers sent last work.'),
    username: z.string().optional(),
    termsVersion: z.string().optional().describe('At `terms`: the version to accept.'),
  })
  .meta({ id: 'Activation' });
export type ActivationView = z.output<typeof activationView>;

/** Any text is taken here; what is not a code is refused like a wrong one. */
export const accessCodeBody = z.strictObject({ accessCode: typedCode });
export const identityBody = z.strictObject({ dateOfBirth });
/** Another address, or `keep` for the one that `emailHint` masks, which a page need not know. */
export const emailBody = z
  .strictObject({ email: emailAddress.optional(), keep: z.literal(true).optional() })
  .superRefine(({ email, keep }, context) => {
    if ((email === undefined) === (keep === undefined)) {
      const message = keep ? 'Either keep the address or give another one.' : 'This is needed.';
      context.addIssue({ code: 'custom', path: ['email'], message });
    }
  });
export const mailboxCodeBody = z.strictObject({ code: typedCode });
export const credentialsBody = z.strictObject({ username: typedUsername, password: typedPassword });
export const notificationsBody = z.strictObject({ optIn: z.boolean({ error: 'Choose yes or no.' }) });
export const completeBody = z.strictObject({
  acceptTerms: z.literal(true, { error: 'Tick the box to accept the terms.' }),
  termsVersion: z.string().min(1).max(100),
});

export const activated = z.object({ accountId: uuid, username: z.string() }).meta({ id: 'Activated' });
