import { assignCases } from '../../../../contract/routes/staff/cases.ts';
import type { AssignmentResults } from '../../../../contract/schemas/case-assignments.ts';
import { type Assigned, assignCases as assign } from '../../../../store/case-assignments.ts';
import { type CaseListRow, caseRowsOf } from '../../../../store/case-list.ts';
import { handle } from '../../../handle.ts';
import { problemOf } from '../../../problem-of.ts';
import { staffActor } from '../staff-actor.ts';

/** One answer for all: what could be assigned is, and what could not says why. */
export const assignCasesRoute = handle(assignCases, async ({ body, actor, tx }) => {
  const all = await assign(tx, { ...body, actor: staffActor(actor) });
  const assignedIds = all.flatMap(({ id, row }) => (row ? [id] : []));
  const rows = new Map((await caseRowsOf(tx, assignedIds)).map((row) => [row.id, row]));
  return {
    assigned: assignedIds.length,
    refused: all.length - assignedIds.length,
    results: all.map((one) => resultOf(one, rows.get(one.id))),
  };
});

function resultOf({ id, refused }: Assigned, row: CaseListRow | undefined): AssignmentResults['results'][number] {
  if (!refused) return { id, case: row ?? null, problem: null };
  const { code, detail, nextStep, errors } = problemOf(refused);
  const { current } = refused;
  return {
    id,
    case: null,
    problem: {
      code,
      detail: errors?.assignee ?? detail,
      nextStep,
      ...(current && { current: { state: current.state, version: current.version } }),
    },
  };
}
