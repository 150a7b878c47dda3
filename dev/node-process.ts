import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { inBackground } from './background.ts';
import { end, endOf, markOf } from './process-identity.ts';

export interface NodeProcessOptions {
  script: string;
  args?: string[];
  env: NodeJS.ProcessEnv;
  /** Takes both output streams, so that nothing is lost or blocked when the launcher dies. */
  logFile: string;
  /** Patience after SIGTERM, in ms. */
  stopMs: number;
  /** Runs behind what people wait for. */
  isBackground?: boolean;
}

export interface RunningNode {
  pid: number;
  ended: Promise<string>;
  stop(): Promise<void>;
  /** Settles with `word` when the process sends it over its channel. */
  said(word: string): Promise<string>;
}

/**
 * Starts a Node program in a process group of its own (Ctrl-C reaches the launcher only), with a channel to the launcher:
 * its `disconnect` tells the program that the launcher is gone, and it ends as on SIGTERM.
 */
export function startNode({ script, args = [], env, logFile, stopMs, isBackground }: NodeProcessOptions): RunningNode {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const [program, given] = isBackground
    ? inBackground(process.execPath, [script, ...args])
    : [process.execPath, [script, ...args]];
  const child = spawn(program, given, { env, detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  child.on('error', () => undefined); // told by `ended`
  return {
    pid: child.pid ?? 0,
    ended: endOf(child),
    said: (word) => new Promise((resolve) => child.on('message', (message) => message === word && resolve(word))),
    stop: async () => {
      const mark = child.exitCode === null && child.signalCode === null && child.pid ? markOf(child.pid) : undefined;
      if (mark)
        await end(mark, [
          ['SIGTERM', stopMs],
          ['SIGKILL', 2_000],
        ]);
    },
  };
}
