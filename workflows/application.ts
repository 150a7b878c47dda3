import {
  ActivityFailure,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { ApplicationActivities } from '../activities/application.ts';
import { type ApplicationState, isFinal } from '../domain/application/lifecycle.ts';
import type { TimerName } from '../domain/case.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { mailSummary, moveSummary, workSummary } from '../engine/readable-texts.ts';
import { databaseWork, databaseWorkAtOnce, mailWork } from './activity-options.ts';
import { type FollowedCase, followCase } from './followed-case.ts';

type Application = Snapshot<ApplicationState>;

const { readCase, approveByPolicy, recordTimer, giveUpMail } = proxyActivities<ApplicationActivities>(databaseWork);
// In the same step as the approval it follows: one task of the engine less in every life.
const { issueAccessCode } = proxyLocalActivities<ApplicationActivities>(databaseWorkAtOnce);
const { deliverMail } = proxyActivities<ApplicationActivities>(mailWork);

/**
 * One application, from acceptance to its end (lifecycles.md §1). The case's row is the truth: people move it through the
 * API and wake the run; the run does what a state owes and what time brings. `start` is the row's snapshot at any state, so a
 * lost, reset or terminated run starts again from it.
 */
export async function application(start: Application): Promise<ApplicationState> {
  const facts = followCase<ApplicationState>(start, read);
  for (;;) {
    await untilOver(facts);
    // The last mails go out; a rejection reopened meanwhile goes on as before.
    while (isFinal(facts.now.state) && !facts.isIdle()) {
      facts.deliverOwedMails((mail) => deliver(start.caseId, mail));
      await facts.idleOrOwing();
    }
    if (isFinal(facts.now.state)) return facts.now.state;
  }
}

async function untilOver(facts: FollowedCase<ApplicationState>): Promise<void> {
  while (!isFinal(facts.now.state)) {
    facts.deliverOwedMails((mail) => deliver(facts.now.caseId, mail));
    if (workflowInfo().continueAsNewSuggested && facts.isIdle()) await continueAsNew<typeof application>(facts.now);
    switch (facts.now.state) {
      case 'submitted': // nobody has taken it: turns due, turns late; or the policy approves by itself
        await (facts.now.owes.approval ? approved(facts) : timePasses(facts));
        break;
      case 'in_review': // a member has it: turns due, turns late
      case 'waiting_on_applicant': // asked for something: reminders, then it closes unanswered
      case 'code_sent': // the person has the code: reminders, then it expires
      case 'expired': // another code may be had, until it closes
        await timePasses(facts);
        break;
      case 'approved': // decided: issue the code and mail it; the mail's acceptance moves on
        await (facts.now.owes.secret ? codeIssued(facts) : timePasses(facts));
        break;
    }
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
} as const satisfies Partial<Record<TimerName, string>>;

/** Waits for the next timer or a move. The row decides: was somebody first, the answer is their snapshot. */
async function timePasses(facts: FollowedCase<ApplicationState>): Promise<void> {
  const timer = await facts.nextTimer();
  if (!timer || timer.name === 'link_expires') return;
  const move = moveOf[timer.name];
  facts.accept(await recordTimer.executeWithOptions({ summary: moveSummary(move) }, [facts.now.caseId, move]));
}

function read(caseId: string): Promise<Application> {
  return readCase.executeWithOptions({ summary: workSummary('read case') }, [caseId]);
}

/** Tries for days; a relay that never takes the mail makes it a staff task. */
async function deliver(caseId: string, { id, template }: { id: string; template: string }): Promise<Application> {
  try {
    return await deliverMail.executeWithOptions({ summary: mailSummary(template) }, [caseId, id]);
  } catch (failure) {
    if (!(failure instanceof ActivityFailure) || isCancellation(failure)) throw failure;
    return giveUpMail.executeWithOptions({ summary: mailSummary(template) }, [caseId, id]);
  }
}
