import { fieldProblem, Problem } from '../../../../contract/problems.ts';
import { createCase } from '../../../../contract/routes/staff/cases.ts';
import { isOldEnough, isPossibleDateOfBirth } from '../../../../domain/people/dates.ts';
import type { Policy } from '../../../../domain/policy/policy.ts';
import { acceptApplication } from '../../../../store/applications.ts';
import { readCasePage } from '../../../../store/case-page.ts';
import { maySee } from '../../../../store/cases.ts';
import { currentPolicy } from '../../../../store/portals.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { presentCase } from './present-case.ts';

/** An application keyed in at the office, judged like one that came online. */
export const createCaseRoute = handle(createCase, async ({ body, actor, tx, now }, dependencies) => {
  const { portal, subject } = body;
  const policy = maySee(actor, portal) ? await currentPolicy(tx, portal) : undefined;
  if (!policy) throw new Problem('not_found');
  if (!policy.application.open) throw new Problem('applications_closed');
  refuseImpossibleAge(subject.dateOfBirth, policy, now);
  const language = subject.language && policy.languages.includes(subject.language) ? subject.language : undefined;
  const claim = { ...subject, language };
  const { id } = await acceptApplication(tx, { portal, policy, claim, source: 'office', actor });
  return presentCase(await readCasePage(tx, id, staffActor(actor)), dependencies);
});

function refuseImpossibleAge(dateOfBirth: string, { application, timeZone }: Policy, now: Date): void {
  if (!isPossibleDateOfBirth(dateOfBirth, now, timeZone)) {
    throw fieldProblem('subject.dateOfBirth', 'This cannot be a date of birth. Check the year.');
  }
  if (!isOldEnough(dateOfBirth, application.minimumAge, now, timeZone)) {
    throw fieldProblem('subject.dateOfBirth', `People can apply from ${application.minimumAge} years of age.`);
  }
}
