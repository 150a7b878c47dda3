/** One line of a file with its cells; `line` counts from 1 and names where it begins. */
export interface CsvLine {
  line: number;
  cells: string[];
}

/**
 * Reads CSV (RFC 4180): commas, cells in quotes may hold commas, quotes (doubled) and line ends; lines end in CRLF or LF; a
 * byte-order mark and empty lines are skipped. Answers the number of the line at which a quote is out of place instead.
 */
export function readCsv(text: string): CsvLine[] | { brokenAt: number } {
  const lines: CsvLine[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const read = readLine(text, at);
    if (!read) return { brokenAt: line };
    if (read.cells.length > 1 || read.cells[0] !== '') lines.push({ line, cells: read.cells });
    line += read.lineEnds;
    at = read.next;
  }
  return lines;
}

interface ReadLine {
  cells: string[];
  next: number;
  lineEnds: number;
}

function readLine(text: string, from: number): ReadLine | undefined {
  const cells: string[] = [];
  let at = from;
  let lineEnds = 0;
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    if (!cell) return undefined;
    cells.push(cell.value);
    lineEnds += cell.lineEnds;
    at = cell.next;
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    const ending = lineEndAt(text, at);
    if (at < text.length && ending === 0) return undefined;
    return { cells, next: at + ending, lineEnds: lineEnds + 1 };
  }
}

interface ReadCell {
  value: string;
  next: number;
  lineEnds: number;
}

function plainCell(text: string, from: number): ReadCell | undefined {
  let at = from;
  while (at < text.length && text[at] !== ',' && lineEndAt(text, at) === 0) {
    if (text[at] === '"') return undefined;
    at += 1;
  }
  return { value: text.slice(from, at), next: at, lineEnds: 0 };
}

function quotedCell(text: string, from: number): ReadCell | undefined {
  const parts: string[] = [];
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return undefined;
    parts.push(text.slice(at, quote));
    at = quote + 1;
    if (text[at] !== '"') break;
    parts.push('"');
    at += 1;
  }
  const value = parts.join('');
  return { value, next: at, lineEnds: value.split('\n').length - 1 };
}

/** Characters of the line end at a place; 0 when there is none. */
function lineEndAt(text: string, at: number): number {
  if (text[at] === '\n') return 1;
  return text[at] === '\r' && (text[at + 1] === '\n' || at + 1 === text.length) ? 2 : 0;
}
