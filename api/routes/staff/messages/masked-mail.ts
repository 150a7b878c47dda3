import type { RenderedMail } from '../../../../contract/schemas/message.ts';
import type { Policy } from '../../../../domain/policy/policy.ts';
import { renderMail } from '../../../../mail/render.ts';
import type { MailFacts, MailTemplate } from '../../../../mail/template-data.ts';

/** What a mail is rendered from: its facts as the ledger keeps them, in the manner of a portal's policy. */
export interface MailToShow {
  portal: string;
  policy: Policy;
  template: string;
  to: string;
  language: string;
  data: Record<string, unknown>;
}

/** The very mail as staff may see it: its secret as dots, its "this wasn't me" link none. */
export function maskedMail(
  { template, to, language, data, portal, policy }: MailToShow,
  publicUrl: string,
): RenderedMail {
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
