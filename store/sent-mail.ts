import type { Actor } from '../domain/case.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { maySee } from './cases.ts';
import type { Database } from './database.ts';
import { policyAt } from './portals.ts';
import { Refused } from './refused.ts';

/** A mail of the ledger with what it is rendered from; its secret is derived for the relay alone and not here. */
export interface SentMail {
  portal: string;
  caseId: string | null;
  accountId: string | null;
  template: string;
  to: string;
  language: string;
  data: Record<string, unknown>;
  /** Of its case; of a mail without one the policy that was in force when it went. */
  policy: Policy;
}

/** Reads it for a member. Throws `Refused('not_found')`, also for what their portals hide. */
export async function readSentMail(
  database: Database,
  messageId: string,
  actor: Extract<Actor, { kind: 'member' }>,
): Promise<SentMail> {
  const [found] = await database.query<Omit<SentMail, 'policy'> & { policyVersion: number }>(
    `SELECT m.portal, m.case_id AS "caseId", m.account_id AS "accountId", m.template, m.to_address AS "to", m.language, m.data,
       COALESCE(c.policy_version,
         (SELECT max(version) FROM policies WHERE portal = m.portal AND created_at <= COALESCE(m.settled_at, gatehouse_now())),
         (SELECT min(version) FROM policies WHERE portal = m.portal)) AS "policyVersion"
     FROM messages m LEFT JOIN cases c ON c.id = m.case_id WHERE m.id = $1`,
    [messageId],
  );
  if (!found || !maySee(actor, found.portal)) throw new Refused('not_found');
  const { policyVersion, ...mail } = found;
  return { ...mail, policy: await policyAt(database, mail.portal, policyVersion) };
}
