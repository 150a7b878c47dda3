import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../prisma/package-root.ts';
import { freePort } from './free-port.ts';
import type { Stack } from './stack.ts';

export interface SecondProcess {
  /** Of a second API; a worker's is its operations port. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Another worker or API beside the stack's own, with the same settings on ports of its own. Linux only. */
export async function startSecond(stack: Stack, room: 'worker' | 'api'): Promise<SecondProcess> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const env = {
    ...environmentOf(stack.pidOf(room) ?? 0),
    PUBLIC_URL: stack.apiUrl.replace('127.0.0.1', 'localhost'),
    PORT: String(port),
    OPS_PORT: String(opsPort),
    WORKER_OPS_PORT: String(opsPort),
  };
  const log = openSync(path.join(stack.dataDir, 'logs', `second-${room}.log`), 'a', 0o600);
  const child = spawn(process.execPath, [path.join(packageRoot, 'dist', room, 'main.js')], {
    env,
    stdio: ['ignore', log, log, 'ipc'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    const impatient = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(impatient);
  };
  const opsUrl = `http://127.0.0.1:${opsPort}`;
  for (let tries = 0; !(await isReady(opsUrl)); tries += 1) {
    if (tries > 300 || child.exitCode !== null) {
      await stop();
      throw new Error(`a second ${room} does not get ready`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url: room === 'api' ? `http://127.0.0.1:${port}` : opsUrl, pid: child.pid ?? 0, stop };
}

function environmentOf(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .filter((line) => line.includes('='));
  // The channel to the launcher is not ours to use.
  return Object.fromEntries(
    lines
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as [string, string])
      .filter(([name]) => !name.startsWith('NODE_CHANNEL_')),
  );
}

async function isReady(opsUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${opsUrl}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
