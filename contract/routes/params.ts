import { z } from 'zod';
import { accountAction } from '../schemas/account.ts';
import { campaignAction } from '../schemas/campaign.ts';
import { caseAction } from '../schemas/case-actions.ts';
import { portalId, uuid } from '../schemas/scalars.ts';

export const portalParams = z.strictObject({ portal: portalId });
export const policyVersionParams = z.strictObject({
  portal: portalId,
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
});
export const caseParams = z.strictObject({ caseId: uuid });
export const caseActionParams = z.strictObject({ caseId: uuid, action: caseAction });
export const messageParams = z.strictObject({ messageId: uuid });
export const accountParams = z.strictObject({ accountId: uuid });
export const accountActionParams = z.strictObject({ accountId: uuid, action: accountAction });
export const memberParams = z.strictObject({ memberId: uuid });
export const campaignParams = z.strictObject({ campaignId: uuid });
export const campaignActionParams = z.strictObject({ campaignId: uuid, action: campaignAction });
