/** A chosen file as it can be sent: its text, its columns and how many rows it has. */
export interface CsvFile {
  name: string;
  text: string;
  columns: readonly string[];
  /** Lines with something on them below the header; a cell over several lines counts them all. */
  rows: number;
}

export type Unusable = 'tooBig' | 'notText' | 'empty';

/** Below what the server takes, for as JSON the text is a little longer. */
const mostBytes = 18 * 1024 * 1024;

/** Reads a chosen file, or says why it cannot be sent. What the rows hold is judged by the server alone. */
export async function readCsvFile(file: File): Promise<CsvFile | Unusable> {
  if (file.size > mostBytes) return 'tooBig';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    if (text.includes('\0')) return 'notText';
    const [header = '', ...rows] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    if (rows.length === 0) return 'empty';
    const columns = header.split(',').map((cell) => cell.trim().replace(/^"|"$/g, ''));
    return { name: file.name, text, columns, rows: rows.length };
  } catch {
    return 'notText';
  }
}
