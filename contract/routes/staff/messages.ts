import { listOf } from '../../list-query.ts';
import { route } from '../../route.ts';
import { pageOf } from '../../schemas/answers.ts';
import { message, messageState, renderedMail } from '../../schemas/message.ts';
import { identifier, portalId, uuid } from '../../schemas/scalars.ts';
import { messageParams } from '../params.ts';

export const listMessages = route({
  name: 'listMessages',
  method: 'get',
  path: '/staff/messages',
  summary: 'The outbox over all cases',
  tags: ['Messages'],
  access: 'staff',
  permission: ['message.read', 'message.readState'],
  idempotent: false,
  list: listOf({
    sorts: ['queuedAt', 'settledAt'],
    defaultSort: 'queuedAt',
    defaultOrder: 'desc',
    filters: { state: messageState, template: identifier, portal: portalId, caseId: uuid },
    search: false,
  }),
  status: 200,
  response: pageOf(message),
  problems: [],
});

export const readMail = route({
  name: 'readMail',
  method: 'get',
  path: '/staff/messages/:messageId/mail',
  summary: 'The mail itself, rendered again from its row; its secret as dots. Audited as `viewed`',
  tags: ['Messages'],
  access: 'staff',
  permission: 'message.read',
  idempotent: false,
  params: messageParams,
  status: 200,
  response: renderedMail,
  problems: [],
});

export const resendMessage = route({
  name: 'resendMessage',
  method: 'post',
  path: '/staff/messages/:messageId/resend',
  summary: 'Send a mail once more, with the same code and link while they live',
  tags: ['Messages'],
  access: 'staff',
  permission: 'message.resend',
  idempotent: true,
  params: messageParams,
  status: 202,
  response: message,
  problems: ['mailed_recently', 'not_allowed_now'],
});
