import { z } from 'zod';
import { linkProofs } from '../../domain/registration/link-proofs.ts';
import { questionOf } from '../../domain/registration/security-questions.ts';
import { pageOf } from './answers.ts';
import {
  dateOfBirth,
  instant,
  lineText,
  personName,
  postalCode,
  typedCode,
  typedPassword,
  typedUsername,
} from './scalars.ts';

export const registrationSteps = ['identification', 'profile', 'verification', 'disclaimer'] as const;
export const registrationStep = z.enum(registrationSteps);
export type RegistrationStep = z.output<typeof registrationStep>;

export { type LinkProof, linkProofs } from '../../domain/registration/link-proofs.ts';

const question = z.object({ id: z.string(), text: z.string() });

/** Where the person is. What follows `triesLeft` is said from the step on at which it matters. */
export const registrationView = z
  .object({
    step: registrationStep,
    steps: z
      .array(registrationStep)
      .describe('Those of this walk, in order; before identification, as for a new account.'),
    expiresAt: instant.describe('When the half-finished registration ends.'),
    linkExpiresAt: instant.describe('Until when the link works.'),
    triesLeft: z.int().optional().describe('At `identification` and `verification`.'),
    proofs: z.array(z.enum(linkProofs)).optional().describe('At `verification`: what is offered; one is enough.'),
    practice: z
      .string()
      .nullable()
      .optional()
      .describe('At `verification`: the practice that is to be added to the account.'),
    questions: z
      .array(question)
      .optional()
      .describe("At `verification`, where `answers` is offered: the account's own."),
    securityQuestionCount: z.int().optional().describe('At `profile`: how many questions are to be chosen.'),
    username: z.string().optional().describe('At `disclaimer`, of a new account.'),
    termsVersion: z.string().optional().describe('At `disclaimer`: the version to accept.'),
  })
  .meta({ id: 'Registration' });
export type RegistrationView = z.output<typeof registrationView>;

/** Any text is taken; what is no link is refused like an unknown one. */
export const linkBody = z.strictObject({ token: typedCode });

export const identificationBody = z.strictObject({
  firstName: personName,
  lastName: personName,
  dateOfBirth,
  postalCode,
});

/** A question from the list: its id, or its text as it was shown. */
const chosenQuestion = z
  .string()
  .max(300)
  .transform((typed, context) => {
    const id = questionOf(typed);
    if (id === undefined) context.addIssue({ code: 'custom', message: 'Choose a question.' });
    return id ?? z.NEVER;
  })
  .describe('Its id in the list of questions.');

const answerText = lineText(1, 100, 'Type the answer.');

export const profileBody = z.strictObject({
  username: typedUsername,
  password: typedPassword,
  securityQuestions: z
    .array(z.strictObject({ question: chosenQuestion, answer: answerText }))
    .max(5)
    .default([]),
});

/** Both answers, or the username, with the password where the portal asks for it. */
export const verificationBody = z
  .strictObject({
    answers: z.array(lineText(0, 100)).max(5).optional(),
    username: typedUsername.optional(),
    password: typedPassword.optional(),
  })
  .superRefine(({ answers, username, password }, context) => {
    const isOne = (answers === undefined) !== (username === undefined);
    if (!isOne) {
      context.addIssue({ code: 'custom', path: ['answers'], message: 'Give either the answers or the username.' });
    }
    if (answers !== undefined && password !== undefined) {
      context.addIssue({ code: 'custom', path: ['password'], message: 'The password goes with the username.' });
    }
  });

export const completeRegistrationBody = z.strictObject({
  acceptTerms: z.literal(true, { error: 'Tick the box to accept the terms.' }),
  termsVersion: z.string().min(1).max(100),
});

export const registrationOutcome = z
  .object({
    outcome: z.enum(['registered', 'linked']),
    username: z.string().optional().describe('Of a new account.'),
    practice: z.string().nullable().optional().describe('Linked: the practice that is on the account now.'),
  })
  .meta({ id: 'RegistrationOutcome' });
export type RegistrationOutcome = z.output<typeof registrationOutcome>;

export const securityQuestionList = pageOf(question)
  .extend({
    count: z.int().describe('How many a new account has to choose; 0 = none are asked.'),
    caseSensitive: z.boolean().describe('Whether letter case counts in answers.'),
  })
  .meta({ id: 'SecurityQuestions' });
export type SecurityQuestionList = z.output<typeof securityQuestionList>;
