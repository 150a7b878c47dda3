import { z } from 'zod';

/** One page of a list. `total` is counted up to a cap; beyond it `totalIsCapped`. */
export function pageOf<S extends z.ZodType>(row: S) {
  return z.object({
    data: z.array(row),
    total: z.int(),
    totalIsCapped: z.boolean().describe('There are more than `total`.'),
  });
}

/** A schema that may also be null. Named schemas need this; `.nullable()` would publish the named one itself as nullable. */
export function orNull<S extends z.ZodType>(schema: S) {
  return z.union([schema, z.null()]);
}

/** What is answered, always alike, to wishes that are only noted. */
export const noted = z
  .object({
    status: z.literal('noted'),
    headline: z.string().describe('For the person.'),
    nextStep: z.string().describe('What happens now, for the person.'),
  })
  .meta({ id: 'Noted' });
