import { listCaseMessages } from '../../../../contract/routes/staff/cases.ts';
import { refuseUnseenCase } from '../../../../store/case-page.ts';
import { listMessages } from '../../../../store/message-list.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';
import { presentMessage } from '../messages/present-message.ts';
import { staffActor } from '../staff-actor.ts';

export const listCaseMessagesRoute = handle(
  listCaseMessages,
  async ({ params, query, member, actor }, { database }) => {
    await refuseUnseenCase(database, params.caseId, staffActor(actor));
    const asked = { ...query, filters: { caseId: [params.caseId] }, portals: member.portals };
    return listAnswer(listMessages(database, asked), presentMessage(member));
  },
);
