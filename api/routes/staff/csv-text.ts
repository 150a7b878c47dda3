type Cell = string | number | Date | readonly string[] | null;

/** One line of CSV (RFC 4180) with its end. Instants as RFC 3339, lists by blanks; what is not there is empty. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** Before the first line, so that spreadsheets read it as UTF-8. */
export const csvStart = '\uFEFF';

function cellText(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  const text = harmless(typeof value === 'string' ? value : value.join(' '));
  return /[",\r\n;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet computes what begins like a formula, also in full width; after an apostrophe it is text (OWASP "CSV injection"). */
function harmless(text: string): string {
  return /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]|^[\t\r]/.test(text) ? `'${text}` : text;
}
