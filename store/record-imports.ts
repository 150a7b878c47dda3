import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../domain/case.ts';
import { nameKey, postalKey } from '../domain/people/normalise.ts';
import { writeAudit } from './audit.ts';
import type { Transaction } from './database.ts';
import { type RecordChange, tellOfRecordChanges } from './record-changes.ts';

/** One line of an import, judged for its form. Undefined = the file has no such column: what is known stays. */
export interface RecordToImport {
  line: number;
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  postalCode?: string | null;
  sex?: string | null;
  email?: string | null;
  phone?: string | null;
  /** By name; one that is not known yet is made. */
  practice?: string | null;
  primaryCareProvider?: string | null;
  deceasedOn?: string | null;
  confidential?: boolean;
  /** The MRN of the record that survives. */
  mergedInto?: string | null;
}

export interface ImportedRow {
  line: number;
  outcome: 'created' | 'updated' | 'unchanged' | 'refused';
  mrn: string | null;
  id: string | null;
  errors?: Record<string, string>;
}

/** A record's facts as the import compares and writes them. */
interface RecordFacts {
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  postalCode: string | null;
  sex: string | null;
  email: string | null;
  phone: string | null;
  practiceId: string | null;
  primaryCareProvider: string | null;
  deceasedOn: string | null;
  confidential: boolean;
  mergedInto: string | null;
}

type KnownRecord = RecordFacts & { id: string; personId: string };

/**
 * Takes the organisation's records over: by MRN, new ones are made and known ones brought up to date; a person is known by
 * exact demographics. An import is an event (product.md "What must be true" 8): what turned deceased, merged or confidential
 * is followed up in the same transaction. Lines that cannot be taken are told, the others count.
 */
export async function importRecords(
  tx: Transaction,
  { portal, rows, actor, now }: { portal: string; rows: readonly RecordToImport[]; actor: Actor; now: Date },
): Promise<ImportedRow[]> {
  await lockCasesOf(tx, portal, rows);
  const known = await lockRecords(tx, portal, rows);
  const practices = await practicesByName(tx, portal, rows);
  const planned = planAll(rows, known, practices);
  const created = planned.filter((plan) => plan.outcome === 'created');
  const updated = planned.filter((plan) => plan.outcome === 'updated');
  await insertRecords(tx, portal, created, now);
  await updateRecords(tx, updated, now);
  const refused = await writeMerges(tx, portal, planned, known, now);
  await tellOfRecordChanges(tx, portal, changesOf(planned, known, refused), actor, now);
  const imported = planned.map((plan) => importedRow(plan, refused));
  await auditImport(tx, portal, imported, actor, now);
  return imported;
}

interface Plan {
  line: number;
  outcome: 'created' | 'updated' | 'unchanged';
  id: string;
  before: KnownRecord | undefined;
  after: Omit<RecordFacts, 'mergedInto'>;
  /** The MRN it is merged into; null = into none; undefined = not said. */
  mergedInto: string | null | undefined;
}

/** Cases first, then what hangs on them: everybody locks in this order. */
async function lockCasesOf(tx: Transaction, portal: string, rows: readonly RecordToImport[]): Promise<void> {
  await tx.query(
    `SELECT c.id FROM cases c JOIN patient_records r ON r.id = c.patient_record_id
     WHERE r.portal = $1 AND r.mrn = ANY($2) AND c.waiting_on IS NOT NULL ORDER BY c.id FOR UPDATE OF c`,
    [portal, mrnsOf(rows)],
  );
}

/** The records named, and those they are merged into. */
async function lockRecords(
  tx: Transaction,
  portal: string,
  rows: readonly RecordToImport[],
): Promise<Map<string, KnownRecord>> {
  const found = await tx.query<KnownRecord & Record<string, unknown>>(
    `SELECT r.id, r.person_id AS "personId", r.mrn, r.first_name AS "firstName", r.last_name AS "lastName",
       r.date_of_birth AS "dateOfBirth", r.postal_code AS "postalCode", r.sex, r.email, r.phone, r.practice_id AS "practiceId",
       r.primary_care_provider AS "primaryCareProvider", r.deceased_on AS "deceasedOn", r.confidential, r.merged_into AS "mergedInto"
     FROM patient_records r WHERE r.portal = $1 AND r.mrn = ANY($2) ORDER BY r.id FOR UPDATE`,
    [portal, [...new Set([...mrnsOf(rows), ...rows.flatMap(({ mergedInto }) => (mergedInto ? [mergedInto] : []))])]],
  );
  return new Map(found.map((record) => [record.mrn, record]));
}

const mrnsOf = (rows: readonly RecordToImport[]) => [...new Set(rows.map(({ mrn }) => mrn))];

