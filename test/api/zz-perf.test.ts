import { it } from '@jest/globals';
import { startTestApi } from '../support/api.ts';
import { signedInAs } from '../support/staff.ts';
import { listCases } from '../../contract/routes/staff/cases.ts';
import { readDashboard } from '../../contract/routes/staff/dashboard.ts';
import pg from 'pg';
import { writeFileSync } from 'node:fs';
it('perf', async () => {
  const api = await startTestApi();
  const out: string[] = [];
  const { id } = await api.house.applies();
  const url = new URL((api.house.owner as unknown as { connectionParameters: never }) && 'http://x');
  void url; void pg;
  const t0 = Date.now();
  await api.house.owner.query(`SET statement_timeout=0; SET maintenance_work_mem='256MB'`);
  const idx = (await api.house.owner.query(`SELECT indexname, indexdef FROM pg_indexes WHERE tablename='cases' AND indexname NOT IN ('cases_pkey','cases_reference_key')`)).rows;
  for (const i of idx) await api.house.owner.query(`DROP INDEX "${i.indexname}"`);
  await api.house.owner.query(`SET session_replication_role = replica`).catch(() => {});
  await api.house.owner.query(`
   INSERT INTO cases (id, kind, portal, state, source, waiting_on, flags, policy_version, first_name, last_name, date_of_birth, email, duplicate_key, language, received_at, updated_at, due_at, late_at, expires_at, reference, search_text, decided_at)
   SELECT uuidv7(), 'application', 'harborview', s.state, 'online', CASE s.state WHEN 'submitted' THEN 'staff' WHEN 'in_review' THEN 'staff' WHEN 'code_sent' THEN 'applicant' END, '{}', 1,
     f, l, '1980-01-01', f||'.'||l||n||'@mail.example', n::text, 'en', now() - n * interval '30 seconds', now() - n * interval '20 seconds',
     CASE WHEN s.state IN ('submitted','in_review') THEN now() + (500 - n%1000) * interval '1 minute' END, CASE WHEN s.state IN ('submitted','in_review') THEN now() + (2500 - n%1000) * interval '1 minute' END,
     CASE WHEN s.state='code_sent' THEN now() + (n%1000) * interval '1 hour' END, 'GH-'||lpad(to_hex(n),8,'0'), lower(f||' '||l||' '||f||'.'||l||n||'@mail.example GH-'||lpad(to_hex(n),8,'0')), CASE WHEN s.state NOT IN ('submitted','in_review') THEN now() - n * interval '25 seconds' END
   FROM (SELECT n, (ARRAY['ada','ben','cleo','dora','emil','fritz','gerda','hanna','ivo','joan'])[1+n%10] || chr(97+n%26) AS f, 'last' || md5((n%50000)::text) AS l,
        CASE WHEN n%100<1 THEN 'submitted' WHEN n%100<2 THEN 'in_review' WHEN n%100 < 5 THEN 'code_sent' WHEN n%100 < 20 THEN 'rejected' ELSE 'activated' END AS state FROM generate_series(1, 1000000) n) s`);
  out.push(`filled ${Date.now() - t0}`);
  for (const i of idx) await api.house.owner.query(i.indexdef);
  await api.house.owner.query('ANALYZE cases');
  out.push(`indexed ${Date.now() - t0}`);
  const clerk = await signedInAs(api, api.house.clerk);
  const ask = async (query: Record<string, string | number | string[]>) => {
    const times: number[] = [];
    let r;
    for (let k = 0; k < 8; k++) { const a = performance.now(); r = await clerk.call(listCases, { query }); times.push(performance.now() - a); }
    times.sort((a, b) => a - b);
    out.push(`${JSON.stringify(query)} median ${times[4]?.toFixed(1)} max ${times[7]?.toFixed(1)} total ${r?.body.total} ${r?.body.totalIsCapped} ${r?.problem?.code}`);
  };
  for (const q of [{}, { state: 'submitted' }, { state: ['submitted', 'in_review'] }, { waitingOn: ['staff', 'applicant', 'engine'] }, { waitingOn: 'staff', sort: 'dueAt', order: 'asc' }, { sort: 'dueAt', order: 'desc' }, { sort: 'expiresAt', order: 'desc' }, { sort: 'expiresAt', order: 'asc' }, { sla: 'late' }, { sla: 'due' }, { sla: 'ok', sort: 'dueAt', order: 'asc' }, { assignee: 'me' }, { assignee: 'none', waitingOn: 'staff' }, { flag: 'not_me' }, { q: 'lastc4ca4238' }, { q: 'adaa' }, { q: 'ad' }, { q: 'mail.example' }, { q: 'GH-00000abc' }, { q: 'zzzzqq' }, { q: 'ada lastc4ca' }, { sort: 'reference' }, { sort: 'updatedAt' }, { page: 10, perPage: 100 }, { page: 11, perPage: 100 }, { state: 'activated', page: 10, perPage: 100, sort: 'updatedAt' }, { waitingOn: 'staff', sla: 'due', sort: 'updatedAt' }] as never[]) await ask(q);
  const a = performance.now(); await clerk.call(readDashboard); out.push(`dashboard ${(performance.now() - a).toFixed(0)}`);
  writeFileSync('/tmp/perf/out.txt', out.join('\n'));
  void id;
  await api.stop();
}, 400_000);
