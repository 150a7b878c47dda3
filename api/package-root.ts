import path from 'node:path';

/** The folder that holds package.json: this file runs from `api/` and from `dist/api/`. */
export function packageRoot(): string {
  const parent = path.dirname(import.meta.dirname);
  return path.basename(parent) === 'dist' ? path.dirname(parent) : parent;
}
