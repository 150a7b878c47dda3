import { z } from 'zod';
import { orNull } from './answers.ts';
import { caseListItem } from './case.ts';
import { uuid } from './scalars.ts';

/** How many cases one call assigns. */
export const mostAssigned = 100;

export const assignmentsBody = z
  .strictObject({
    assignee: uuid,
    cases: z
      .array(
        z.strictObject({ id: uuid, version: z.int().min(1).describe('The version seen; an older one is refused.') }),
      )
      .min(1)
      .max(mostAssigned)
      .refine((cases) => new Set(cases.map(({ id }) => id)).size === cases.length, { error: 'Name each case once.' }),
  })
  .meta({ id: 'CaseAssignments' });

/** What became of each case, in the order they were named. */
export const assignmentResults = z
  .object({
    assigned: z.int(),
    refused: z.int(),
    results: z.array(
      z.object({
        id: uuid,
        case: orNull(caseListItem).describe('The case after it was assigned; null when it was refused.'),
        problem: orNull(
          z.object({
            code: z.string(),
            detail: z.string().describe('For a person.'),
            nextStep: z.string(),
            current: z.object({ state: z.string(), version: z.int() }).optional().describe('What is so now.'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'CaseAssignmentResults' });
export type AssignmentResults = z.output<typeof assignmentResults>;