/** The portal's practices by name; those that are new are made. */
async function practicesByName(
  tx: Transaction,
  portal: string,
  rows: readonly RecordToImport[],
): Promise<Map<string, string>> {
  const names = [...new Set(rows.flatMap(({ practice }) => (practice ? [practice] : [])))];
  if (names.length === 0) return new Map();
  // Two imports at once must not both make the same practice.
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 11))', [portal]);
  const rowsFound = await tx.query<{ id: string; name: string }>(
    `WITH fresh AS (
       INSERT INTO practices (portal, name)
       SELECT $1, n FROM unnest($2::text[]) AS n WHERE NOT EXISTS (SELECT 1 FROM practices WHERE portal = $1 AND name = n)
       RETURNING id, name)
     SELECT id, name FROM fresh UNION ALL SELECT id, name FROM practices WHERE portal = $1 AND name = ANY($2)`,
    [portal, names],
  );
  return new Map(rowsFound.map(({ id, name }) => [name, id]));
}

function planAll(
  rows: readonly RecordToImport[],
  known: ReadonlyMap<string, KnownRecord>,
  practices: ReadonlyMap<string, string>,
): Plan[] {
  return rows.map((row) => {
    const before = known.get(row.mrn);
    const after = factsAfter(row, before, practices);
    const outcome = before === undefined ? 'created' : isSame(before, after) ? 'unchanged' : 'updated';
    return { line: row.line, outcome, id: before?.id ?? uuidv7(), before, after, mergedInto: row.mergedInto };
  });
}

function factsAfter(
  row: RecordToImport,
  before: KnownRecord | undefined,
  practices: ReadonlyMap<string, string>,
): Plan['after'] {
  const practiceId = row.practice === undefined ? before?.practiceId : (practices.get(row.practice ?? '') ?? null);
  const kept = <Value>(given: Value | undefined, had: Value | undefined, none: Value) =>
    given === undefined ? (had ?? none) : given;
  return {
    mrn: row.mrn,
    firstName: row.firstName,
    lastName: row.lastName,
    dateOfBirth: row.dateOfBirth,
    postalCode: kept(row.postalCode, before?.postalCode, null),
    sex: kept(row.sex, before?.sex, null),
    email: kept(row.email, before?.email, null),
    phone: kept(row.phone, before?.phone, null),
    practiceId: practiceId ?? null,
    primaryCareProvider: kept(row.primaryCareProvider, before?.primaryCareProvider, null),
    deceasedOn: kept(row.deceasedOn, before?.deceasedOn, null),
    confidential: kept(row.confidential, before?.confidential, false),
  };
}

function isSame(before: KnownRecord, after: Plan['after']): boolean {
  return (Object.keys(after) as (keyof Plan['after'])[]).every((name) => before[name] === after[name]);
}

/** Who is one human being by exact demographics: names, date of birth and postal code. */
const personKey = ({ firstName, lastName, dateOfBirth, postalCode }: Plan['after']) =>
  JSON.stringify([nameKey(firstName), nameKey(lastName), dateOfBirth, postalKey(postalCode ?? '')]);

async function insertRecords(tx: Transaction, portal: string, plans: readonly Plan[], now: Date): Promise<void> {
  if (plans.length === 0) return;
  const persons = await personsOf(tx, portal, plans);
  await tx.query(
    `INSERT INTO patient_records (id, portal, person_id, ${writtenColumns}, first_name_key, last_name_key, imported_at, updated_at)
     SELECT id, $2, person_id, ${writtenColumns}, first_name_key, last_name_key, $3, $3 FROM ${writtenRows}`,
    [
      JSON.stringify(plans.map((plan) => ({ ...writtenRow(plan), person_id: persons.get(personKey(plan.after)) }))),
      portal,
      now,
    ],
  );
}

async function updateRecords(tx: Transaction, plans: readonly Plan[], now: Date): Promise<void> {
  if (plans.length === 0) return;
  const sets = `${writtenColumns}, first_name_key, last_name_key`
    .split(', ')
    .map((column) => `${column} = w.${column}`);
  await tx.query(
    `UPDATE patient_records r SET ${sets.join(', ')}, imported_at = $2, updated_at = $2 FROM ${writtenRows} WHERE r.id = w.id`,
    [JSON.stringify(plans.map(writtenRow)), now],
  );
}

const writtenColumns =
  'mrn, first_name, last_name, date_of_birth, postal_code, sex, email, phone, practice_id, primary_care_provider, deceased_on, confidential';

const writtenRows = `jsonb_to_recordset($1::jsonb) AS w (id uuid, person_id uuid, mrn text, first_name text, last_name text,
  date_of_birth date, postal_code text, sex text, email text, phone text, practice_id uuid, primary_care_provider text,
  deceased_on date, confidential boolean, first_name_key text, last_name_key text)`;

function writtenRow({ id, after }: Plan): Record<string, unknown> {
  return {
    id,
    mrn: after.mrn,
    first_name: after.firstName,
    last_name: after.lastName,
    date_of_birth: after.dateOfBirth,
    postal_code: after.postalCode,
    sex: after.sex,
    email: after.email,
    phone: after.phone,
    practice_id: after.practiceId,
    primary_care_provider: after.primaryCareProvider,
    deceased_on: after.deceasedOn,
    confidential: after.confidential,
    first_name_key: nameKey(after.firstName),
    last_name_key: nameKey(after.lastName),
  };
}

