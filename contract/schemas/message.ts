import { z } from 'zod';
import { instant, uuid } from './scalars.ts';

export const messageState = z.enum(['queued', 'accepted', 'refused', 'unknown', 'bounced']);

/** One mail with its delivery truth. */
export const message = z
  .object({
    id: uuid,
    template: z.string(),
    state: messageState,
    to: z.string().nullable().describe('Null for members who may see the state alone.'),
    portal: z.string(),
    caseId: uuid.nullable(),
    reference: z.string().nullable(),
    queuedAt: instant,
    settledAt: instant.nullable(),
    attempts: z.int(),
    lastProblem: z.string().nullable().describe('Why the last try failed, without personal data.'),
    canResend: z.boolean(),
  })
  .meta({ id: 'Message' });
export type Message = z.output<typeof message>;

/** A mail as its reader sees it, but for its secret. */
export const renderedMail = z
  .object({
    template: z.string(),
    to: z.string(),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
  })
  .meta({ id: 'RenderedMail', description: 'Secrets are shown as dots.' });
export type RenderedMail = z.output<typeof renderedMail>;

/** What an action would mail. All null when it mails nothing. */
export const mailPreview = z
  .object({
    template: z.string().nullable(),
    to: z.string().nullable(),
    subject: z.string().nullable(),
    html: z.string().nullable(),
    text: z.string().nullable(),
    also: z.array(renderedMail).describe('Further mails of the same action.'),
  })
  .meta({ id: 'MailPreview' });
export type MailPreview = z.output<typeof mailPreview>;
