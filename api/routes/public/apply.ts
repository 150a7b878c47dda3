import { randomBytes } from 'node:crypto';
import { fieldProblem, Problem } from '../../../contract/problems.ts';
import { apply } from '../../../contract/routes/public/applications.ts';
import type { ApplicationReceipt } from '../../../contract/schemas/application.ts';
import { isOldEnough, isPossibleDateOfBirth } from '../../../domain/people/dates.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { referenceText } from '../../../domain/secrets/reference.ts';
import { promisedFor } from '../../../domain/time/business-calendar.ts';
import { acceptApplication } from '../../../store/applications.ts';
import { handle } from '../../handle.ts';

export const applyRoute = handle(
  apply,
  async ({ params: { portal }, policy, body, actor, tx, now }, { metrics }) => {
    refuseImpossibleAge(body.dateOfBirth, policy, now);
    const { website, ...claim } = body;
    if (website?.trim()) {
      metrics.honeypot(portal);
      return receiptForPrograms(policy, now);
    }
    const language = claim.language && policy.languages.includes(claim.language) ? claim.language : undefined;
    const accepted = await acceptApplication(tx, {
      portal,
      policy,
      claim: { ...claim, language },
      source: 'online',
      actor,
      at: now,
    });
    return receipt(accepted);
  },
  { admit: refuseWhenClosed },
);

function refuseWhenClosed({ application }: Policy): void {
  if (!application.open) throw new Problem('applications_closed');
}

function refuseImpossibleAge(dateOfBirth: string, { application, timeZone }: Policy, now: Date): void {
  if (!isPossibleDateOfBirth(dateOfBirth, now, timeZone)) {
    throw fieldProblem('dateOfBirth', 'This cannot be a date of birth. Check the year.');
  }
  if (!isOldEnough(dateOfBirth, application.minimumAge, now, timeZone)) {
    throw fieldProblem(
      'dateOfBirth',
      `You can apply from ${application.minimumAge} years of age. Call us: we find another way.`,
    );
  }
}

function receipt({ reference, receivedAt, promisedBy }: Omit<ApplicationReceipt, 'status'>): ApplicationReceipt {
  return { reference, receivedAt, promisedBy, status: 'received' };
}

/** The same thanks, of the same form, for what no person sent. */
function receiptForPrograms(policy: Policy, receivedAt: Date): ApplicationReceipt {
  const promisedBy = promisedFor(receivedAt, policy.application.promiseBusinessDays, policy);
  return receipt({ reference: referenceText(randomBytes(5)), receivedAt, promisedBy });
}
