import { readCaseEngine } from '../../../../contract/routes/staff/cases.ts';
import type { EngineView as ShownEngine } from '../../../../contract/schemas/case.ts';
import { describeCase, type EngineView } from '../../../../engine/describe.ts';
import { workflowId } from '../../../../engine/names.ts';
import { readEngineStanding } from '../../../../store/case-page.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { runUrl } from './present-case.ts';

/** Asks Temporal; that it is away is an answer, too. */
export const readCaseEngineRoute = handle(readCaseEngine, async ({ params, actor }, dependencies) => {
  const { database, engine } = dependencies;
  const { kind, isDelayed } = await readEngineStanding(database, params.caseId, staffActor(actor));
  const view = await describeCase(engine.client, workflowId(kind, params.caseId), { askRun: true });
  return presentEngine(view, isDelayed, runUrl(view.workflowId, dependencies, view.runId));
});

function presentEngine(view: EngineView, delayed: boolean, url: string | null): ShownEngine {
  return {
    workflowId: view.workflowId,
    runId: view.runId ?? null,
    status: statusOf(view),
    url,
    delayed,
    waitsFor: view.currentDetails ?? null,
    pendingActivities: view.pendingActivities.map(({ name, attempt, lastFailure, nextAttemptAt }) => ({
      name,
      attempt,
      lastFailure: lastFailure ?? null,
      nextTryAt: nextAttemptAt ?? null,
    })),
    pendingTimers: (view.plan?.waitsFor ?? []).map(({ name, firesAt }) => ({ name, firesAt: new Date(firesAt) })),
  };
}

function statusOf({ status }: EngineView): string {
  if (status === 'UNREACHABLE') return 'unknown';
  return status === 'NOT_FOUND' ? 'not_started' : status.toLowerCase();
}
