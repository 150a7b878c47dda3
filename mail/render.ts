import { catalogue, type MailTemplate } from './catalogue.ts';
import { hiddenSecrets } from './hidden-secrets.ts';
import { foot, greeting } from './layout.ts';
import { type Page, renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import { oneLine, type Surroundings, type SurroundingsInput, surroundingsOf } from './surroundings.ts';
import type { Template } from './template.ts';
import type { MailData, MailFacts } from './template-data.ts';
import { templates } from './templates/index.ts';

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
  from: { name: string; address: string };
}

/**
 * What to render. With `secret: 'dots'` (previews: staff never see a secret) the data needs no secret and any in it is
 * ignored; otherwise a template that carries one must be given it.
 */
export type MailToRender<T extends MailTemplate> = SurroundingsInput & { template: T } & (
    | { data: MailData[T]; secret?: never }
    | { data: MailFacts[T]; secret: 'dots' }
  );

/** One mail as HTML and text in the portal's name. Pure; throws only when a secret that must be there is missing. */
export function renderMail<T extends MailTemplate>(mail: MailToRender<T>): RenderedMail {
  const { template, policy } = mail;
  const data = withSecret(mail);
  const here = surroundingsOf(mail);
  const subject = oneLine(catalogue[template].subject[here.language](here.portalName, data));
  const page = pageOf(template, data, here, { subject, theme: policy.theme });
  return {
    subject,
    html: renderHtml(page),
    text: renderText(page),
    from: { name: oneLine(policy.sender.name), address: policy.sender.address },
  };
}

function pageOf<T extends MailTemplate>(
  template: T,
  data: MailData[T],
  here: Surroundings,
  rest: Pick<Page, 'subject' | 'theme'>,
): Page {
  const words = (templates[template] as Template<T>)[here.language];
  return {
    ...rest,
    language: here.language,
    portalName: here.portalName,
    heading: words.heading,
    body: [greeting(here), ...words.body(data, here)],
    foot: catalogue[template].hasNotMeFoot ? foot(here) : null,
  };
}

function withSecret<T extends MailTemplate>(mail: MailToRender<T>): MailData[T] {
  const { secret } = catalogue[mail.template];
  if (secret === null) return mail.data as MailData[T];
  if (mail.secret === 'dots') return { ...mail.data, [secret.field]: hiddenSecrets[secret.field] } as MailData[T];
  const given: unknown = (mail.data as Record<string, unknown>)[secret.field];
  if (typeof given !== 'string' || given === '') throw new Error(`${mail.template} was rendered without its secret`);
  return mail.data as MailData[T];
}
