import { emailKey } from '../domain/people/normalise.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { CampaignProblem } from '../domain/registration/obstacles.ts';
import type { JudgedRow } from './campaigns.ts';
import type { Database, Transaction } from './database.ts';
import { Conditions } from './list-page.ts';
import { searchSql } from './record-list.ts';
import { type JudgedRecord, registrationObstacles } from './registration-obstacles.ts';

type Queries = Pick<Transaction | Database, 'query'>;

/** A row of a file, judged for its form alone. */
export interface RowToJudge {
  no: number;
  mrn: string;
  /** Undefined: to the address on file. */
  email: string | undefined;
  /** Why it goes to another address than on file; one that needs no note. */
  reason: string | undefined;
  isMalformed: boolean;
}

/** Records judged by one statement; between them the process does other work. */
const judgedAtOnce = 2_000;

/** Judges the rows of a file as they stand now; sending judges each again. Reads only. */
export async function judgeRows(
  db: Queries,
  portal: string,
  policy: Policy,
  rows: readonly RowToJudge[],
): Promise<JudgedRow[]> {
  const judged: JudgedRow[] = [];
  const taken = new Set<string>();
  for (let from = 0; from < rows.length; from += judgedAtOnce) {
    const part = rows.slice(from, from + judgedAtOnce);
    const ids = await recordIds(db, portal, part);
    const records = await obstaclesOf(db, portal, policy, [...ids.values()]);
    for (const row of part) judged.push(judgeRow(row, ids.get(row.mrn), records, taken));
  }
  return judged;
}

function judgeRow(
  row: RowToJudge,
  recordId: string | undefined,
  records: ReadonlyMap<string, JudgedRecord>,
  taken: Set<string>,
): JudgedRow {
  const record = recordId === undefined ? undefined : records.get(recordId);
  const isOnFile = row.email === undefined || sameAddress(row.email, record?.emailOnFile);
  const own = {
    no: row.no,
    mrn: row.mrn,
    email: isOnFile ? null : (row.email ?? null),
    addressReason: isOnFile ? null : (row.reason ?? null),
    patientRecordId: recordId ?? null,
  };
  const problem = problemOf(row, isOnFile, record, recordId !== undefined && taken.has(recordId));
  // Of two good rows for one record the first is sent; a row that is refused takes nothing from another.
  if (problem === null && recordId !== undefined) taken.add(recordId);
  return { ...own, problem };
}

function problemOf(
  row: RowToJudge,
  isOnFile: boolean,
  record: JudgedRecord | undefined,
  isTaken: boolean,
): CampaignProblem | null {
  if (row.isMalformed) return 'malformed';
  if (!record) return 'unknown_record';
  // Judged with the address on file, of which a row may name another.
  if (record.obstacle !== null && (record.obstacle !== 'no_address' || isOnFile)) return record.obstacle;
  if (!isOnFile && row.reason === undefined) return 'malformed';
  return isTaken ? 'duplicate' : null;
}

const sameAddress = (email: string, onFile: string | null | undefined) =>
  onFile !== null && onFile !== undefined && emailKey(email) === emailKey(onFile);

async function recordIds(db: Queries, portal: string, rows: readonly RowToJudge[]): Promise<Map<string, string>> {
  const mrns = [...new Set(rows.map(({ mrn }) => mrn))];
  const found = await db.query<{ id: string; mrn: string }>(
    'SELECT id, mrn FROM patient_records WHERE portal = $1 AND mrn = ANY($2::text[])',
    [portal, mrns],
  );
  return new Map(found.map(({ id, mrn }) => [mrn, id]));
}

function obstaclesOf(db: Queries, portal: string, policy: Policy, ids: readonly string[]) {
  return registrationObstacles(db, portal, policy, new Map(ids.map((id) => [id, undefined])));
}

/** Which records a campaign is for: those of a practice by its name, and what `q` finds. */
export interface RecordsAsked {
  practice?: string | undefined;
  q?: string | undefined;
}

/**
 * The records found, by name, each judged; those of people who are active are left out. Undefined when more than `most` are
 * found.
 */
export async function judgeRecords(
  db: Queries,
  portal: string,
  policy: Policy,
  asked: RecordsAsked,
  most: number,
): Promise<JudgedRow[] | undefined> {
  const found = await findRecords(db, portal, asked, most + 1);
  if (found.length > most) return undefined;
  const judged: JudgedRow[] = [];
  for (let from = 0; from < found.length; from += judgedAtOnce) {
    const part = found.slice(from, from + judgedAtOnce);
    const ids = part.map(({ id }) => id);
    const records = await obstaclesOf(db, portal, policy, ids);
    for (const { id, mrn } of part) {
      const problem = records.get(id)?.obstacle ?? null;
      if (problem === 'already_active') continue;
      const no = judged.length + 1;
      judged.push({ no, mrn, email: null, addressReason: null, patientRecordId: id, problem });
    }
  }
  return judged;
}

async function findRecords(
  db: Queries,
  portal: string,
  { practice, q }: RecordsAsked,
  limit: number,
): Promise<{ id: string; mrn: string }[]> {
  const conditions = new Conditions();
  conditions.oneOf('r.portal', [portal]);
  if (practice) {
    conditions.add(
      `r.practice_id IN (SELECT id FROM practices WHERE portal = r.portal AND name = ${conditions.param(practice)})`,
    );
  }
  if (q) conditions.add(searchSql(conditions, q));
  return db.query(
    `SELECT r.id, r.mrn FROM patient_records r WHERE ${conditions.where}
     ORDER BY r.last_name_key, r.first_name_key, r.id LIMIT ${limit}`,
    conditions.params,
  );
}
