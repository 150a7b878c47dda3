import { WorkflowNotFoundError } from '@temporalio/client';
import type { CaseKind } from '../../domain/case.ts';
import { lifecycles } from '../../domain/lifecycles.ts';
import { connectClient, type EngineClient } from '../../engine/connection.ts';
import { workflowId } from '../../engine/names.ts';
import { verifyAudit } from '../../store/audit-verification.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { codecKeys, type KeyRing } from '../../store/key-ring.ts';

/** A mail as a relay was handed it. */
export interface SeenMail {
  /** Without brackets. */
  messageId: string;
  to: string;
  text: string;
}

export interface Watched {
  /** As the owner: every table can be looked at. */
  ownerUrl: string;
  keys: KeyRing;
  /** Undefined: the engine is not asked (I8, and whether somebody waits for every open case). */
  temporalAddress?: string;
  /** References that were answered to applicants. */
  acknowledged?: readonly string[];
  /** Everything the relay was handed, complete from `since` on; undefined: mails are not compared. */
  mails?: { seen: readonly SeenMail[]; since: Date };
}

/**
 * Looks for violations of the invariants I1–I8 and I10 of the product's quality rules, one line each; none is a good answer. What is still
 * under way (a mail being tried, an entry about to be sealed, a run about to start) is none, so ask when the product has come to rest.
 * I9 is `canaries.ts`.
 */
export async function checkInvariants(watched: Watched): Promise<string[]> {
  const database = openDatabase({ url: watched.ownerUrl, keys: watched.keys, connections: 4, name: 'invariants' });
  try {
    const found = await Promise.all([
      lostApplications(database, watched.acknowledged ?? []),
      ...statements.map((one) => broken(database, one)),
      brokenAudit(database),
      watched.mails ? strangeMails(database, watched.mails) : [],
      watched.temporalAddress === undefined ? [] : unattended(database, watched.temporalAddress, watched.keys),
    ]);
    return found.flat();
  } finally {
    await database.close();
  }
}

async function lostApplications(database: Database, acknowledged: readonly string[]): Promise<string[]> {
  const rows = await database.query<{ reference: string; count: number }>(
    `SELECT r.reference, count(c.id)::int AS count FROM unnest($1::text[]) AS r(reference)
     LEFT JOIN cases c ON c.reference = r.reference LEFT JOIN applications a ON a.case_id = c.id
     GROUP BY r.reference HAVING count(a.case_id) <> 1`,
    [acknowledged],
  );
  const lost = rows.map(({ reference, count }) => `I1 ${reference} was acknowledged and has ${count} cases`);
  const states = await database.query<{ reference: string; kind: CaseKind; state: string; waitingOn: string | null }>(
    'SELECT reference, kind, state, waiting_on AS "waitingOn" FROM cases',
  );
  const odd = states.filter(({ kind, state, waitingOn }) => {
    const known = lifecycles[kind].states.find((one) => one === state);
    return known === undefined || lifecycles[kind].isFinal(known) !== (waitingOn === null);
  });
  return [...lost, ...odd.map((one) => `I1 ${one.reference} is ${one.state} and waits on ${one.waitingOn}`)];
}

