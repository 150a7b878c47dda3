import { listPatientRecords } from '../../../../contract/routes/staff/patient-records.ts';
import { listRecords } from '../../../../store/record-list.ts';
import { auditView } from '../../../../store/viewed.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';
import { staffActor } from '../staff-actor.ts';

/** Asking for exactly one record by its id is opening it. */
export const listPatientRecordsRoute = handle(listPatientRecords, async ({ query, member, actor }, { database }) => {
  const page = await listAnswer(listRecords(database, { ...query, portals: member.portals }), (row) => row);
  const [opened] = query.ids?.length === 1 ? page.data : [];
  if (opened) await auditView(database, staffActor(actor), { portal: opened.portal, patientRecordId: opened.id });
  return page;
});
