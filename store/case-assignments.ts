import type { Actor } from '../domain/case.ts';
import type { CaseRow } from './cases.ts';
import type { Transaction } from './database.ts';
import { moveCase } from './moves.ts';
import { Refused } from './refused.ts';

export interface Assignments {
  assignee: string;
  /** Each case once, with the version seen. */
  cases: readonly { id: string; version: number }[];
  actor: Actor;
}

/** A case as it was assigned, or why it was not. */
export type Assigned = { id: string; row: CaseRow; refused?: never } | { id: string; row?: never; refused: Refused };

/**
 * Assigns cases to one member, each by a move of its own that is made or refused by itself. They are locked in the order of
 * their ids, so that two such calls never wait for each other crosswise; the answers come in the order asked.
 */
export async function assignCases(tx: Transaction, { assignee, cases, actor }: Assignments): Promise<Assigned[]> {
  const answers = new Map<string, Assigned>();
  for (const { id, version } of cases.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const move = { caseId: id, move: 'assign', actor, expectedVersion: version, input: { assignee } } as const;
    answers.set(id, await undoneIfRefused(tx, id, () => moveCase(tx, move)));
  }
  return cases.flatMap(({ id }) => answers.get(id) ?? []);
}

/** What a refused move may have written goes; the others' stays. Anything but a refusal undoes all. */
async function undoneIfRefused(tx: Transaction, id: string, move: () => Promise<CaseRow>): Promise<Assigned> {
  try {
    return { id, row: await tx.undoneWhenThrown(move) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { id, refused: error };
  }
}
