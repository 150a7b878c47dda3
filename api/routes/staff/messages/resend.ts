import { resendMessage } from '../../../../contract/routes/staff/messages.ts';
import { resendMessage as resend } from '../../../../store/message-list.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { presentMessage } from './present-message.ts';

export const resendMessageRoute = handle(resendMessage, async ({ params, member, actor, tx }) =>
  presentMessage(member)(await resend(tx, params.messageId, staffActor(actor))),
);