/** The persons of new records, by their key: one who has a record already, or a new one for each key. */
async function personsOf(tx: Transaction, portal: string, plans: readonly Plan[]): Promise<Map<string, string>> {
  const known = await tx.query<Plan['after'] & { personId: string }>(
    `SELECT r.person_id AS "personId", r.first_name AS "firstName", r.last_name AS "lastName", r.date_of_birth AS "dateOfBirth",
       r.postal_code AS "postalCode"
     FROM (SELECT DISTINCT date_of_birth, last_name_key FROM ${writtenRows}) n
     JOIN patient_records r ON r.portal = $2 AND r.date_of_birth = n.date_of_birth AND r.last_name_key = n.last_name_key
     WHERE r.merged_into IS NULL ORDER BY r.id`,
    [JSON.stringify(plans.map(writtenRow)), portal],
  );
  const persons = new Map<string, string>();
  for (const record of known) if (!persons.has(personKey(record))) persons.set(personKey(record), record.personId);
  const fresh = new Map<string, string>();
  for (const { after } of plans) {
    const key = personKey(after);
    if (!persons.has(key) && !fresh.has(key)) fresh.set(key, uuidv7());
  }
  await tx.query('INSERT INTO persons (id, portal) SELECT unnest($1::uuid[]), $2', [[...fresh.values()], portal]);
  return new Map([...persons, ...fresh]);
}

/** Merges are written last, when every record has its id. Answers line → why a merge was not taken; the line's rest counts. */
async function writeMerges(
  tx: Transaction,
  portal: string,
  plans: readonly Plan[],
  known: ReadonlyMap<string, KnownRecord>,
  now: Date,
): Promise<Map<number, string>> {
  const ids = new Map([...known.values()].map(({ mrn, id }) => [mrn, id]));
  for (const { after, id } of plans) ids.set(after.mrn, id);
  const refused = new Map<number, string>();
  for (const plan of plans) {
    if (plan.mergedInto === undefined) continue;
    const survivor = plan.mergedInto === null ? null : ids.get(plan.mergedInto);
    if (survivor === undefined) {
      refused.set(plan.line, 'There is no record with this MRN');
      continue;
    }
    if (survivor === (plan.before?.mergedInto ?? null)) continue;
    if (survivor !== null && (await isMergedInto(tx, survivor, plan.id))) {
      refused.set(plan.line, 'A record cannot be merged into itself');
      continue;
    }
    await tx.query('UPDATE patient_records SET merged_into = $2, updated_at = $3 WHERE id = $1 AND portal = $4', [
      plan.id,
      survivor,
      now,
      portal,
    ]);
    if (plan.outcome === 'unchanged') plan.outcome = 'updated';
  }
  return refused;
}

/** Whether following the merges from `from` leads to `to`. */
async function isMergedInto(tx: Transaction, from: string, to: string): Promise<boolean> {
  const [met] = await tx.query(
    `WITH RECURSIVE way AS (
       SELECT id, merged_into FROM patient_records WHERE id = $1
       UNION SELECT r.id, r.merged_into FROM patient_records r JOIN way ON r.id = way.merged_into)
     SELECT 1 FROM way WHERE id = $2`,
    [from, to],
  );
  return met !== undefined;
}

/** What happened to records that stood before: only a change is an event, and a merge that was taken. */
function changesOf(
  plans: readonly Plan[],
  known: ReadonlyMap<string, KnownRecord>,
  refused: ReadonlyMap<number, string>,
): RecordChange[] {
  return plans.flatMap(({ id, before, after, mergedInto, line }): RecordChange[] => {
    if (!before) return [];
    const isMerged = Boolean(mergedInto) && !refused.has(line) && known.get(mergedInto ?? '')?.id !== before.mergedInto;
    return [
      ...(after.deceasedOn !== null && before.deceasedOn === null ? [{ recordId: id, kind: 'deceased' as const }] : []),
      ...(after.confidential && !before.confidential ? [{ recordId: id, kind: 'confidential' as const }] : []),
      ...(isMerged ? [{ recordId: id, kind: 'merged' as const }] : []),
    ];
  });
}

function importedRow({ line, outcome, id, after }: Plan, refused: ReadonlyMap<number, string>): ImportedRow {
  const problem = refused.get(line);
  return { line, outcome, mrn: after.mrn, id, ...(problem !== undefined && { errors: { mergedInto: problem } }) };
}

async function auditImport(
  tx: Transaction,
  portal: string,
  imported: readonly ImportedRow[],
  actor: Actor,
  now: Date,
): Promise<void> {
  const counted = (outcome: ImportedRow['outcome']) => imported.filter((row) => row.outcome === outcome).length;
  const detail = { created: counted('created'), updated: counted('updated'), unchanged: counted('unchanged') };
  writeAudit(tx, { at: now, actor, action: 'records_imported', portal, detail });
}
