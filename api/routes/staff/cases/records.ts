import { listCaseRecords } from '../../../../contract/routes/staff/cases.ts';
import { findCaseRecords } from '../../../../store/case-records.ts';
import { auditView } from '../../../../store/viewed.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';
import { staffActor } from '../staff-actor.ts';

/** As in the list of records, asking for exactly one by its id is opening it. */
export const listCaseRecordsRoute = handle(listCaseRecords, async ({ params, query, actor }, { database }) => {
  const finding = findCaseRecords(database, params.caseId, query, staffActor(actor));
  const answer = await listAnswer(
    finding.then(({ page }) => page),
    (row) => row,
  );
  const { recordsPortal: portal } = await finding;
  const [opened] = query.ids?.length === 1 ? answer.data : [];
  if (opened) await auditView(database, staffActor(actor), { portal, patientRecordId: opened.recordId });
  return answer;
});
