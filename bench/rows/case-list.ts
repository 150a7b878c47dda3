import pg from 'pg';
import type { QueryValue } from '../../contract/client.ts';
import { listCases } from '../../contract/routes/staff/cases.ts';
import { firstNames, type House, lastNames, portal } from '../house.ts';
import { quantile, steady } from '../load.ts';
import { demands, line, type Measured, measured, type Row } from '../row.ts';

/** What the queue's screens ask for, over many cases written by SQL. The worker is held: it would start workflows for them. */
export const caseList: Row = {
  name: 'case-list',
  house: 'own',
  isOnce: true,
  run: async (house, { quick, cases, seconds = quick ? 10 : 60 }) => {
    const letGo = house.stack.hold('worker');
    try {
      const filledIn = await fill(house, cases);
      const asked = questions(house);
      const work = async (note: (name: string, ms: number) => void) => {
        const { name, query } = asked[Math.floor(Math.random() * asked.length)] ?? { name: 'newest', query: {} };
        note(name, (await house.http.call(listCases, { query, cookie: house.staffCookie })).ms);
      };
      await steady({ perSecond: 20, seconds: 2, work });
      const found = await measured(house, () => steady({ perSecond: 20, seconds, work }));
      const whole = line(`list and search over ${cases.toLocaleString('en')} cases, 20/s`, found.loaded, {
        cpu: found.cpu,
        demand: demands({ perSecond: 20, p95: 50 }),
        note: `filled in ${filledIn.toFixed(0)} s`,
      });
      const slowest = asked
        .map(({ name }) => ({ name, p95: quantile(found.loaded.times.get(name) ?? [], 0.95) }))
        .sort((a, b) => b.p95 - a.p95);
      return [whole, ...slowest.slice(0, 4).map(({ name }): Measured => line(`· ${name}`, found.loaded, { of: name }))];
    } finally {
      letGo();
    }
  },
};

interface Question {
  name: string;
  query: Record<string, QueryValue>;
}

function questions({ memberId }: House): Question[] {
  const open = ['staff', 'applicant', 'patient', 'engine'];
  return [
    { name: 'newest first', query: {} },
    { name: 'fourth page', query: { page: 4 } },
    { name: 'open by target', query: { waitingOn: open, sort: 'dueAt', order: 'asc' } },
    { name: 'our turn, by target', query: { waitingOn: 'staff', sort: 'dueAt', order: 'asc' } },
    { name: 'mine', query: { assignee: 'me', sort: 'dueAt', order: 'asc' } },
    { name: "nobody's", query: { assignee: 'none', waitingOn: 'staff' } },
    { name: 'a member’s', query: { assignee: memberId } },
    { name: 'late', query: { sla: 'late', sort: 'dueAt', order: 'asc' } },
    { name: 'flagged', query: { flag: 'mail_refused' } },
    { name: 'one state', query: { state: 'in_review' } },
    { name: 'two states of a portal', query: { state: ['submitted', 'in_review'], portal } },
    { name: 'codes that end soon', query: { state: 'code_sent', sort: 'expiresAt', order: 'asc' } },
    { name: 'last changed', query: { sort: 'updatedAt', order: 'desc' } },
    { name: 'search: a name', query: { q: 'okafor' } },
    { name: 'search: first and last name', query: { q: 'hana silva' } },
    { name: 'search: one person', query: { q: 'moreau12345' } },
    { name: 'search: an address', query: { q: 'tanaka4321@mail' } },
    { name: 'search: nobody', query: { q: 'zzyzx' } },
    { name: 'search: two letters', query: { q: 'ro' } },
    { name: 'search among the open', query: { q: 'novak', waitingOn: 'staff', sort: 'dueAt', order: 'asc' } },
  ];
}

