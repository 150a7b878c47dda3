import { lifecycles } from '../domain/lifecycles.ts';
import { isSilenced } from '../domain/move-effects.ts';
import { emailKey } from '../domain/people/normalise.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { type CaseRow, lockCase } from './cases.ts';
import type { Database, Transaction } from './database.ts';
import { type MoveRequest, moveCase } from './moves.ts';
import { policyAt } from './portals.ts';

/** A mail an action would send, before its rendering; the case's own policy says its manner. */
export interface OwedMailFacts {
  template: string;
  to: string;
  language: string;
  data: Record<string, unknown>;
}

export interface MovePreview {
  portal: string;
  policy: Policy;
  /** The mail to the person first, then the others. */
  mails: OwedMailFacts[];
}

/** Carries the answer out of the transaction it undoes. */
class Undone extends Error {
  readonly preview: MovePreview;

  constructor(preview: MovePreview) {
    super('only a preview');
    this.preview = preview;
  }
}

/**
 * The mails a move would send: the move itself, through the one door and with what the engine would do next, undone before
 * anybody sees it. So it is refused as the move is: throws `Refused` like `moveCase`.
 */
export function previewMove(database: Database, request: MoveRequest): Promise<MovePreview> {
  return undone(database, async (tx) => {
    const before = await messageIdsOf(tx, request.caseId);
    return { moved: await moveCase(tx, request), before };
  });
}

/** The mails a new case would send; `begin` begins it and answers its id. Throws what it throws. */
export function previewBeginning(
  database: Database,
  begin: (tx: Transaction) => Promise<string>,
): Promise<MovePreview> {
  return undone(database, async (tx) => {
    const { row } = await lockCase(tx, await begin(tx));
    return { moved: row, before: [] };
  });
}

async function undone(
  database: Database,
  work: (tx: Transaction) => Promise<{ moved: CaseRow; before: readonly string[] }>,
): Promise<MovePreview> {
  try {
    return await database.transaction(async (tx): Promise<never> => {
      const { moved, before } = await work(tx);
      await issueOwedSecret(tx, moved);
      const policy = await policyAt(tx, moved.portal, moved.policyVersion);
      const mails = await mailsSince(tx, moved, before);
      throw new Undone({ portal: moved.portal, policy, mails });
    });
  } catch (error) {
    if (error instanceof Undone) return error.preview;
    throw error;
  }
}

async function messageIdsOf(tx: Transaction, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT id FROM messages WHERE case_id = $1', [caseId]);
  return rows.map(({ id }) => id);
}

/** The mail of a favourable decision is the one with the code or link, which the engine issues next. */
async function issueOwedSecret(tx: Transaction, { id, kind, state, flags, owesSecret }: CaseRow): Promise<void> {
  const { secret } = lifecycles[kind];
  if (!owesSecret || state !== secret.state || isSilenced({ flags })) return;
  await moveCase(tx, { caseId: id, move: secret.issued, actor: { kind: 'engine' }, isEngineWaiting: true });
}

async function mailsSince(
  tx: Transaction,
  { id, email }: CaseRow,
  before: readonly string[],
): Promise<OwedMailFacts[]> {
  const mails = await tx.query<OwedMailFacts & Record<string, unknown>>(
    `SELECT template, to_address AS "to", language, data FROM messages WHERE case_id = $1 AND id <> ALL($2::uuid[]) ORDER BY id`,
    [id, before],
  );
  const isToPerson = ({ to }: OwedMailFacts) => emailKey(to) === emailKey(email);
  return [...mails.filter(isToPerson), ...mails.filter((mail) => !isToPerson(mail))];
}
