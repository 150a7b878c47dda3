import { readCase } from '../../../../contract/routes/staff/cases.ts';
import { readCasePage } from '../../../../store/case-page.ts';
import { auditView } from '../../../../store/viewed.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { presentCase } from './present-case.ts';

export const readCaseRoute = handle(readCase, async ({ params: { caseId }, actor }, dependencies) => {
  const { database } = dependencies;
  const page = await readCasePage(database, caseId, staffActor(actor));
  await auditView(database, staffActor(actor), { portal: page.portal, caseId });
  return presentCase(page, dependencies);
});
