import type { CaseState } from '../domain/case-names.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import { isSilenced } from '../domain/move-effects.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { type CaseRow, caseColumns, factsOf, isCaseSecretSql } from './cases.ts';
import type { Database, Transaction } from './database.ts';

type SnapshotRow = CaseRow & {
  now: Date;
  secretId: string | null;
  secretIssuedAt: Date | null;
  secretExpiresAt: Date | null;
  mails: { id: string; template: string }[] | null;
};

/** What the engine is told of cases, in one statement; cases that do not exist are left out. Bulk mails are the dispatcher's. */
export async function snapshotsOf(
  tx: Pick<Transaction | Database, 'query'>,
  caseIds: readonly string[],
): Promise<Snapshot<CaseState>[]> {
  const rows = await tx.query<SnapshotRow>(
    `SELECT ${caseColumns}, gatehouse_now() AS now, s.id AS "secretId", s.issued_at AS "secretIssuedAt", s.expires_at AS "secretExpiresAt",
       (SELECT jsonb_agg(jsonb_build_object('id', m.id, 'template', m.template) ORDER BY m.queued_at, m.id)
        FROM messages m WHERE m.case_id = c.id AND m.state = 'queued' AND NOT m.bulk) AS mails
     FROM cases c
     LEFT JOIN secrets s ON s.case_id = c.id AND ${isCaseSecretSql} AND s.ended_at IS NULL
     WHERE c.id = ANY($1)`,
    [caseIds],
  );
  return rows.map(snapshot);
}

/** What the engine is told of one case; `State` is that of its kind. Throws when it does not exist. */
export async function snapshotOf<State extends string = CaseState>(
  tx: Pick<Transaction | Database, 'query'>,
  caseId: string,
): Promise<Snapshot<State>> {
  const [found] = await snapshotsOf(tx, [caseId]);
  if (!found) throw new Error('the case does not exist');
  return found as Snapshot<string> as Snapshot<State>;
}

function snapshot(row: SnapshotRow): Snapshot<CaseState> {
  const lifecycle = lifecycles[row.kind];
  // Timers hang neither on what was asked nor on the record.
  const facts = factsOf(row, { ...row, questions: null, isRecordUsable: true });
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
    timers: lifecycle.timersOf(facts),
    owes: {
      secret: row.owesSecret && row.state === lifecycle.secret.state && !isSilenced(facts),
      approval: row.owesApproval && row.state === 'submitted',
      mails: row.mails ?? [],
    },
  };
}
