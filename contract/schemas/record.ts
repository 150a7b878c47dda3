import { z } from 'zod';
import { instant, isoDate, portalId, uuid } from './scalars.ts';

/** The organisation's own entry for a person. */
export const patientRecord = z
  .object({
    id: uuid,
    portal: z.string(),
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: isoDate,
    postalCode: z.string().nullable(),
    email: z.string().nullable(),
    sex: z.string().nullable(),
    practice: z.string().nullable(),
    primaryCareProvider: z.string().nullable(),
    deceasedOn: isoDate.nullable(),
    confidential: z.boolean(),
    mergedInto: uuid.nullable(),
    importedAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'PatientRecord' });
export type PatientRecord = z.output<typeof patientRecord>;

export const importBody = z.strictObject({
  portal: portalId,
  csv: z.string().min(1).describe('With a header line; UTF-8; comma, quotes doubled.'),
});

/** What became of each line. */
export const importResult = z
  .object({
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    rows: z.array(
      z.object({
        line: z.int().describe('Counted from 1, the header line.'),
        outcome: z.enum(['created', 'updated', 'unchanged', 'refused']),
        mrn: z.string().nullable(),
        id: uuid.nullable(),
        errors: z.record(z.string(), z.string()).optional().describe('Column → what is wrong.'),
      }),
    ),
  })
  .meta({ id: 'ImportResult' });
export type ImportResult = z.output<typeof importResult>;
