import { type Actor, silencingFlags } from '../domain/case.ts';
import { writeAudit } from './audit.ts';
import { maySee } from './cases.ts';
import { databaseNow } from './clock.ts';
import type { Database, Transaction } from './database.ts';
import { Conditions, type ListPage, type PageAsked, readPage } from './list-page.ts';
import { ordinaryPriority, queueMessage } from './messages.ts';
import { tellEngine } from './outbox.ts';
import { Refused } from './refused.ts';

type Queries = Pick<Transaction | Database, 'query'>;

export type MessageState = 'queued' | 'accepted' | 'refused' | 'unknown' | 'bounced';

/** One mail with its delivery truth. */
export interface MessageRow {
  id: string;
  template: string;
  state: MessageState;
  to: string;
  portal: string;
  caseId: string | null;
  reference: string | null;
  queuedAt: Date;
  settledAt: Date | null;
  attempts: number;
  lastProblem: string | null;
  /** It is settled, the secret it carries, if any, lives, and nothing stops mails to the person. */
  canResend: boolean;
}

export interface MessageListAsked extends PageAsked {
  sort: 'queuedAt' | 'settledAt';
  filters: {
    state?: readonly MessageState[] | undefined;
    template?: readonly string[] | undefined;
    portal?: readonly string[] | undefined;
    caseId?: readonly string[] | undefined;
  };
  portals: readonly string[] | undefined;
}

const columns = `m.id, m.template, m.state, m.to_address AS "to", m.portal, m.case_id AS "caseId", c.reference,
  m.queued_at AS "queuedAt", m.settled_at AS "settledAt", m.attempts, m.last_problem AS "lastProblem",
  (m.state <> 'queued' AND m.template <> 'promise_late'
    AND NOT (COALESCE(c.flags, '{}') && '{${silencingFlags.join(',')}}' AND m.template NOT IN ('email_changed', 'account_suspended'))
    AND (m.secret_id IS NULL OR (s.ended_at IS NULL AND s.expires_at > (SELECT gatehouse_now())))) AS "canResend"`;
const joins = 'LEFT JOIN cases c ON c.id = m.case_id LEFT JOIN secrets s ON s.id = m.secret_id';

/** The ledger over all cases, or of one. */
export async function listMessages(queries: Queries, asked: MessageListAsked): Promise<ListPage<MessageRow>> {
  const { filters, ids, portals, sort, order } = asked;
  const conditions = new Conditions();
  conditions.withinPortals('m.portal', portals);
  conditions.oneOf('m.id', ids, 'uuid');
  conditions.oneOf('m.state', filters.state);
  conditions.oneOf('m.template', filters.template);
  conditions.oneOf('m.portal', filters.portal);
  conditions.oneOf('m.case_id', filters.caseId, 'uuid');
  const { where, params } = conditions;
  const by = sort === 'queuedAt' ? `m.queued_at ${order}` : `m.settled_at ${order} NULLS LAST`;
  return readPage(
    asked,
    async (limit, offset) =>
      queries.query<MessageRow & Record<string, unknown>>(
        `SELECT ${columns} FROM (SELECT * FROM messages m WHERE ${where} ORDER BY ${by}, m.id ${order} LIMIT ${limit} OFFSET ${offset}) m
         ${joins} ORDER BY ${by}, m.id ${order}`,
        params,
      ),
    async (upTo) => {
      const [row] = await queries.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM (SELECT 1 FROM messages m WHERE ${where} LIMIT ${upTo}) AS counted`,
        params,
      );
      return row?.n ?? 0;
    },
  );
}

interface MessageToRepeat {
  portal: string;
  caseId: string | null;
  accountId: string | null;
  secretId: string | null;
  template: string;
  priority: number;
  to: string;
  language: string;
  data: Record<string, unknown>;
  state: MessageState;
}

/**
 * Queues a mail once more, to the same address and with the same secret, as a row of its own. Throws `Refused`: `not_found`,
 * `not_allowed_now` (still on its way, or its secret is dead), `mailed_recently`.
 */
export async function resendMessage(
  tx: Transaction,
  messageId: string,
  actor: Extract<Actor, { kind: 'member' }>,
): Promise<MessageRow> {
  const [place] = await tx.query<{ caseId: string | null }>('SELECT case_id AS "caseId" FROM messages WHERE id = $1', [
    messageId,
  ]);
  if (!place) throw new Refused('not_found');
  if (place.caseId) await tx.query('SELECT 1 FROM cases WHERE id = $1 FOR UPDATE', [place.caseId]);
  const [found] = await tx.query<MessageToRepeat & { canResend: boolean }>(
    `SELECT m.account_id AS "accountId", m.secret_id AS "secretId", m.priority, m.language, m.data, ${columns}
     FROM messages m ${joins} WHERE m.id = $1`,
    [messageId],
  );
  if (!found || !maySee(actor, found.portal)) throw new Refused('not_found');
  if (!found.canResend) throw new Refused('not_allowed_now', { current: { state: found.state, version: 1 } });
  const now = await databaseNow(tx);
  const id = await repeat(tx, messageId, found, now);
  writeAudit(tx, {
    at: now,
    actor,
    action: 'message_resent',
    portal: found.portal,
    caseId: found.caseId ?? undefined,
    accountId: found.accountId ?? undefined,
    detail: { messageId: id, resendOf: messageId, template: found.template },
  });
  if (found.caseId) tellEngine(tx, found.caseId, now);
  const sql = `SELECT ${columns} FROM messages m ${joins} WHERE m.id = $1`;
  const [queued] = await tx.query<MessageRow & Record<string, unknown>>(sql, [id]);
  if (!queued) throw new Error('the message was queued a moment ago');
  return queued;
}

function repeat(tx: Transaction, messageId: string, found: MessageToRepeat, at: Date): Promise<string> {
  return queueMessage(tx, {
    portal: found.portal,
    caseId: found.caseId ?? undefined,
    accountId: found.accountId ?? undefined,
    secretId: found.secretId ?? undefined,
    template: found.template,
    to: found.to,
    language: found.language,
    data: found.data,
    at,
    // One of many at first, one by itself now.
    priority: Math.min(found.priority, ordinaryPriority),
    isPersonal: true,
    resendOf: messageId,
  });
}
