import { z } from 'zod';
import { uuid } from './scalars.ts';

/** What an event says: something changed, go and read it. `resync`: read everything anew. */
export const staffEvent = z
  .object({ resource: z.string(), id: uuid, version: z.int().optional() })
  .meta({ id: 'StaffEvent', description: 'Never personal data.' });
export type StaffEvent = z.output<typeof staffEvent>;
