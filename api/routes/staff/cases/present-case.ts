import type { StaffCase } from '../../../../contract/schemas/case.ts';
import { workflowId } from '../../../../engine/names.ts';
import type { CasePage, EngineStanding } from '../../../../store/case-page.ts';
import type { Dependencies } from '../../../dependencies.ts';

/** A case as staff are shown it. What the engine is at is told from what we know; `…/engine` asks it. */
export function presentCase(page: CasePage, dependencies: Pick<Dependencies, 'settings' | 'engine'>): StaffCase {
  const { account, engine, ...shown } = page;
  const id = workflowId(page.kind, page.id);
  return {
    ...shown,
    ...(account && { account }),
    engine: {
      workflowId: id,
      runId: null,
      status: statusOf(engine, page.waitingOn === null),
      url: runUrl(id, dependencies),
      delayed: engine.isDelayed,
    },
  };
}

function statusOf({ wasTold, isUpToDate }: EngineStanding, isOver: boolean): string {
  if (!wasTold) return 'not_started';
  return isOver && isUpToDate ? 'completed' : 'running';
}

/** The run in Temporal Web, which finds the newest by its workflow's id; null where no address of it is known. */
export function runUrl(
  id: string,
  { settings, engine }: Pick<Dependencies, 'settings' | 'engine'>,
  runId?: string,
): string | null {
  if (settings.temporalUiUrl === undefined) return null;
  const run = runId === undefined ? '' : `/${runId}/history`;
  return `${settings.temporalUiUrl}/namespaces/${encodeURIComponent(engine.namespace)}/workflows/${encodeURIComponent(id)}${run}`;
}
