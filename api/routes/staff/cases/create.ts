import { fieldProblem, Problem } from '../../../../contract/problems.ts';
import { createCase, type NewCaseBody } from '../../../../contract/routes/staff/cases.ts';
import type { Actor } from '../../../../domain/case.ts';
import { isOldEnough, isPossibleDateOfBirth } from '../../../../domain/people/dates.ts';
import type { Policy } from '../../../../domain/policy/policy.ts';
import { acceptApplication } from '../../../../store/applications.ts';
import { readCasePage } from '../../../../store/case-page.ts';
import { maySee } from '../../../../store/cases.ts';
import type { Transaction } from '../../../../store/database.ts';
import { currentPolicy } from '../../../../store/portals.ts';
import { sendRegistration } from '../../../../store/registrations.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { presentCase } from './present-case.ts';

export const createCaseRoute = handle(createCase, async ({ body, actor, tx, now }, dependencies) => {
  const id = await begin(tx, body, staffActor(actor), now);
  return presentCase(await readCasePage(tx, id, staffActor(actor)), dependencies);
});

/** Begins a case as staff ask for it; returns its id. Raises `not_found`, `applications_closed`, `validation_failed`. */
export async function begin(tx: Transaction, body: NewCaseBody, actor: Actor, now: Date): Promise<string> {
  const policy = maySee(actor, body.portal) ? await currentPolicy(tx, body.portal) : undefined;
  if (!policy) throw new Problem('not_found');
  switch (body.kind) {
    case 'application':
      return keyInApplication(tx, body, { policy, actor, now });
    case 'registration': {
      const { portal, patientRecordId: recordId, email, reason, note } = body;
      return (await sendRegistration(tx, { portal, policy, recordId, email, reason, note, actor })).id;
    }
  }
}

/** An application keyed in at the office, judged like one that came online. */
async function keyInApplication(
  tx: Transaction,
  { portal, subject }: Extract<NewCaseBody, { kind: 'application' }>,
  { policy, actor, now }: { policy: Policy; actor: Actor; now: Date },
): Promise<string> {
  if (!policy.application.open) throw new Problem('applications_closed');
  refuseImpossibleAge(subject.dateOfBirth, policy, now);
  const language = subject.language && policy.languages.includes(subject.language) ? subject.language : undefined;
  const claim = { ...subject, language };
  return (await acceptApplication(tx, { portal, policy, claim, source: 'office', actor })).id;
}

function refuseImpossibleAge(dateOfBirth: string, { application, timeZone }: Policy, now: Date): void {
  if (!isPossibleDateOfBirth(dateOfBirth, now, timeZone)) {
    throw fieldProblem('subject.dateOfBirth', 'This cannot be a date of birth. Check the year.');
  }
  if (!isOldEnough(dateOfBirth, application.minimumAge, now, timeZone)) {
    throw fieldProblem('subject.dateOfBirth', `People can apply from ${application.minimumAge} years of age.`);
  }
}
