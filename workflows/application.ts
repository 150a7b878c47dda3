import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { ApplicationOwnActivities, TimedMove } from '../activities/application.ts';
import { type ApplicationState, isFinal } from '../domain/application/lifecycle.ts';
import type { TimerName } from '../domain/case.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { workSummary } from '../engine/readable-texts.ts';
import { databaseWork, databaseWorkAtOnce } from './activity-options.ts';
import { runCase, timePasses } from './case-run.ts';
import type { FollowedCase } from './followed-case.ts';

const { approveByPolicy } = proxyActivities<ApplicationOwnActivities>(databaseWork);
// In the same step as the approval it follows: one task of the engine less in every life.
const { issueAccessCode } = proxyLocalActivities<ApplicationOwnActivities>(databaseWorkAtOnce);

/**
 * One application, from acceptance to its end (lifecycles.md §1). `start` is the row's snapshot at any state, so a lost, reset or
 * terminated run starts again from it.
 */
export async function application(start: Snapshot<ApplicationState>): Promise<ApplicationState> {
  return runCase<ApplicationState>(start, { isFinal, live });
}

async function live(facts: FollowedCase<ApplicationState>): Promise<void> {
  switch (facts.now.state) {
    case 'submitted': // nobody has taken it: turns due, turns late; or the policy approves by itself
      return facts.now.owes.approval ? approved(facts) : timePasses(facts, moveOf);
    case 'in_review': // a member has it: turns due, turns late
    case 'waiting_on_applicant': // asked for something: reminders, then it closes unanswered
    case 'code_sent': // the person has the code: reminders, then it expires
    case 'expired': // another code may be had, until it closes
      return timePasses(facts, moveOf);
    case 'approved': // decided: issue the code and mail it; the mail's acceptance moves on
      return facts.now.owes.secret ? codeIssued(facts) : timePasses(facts, moveOf);
  }
}

async function approved(facts: FollowedCase<ApplicationState>): Promise<void> {
  const options = { summary: workSummary('approve by policy') };
  facts.accept(await approveByPolicy.executeWithOptions(options, [facts.now.caseId]));
}

async function codeIssued(facts: FollowedCase<ApplicationState>): Promise<void> {
  const options = { summary: workSummary('issue code') };
  facts.accept(await issueAccessCode.executeWithOptions(options, [facts.now.caseId]));
}

/** What the engine records when a timer fires. A timer of another lifecycle never runs here. */
const moveOf = {
  turns_due: 'turned_due',
  turns_late: 'turned_late',
  reminder: 'reminded',
  closes_unanswered: 'left_unanswered',
  code_expires: 'code_expired',
  closes: 'lapsed',
} as const satisfies Partial<Record<TimerName, TimedMove>>;
