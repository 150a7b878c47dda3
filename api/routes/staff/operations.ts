import { readOperations } from '../../../contract/routes/staff/operations.ts';
import type { Operations } from '../../../contract/schemas/operations.ts';
import { describeCase, type EngineView } from '../../../engine/describe.ts';
import { workflowId } from '../../../engine/names.ts';
import type { TroubledCase } from '../../../store/dashboard.ts';
import { readOperations as readFigures } from '../../../store/operations.ts';
import type { Dependencies } from '../../dependencies.ts';
import { handle } from '../../handle.ts';
import { lookAtAll } from '../../operations.ts';
import { runUrl } from './cases/present-case.ts';

/** Asks every dependency, and Temporal why the oldest runs in trouble fail; that one is away is an answer, too. */
export const operationsRoute = handle(readOperations, async ({ member }, dependencies) => {
  const [figures, isUp] = await Promise.all([
    readFigures(dependencies.database, member.portals),
    lookAtAll(dependencies),
  ]);
  const troubled = await Promise.all(
    figures.troubled.map((one, no) => presentTroubled(one, isUp.temporal && no < describedRuns, dependencies)),
  );
  const state = (up: boolean) => (up ? ('up' as const) : ('down' as const));
  return {
    ...figures,
    dependencies: {
      database: state(isUp.database),
      temporal: state(isUp.temporal),
      mail: state(isUp.mail),
      worker: state(isUp.worker),
    },
    troubled,
  };
});

/** A description costs Temporal a call each; who needs more opens Temporal Web. */
const describedRuns = 10;

async function presentTroubled(
  { kind, ...one }: TroubledCase,
  isAsked: boolean,
  dependencies: Dependencies,
): Promise<Operations['troubled'][number]> {
  const id = workflowId(kind, one.caseId);
  const view = isAsked ? await describeCase(dependencies.engine.client, id) : undefined;
  const isKnown = view !== undefined && view.status !== 'UNREACHABLE';
  return {
    ...one,
    workflowId: id,
    status: isKnown ? view.status.toLowerCase() : null,
    failing: view ? failingOf(view) : null,
    url: runUrl(id, dependencies, view?.runId),
  };
}

/** The activity that was tried most. */
function failingOf({ pendingActivities }: EngineView): Operations['troubled'][number]['failing'] {
  const [worst] = pendingActivities
    .filter(({ lastFailure }) => lastFailure !== undefined)
    .sort((a, b) => b.attempt - a.attempt);
  if (worst?.lastFailure === undefined) return null;
  const { name, attempt, lastFailure, nextAttemptAt } = worst;
  return { name, attempt, lastFailure, nextTryAt: nextAttemptAt ?? null };
}
