import { homedir } from 'node:os';
import path from 'node:path';

/** What was fetched or built once for this user and serves every clone, e.g. `bin/temporal`. */
export function cacheFolder(): string {
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'gatehouse');
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return path.join(process.env.LOCALAPPDATA, 'gatehouse');
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'gatehouse');
}
