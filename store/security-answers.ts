import type { Database, Transaction } from './database.ts';

/** One answer to a question of the holder's choice: hashed, never shown. */
export interface HashedAnswer {
  question: string;
  answerHash: string;
  /** As the policy had it when it was given; it is compared by the same rule, whatever the policy says by then. */
  caseSensitive: boolean;
}

/** Writes the answers of a new account, in the order in which they were chosen. */
export function keepSecurityAnswers(
  tx: Transaction,
  accountId: string,
  answers: readonly HashedAnswer[],
  at: Date,
): void {
  answers.forEach(({ question, answerHash, caseSensitive }, index) => {
    tx.write(
      'INSERT INTO security_answers (account_id, position, question, answer_hash, case_sensitive, set_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [accountId, index + 1, question, answerHash, caseSensitive, at],
    );
  });
}

/** An account's answers in their order; none for an account that was never asked. */
export async function securityAnswersOf(
  db: Pick<Transaction | Database, 'query'>,
  accountId: string,
): Promise<HashedAnswer[]> {
  return db.query<HashedAnswer & Record<string, unknown>>(
    `SELECT question, answer_hash AS "answerHash", case_sensitive AS "caseSensitive" FROM security_answers WHERE account_id = $1 ORDER BY position`,
    [accountId],
  );
}
