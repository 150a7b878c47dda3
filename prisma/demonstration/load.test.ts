import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseFlags, caseKinds } from '../../domain/case.ts';
import { lifecycles } from '../../domain/lifecycles.ts';
import { campaignProblems } from '../../domain/registration/obstacles.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { makeKeyRingText, parseKeyRing } from '../../store/key-ring.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { loadDemonstration } from './load.ts';
import { hashesOf, type PasswordHashes } from './password-hashes.ts';

let testDatabase: TestDatabase;
let database: Database;
let hashes: PasswordHashes;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({ url: testDatabase.ownerUrl, keys: parseKeyRing(makeKeyRingText('k1')) });
  hashes = await hashesOf('a password for the test');
  await database.transaction((tx) => loadDemonstration(tx, hashes));
}, 60_000);

afterAll(async () => {
  await database?.close();
  await testDatabase?.drop();
});

const rows = <Row extends Record<string, unknown>>(sql: string) => database.query<Row>(sql);

describe('the demonstration', () => {
  it('leaves the clock as it was', async () => {
    expect(await rows("SELECT 1 FROM clock_shift WHERE shift <> interval '0'")).toEqual([]);
  });

  it('holds the five portals, and 40 records on each that has patients', async () => {
    expect(await rows('SELECT portal, count(*) AS count FROM patient_records GROUP BY portal ORDER BY portal')).toEqual(
      [
        { portal: 'commonwealth', count: 40 },
        { portal: 'harborview', count: 40 },
        { portal: 'maplestreet', count: 40 },
        { portal: 'summit', count: 40 },
      ],
    );
    expect(await rows('SELECT id FROM portals')).toHaveLength(5);
  });

  it('knows Ada Ferris, who has not applied yet, and Ben Okafor', async () => {
    expect(
      await rows(
        `SELECT portal, first_name AS name, date_of_birth AS born, postal_code AS zip, email FROM patient_records
         WHERE mrn IN ('HV-100001', 'MS-200001') ORDER BY mrn`,
      ),
    ).toEqual([
      { portal: 'harborview', name: 'Ada', born: '1984-02-29', zip: '02139', email: 'ada.ferris@mail.example' },
      { portal: 'maplestreet', name: 'Ben', born: '1990-07-14', zip: '04101', email: 'ben.okafor@mail.example' },
    ]);
    expect(await rows("SELECT 1 FROM cases WHERE last_name = 'Ferris'")).toEqual([]);
  });

  it('shows a case in every state and with every flag, in time and late', async () => {
    for (const kind of caseKinds) {
      const states = await rows<{ state: string }>(`SELECT DISTINCT state FROM cases WHERE kind = '${kind}'`);
      expect(states.map(({ state }) => state).sort()).toEqual([...lifecycles[kind].states].sort());
    }
    const flags = await rows<{ flag: string }>('SELECT DISTINCT unnest(flags) AS flag FROM cases');
    expect(flags.map(({ flag }) => flag).sort()).toEqual([...caseFlags].sort());
    const [promise] = await rows<{ late: number; due: number }>(
      `SELECT count(*) FILTER (WHERE turned_late_at IS NOT NULL) AS late,
         count(*) FILTER (WHERE turned_due_at IS NOT NULL AND turned_late_at IS NULL) AS due
       FROM cases WHERE waiting_on = 'staff' AND due_at IS NOT NULL`,
    );
    expect(promise?.late).toBeGreaterThanOrEqual(1);
    expect(promise?.due).toBeGreaterThanOrEqual(1);
  });

  it('has no timer behind it: whatever was due has happened', async () => {
    expect(
      await rows(
        `SELECT reference FROM cases WHERE waiting_on IS NOT NULL AND (expires_at <= gatehouse_now() AND state <> 'expired'
           OR closes_at <= gatehouse_now() OR reminders_at[1] <= gatehouse_now()
           OR (late_at <= gatehouse_now() AND turned_late_at IS NULL AND sla_paused_at IS NULL))`,
      ),
    ).toEqual([]);
    expect(await rows('SELECT 1 FROM audit_entries WHERE at > gatehouse_now()')).toEqual([]);
  });

  it('has told every mail of the past, and leaves only those of today to be sent', async () => {
    const waiting = await rows<{ template: string }>("SELECT template FROM messages WHERE state = 'queued'");
    expect(waiting).toEqual([{ template: 'application_received' }]);
    const owing = await rows<{ name: string }>('SELECT first_name AS name FROM cases WHERE owes_secret');
    expect(owing).toHaveLength(2);
    expect(owing).toContainEqual({ name: 'Chloe' });
  });

  it('owes the engine word of every open case once, and of no other', async () => {
    const [owed] = await rows<{ open: number; told: number; rows: number }>(
      `SELECT (SELECT count(*) FROM cases WHERE waiting_on IS NOT NULL) AS open, count(DISTINCT o.case_id) AS told, count(*) AS rows
       FROM outbox o JOIN cases c ON c.id = o.case_id AND c.waiting_on IS NOT NULL`,
    );
    expect(owed?.told).toBe(owed?.open);
    expect(owed?.rows).toBe(owed?.open);
    expect(owed?.open).toBeGreaterThanOrEqual(14);
  });

  it('has a dry run that waits to be sent, with every reason why a row would be refused', async () => {
    const [ready] = await rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM campaign_rows r JOIN campaigns c ON c.id = r.campaign_id AND c.state = 'draft' WHERE r.outcome = 'ready'`,
    );
    expect(ready?.n).toBe(9);
    const problems = await rows<{ problem: string }>(
      'SELECT DISTINCT problem FROM campaign_rows WHERE problem IS NOT NULL',
    );
    const told = campaignProblems.filter((problem) => !['practice_closed', 'no_postal_code'].includes(problem));
    expect(problems.map(({ problem }) => problem).sort()).toEqual([...told].sort());
  });

  it('leaves no gap in the moves of a case', async () => {
    expect(
      await rows(
        `SELECT c.reference FROM cases c JOIN audit_entries a ON a.case_id = c.id AND a.case_version IS NOT NULL
         GROUP BY c.id HAVING count(*) <> c.version OR max(a.case_version) <> c.version`,
      ),
    ).toEqual([]);
  });

  it('leaves no live code on a case that is over, and none that has run out', async () => {
    expect(
      await rows(
        `SELECT 1 FROM secrets s JOIN cases c ON c.id = s.case_id
         WHERE s.ended_at IS NULL AND (c.waiting_on IS NULL OR s.expires_at <= gatehouse_now())`,
      ),
    ).toEqual([]);
  });
});

describe('whatever the day', () => {
  it.each([
    '2026-11-27T13:00:00Z', // the morning after Thanksgiving, before the office opens
    '2026-12-28T05:30:00Z', // past midnight after Christmas and a weekend
    '2027-03-14T08:00:00Z', // an hour after clocks went forward
    '2027-07-06T20:59:00Z', // a minute before closing
  ])('the stories can be told at %s', async (instant) => {
    const other = await createTestDatabase();
    const then = openDatabase({ url: other.ownerUrl, keys: parseKeyRing(makeKeyRingText('k1')), connections: 2 });
    try {
      await then.query('UPDATE clock_shift SET shift = $1::timestamptz - clock_timestamp()', [instant]);
      await then.transaction((tx) => loadDemonstration(tx, hashes));
      const states = await then.query('SELECT DISTINCT kind, state FROM cases');
      expect(states).toHaveLength(caseKinds.flatMap((kind) => lifecycles[kind].states).length);
      const flags = await then.query<{ flag: string }>('SELECT DISTINCT unnest(flags) AS flag FROM cases');
      expect(flags).toHaveLength(caseFlags.length);
    } finally {
      await then.close();
      await other.drop();
    }
  });
});
