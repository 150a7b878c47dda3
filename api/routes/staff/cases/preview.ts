import { previewCaseAction } from '../../../../contract/routes/staff/cases.ts';
import { previewMove } from '../../../../store/move-previews.ts';
import { handle } from '../../../handle.ts';
import { maskedMail } from '../messages/masked-mail.ts';
import { staffActor } from '../staff-actor.ts';
import { moveRequestOf } from './move-request.ts';

export const previewCaseActionRoute = handle(previewCaseAction, async ({ params, body, actor }, deps) => {
  const request = moveRequestOf(params.caseId, params.action, body, staffActor(actor));
  const { portal, policy, mails } = await previewMove(deps.database, {
    ...request,
    // Never in a mail, so one is not waited for to see it.
    note: request.note ?? unwritten,
    identityCheck: request.identityCheck ?? { method: unwritten, documentsSeen: '' },
  });
  const [first = nothing, ...also] = mails.map((mail) =>
    maskedMail({ ...mail, portal, policy }, deps.settings.publicOrigin),
  );
  return { ...first, also };
});

const unwritten = '–';
const nothing = { template: null, to: null, subject: null, html: null, text: null };
