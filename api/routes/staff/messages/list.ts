import { listMessages } from '../../../../contract/routes/staff/messages.ts';
import { listMessages as readMessages } from '../../../../store/message-list.ts';
import { handle } from '../../../handle.ts';
import { listAnswer } from '../list-answer.ts';
import { presentMessage } from './present-message.ts';

export const listMessagesRoute = handle(listMessages, ({ query, member }, { database }) =>
  listAnswer(readMessages(database, { ...query, portals: member.portals }), presentMessage(member)),
);
