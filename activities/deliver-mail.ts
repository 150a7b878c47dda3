import { catalogue, type MailTemplate } from '../mail/catalogue.ts';
import { type MailToRender, type RenderedMail, renderMail } from '../mail/render.ts';
import type { MailTransport, SendOutcome } from '../mail/transport.ts';
import type { Database } from '../store/database.ts';
import { type ClaimedMail, claimMail, postponeMail, settleMail } from '../store/mail-delivery.ts';
import { notMeToken } from '../store/not-me.ts';

/** What delivering a mail needs. `publicUrl` is the only source of links in mails. */
export interface DeliveryDependencies {
  database: Database;
  mailTransport: MailTransport;
  publicUrl: string;
}

/** `elsewhere`: another process has it. `postponed`: the relay was away; the ledger says when next. */
export type Delivery = { kind: 'settled' } | { kind: 'elsewhere' } | { kind: 'postponed'; problem: string };

/** Below the lease of the claim (45 s), so that nobody else may claim a mail that is still on its way. */
const sendTimeoutMs = 30_000;

/**
 * The one way a mail leaves: claimed, rendered, handed to the relay, settled with the facts that depend on it. Idempotent:
 * called by the workflow's activity and by the dispatcher, for the same mail at once too. `isEngineWaiting`: the caller
 * answers the workflow with a snapshot, so that no word to the engine is owed.
 */
export async function deliverMail(
  { database, mailTransport, publicUrl }: DeliveryDependencies,
  messageId: string,
  { isEngineWaiting, signal }: { isEngineWaiting: boolean; signal?: AbortSignal },
): Promise<Delivery> {
  const claim = await claimMail(database, messageId);
  if (claim.kind !== 'claimed') return claim;
  const { mail } = claim;
  const rendered = render(mail, publicUrl, notMeToken(database.keys, mail.id));
  const timeout = AbortSignal.timeout(sendTimeoutMs);
  const outcome = await mailTransport.send(
    { ...rendered, to: mail.to, messageId: messageIdOf(mail) },
    signal ? AbortSignal.any([signal, timeout]) : timeout,
  );
  return conclude(database, mail.id, outcome, isEngineWaiting);
}

async function conclude(
  database: Database,
  messageId: string,
  outcome: SendOutcome,
  isEngineWaiting: boolean,
): Promise<Delivery> {
  switch (outcome.kind) {
    case 'accepted':
      await database.transaction((tx) => settleMail(tx, messageId, { state: 'accepted', isEngineWaiting }));
      return { kind: 'settled' };
    case 'refused': {
      const problem = `${outcome.smtpCode} ${outcome.category}`;
      await database.transaction((tx) => settleMail(tx, messageId, { state: 'refused', problem, isEngineWaiting }));
      return { kind: 'settled' };
    }
    case 'unavailable':
    case 'unknown': {
      const problem = outcome.reason;
      const isAmbiguous = outcome.kind === 'unknown';
      const after = await postponeMail(database, messageId, { problem, isAmbiguous, isEngineWaiting });
      return after.kind === 'settled' ? after : { kind: 'postponed', problem };
    }
  }
}

/** Stable over every attempt, so that a mail program shows a repeated one once. */
function messageIdOf({ id, policy }: ClaimedMail): string {
  const domain = policy.sender.address.split('@')[1] ?? 'gatehouse.invalid';
  return `<${id}@${domain}>`;
}

function render(mail: ClaimedMail, publicUrl: string, token: string): RenderedMail {
  const template = mail.template as MailTemplate;
  const { secret, hasNotMeFoot } = catalogue[template];
  const data = secret ? { ...mail.data, [secret.field]: mail.secret } : mail.data;
  // The ledger's JSON was written by the move that owed the mail; its shape is the template's.
  const toRender: unknown = {
    template,
    data,
    policy: mail.policy,
    publicUrl,
    portal: mail.portal,
    language: mail.language,
    notMeToken: hasNotMeFoot ? token : undefined,
  };
  return renderMail(toRender as MailToRender<MailTemplate>);
}
