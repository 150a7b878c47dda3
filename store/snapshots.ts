import { isSilenced, timersOf } from '../domain/application/timers.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { type CaseRow, caseColumns, factsOf } from './cases.ts';
import type { Database, Transaction } from './database.ts';

type SnapshotRow = CaseRow & {
  now: Date;
  codeId: string | null;
  codeIssuedAt: Date | null;
  codeExpiresAt: Date | null;
  mails: { id: string; template: string }[] | null;
};

/** What the engine is told of cases, in one statement; cases that do not exist are left out. */
export async function snapshotsOf(
  tx: Pick<Transaction | Database, 'query'>,
  caseIds: readonly string[],
): Promise<Snapshot<CaseRow['state']>[]> {
  const rows = await tx.query<SnapshotRow>(
    `SELECT ${caseColumns}, gatehouse_now() AS now, s.id AS "codeId", s.issued_at AS "codeIssuedAt", s.expires_at AS "codeExpiresAt",
       (SELECT jsonb_agg(jsonb_build_object('id', m.id, 'template', m.template) ORDER BY m.queued_at, m.id)
        FROM messages m WHERE m.case_id = c.id AND m.state = 'queued') AS mails
     FROM cases c
     LEFT JOIN secrets s ON s.case_id = c.id AND s.purpose = 'access_code' AND s.ended_at IS NULL
     WHERE c.id = ANY($1)`,
    [caseIds],
  );
  return rows.map(snapshot);
}

/** What the engine is told of one case. Throws when it does not exist. */
export async function snapshotOf(
  tx: Pick<Transaction | Database, 'query'>,
  caseId: string,
): Promise<Snapshot<CaseRow['state']>> {
  const [found] = await snapshotsOf(tx, [caseId]);
  if (!found) throw new Error('the case does not exist');
  return found;
}

function snapshot(row: SnapshotRow): Snapshot<CaseRow['state']> {
  const facts = factsOf(row, { ...row, questions: null });
  return {
    caseId: row.id,
    kind: row.kind,
    reference: row.reference,
    portal: row.portal,
    version: row.version,
    state: row.state,
    waitingOn: row.waitingOn,
    now: row.now.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    timers: timersOf(facts),
    owes: {
      secret: row.owesSecret && row.state === 'approved' && !isSilenced(facts),
      approval: row.owesApproval && row.state === 'submitted',
      mails: row.mails ?? [],
    },
  };
}
