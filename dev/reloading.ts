import { createHash } from 'node:crypto';
import { watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../prisma/package-root.ts';
import type { Compiled } from './compiler.ts';

/** The processes that are started again, and the compiled rooms each is made of (test/import-rules.ts). */
const rooms = {
  api: ['api', 'contract', 'domain', 'engine', 'mail', 'portal-ui', 'store'],
  worker: ['activities', 'domain', 'engine', 'mail', 'store', 'worker', 'workflows'],
} as const;
export type Reloaded = keyof typeof rooms;

export interface ReloadingOptions {
  /** Starts the process again and answers when it is ready. Never throws. */
  restart: (name: Reloaded) => Promise<void>;
  print: (line: string) => void;
}

/** Read by the API at its start, as its code is. */
const styles = path.join(packageRoot, 'portal-ui', 'look');

/**
 * What is to be done after each compilation: complaints are shown and everything runs on as it is; without any, the processes
 * whose code has changed since they were started are started again, one compilation after the other.
 */
export async function reloadingAfter({ restart, print }: ReloadingOptions): Promise<Compiled> {
  let seen = await contents();
  let last = Promise.resolve();
  let rounds = 0;
  const failing = new Set<string>();

  async function after(project: string, complaints: string[]): Promise<void> {
    if (complaints.length > 0) {
      failing.add(project);
      for (const line of complaints) print(line);
      print(`${now()}  does not compile; what runs stays as it was`);
      return;
    }
    const isMended = failing.delete(project);
    if (failing.size > 0) return;
    const fresh = await contents();
    const changed = [...fresh].filter(([room, digest]) => digest !== seen.get(room)).map(([room]) => room);
    seen = fresh;
    const names = (Object.keys(rooms) as Reloaded[]).filter((name) =>
      rooms[name].some((each) => changed.includes(each)),
    );
    if (isMended && names.length === 0) print(`${now()}  compiles again`);
    if (names.length === 0) return;
    rounds += 1;
    const round = rounds;
    const startedAt = performance.now();
    // Not waited for: what does not come up is mended by the next compilation.
    void Promise.all(names.map(restart)).then(() => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      if (round === rounds)
        print(`${now()}  ${changed.join(', ')} changed: ${names.join(' and ')} started again (${seconds} s)`);
    });
  }

  const compiled: Compiled = (project, complaints) => {
    last = last.then(() => after(project, complaints)).catch((error: unknown) => print(String(error)));
  };
  watch(styles, { persistent: false }, () => compiled(styles, []));
  return compiled;
}

/** A digest of what runs of each room: the compiler also writes files anew that stay the same. */
async function contents(): Promise<Map<string, string>> {
  const names = [...new Set<string>(Object.values(rooms).flat())].sort();
  return new Map(await Promise.all(names.map(async (room): Promise<[string, string]> => [room, await digestOf(room)])));
}

async function digestOf(room: string): Promise<string> {
  const hash = createHash('sha256');
  const folders = [path.join(packageRoot, 'dist', room), ...(room === 'portal-ui' ? [styles] : [])];
  for (const folder of folders) {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    for (const name of names.filter((each) => /\.(?:js|css)$/.test(each)).sort()) {
      hash.update(`\0${name}\0`).update(await readFile(path.join(folder, name)).catch(() => ''));
    }
  }
  return hash.digest('hex');
}

function now(): string {
  return new Date().toTimeString().slice(0, 8);
}
