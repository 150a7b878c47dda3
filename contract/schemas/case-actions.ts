import { z } from 'zod';
import { caseStaffMoves } from '../../domain/case-names.ts';
import { emailAddress, instant, longText, reasonCode, skippable, uuid } from './scalars.ts';

/** How somebody made sure who a person is (policy `identityCheckFor`). */
export const identityCheck = z.strictObject({
  method: longText(1, 100).describe('How: by call-back, in person, …'),
  documentsSeen: z
    .union([longText(0, 500), z.array(longText(1, 100)).max(10)])
    .transform((seen) => (typeof seen === 'string' ? [seen].filter(Boolean) : seen))
    .describe('Which documents were seen; none is said so by an empty list.'),
});
export type IdentityCheck = z.output<typeof identityCheck>;

const decision = {
  version: z.int().min(1).describe('The version the decision was made on; an older one is refused.'),
  reason: skippable(reasonCode).describe('One of the codes `allowedActions` offers.'),
  note: skippable(longText(0, 2000)).describe('Private; never mailed.'),
  message: skippable(longText(0, 2000)).describe('Shown to the person, in the mail the action sends.'),
};

const particulars = {
  assignee: uuid.describe('assign: the member.'),
  patientRecordId: uuid.nullable().describe('approve: the record to bind; null or absent binds none.'),
  questions: z.array(longText(1, 500)).min(1).max(10).describe('requestInformation'),
  email: emailAddress.describe('correctAddress'),
  identityCheck: identityCheck.describe('correctAddress, where the policy demands it.'),
  until: instant.describe('extend: the new end.'),
  text: longText(1, 4000).describe('note'),
};

export const caseAction = z.enum(caseStaffMoves);
export type CaseAction = z.output<typeof caseAction>;

/** The body each action takes; anything else in it is refused. */
export const caseActionBodies = {
  claim: z.strictObject(decision),
  release: z.strictObject(decision),
  assign: z.strictObject({ ...decision, assignee: particulars.assignee }),
  approve: z.strictObject({ ...decision, patientRecordId: particulars.patientRecordId.optional() }),
  reject: z.strictObject(decision),
  requestInformation: z.strictObject({ ...decision, questions: particulars.questions }),
  resume: z.strictObject(decision),
  correctAddress: z.strictObject({
    ...decision,
    email: particulars.email,
    identityCheck: particulars.identityCheck.optional(),
  }),
  reissue: z.strictObject(decision),
  extend: z.strictObject({ ...decision, until: particulars.until }),
  expireNow: z.strictObject(decision),
  revoke: z.strictObject(decision),
  withdraw: z.strictObject(decision),
  reopen: z.strictObject(decision),
  note: z.strictObject({ ...decision, text: particulars.text }),
  resend: z.strictObject(decision),
  cancel: z.strictObject(decision),
} as const satisfies Record<CaseAction, z.ZodObject>;

/** Any action's body as one type; which fields an action takes is said by `caseActionBodies`. */
export const caseActionBody = z.strictObject({ ...decision, ...z.object(particulars).partial().shape }).meta({
  id: 'CaseActionBody',
  description: 'The fields named for another action are refused.',
});
export type CaseActionBody = z.output<typeof caseActionBody>;

/** A preview takes what its action takes; the version is not needed, for nothing is decided. */
export const casePreviewBody = caseActionBody.partial({ version: true }).meta({ id: 'CasePreviewBody' });
export type CasePreviewBody = z.output<typeof casePreviewBody>;

/** The schema of one action's body; undefined when there is no such action. */
export function caseActionBodyOf(action: unknown): z.ZodObject | undefined {
  const known = caseAction.safeParse(action);
  return known.success ? caseActionBodies[known.data] : undefined;
}

/** The same for its preview. */
export function casePreviewBodyOf(action: unknown): z.ZodObject | undefined {
  return previewBodies.get(action);
}

const previewBodies = new Map<unknown, z.ZodObject>(
  Object.entries(caseActionBodies).map(([action, body]) => [action, (body as z.ZodObject).partial({ version: true })]),
);
