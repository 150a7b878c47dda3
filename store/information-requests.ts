import type { Database, Transaction } from './database.ts';

type Queries = Pick<Transaction | Database, 'query'>;

/** What was asked of the person, and what they answered; oldest first. `answers` is empty while `answeredAt` is null. */
export interface InformationRequest {
  askedAt: Date;
  questions: string[];
  answeredAt: Date | null;
  answers: string[];
}

/** Keeps the questions of a `requestInformation`, in the transaction of the move. `at` is the move's instant. */
export async function askQuestions(
  tx: Transaction,
  caseId: string,
  questions: readonly string[],
  at: Date,
): Promise<void> {
  await tx.query('INSERT INTO information_requests (case_id, asked_at, questions) VALUES ($1, $2, $3)', [
    caseId,
    at,
    questions,
  ]);
}

/** Keeps the person's answers to what was asked last, one per question, in the transaction of the move `answer`. */
export async function storeAnswers(
  tx: Transaction,
  caseId: string,
  answers: readonly string[],
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE information_requests SET answers = $2, answered_at = $3
     WHERE id = (SELECT id FROM information_requests WHERE case_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 1)`,
    [caseId, answers, at],
  );
}

/** Everything that was asked in a case, oldest first. */
export async function informationRequestsOf(queries: Queries, caseId: string): Promise<InformationRequest[]> {
  return queries.query<InformationRequest & Record<string, unknown>>(
    `SELECT asked_at AS "askedAt", questions, answered_at AS "answeredAt", answers FROM information_requests
     WHERE case_id = $1 ORDER BY asked_at, id`,
    [caseId],
  );
}
