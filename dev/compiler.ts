import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../prisma/package-root.ts';
import { endOf } from './process-identity.ts';
import type { Running } from './supervise.ts';

/** Told after each compilation of a project: the compiler's complaints, a line each; none when all is well. */
export type Compiled = (project: string, complaints: string[]) => void;

/** What `npm run build` compiles with `tsc`: everything, and what the patients' browsers get. */
export const projects = ['tsconfig.build.json', 'portal-ui/browser/tsconfig.json'] as const;

/** `tsc --watch` of one project into `dist/`. `compiled` is called after the first compilation and each later one. */
export async function startCompiler(project: string, compiled: Compiled): Promise<Running> {
  const tsc = path.join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', project, '--watch', '--preserveWatchOutput', '--pretty', 'false'];
  const child = spawn(process.execPath, args, {
    cwd: packageRoot,
    detached: true, // a group of its own: Ctrl-C is the launcher's, and the group ends with what tsc itself has started
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.on('error', () => undefined); // told by `ended`
  let complaints: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (/ - Found \d+ errors?\. Watching/.test(line)) {
        compiled(project, complaints);
        complaints = [];
      } else if (line.trim() !== '' && !/ - (?:Starting|File change detected)/.test(line)) complaints.push(line);
    });
  }
  const ended = endOf(child);
  return {
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) endGroup(child.pid);
      await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
}

const STOP_MS = 2_000;

/** It writes whole files in an instant and keeps nothing: it need not end in order. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // gone already
  }
}
