import { actOnCase } from '../../../../contract/routes/staff/cases.ts';
import { readCasePage } from '../../../../store/case-page.ts';
import { askQuestions } from '../../../../store/information-requests.ts';
import { moveCase } from '../../../../store/moves.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { moveRequestOf } from './move-request.ts';
import { presentCase } from './present-case.ts';

export const actOnCaseRoute = handle(actOnCase, async ({ params, body, actor, tx }, dependencies) => {
  const { caseId, action } = params;
  const member = staffActor(actor);
  const request = moveRequestOf(caseId, action, body, member);
  const moved = await moveCase(tx, request);
  if (action === 'requestInformation') await askQuestions(tx, caseId, request.input.questions ?? [], moved.updatedAt);
  return presentCase(await readCasePage(tx, caseId, member), dependencies);
});