/** Four years of cases, one in twelve still open. The indexes are made anew at the end: row by row would take ten times as long. */
async function fill({ stack, memberId }: House, count: number): Promise<number> {
  const startedAt = performance.now();
  const owner = new pg.Client({ connectionString: stack.ownerUrl });
  await owner.connect();
  try {
    const { rows: indexes } = await owner.query<{ name: string; definition: string }>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
       WHERE tablename = 'cases' AND schemaname = 'public' AND indexdef NOT LIKE 'CREATE UNIQUE%'`,
    );
    for (const { name } of indexes) await owner.query(`DROP INDEX ${pg.escapeIdentifier(name)}`);
    for (let from = 0; from < count; from += perStatement) {
      const upTo = Math.min(from + perStatement, count) - 1;
      await owner.query(insertCases, [from, upTo, portal, memberId, firstNames, lastNames]);
    }
    await owner.query(
      `INSERT INTO applications (case_id, postal_code) SELECT id, '02139' FROM cases ON CONFLICT DO NOTHING`,
    );
    await owner.query(`SET maintenance_work_mem = '512MB'`);
    for (const { definition } of indexes) await owner.query(definition);
    await owner.query('VACUUM (ANALYZE) cases');
    await owner.query('VACUUM (ANALYZE) applications');
  } finally {
    await owner.end();
  }
  return (performance.now() - startedAt) / 1000;
}

const perStatement = 50_000;

const insertCases = `
  INSERT INTO cases (reference, kind, portal, state, version, source, waiting_on, flags, policy_version, first_name, last_name,
    date_of_birth, email, duplicate_key, search_text, language, assignee, received_at, updated_at, decided_at, due_at, late_at,
    expires_at, closes_at, secrets_issued)
  SELECT reference, 'application', $3, state, 3, 'online',
    CASE WHEN flagged THEN 'staff' WHEN state IN ('submitted', 'in_review') THEN 'staff' WHEN state = 'waiting_on_applicant' THEN 'applicant'
      WHEN state IN ('code_sent', 'expired') THEN 'patient' END,
    CASE WHEN flagged THEN ARRAY['mail_refused'] ELSE ARRAY[]::text[] END,
    p.policy_version, first_name, last_name, DATE '1950-01-01' + (i % 18000), email, email || ' ' || i,
    lower(first_name || ' ' || last_name || ' ' || email || ' ' || reference || ' ' || replace(reference, '-', '')), 'en',
    CASE WHEN state = 'in_review' AND i % 5 = 0 THEN $4::uuid END,
    received_at, received_at + interval '2 days',
    CASE WHEN state IN ('submitted', 'in_review', 'waiting_on_applicant') THEN NULL ELSE received_at + interval '2 days' END,
    CASE WHEN state IN ('submitted', 'in_review') THEN received_at + interval '3 days' END,
    CASE WHEN state IN ('submitted', 'in_review') THEN received_at + interval '5 days' END,
    CASE WHEN state IN ('code_sent', 'expired') THEN received_at + interval '60 days' END,
    CASE WHEN state = 'waiting_on_applicant' THEN received_at + interval '30 days'
      WHEN state = 'expired' THEN received_at + interval '240 days' END,
    CASE WHEN state IN ('code_sent', 'expired', 'activated') THEN 1 ELSE 0 END
  FROM (
    SELECT i, 'GH-' || substr(code, 1, 4) || '-' || substr(code, 5, 4) AS reference, first_name, last_name || i AS last_name,
      lower(last_name) || i || '@mail.example' AS email, state,
      state IN ('code_sent', 'in_review') AND i % 40 = 0 AS flagged,
      gatehouse_now() - CASE WHEN state IN ('submitted', 'in_review', 'waiting_on_applicant', 'code_sent')
        THEN random() * interval '20 days' ELSE random() * interval '4 years' END AS received_at
    FROM (
      SELECT i, upper(lpad(to_hex(i::bigint * 2654435761 % 4294967296), 8, '0')) AS code,
        ($5::text[])[1 + i % array_length($5::text[], 1)] AS first_name,
        ($6::text[])[1 + (i / 20) % array_length($6::text[], 1)] AS last_name,
        CASE WHEN i % 100 < 2 THEN 'submitted' WHEN i % 100 < 4 THEN 'in_review' WHEN i % 100 < 5 THEN 'waiting_on_applicant'
          WHEN i % 100 < 8 THEN 'code_sent' WHEN i % 100 < 12 THEN 'expired' WHEN i % 100 < 80 THEN 'activated'
          WHEN i % 100 < 90 THEN 'rejected' WHEN i % 100 < 94 THEN 'withdrawn' ELSE 'closed' END AS state
      FROM generate_series($1::int, $2::int) AS i
    ) AS drawn
  ) AS made JOIN portals p ON p.id = $3
  ON CONFLICT (reference) DO NOTHING`;