/** What must find nothing. `what` names what each row found is. */
const statements: readonly { what: string; sql: string }[] = [
  {
    what: 'I2 an account that two cases opened',
    sql: `SELECT account_id::text AS id FROM cases WHERE state IN ('activated', 'registered') GROUP BY account_id HAVING count(*) > 1 OR account_id IS NULL`,
  },
  {
    what: 'I2 a case without exactly one used code or link though it ended with an account, or with one though it did not',
    sql: `SELECT c.reference AS id FROM cases c LEFT JOIN secrets s ON s.case_id = c.id AND s.purpose IN ('access_code', 'registration_link') AND s.ended_as = 'used'
          GROUP BY c.id, c.reference, c.state HAVING count(s.id) <> (c.state IN ('activated', 'registered', 'linked'))::int`,
  },
  {
    what: 'I2 accounts of one username',
    sql: 'SELECT min(username) AS id FROM accounts GROUP BY portal, username_skeleton HAVING count(*) > 1',
  },
  {
    what: 'I2 an account nobody can have opened',
    sql: `SELECT a.username AS id FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM cases c WHERE c.account_id = a.id AND c.state IN ('activated', 'registered'))`,
  },
  {
    what: 'I3 a secret that was used outside its time',
    sql: `SELECT id::text FROM secrets WHERE ended_as = 'used' AND (ended_at >= expires_at OR ended_at < issued_at)`,
  },
  {
    what: 'I3 an account opened by a code whose time was over',
    sql: `SELECT a.username AS id FROM accounts a JOIN cases c ON c.account_id = a.id
          JOIN secrets s ON s.case_id = c.id AND s.purpose IN ('access_code', 'registration_link') AND s.ended_as = 'used'
          WHERE c.state <> 'linked' AND (a.created_at >= s.expires_at OR abs(extract(epoch FROM a.created_at - s.ended_at)) > 5)`,
  },
  {
    what: 'I3 an activation that runs on a dead code',
    sql: `SELECT a.id::text FROM activations a JOIN secrets s ON s.id = a.secret_id
          WHERE a.ended_at IS NULL AND a.ends_at > gatehouse_now() AND (s.ended_at IS NOT NULL OR s.expires_at <= gatehouse_now())`,
  },
  {
    what: 'I3 a registration that runs on a dead link',
    sql: `SELECT w.id::text FROM registration_walks w JOIN secrets s ON s.id = w.secret_id
          WHERE w.ended_at IS NULL AND w.ends_at > gatehouse_now() AND (s.ended_at IS NOT NULL OR s.expires_at <= gatehouse_now())`,
  },
  {
    what: 'I3 a password or an answer kept by a registration that is over',
    sql: `SELECT id::text FROM registration_walks
          WHERE ended_at IS NOT NULL AND (password_hash IS NOT NULL OR answers IS NOT NULL)`,
  },
  {
    what: 'I2 a row of a campaign without exactly one registration, or with one though it was not sent',
    sql: `SELECT r.campaign_id || ' ' || r.no AS id FROM campaign_rows r LEFT JOIN registrations g ON g.case_id = r.case_id
          WHERE (r.outcome = 'queued') <> (g.campaign_id IS NOT DISTINCT FROM r.campaign_id)`,
  },
  {
    what: 'I3 an open secret of a case that is over',
    sql: `SELECT s.id::text FROM secrets s JOIN cases c ON c.id = s.case_id WHERE c.waiting_on IS NULL AND s.ended_at IS NULL`,
  },
  {
    what: 'I3 a password kept by an activation that is over',
    sql: 'SELECT id::text FROM activations WHERE ended_at IS NOT NULL AND password_hash IS NOT NULL',
  },
  {
    what: 'I4 a decision without exactly one audit entry',
    sql: `SELECT d.case_id || ' ' || d.move AS id FROM decisions d
          WHERE (SELECT count(*) FROM audit_entries e WHERE e.case_id = d.case_id AND e.action = d.move AND e.at = d.at
                 AND e.actor_id = d.member_id) <> 1`,
  },
  {
    what: 'I4 a case whose versions and audit entries do not agree',
    sql: `SELECT c.reference AS id FROM cases c LEFT JOIN audit_entries e ON e.case_id = c.id AND e.case_version IS NOT NULL
          GROUP BY c.id, c.reference, c.version HAVING count(e.id) <> c.version OR count(DISTINCT e.case_version) <> c.version`,
  },
  {
    what: 'I5 a mail in trouble that nobody was told of',
    sql: `SELECT m.id::text FROM messages m WHERE m.state IN ('refused', 'unknown', 'bounced')
          AND NOT EXISTS (SELECT 1 FROM staff_tasks t WHERE t.message_id = m.id
            OR (t.case_id = m.case_id AND t.reason IN ('mail_refused', 'mail_unknown')))`,
  },
  {
    what: 'I5 a queued mail that nobody tries any more',
    sql: `SELECT id::text FROM messages WHERE state = 'queued' AND next_attempt_at < gatehouse_now() - interval '3 minutes'
          AND (claimed_until IS NULL OR claimed_until < gatehouse_now() - interval '3 minutes')`,
  },
  {
    what: 'I7 live secrets of one purpose and case',
    sql: `SELECT case_id::text AS id FROM secrets WHERE ended_at IS NULL AND case_id IS NOT NULL GROUP BY case_id, purpose HAVING count(*) > 1`,
  },
  {
    what: 'I10 a live session of an account or member that was stopped',
    sql: `SELECT s.id::text FROM sessions s LEFT JOIN accounts a ON a.id = s.account_id LEFT JOIN members m ON m.id = s.member_id
          WHERE s.ended_at IS NULL AND s.ends_at > gatehouse_now() AND (a.state IN ('suspended', 'closed') OR NOT m.active)`,
  },
];

