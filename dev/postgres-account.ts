import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';

/** The account PostgreSQL runs under; both undefined: the one we run under ourselves. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** PostgreSQL refuses to run as root, so root lends it the account `postgres` (made when missing) or else `nobody`. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const account = idsOf('postgres') ?? createdAccount() ?? idsOf('nobody');
  if (!account)
    throw new Error('PostgreSQL does not run as root, and no account for it could be made: start as an ordinary user');
  return account;
}

/**
 * Where data may stand: `wanted`, or, when a folder above it does not let the account through (a home folder, a private
 * temporary one), `data-<mark>` under /var/lib/gatehouse. `mark` names the data folder's own life, not its path: a folder
 * deleted and made again must not meet the data of its predecessor.
 */
export function reachableFolder(wanted: string, mark: string, account: Account, log: (line: string) => void): string {
  mkdirSync(path.dirname(wanted), { recursive: true, mode: 0o711 });
  const folder = mayPass(path.dirname(wanted), account) ? wanted : fallback(`data-${mark}`);
  if (folder !== wanted) log(`PostgreSQL's account cannot enter ${path.dirname(wanted)}; its data stands in ${folder}`);
  makeFolderFor(folder, account);
  return folder;
}

/** A private folder of the account's own. */
export function makeFolderFor(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
}

/** The programs' folder, or a copy of it where the account can run them (a clone in root's home folder lets nobody in). */
export function reachablePrograms(native: string, account: Account, log: (line: string) => void): string {
  if (mayPass(native, account)) return native;
  const copy = fallback(`programs-${nameFor(native)}`);
  if (!existsSync(copy)) {
    log(`PostgreSQL's account cannot enter ${native}; its programs are copied to ${copy}`);
    const draft = `${copy}.${process.pid}`;
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, copy);
  }
  return copy;
}

function fallback(name: string): string {
  const folder = path.join('/var/lib/gatehouse', name);
  mkdirSync(path.dirname(folder), { recursive: true });
  chmodSync(path.dirname(folder), 0o711);
  return folder;
}

/** Tried as the account itself: modes, access lists and mounts all have their say. */
function mayPass(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
  );
}

function nameFor(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 12);
}

function idsOf(name: string): Required<Account> | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function createdAccount(): Required<Account> | undefined {
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' });
  if (made.status !== 0) spawnSync('adduser', ['-S', '-D', '-H', 'postgres'], { stdio: 'ignore' }); // Alpine
  return idsOf('postgres');
}
