import { previewCaseAction } from '../../../../contract/routes/staff/cases.ts';
import type { MailPreview } from '../../../../contract/schemas/message.ts';
import { renderMail } from '../../../../mail/render.ts';
import type { MailFacts, MailTemplate } from '../../../../mail/template-data.ts';
import { type MovePreview, type OwedMailFacts, previewMove } from '../../../../store/move-previews.ts';
import { handle } from '../../../handle.ts';
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
  const [first = nothing, ...also] = preview.mails.map((mail) => rendered(mail, preview, deps.settings.publicOrigin));
  return { ...first, also };
});

const unwritten = '–';
const nothing = { template: null, to: null, subject: null, html: null, text: null };

/** The very mail, its secret as dots; its "this wasn't me" link is none. */
function rendered(
  { template, to, language, data }: OwedMailFacts,
  { portal, policy }: MovePreview,
  publicUrl: string,
): MailPreview['also'][number] {
  const { subject, html, text } = renderMail<MailTemplate>({
    template: template as MailTemplate,
    data: data as unknown as MailFacts[MailTemplate],
    secret: 'dots',
    policy,
    portal,
    publicUrl,
    language,
    notMeToken: 'preview',
  });
  return { template, to, subject, html, text };
}
