import { z } from 'zod';
import { uuid } from './scalars.ts';

/**
 * What the history of a case or an account tells of one happening: a sentence in English, and the codes it was made of, so that
 * whoever shows it can say it in another language.
 */
export const historyFacts = {
  action: z.string().describe("The move's name."),
  text: z.string().describe('A sentence for staff.'),
  actor: z.object({ kind: z.enum(['member', 'person', 'engine']), id: uuid.nullable(), name: z.string().nullable() }),
  reason: z.string().nullable(),
  detail: z
    .object({
      source: z.string().describe('submitted: where it came from.'),
      isPossibleDuplicate: z.boolean().describe('submitted'),
      assigneeName: z.string().describe('assign'),
      mrn: z.string().describe('approve: of the record that was bound.'),
      until: z.string().describe('extend, code_issued: the new end, RFC 3339.'),
      template: z.string().describe('Of the mail it is about.'),
    })
    .partial()
    .describe('What else the sentence tells.'),
};
