import { readFile } from 'node:fs/promises';

/** The last line a process wrote, the last one that names an error when there is one; what to show instead of a whole log. */
export async function lastLineOf(file: string): Promise<string> {
  return lastLine((await readFile(file, 'utf8').catch(() => '')).slice(-16_000));
}

export function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing').trim();
}
