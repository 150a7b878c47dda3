import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';

/**
 * The text of `file`, made by `make` at first use. Only its owner may read it (mode 0600), and it is written whole or not
 * at all, so a start that was cut off leaves no half secret behind.
 */
export async function keptText(file: string, make: () => string): Promise<string> {
  const found = await readFile(file, 'utf8').catch(() => '');
  if (found.trim() !== '') return found.trim();
  const text = make();
  await writePrivately(file, text);
  return text;
}

/** Replaces `file` in one step; mode 0600. */
export async function writePrivately(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.chmod(0o600); // the draft may have been left by an earlier start
    await handle.writeFile(`${text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
