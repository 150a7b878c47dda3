import { readMail } from '../../../../contract/routes/staff/messages.ts';
import { readSentMail } from '../../../../store/sent-mail.ts';
import { auditView } from '../../../../store/viewed.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { maskedMail } from './masked-mail.ts';

export const readMailRoute = handle(readMail, async ({ params, actor }, { database, settings }) => {
  const by = staffActor(actor);
  const mail = await readSentMail(database, params.messageId, by);
  await auditView(database, by, {
    portal: mail.portal,
    caseId: mail.caseId ?? undefined,
    accountId: mail.accountId ?? undefined,
    mail: { id: params.messageId, template: mail.template },
  });
  return maskedMail(mail, settings.publicOrigin);
});
