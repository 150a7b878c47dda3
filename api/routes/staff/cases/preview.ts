import { previewCaseAction } from '../../../../contract/routes/staff/cases.ts';
import { type MovePreview, previewMove } from '../../../../store/move-previews.ts';
import type { Dependencies } from '../../../dependencies.ts';
import { handle } from '../../../handle.ts';
import { maskedMail } from '../messages/masked-mail.ts';
import { staffActor } from '../staff-actor.ts';
import { moveRequestOf } from './move-request.ts';

export const previewCaseActionRoute = handle(previewCaseAction, async ({ params, body, actor }, deps) => {
  const request = moveRequestOf(params.caseId, params.action, body, staffActor(actor));
  const preview = await previewMove(deps.database, {
    ...request,
    // Never in a mail, so one is not waited for to see it.
    note: request.note ?? unwritten,
    identityCheck: request.identityCheck ?? { method: unwritten, documentsSeen: '' },
  });
  return mailsInView(preview, deps);
});

/** Stands for a note that is not written yet. */
export const unwritten = '–';
const nothing = { template: null, to: null, subject: null, html: null, text: null };

/** The mails as their readers will see them, secrets as dots; the one to the person first. */
export function mailsInView({ portal, policy, mails }: MovePreview, { settings }: Pick<Dependencies, 'settings'>) {
  const [first = nothing, ...also] = mails.map((mail) =>
    maskedMail({ ...mail, portal, policy }, settings.publicOrigin),
  );
  return { ...first, also };
}
