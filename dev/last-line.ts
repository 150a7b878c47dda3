import { readFile } from 'node:fs/promises';

/** The last line a process wrote, the last one that names an error when there is one; what to show instead of a whole log. */
export async function lastLineOf(file: string): Promise<string> {
  return lastLine((await readFile(file, 'utf8').catch(() => '')).slice(-16_000));
}

/**
 * The plain lines a process of ours wrote behind the first `from` bytes of its log: there it names wrong settings, one a
 * line. What stands before is of an earlier run.
 */
export async function plainLinesOf(file: string, from: number): Promise<string> {
  const written = await readFile(file).catch(() => Buffer.alloc(0));
  const text = written.subarray(from).toString('utf8');
  const plain = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('{'));
  return plain.length > 0 ? plain.join('\n') : lastLine(text);
}

export function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing').trim();
}