async function broken(database: Database, { what, sql }: { what: string; sql: string }): Promise<string[]> {
  const rows = await database.query<{ id: string }>(sql);
  return rows.map(({ id }) => `${what}: ${id}`);
}

async function brokenAudit(database: Database): Promise<string[]> {
  const { problems } = await verifyAudit(database);
  return problems.map(({ auditId, no, kind }) => `I4 audit entry ${auditId ?? '?'} (seal ${no ?? '?'}) is ${kind}`);
}

async function strangeMails(database: Database, { seen, since }: NonNullable<Watched['mails']>): Promise<string[]> {
  const rows = await database.query<{ id: string; state: string; ambiguous: number; to: string; isSince: boolean }>(
    'SELECT id, state, ambiguous, to_address AS "to", queued_at >= $1 AS "isSince" FROM messages',
    [since],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const copies = grouped(seen);
  const wrong: string[] = [];
  for (const [id, mails] of copies) {
    const row = byId.get(id);
    if (!row) wrong.push(`I5 a mail without its row: ${id}`);
    if (row && mails.some(({ to }) => to.toLowerCase() !== row.to.toLowerCase()))
      wrong.push(`I5 ${id} went elsewhere than its row says`);
    if (mails.length > 2) wrong.push(`I6 ${id} was handed over ${mails.length} times`);
    if (row && mails.length === 2 && row.ambiguous === 0) wrong.push(`I6 ${id} was handed over twice without need`);
    if (new Set(mails.map(({ text }) => codesIn(text))).size > 1) wrong.push(`I6 ${id} carried different codes`);
  }
  for (const { id, state, isSince } of rows) {
    if (isSince && state === 'accepted' && !copies.has(id))
      wrong.push(`I5 ${id} counts as accepted and never reached the relay`);
  }
  return wrong;
}

const idOf = ({ messageId }: SeenMail): string => messageId.split('@', 1)[0] ?? '';

function grouped(seen: readonly SeenMail[]): Map<string, SeenMail[]> {
  const byId = new Map<string, SeenMail[]>();
  for (const mail of seen) byId.set(idOf(mail), [...(byId.get(idOf(mail)) ?? []), mail]);
  return byId;
}

/** Access codes and mailbox codes in a mail's text, in order. */
const codesIn = (text: string): string =>
  (text.match(/\b(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b|\b\d{4} ?\d{4}\b/g) ?? []).join(' ');

/** A workflow task that failed this often does not fail because a worker was killed. */
const failingFromAttempt = 3;
const describesInFlight = 8;

async function unattended(database: Database, address: string, keys: KeyRing): Promise<string[]> {
  const engine = connectClient({ address, keys: codecKeys(keys), identity: 'invariants' });
  try {
    const open = await database.query<{ id: string; kind: CaseKind; reference: string; isTold: boolean }>(
      `SELECT id, kind, reference, NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id) AS "isTold"
       FROM cases c WHERE waiting_on IS NOT NULL`,
    );
    const wrong: string[] = [];
    const left = [...open];
    const loop = async () => {
      for (let one = left.pop(); one; one = left.pop()) {
        const run = await runOf(engine, one);
        if (run === 'none' && one.isTold) wrong.push(`I1 nobody waits for the open case ${one.reference}`);
        if (run === 'failing') wrong.push(`I8 the workflow of ${one.reference} is stuck on a failing task`);
      }
    };
    await Promise.all(Array.from({ length: describesInFlight }, loop));
    return wrong;
  } finally {
    await engine.close();
  }
}

async function runOf(
  engine: EngineClient,
  { kind, id }: { kind: CaseKind; id: string },
): Promise<'none' | 'failing' | 'well'> {
  try {
    const { status, raw } = await engine.client.workflow.getHandle(workflowId(kind, id)).describe();
    if (status.name !== 'RUNNING') return 'none';
    return (raw.pendingWorkflowTask?.attempt ?? 1) >= failingFromAttempt ? 'failing' : 'well';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'none';
    throw error;
  }
}
