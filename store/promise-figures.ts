import type { Database } from './database.ts';

/** Figures named after the product's promises, by portal (null: of the whole). */
export type PromiseFigures = PromiseFigure[];

export interface PromiseFigure {
  name: string;
  help: string;
  /** Only ever grows. */
  isCounter: boolean;
  values: { portal: string | null; value: number }[];
}

const queries = [
  {
    name: 'gatehouse_applications_received_total',
    help: 'Applications accepted, by portal.',
    isCounter: true,
    sql: `SELECT portal, count(*)::float AS value FROM cases WHERE kind = 'application' GROUP BY portal`,
  },
  {
    name: 'gatehouse_access_codes_expired_total',
    help: 'Access codes that ended unused because their time was over, by portal.',
    isCounter: true,
    sql: `SELECT portal, count(*)::float AS value FROM secrets
      WHERE purpose = 'access_code' AND ended_as = 'expired' GROUP BY portal`,
  },
  {
    name: 'gatehouse_sla_late_cases',
    help: 'Open cases whose promise is broken, by portal.',
    isCounter: false,
    sql: `SELECT portal, count(*)::float AS value FROM cases
      WHERE waiting_on IS NOT NULL AND state IN ('submitted', 'in_review') AND late_at <= (SELECT gatehouse_now()) GROUP BY portal`,
  },
  {
    name: 'gatehouse_outbox_age_seconds',
    help: 'Age of the oldest word the engine has not been given.',
    isCounter: false,
    sql: `SELECT NULL AS portal, COALESCE(GREATEST(extract(epoch FROM (SELECT gatehouse_now()) - min(created_at)), 0), 0)::float AS value
      FROM outbox WHERE NOT bulk`,
  },
  {
    name: 'gatehouse_messages_queued',
    help: 'Mails the relay has not taken yet.',
    isCounter: false,
    sql: `SELECT NULL AS portal, count(*)::float AS value FROM messages WHERE state = 'queued'`,
  },
  {
    name: 'gatehouse_staff_tasks_open',
    help: 'Things staff have to look at.',
    isCounter: false,
    sql: `SELECT portal, count(*)::float AS value FROM staff_tasks WHERE settled_at IS NULL GROUP BY portal`,
  },
] as const;

/** Reads them all from the tables, so that every process tells the same. */
export async function readPromiseFigures(database: Pick<Database, 'query'>): Promise<PromiseFigures> {
  const figures: PromiseFigures = [];
  for (const { sql, ...figure } of queries) {
    figures.push({ ...figure, values: await database.query<{ portal: string | null; value: number }>(sql) });
  }
  return figures;
}
