import type pg from 'pg';

/** The database's clock of a test: runs as everywhere, or stands at an instant, so that edges are met to the millisecond. */
export interface StillClock {
  readonly isStill: boolean;
  /** Every `gatehouse_now()` of the database answers this instant from now on. */
  standAt(at: Date): Promise<void>;
  /** Runs again, with the machine's time. */
  run(): Promise<void>;
}

/** Teaches the test database's `gatehouse_now()` to stand. Only for a database of the test's own. */
export async function stillClock(owner: pg.Client): Promise<StillClock> {
  await owner.query(`
    CREATE TABLE still_clock (at timestamptz(3));
    INSERT INTO still_clock VALUES (NULL);
    GRANT SELECT ON still_clock TO PUBLIC;
    CREATE OR REPLACE FUNCTION gatehouse_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
      SELECT COALESCE((SELECT at FROM still_clock),
        date_trunc('milliseconds', clock_timestamp() + (SELECT shift FROM clock_shift)))
    $$`);
  let isStill = false;
  return {
    get isStill() {
      return isStill;
    },
    async standAt(at) {
      await owner.query('UPDATE still_clock SET at = $1', [at]);
      isStill = true;
    },
    async run() {
      await owner.query('UPDATE still_clock SET at = NULL');
      isStill = false;
    },
  };
}
