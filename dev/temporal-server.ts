import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inBackground } from './background.ts';
import { end, endOf, markOf } from './process-identity.ts';

export interface TemporalOptions {
  /** From `findTemporal`. */
  program: string;
  /** Holds `temporal.sqlite`. */
  dataDir: string;
  port: number;
  uiPort: number;
  namespace: string;
  logFile: string;
}

export interface RunningTemporal {
  pid: number;
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** Closed runs stay readable this long; a fresh namespace would forget them after a day. */
const RETENTION = '90d';

/**
 * Starts Temporal's dev server on 127.0.0.1 over a SQLite file and answers when the namespace can be used. WAL with
 * synchronous=NORMAL survives any kill of the process and is twice as fast; what a power cut may take, the reconciler starts
 * again from the rows. The child has a process group of its own. No codec endpoint is set: Temporal Web asks one of its server
 * without cookies, which ours refuses, so whoever wants to read payloads names it in the browser.
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  mkdirSync(path.dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(...inBackground(options.program, serverFlags(options)), {
    detached: true,
    cwd: options.dataDir,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = endOf(child);
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`Temporal does not start: ${error.message}`)));
    void ended.then((how) => reject(new Error(`Temporal ended while starting (${how}); its log: ${options.logFile}`)));
  });
  failed.catch(() => undefined); // it also "fails" when it ends much later
  await Promise.race([namespaceAnswers(options), failed]);
  void keepRetention(options);
  return {
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      const mark = child.exitCode === null && child.signalCode === null && child.pid ? markOf(child.pid) : undefined;
      if (mark)
        await end(mark, [
          ['SIGTERM', 5_000],
          ['SIGKILL', 2_000],
        ]);
    },
  };
}

function serverFlags({ dataDir, port, uiPort, namespace }: TemporalOptions): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
    ...['--db-filename', path.join(path.resolve(dataDir), 'temporal.sqlite')],
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...['--log-level', 'error', '--namespace', namespace],
  ];
}

/** Asked through Temporal Web, which has to be up as well. */
async function namespaceAnswers({ uiPort, namespace }: TemporalOptions): Promise<void> {
  const url = `http://127.0.0.1:${uiPort}/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  for (;;) {
    const isThere = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );
    if (isThere) return;
    await sleep(50);
  }
}

/** Through the CLI itself, beside the start: nothing waits for it, and it is asked again at every start. */
async function keepRetention({ program, port, namespace }: TemporalOptions): Promise<void> {
  const flags = ['operator', 'namespace', 'update', '--namespace', namespace, '--retention', RETENTION];
  const child = spawn(program, [...flags, '--address', `127.0.0.1:${port}`], { stdio: 'ignore' });
  child.once('error', () => undefined);
}
