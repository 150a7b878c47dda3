import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export interface WantedPort {
  /** The setting that chooses it, e.g. `OPS_PORT`. */
  setting: string;
  port: number;
  /** Where it will listen; undefined: every address. */
  host?: string;
}

/** One line per port that cannot be had, naming port and setting; empty when all are free. */
export async function takenPorts(wanted: WantedPort[]): Promise<string[]> {
  const twice = wanted.flatMap((one, index) => {
    const first = wanted.slice(0, index).find((other) => other.port === one.port);
    return first ? [`${one.setting} and ${first.setting} are both ${one.port}: give each a port of its own`] : [];
  });
  if (twice.length > 0) return twice;
  const lines = await Promise.all(wanted.map(refusal));
  return lines.filter((line) => line !== undefined);
}

/** From the first number to before the second. */
export interface PortRange {
  from: number;
  to: number;
}

/** Below those that systems give to outgoing connections (Linux from 32768, others from 49152). */
const seldomTaken: PortRange = { from: 30_000, to: 32_000 };
const mostTries = 100;

/**
 * A port that is free now on 127.0.0.1, by chance out of a range. One that the system gives is soon given to somebody's outgoing
 * connection as well; these are not. Throws when a hundred of them are taken.
 */
export async function freePort({ from, to }: PortRange = seldomTaken): Promise<number> {
  for (let left = mostTries; ; left -= 1) {
    try {
      return await listenOnce(randomInt(from, to), '127.0.0.1');
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}

async function refusal({ setting, port, host }: WantedPort): Promise<string | undefined> {
  try {
    await listenOnce(port, host);
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${code})`;
    return `port ${port} ${why}: end that program, or choose another with ${setting}, e.g. ${setting}=${port + 10}`;
  }
}

function listenOnce(port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, exclusive: true, ...(host === undefined ? {} : { host }) }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
