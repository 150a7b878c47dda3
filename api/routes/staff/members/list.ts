import { listMembers } from '../../../../contract/routes/staff/members.ts';
import { listMembers as readMembers } from '../../../../store/member-changes.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';

export const listMembersRoute = handle(listMembers, ({ query, member }, { database }) =>
  listAnswer(readMembers(database, { ...query, portals: member.portals }), (row) => row),
);
