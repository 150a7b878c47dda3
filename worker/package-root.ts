import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds `package.json`, seen from the sources as well as from `dist/`. */
export const packageRoot = above(import.meta.dirname);

function above(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('package.json was not found above the program');
  return above(parent);
}
