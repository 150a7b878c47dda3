import { mostCampaignRows } from '../../../../contract/schemas/campaign.ts';
import { demandsNote } from '../../../../domain/application/reasons.ts';
import { emailRefusal } from '../../../../domain/people/email.ts';
import { cleanText, hasForbiddenCharacters } from '../../../../domain/people/normalise.ts';
import { addressReasons } from '../../../../domain/registration/reasons.ts';
import type { RowToJudge } from '../../../../store/campaign-dry-run.ts';
import { type CsvLine, readCsv } from '../patient-records/csv.ts';

export type ReadRows = { rows: RowToJudge[] } | { problem: string };

/** Reads a campaign's file; a line that cannot be read is a malformed row. `problem`: why nothing can be taken, in words. */
export function readRows(csv: string): ReadRows {
  const lines = readCsv(csv);
  if (!Array.isArray(lines)) return { problem: `Line ${lines.brokenAt}: a quote is out of place.` };
  const [header, ...rows] = lines;
  if (!header || rows.length === 0) return { problem: 'There is no row below the header line.' };
  if (rows.length > mostCampaignRows)
    return { problem: `Give at most ${mostCampaignRows} rows at once; split the file.` };
  const columns = columnsOf(header);
  return typeof columns === 'string' ? { problem: columns } : { rows: rows.map((row) => readRow(row, columns)) };
}

const knownColumns = ['mrn', 'email', 'reason'] as const;
type Column = (typeof knownColumns)[number];

/** The columns of the header in order, or what is wrong with it. */
function columnsOf({ cells }: CsvLine): Column[] | string {
  const columns: Column[] = [];
  for (const cell of cells) {
    const name = cell.replace(/[\s_-]/g, '').toLowerCase();
    const column = knownColumns.find((known) => known === name);
    const shown = cleanText(cell).slice(0, 40);
    if (!column) return `The column “${shown}” is not known. Known are: ${knownColumns.join(', ')}.`;
    if (columns.includes(column)) return `The column ${column} comes twice.`;
    columns.push(column);
  }
  return columns.includes('mrn') ? columns : 'The header line lacks: mrn.';
}

const longestMrn = 64;
const longestEmail = 254;

function readRow({ line, cells }: CsvLine, columns: readonly Column[]): RowToJudge {
  const cell = (column: Column) => cleanText(cells[columns.indexOf(column)] ?? '');
  const [mrn, email, reason] = [cell('mrn'), cell('email'), cell('reason')];
  const isReadable = cells.length === columns.length && !cells.some((text) => hasForbiddenCharacters(text));
  const isMalformed =
    !isReadable || mrn === '' || mrn.length > longestMrn || (email !== '' && emailRefusal(email) !== undefined);
  return {
    no: line,
    // What is shown of a malformed row is cut to what the table takes.
    mrn: shownText(mrn, longestMrn),
    email: email === '' ? undefined : shownText(email, longestEmail),
    reason: addressReasons.find((known) => known === reason && !demandsNote(known)),
    isMalformed,
  };
}

const shownText = (text: string, longest: number) => (hasForbiddenCharacters(text) ? '' : text.slice(0, longest));
