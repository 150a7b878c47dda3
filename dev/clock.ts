import pg from 'pg';
import { intervalOf } from './clock-argument.ts';
import { embeddedOwnerUrl } from './embedded-postgres.ts';
import { readSettings } from './settings.ts';

const USAGE = `npm run clock                 shows the product's clock
npm run clock -- +60d         moves it: s, m, h, d, w, or ISO 8601 as in +P6M
npm run clock -- reset        puts it back to the machine's`;

/** The demonstration's time travel: moves the product's clock and wakes every open case and running campaign, so that what is due happens now. */
async function main(argument: string | undefined): Promise<string> {
  const client = new pg.Client({ connectionString: await ownerUrl(), connectionTimeoutMillis: 3_000 });
  await client.connect().catch((error: Error) => {
    throw new Error(`the database does not answer (${error.message || 'refused'}): is Gatehouse running?`);
  });
  try {
    if (argument === undefined) return await standing(client);
    if (argument === 'reset') return await move(client, undefined);
    const by = intervalOf(argument);
    if (by === undefined) throw new Error(`${argument} is no time to move by\n${USAGE}`);
    return await move(client, by);
  } finally {
    await client.end();
  }
}

/** The shift is kept in seconds, so that no session's time zone bends it. `by` undefined: no shift at all. */
async function move(client: pg.Client, by: string | undefined): Promise<string> {
  await client.query('BEGIN');
  await client.query(
    `UPDATE clock_shift SET shift = CASE WHEN $1::interval IS NULL THEN interval '0' ELSE make_interval(secs =>
       extract(epoch FROM shift) + extract(epoch FROM (n.at + $1::interval) - n.at)::double precision) END
     FROM (SELECT gatehouse_now() AT TIME ZONE 'UTC' AS at) AS n`,
    [by],
  );
  const woken = await client.query(
    `INSERT INTO outbox (case_id, created_at, next_at) SELECT id, gatehouse_now(), gatehouse_now() FROM cases WHERE waiting_on IS NOT NULL`,
  );
  await client.query(
    `INSERT INTO outbox (campaign_id, created_at, next_at) SELECT id, gatehouse_now(), gatehouse_now() FROM campaigns WHERE state = 'running'`,
  );
  // after a move backwards, what waits for its turn would wait for the old time
  await client.query(
    'UPDATE outbox SET next_at = gatehouse_now(), leased_until = NULL WHERE next_at > gatehouse_now()',
  );
  await client.query('COMMIT');
  return `${await standing(client)}; ${woken.rowCount ?? 0} open cases woken`;
}

async function standing(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ now: Date; days: string; seconds: string }>(
    `SELECT gatehouse_now() AS now, round(extract(epoch FROM shift) / 86400, 2) AS days, extract(epoch FROM shift) AS seconds FROM clock_shift`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the database has no clock: it is not migrated');
  const shift = Number(row.seconds) === 0 ? "the machine's own time" : `shifted by ${Number(row.days)} days`;
  return `the clock stands at ${row.now.toISOString()} (${shift})`;
}

async function ownerUrl(): Promise<string> {
  const settings = readSettings(process.env);
  if (settings.database?.ownerUrl !== undefined) return settings.database.ownerUrl;
  if (settings.database !== undefined) throw new Error('DATABASE_OWNER_URL is not set: only the owner moves the clock');
  const embedded = await embeddedOwnerUrl(settings.dataDir, settings.ports.postgres);
  if (embedded === undefined) throw new Error(`there is no database in ${settings.dataDir}: npm start makes it`);
  return embedded;
}

main(process.argv[2]).then(
  (line) => console.log(line),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
