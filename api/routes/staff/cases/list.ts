import { listCases } from '../../../../contract/routes/staff/cases.ts';
import { listCases as readCases } from '../../../../store/case-list.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';

export const listCasesRoute = handle(listCases, ({ query, member }, { database }) =>
  listAnswer(readCases(database, { ...query, memberId: member.id, portals: member.portals }), (row) => row),
);
