import { ActivityFailure, continueAsNew, isCancellation, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { CaseActivities } from '../activities/cases.ts';
import type { Timer } from '../domain/case.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { mailSummary, moveSummary, workSummary } from '../engine/readable-texts.ts';
import { databaseWork, mailWork } from './activity-options.ts';
import { type FollowedCase, followCase } from './followed-case.ts';

const { readCase, recordTimer, giveUpMail } = proxyActivities<CaseActivities<string>>(databaseWork);
const { deliverMail } = proxyActivities<CaseActivities<string>>(mailWork);

/** What a run needs to know of its kind of case. */
export interface CaseRun<State extends string> {
  isFinal(state: State): boolean;
  /** Does what the state owes, or waits for what time brings. */
  live(facts: FollowedCase<State>): Promise<void>;
}

/**
 * One run of a case from its snapshot at any state to its end: the row is the truth, people move it through the API and wake the
 * run; the run does what a state owes and what time brings (architecture, pattern 4). Begins anew when its history grows long.
 */
export async function runCase<State extends string>(
  start: Snapshot<State>,
  { isFinal, live }: CaseRun<State>,
): Promise<State> {
  const facts = followCase<State>(start, read);
  for (;;) {
    while (!isFinal(facts.now.state)) {
      facts.deliverOwedMails((mail) => deliver(start.caseId, mail));
      if (workflowInfo().continueAsNewSuggested && facts.isIdle()) {
        await continueAsNew<(start: Snapshot<State>) => Promise<State>>(facts.now);
      }
      await live(facts);
    }
    // The last mails go out; what is opened again meanwhile goes on as before.
    while (isFinal(facts.now.state) && !facts.isIdle()) {
      facts.deliverOwedMails((mail) => deliver(start.caseId, mail));
      await facts.idleOrOwing();
    }
    if (isFinal(facts.now.state)) return facts.now.state;
  }
}

/** Waits for the next timer or a move. The row decides: was somebody first, the answer is their snapshot. */
export async function timePasses<State extends string>(
  facts: FollowedCase<State>,
  moveOf: Partial<Record<Timer['name'], Parameters<typeof moveSummary>[0]>>,
): Promise<void> {
  const timer = await facts.nextTimer();
  const move = timer && moveOf[timer.name];
  if (!move) return;
  const answer = await recordTimer.executeWithOptions({ summary: moveSummary(move) }, [facts.now.caseId, move]);
  facts.accept(answer as Snapshot<State>);
}

function read<State extends string>(caseId: string): Promise<Snapshot<State>> {
  return readCase.executeWithOptions({ summary: workSummary('read case') }, [caseId]) as Promise<Snapshot<State>>;
}

/** Tries for days; a relay that never takes the mail makes it a staff task. */
async function deliver<State extends string>(
  caseId: string,
  { id, template }: { id: string; template: string },
): Promise<Snapshot<State>> {
  const options = { summary: mailSummary(template) };
  try {
    return (await deliverMail.executeWithOptions(options, [caseId, id])) as Snapshot<State>;
  } catch (failure) {
    if (!(failure instanceof ActivityFailure) || isCancellation(failure)) throw failure;
    return (await giveUpMail.executeWithOptions(options, [caseId, id])) as Snapshot<State>;
  }
}
