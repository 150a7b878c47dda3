import type { ApplicationState } from '../domain/application/lifecycle.ts';
import type { CaseFlag } from '../domain/case.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Database, Transaction } from './database.ts';
import { policyAt } from './portals.ts';

/** What a person may know of their own application: where it stands and when it got there. */
export interface ApplicationProgress {
  state: ApplicationState;
  flags: CaseFlag[];
  language: string;
  receivedAt: Date;
  inReviewAt: Date | null;
  codeSentAt: Date | null;
  activeAt: Date | null;
  lateAt: Date | null;
  expiresAt: Date | null;
  closesAt: Date | null;
  selfRenewals: number;
  /** What was asked last. */
  questions: string[] | null;
  policy: Policy;
  now: Date;
}

/** Reads it in one statement. Throws when the case does not exist. */
export async function applicationProgress(
  db: Pick<Transaction | Database, 'query' | 'policies'>,
  caseId: string,
): Promise<ApplicationProgress> {
  const [row] = await db.query<Omit<ApplicationProgress, 'policy'> & { portal: string; policyVersion: number }>(
    `SELECT c.portal, c.policy_version AS "policyVersion", c.state, c.flags, c.language, c.received_at AS "receivedAt",
       c.late_at AS "lateAt", c.expires_at AS "expiresAt", c.closes_at AS "closesAt", c.self_renewals AS "selfRenewals",
       e.in_review AS "inReviewAt", e.code_sent AS "codeSentAt", e.active AS "activeAt",
       (SELECT q.questions FROM information_requests q WHERE q.case_id = c.id ORDER BY q.asked_at DESC, q.id DESC LIMIT 1) AS questions,
       gatehouse_now() AS now
     FROM cases c, LATERAL (
       SELECT min(at) FILTER (WHERE action IN ('claim', 'assign')) AS in_review,
         max(at) FILTER (WHERE action = 'code_sent') AS code_sent, max(at) FILTER (WHERE action = 'activate') AS active
       FROM audit_entries WHERE case_id = c.id AND action IN ('claim', 'assign', 'code_sent', 'activate')) e
     WHERE c.id = $1`,
    [caseId],
  );
  if (!row) throw new Error('the case does not exist');
  const { portal, policyVersion, ...progress } = row;
  return { ...progress, policy: await policyAt(db, portal, policyVersion) };
}
