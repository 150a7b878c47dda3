import { proxyLocalActivities } from '@temporalio/workflow';
import type { RegistrationOwnActivities, RegistrationTimedMove } from '../activities/registration.ts';
import type { TimerName } from '../domain/case.ts';
import { isFinal, type RegistrationState } from '../domain/registration/lifecycle.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { workSummary } from '../engine/readable-texts.ts';
import { databaseWorkAtOnce } from './activity-options.ts';
import { runCase, timePasses } from './case-run.ts';
import type { FollowedCase } from './followed-case.ts';

const { issueRegistrationLink } = proxyLocalActivities<RegistrationOwnActivities>(databaseWorkAtOnce);

/**
 * One registration, from the staff's wish to its end (lifecycles.md §2). An expired one ends its run; staff who send it anew
 * start another. `start` is the row's snapshot at any state.
 */
export async function registration(start: Snapshot<RegistrationState>): Promise<RegistrationState> {
  return runCase<RegistrationState>(start, { isFinal, live });
}

async function live(facts: FollowedCase<RegistrationState>): Promise<void> {
  switch (facts.now.state) {
    case 'draft': // issue the link and mail it; the mail's acceptance moves on
      return facts.now.owes.secret ? linkIssued(facts) : timePasses(facts, moveOf);
    case 'sent': // the person has the link: reminders, then it expires
    case 'identified': // the person is known and has not finished: the same clock runs
    case 'locked': // wrong tries: staff send anew
    case 'undeliverable': // nobody got the mail: staff correct the address
      return timePasses(facts, moveOf);
  }
}

async function linkIssued(facts: FollowedCase<RegistrationState>): Promise<void> {
  const options = { summary: workSummary('issue link') };
  facts.accept(await issueRegistrationLink.executeWithOptions(options, [facts.now.caseId]));
}

/** What the engine records when a timer fires. */
const moveOf = {
  reminder: 'reminded',
  link_expires: 'link_expired',
} as const satisfies Partial<Record<TimerName, RegistrationTimedMove>>;
