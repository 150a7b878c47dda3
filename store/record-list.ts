import { isRealDate } from '../domain/people/dates.ts';
import { emailKey, nameKey } from '../domain/people/normalise.ts';
import type { Database } from './database.ts';
import { Conditions, inPattern, type ListPage, type PageAsked, readPage } from './list-page.ts';

/** The organisation's own entry for a person, as it is shown. */
export interface ListedRecord {
  id: string;
  portal: string;
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  postalCode: string | null;
  email: string | null;
  sex: string | null;
  practice: string | null;
  primaryCareProvider: string | null;
  deceasedOn: string | null;
  confidential: boolean;
  mergedInto: string | null;
  importedAt: Date;
  updatedAt: Date;
}

export interface RecordListAsked extends PageAsked {
  sort: 'lastName' | 'mrn' | 'dateOfBirth' | 'updatedAt';
  filters: { portal?: readonly string[] | undefined };
  portals: readonly string[] | undefined;
}

const columns = `r.id, r.portal, r.mrn, r.first_name AS "firstName", r.last_name AS "lastName", r.date_of_birth AS "dateOfBirth",
  r.postal_code AS "postalCode", r.email, r.sex, p.name AS practice, r.primary_care_provider AS "primaryCareProvider",
  r.deceased_on AS "deceasedOn", r.confidential, r.merged_into AS "mergedInto", r.imported_at AS "importedAt",
  r.updated_at AS "updatedAt"`;

const sorts = {
  lastName: (order: string) => `r.last_name_key ${order}, r.first_name_key ${order}`,
  mrn: (order: string) => `r.mrn ${order}`,
  dateOfBirth: (order: string) => `r.date_of_birth ${order}`,
  updatedAt: (order: string) => `r.updated_at ${order}`,
} as const;

/** Records; `q` is a date of birth, an e-mail address, an MRN or its beginning, or the beginnings of names. */
export async function listRecords(database: Database, asked: RecordListAsked): Promise<ListPage<ListedRecord>> {
  const { filters, ids, q, portals, sort, order } = asked;
  const conditions = new Conditions();
  conditions.withinPortals('r.portal', portals);
  conditions.oneOf('r.id', ids, 'uuid');
  conditions.oneOf('r.portal', filters.portal);
  if (q !== undefined) conditions.add(searchSql(conditions, q));
  const { where, params } = conditions;
  return readPage(
    asked,
    async (limit, offset) =>
      database.query<ListedRecord & Record<string, unknown>>(
        `SELECT ${columns} FROM patient_records r LEFT JOIN practices p ON p.id = r.practice_id WHERE ${where}
         ORDER BY ${sorts[sort](order)}, r.id ${order} LIMIT ${limit} OFFSET ${offset}`,
        params,
      ),
    async (upTo) => {
      const [row] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM (SELECT 1 FROM patient_records r WHERE ${where} LIMIT ${upTo}) AS counted`,
        params,
      );
      return row?.n ?? 0;
    },
  );
}

/** What `q` finds, of records known as `r`. Every word means one thing by its form: a date, an address, or the beginning of an MRN or a name. */
export function searchSql(conditions: Conditions, q: string): string {
  const words = q.split(/\s+/).filter((word) => word !== '');
  return `(${words.map((word) => wordSql(conditions, word)).join(' AND ')})`;
}

function wordSql(conditions: Conditions, word: string): string {
  if (isRealDate(word)) return `r.date_of_birth = ${conditions.param(word)}::date`;
  if (word.includes('@')) return `lower(r.email) LIKE ${conditions.param(`${inPattern(emailKey(word))}%`)}`;
  const mrn = `upper(r.mrn) LIKE ${conditions.param(`${inPattern(word.toUpperCase())}%`)}`;
  const key = nameKey(word);
  if (key === '') return mrn;
  const name = conditions.param(`${inPattern(key)}%`);
  return `(${mrn} OR r.last_name_key LIKE ${name} OR r.first_name_key LIKE ${name})`;
}
