import { emailAddress, personName } from '../../../../contract/schemas/scalars.ts';
import { isRealDate } from '../../../../domain/people/dates.ts';
import { cleanText, hasForbiddenCharacters } from '../../../../domain/people/normalise.ts';
import type { RecordToImport } from '../../../../store/record-imports.ts';
import { type CsvLine, readCsv } from './csv.ts';

/** A line that cannot be taken: column → what is wrong. */
export interface RefusedLine {
  line: number;
  mrn: string | null;
  errors: Record<string, string>;
}

export type ReadRecords = { records: RecordToImport[]; refused: RefusedLine[] } | { problem: string };

export const mostLines = 20_000;

/** Reads a file of records; `today` is the portal's day. `problem`: why nothing of it can be taken, in words. */
export function readRecords(csv: string, today: string): ReadRecords {
  const lines = readCsv(csv);
  if (!Array.isArray(lines)) return { problem: `Line ${lines.brokenAt}: a quote is out of place.` };
  const [header, ...rows] = lines;
  if (!header || rows.length === 0) return { problem: 'There is no record below the header line.' };
  if (rows.length > mostLines) return { problem: `Give at most ${mostLines} records at once; split the file.` };
  const columns = columnsOf(header);
  if (typeof columns === 'string') return { problem: columns };
  return readRows(rows, columns, today);
}

function readRows(rows: readonly CsvLine[], columns: readonly Column[], today: string): ReadRecords {
  const records: RecordToImport[] = [];
  const refused: RefusedLine[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const { record, mrn, errors } = readRow(row, columns, today);
    if (mrn !== null && seen.has(mrn)) errors.set('mrn', 'This MRN comes twice in the file.');
    if (mrn !== null) seen.add(mrn);
    if (errors.size > 0) refused.push({ line: row.line, mrn, errors: Object.fromEntries(errors) });
    else records.push(record as unknown as RecordToImport);
  }
  return { records, refused };
}

type Column = Exclude<keyof RecordToImport, 'line'>;
type Read = { value: unknown } | { error: string };
type ReadCell = (text: string, today: string) => Read;

const needed: readonly Column[] = ['mrn', 'firstName', 'lastName', 'dateOfBirth'];

/** How each column's cells are read. */
const readers: Record<Column, ReadCell> = {
  mrn: (text) => mrn(text, 'An MRN is needed.'),
  firstName: name,
  lastName: name,
  dateOfBirth: pastDate('A date of birth is needed, as year-month-day.'),
  postalCode: line(20),
  sex: line(20),
  email,
  phone: line(40),
  practice: line(200),
  primaryCareProvider: line(200),
  deceasedOn: (text, today) => (text === '' ? { value: null } : pastDate('Write year-month-day.')(text, today)),
  confidential: yesOrNo,
  mergedInto: (text) => (text === '' ? { value: null } : mrn(text, 'Name the MRN of the surviving record.')),
};

/** Other names of the columns, without blanks, hyphens, underscores and letter case. */
const otherNames: Readonly<Record<string, Column>> = {
  zip: 'postalCode',
  zipcode: 'postalCode',
  sexatbirth: 'sex',
  gender: 'sex',
  practicename: 'practice',
  pcp: 'primaryCareProvider',
  dob: 'dateOfBirth',
  birthdate: 'dateOfBirth',
  dateofdeath: 'deceasedOn',
  deceased: 'deceasedOn',
  mergedintomrn: 'mergedInto',
};

/** The columns of the header in order, or what is wrong with it. */
function columnsOf({ cells }: CsvLine): Column[] | string {
  const known = new Map([
    ...(Object.keys(readers) as Column[]).map((column) => [column.toLowerCase(), column] as const),
    ...Object.entries(otherNames),
  ]);
  const columns: Column[] = [];
  for (const cell of cells) {
    const column = known.get(cell.replace(/[\s_-]/g, '').toLowerCase());
    if (!column)
      return `The column “${cleanText(cell).slice(0, 40)}” is not known. Known are: ${Object.keys(readers).join(', ')}.`;
    if (columns.includes(column)) return `The column ${column} comes twice.`;
    columns.push(column);
  }
  const missing = needed.filter((column) => !columns.includes(column));
  return missing.length > 0 ? `The header line lacks: ${missing.join(', ')}.` : columns;
}

function readRow({ line: number, cells }: CsvLine, columns: readonly Column[], today: string) {
  const errors = new Map<string, string>();
  const record: Record<string, unknown> = { line: number };
  if (cells.length !== columns.length) {
    errors.set('', `This line has ${cells.length} cells, the header ${columns.length}.`);
    return { record, mrn: null, errors };
  }
  for (const [index, column] of columns.entries()) {
    const text = cells[index] ?? '';
    const read = hasForbiddenCharacters(text)
      ? { error: 'Leave out characters that cannot be seen.' }
      : readers[column](cleanText(text), today);
    if ('error' in read) errors.set(column, read.error);
    else record[column] = read.value;
  }
  return { record, mrn: typeof record.mrn === 'string' ? record.mrn : null, errors };
}

function mrn(text: string, missing: string): Read {
  if (text === '') return { error: missing };
  return text.length <= 64 ? { value: text } : { error: 'At most 64 characters.' };
}

function name(text: string): Read {
  const read = personName.safeParse(text);
  return read.success ? { value: read.data } : { error: 'Write a name, of at most 100 letters.' };
}

function line(longest: number): ReadCell {
  return (text) => {
    if (text === '') return { value: null };
    return text.length <= longest ? { value: text } : { error: `At most ${longest} characters.` };
  };
}

function email(text: string): Read {
  if (text === '') return { value: null };
  const read = emailAddress.safeParse(text);
  return read.success ? { value: read.data } : { error: 'This is not an e-mail address.' };
}

function pastDate(missing: string): ReadCell {
  return (text, today) => {
    if (!isRealDate(text)) return { error: missing };
    return text <= today ? { value: text } : { error: 'This day lies ahead.' };
  };
}

function yesOrNo(text: string): Read {
  if (/^(|no|n|false|0)$/i.test(text)) return { value: false };
  return /^(yes|y|true|1)$/i.test(text) ? { value: true } : { error: 'Write yes or no.' };
}
