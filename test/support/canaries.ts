import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../store/database.ts';

/** Where a canary was found, e.g. `log api.log`, `table audit_entries`. */
export interface Sighting {
  canary: string;
  place: string;
}

/**
 * Where personal data and secrets may stand (column by column, so that a new column has to be thought about). Everything else in the
 * database is searched whole. Codes stand nowhere.
 */
const allowedColumns: Readonly<Record<string, readonly string[]>> = {
  cases: ['first_name', 'last_name', 'date_of_birth', 'email', 'duplicate_key', 'search_text'],
  applications: ['postal_code', 'phone', 'address_line', 'city', 'region', 'message'],
  accounts: [
    'username',
    'username_skeleton',
    'first_name',
    'last_name',
    'date_of_birth',
    'email',
    'email_key',
    'duplicate_key',
  ],
  activations: ['mailed_to', 'email', 'username'],
  registrations: ['postal_code'],
  registration_walks: ['username'],
  campaign_rows: ['mrn', 'email'],
  secrets: ['sent_to'],
  messages: ['to_address', 'to_key', 'data'],
  decisions: ['note', 'message', 'detail'],
  information_requests: ['questions', 'answers'],
  idempotency_keys: ['body'],
  patient_records: [
    'first_name',
    'last_name',
    'date_of_birth',
    'postal_code',
    'email',
    'phone',
    'mrn',
    'first_name_key',
    'last_name_key',
  ],
};

/** Looks into every table of the schema for any of the texts, letter case aside. */
export async function searchDatabase(database: Database, canaries: readonly string[]): Promise<Sighting[]> {
  const columns = await database.query<{ table: string; column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  const tables = new Map<string, string[]>();
  for (const { table, column } of columns) {
    if (allowedColumns[table]?.includes(column)) continue;
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  const sightings: Sighting[] = [];
  for (const [table, searched] of tables) {
    const fields = searched.map((column) => `t."${column}"::text`).join(', ');
    const rows = await database.query<{ canary: string }>(
      `SELECT DISTINCT canary FROM "${table}" t, unnest($1::text[]) AS canary WHERE position(lower(canary) IN lower(concat_ws(' ', ${fields}))) > 0`,
      [canaries],
    );
    sightings.push(...rows.map(({ canary }) => ({ canary, place: `table ${table}` })));
  }
  return sightings;
}

/** Looks into every file below a folder, binary ones too, for any of the texts in UTF-8, UTF-16, base64 or hexadecimal. */
export function searchFiles(folder: string, canaries: readonly string[]): Sighting[] {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return files.flatMap((entry) => {
    const file = path.join(entry.parentPath ?? folder, entry.name);
    const place = `file ${path.relative(folder, file)}`;
    return searchBytes(readFileSync(file), canaries).map((canary) => ({ canary, place }));
  });
}

export function searchText(place: string, text: string, canaries: readonly string[]): Sighting[] {
  return searchBytes(Buffer.from(text), canaries).map((canary) => ({ canary, place }));
}

function searchBytes(bytes: Buffer, canaries: readonly string[]): string[] {
  // One byte a character, so that binary files are searched as well; letter case aside, as far as ASCII goes.
  const text = bytes.toString('latin1');
  const lower = text.toLowerCase();
  return canaries.filter((canary) => {
    const utf8 = Buffer.from(canary).toString('latin1').toLowerCase();
    const utf16 = Buffer.from(canary, 'utf16le').toString('latin1').toLowerCase();
    const hex = Buffer.from(canary).toString('hex');
    return (
      lower.includes(utf8) ||
      lower.includes(utf16) ||
      lower.includes(hex) ||
      insideBase64(canary).some((part) => text.includes(part))
    );
  });
}

/** What base64 makes of a text that stands somewhere within, for each of the three places it may begin at. */
function insideBase64(canary: string): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(canary)]);
    const encoded = whole.toString('base64').replace(/=+$/, '');
    const touched = Math.ceil((shift * 8) / 6);
    const spare = whole.length % 3 === 0 ? 0 : 1;
    return encoded.slice(touched, encoded.length - spare);
  });
}
