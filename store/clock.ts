import type { Database, Transaction } from './database.ts';

/** The product's time (architecture, pattern 10). Deciding statements ask after their locks are taken. */
export async function databaseNow(tx: Pick<Transaction | Database, 'query'>): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('SELECT gatehouse_now() AS now');
  if (!row) throw new Error('the database did not tell the time');
  return row.now;
}
