import type { Actor } from '../domain/case.ts';
import { figures } from '../domain/policy/figures.ts';
import { writeAudit } from './audit.ts';
import type { Database } from './database.ts';

/** What was opened: exactly one of the ids; a mail also names the case or account it belongs to. */
export interface ViewedThing {
  portal: string;
  caseId?: string | undefined;
  accountId?: string | undefined;
  patientRecordId?: string;
  mail?: { id: string; template: string };
}

/**
 * Audits that a member opened something personal, once per member and thing in 10 minutes (security.md). A look that was
 * audited a moment ago costs one statement; two at once are audited once.
 */
export async function auditView(
  database: Database,
  member: Extract<Actor, { kind: 'member' }>,
  { portal, caseId, accountId, patientRecordId, mail }: ViewedThing,
): Promise<void> {
  const key = `viewed:${member.id}:${mail?.id ?? caseId ?? accountId ?? patientRecordId}`;
  const [recent] = await database.query('SELECT 1 FROM rate_limits WHERE key = $1 AND ends_at > gatehouse_now()', [
    key,
  ]);
  if (recent) return;
  await database.transaction(async (tx) => {
    const [first] = await tx.query<{ now: Date }>(
      `INSERT INTO rate_limits AS l (key, points, ends_at) VALUES ($1, 1, gatehouse_now() + make_interval(mins => $2))
       ON CONFLICT (key) DO UPDATE SET ends_at = excluded.ends_at WHERE l.ends_at <= gatehouse_now()
       RETURNING gatehouse_now() AS now`,
      [key, figures.viewedOncePerMinutes],
    );
    if (!first) return;
    writeAudit(tx, {
      at: first.now,
      actor: member,
      action: 'viewed',
      portal,
      caseId,
      accountId,
      ...(patientRecordId !== undefined && { detail: { patientRecordId } }),
      ...(mail && { detail: { messageId: mail.id, template: mail.template } }),
    });
  });
}
