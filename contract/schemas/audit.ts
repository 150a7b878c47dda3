import { z } from 'zod';
import { identifier, instant, uuid } from './scalars.ts';

/** One entry; `action` is the move's name. */
export const auditEntry = z
  .object({
    id: uuid,
    at: instant,
    actor: z.object({ kind: z.enum(['member', 'person', 'engine']), id: uuid.nullable(), name: z.string().nullable() }),
    action: z.string(),
    portal: z.string().optional(),
    caseId: uuid.optional(),
    reference: z.string().optional().describe('Of the case.'),
    accountId: uuid.optional(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.output<typeof auditEntry>;

/** Newest first; the next page is asked for by `before` = `next`. */
export const auditPage = z
  .object({ data: z.array(auditEntry), next: uuid.nullable().describe('Null at the end.') })
  .meta({ id: 'AuditPage' });

export const auditQuery = z.strictObject({
  before: uuid.optional().describe('Only what is older than this entry.'),
  perPage: z.coerce.number().int().min(1).max(100).default(25),
  action: identifier.optional(),
  actor: uuid.optional(),
  caseId: uuid.optional(),
  accountId: uuid.optional(),
});

export const auditVerification = z
  .object({
    ok: z.boolean(),
    checked: z.int().describe('Entries looked at.'),
    sealedTo: z.int().describe('The number of the last seal; 0 before the first.'),
    problems: z.array(
      z.object({
        auditId: uuid.nullable(),
        no: z.int().nullable(),
        kind: z.enum(['altered', 'missing', 'unsealed', 'order']),
      }),
    ),
  })
  .meta({ id: 'AuditVerification' });
export type AuditVerification = z.output<typeof auditVerification>;
