import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onPath } from './find-program.ts';
import { findTemporal, temporalWays } from './find-temporal.ts';
import { keptDemoPassword, keptKeys } from './keys-file.ts';
import { freePort, takenPorts } from './ports.ts';
import { findTimeSkippingServer } from './time-skipping-server.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-dev-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const quiet = () => undefined;

describe('finding the Temporal server', () => {
  it('asks PATH, the kept copy, the download, then Go', () => {
    expect(temporalWays.map(({ name }) => name)).toEqual([
      '`temporal` on PATH',
      'the kept copy',
      "the SDK's download",
      '`go install`',
    ]);
  });

  it('stops at the first way that works, also after one that fails', async () => {
    const asked: string[] = [];
    const way = (name: string, found: () => string | undefined) => ({
      name,
      find: async () => {
        asked.push(name);
        return found();
      },
    });
    const failing = () => {
      throw new Error('no disk');
    };
    const ways = [way('a', () => undefined), way('b', failing), way('c', () => '/bin/c'), way('d', () => '/bin/d')];
    expect(await findTemporal({ log: quiet, ways })).toBe('/bin/c');
    expect(asked).toEqual(['a', 'b', 'c']);
    await expect(findTemporal({ log: quiet, ways: ways.slice(0, 2) })).rejects.toThrow(
      /^no Temporal server to be had; tried a, b \(no disk\)\. .*TEMPORAL_ADDRESS$/,
    );
  });

  it('finds executables on PATH only', async () => {
    const program = path.join(folder, 'temporal');
    await writeFile(program, '#!/bin/sh\n');
    await chmod(program, 0o644);
    expect(onPath('temporal', folder)).toBeUndefined();
    await chmod(program, 0o755);
    expect(onPath('temporal', `/nowhere:${folder}`)).toBe(program);
  });
});

describe('finding the test server', () => {
  it('takes TEMPORAL_TEST_SERVER, and says so when it cannot be run', async () => {
    const before = process.env.TEMPORAL_TEST_SERVER;
    try {
      process.env.TEMPORAL_TEST_SERVER = process.execPath;
      expect(await findTimeSkippingServer(quiet)).toBe(process.execPath);
      process.env.TEMPORAL_TEST_SERVER = path.join(folder, 'nothing');
      await expect(findTimeSkippingServer(quiet)).rejects.toThrow(/^TEMPORAL_TEST_SERVER/);
    } finally {
      if (before === undefined) delete process.env.TEMPORAL_TEST_SERVER;
      else process.env.TEMPORAL_TEST_SERVER = before;
    }
  });
});

describe('ports', () => {
  it('names the taken port and its setting in one line', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const free = await freePort();
    const lines = await takenPorts([
      { setting: 'PORT', port: free },
      { setting: 'SMTP_PORT', port, host: '127.0.0.1' },
    ]);
    server.close();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`port ${port} is taken`);
    expect(lines[0]).toContain('SMTP_PORT');
  });

  it('sees two settings with one number', async () => {
    expect(
      await takenPorts([
        { setting: 'PORT', port: 8080 },
        { setting: 'OPS_PORT', port: 8080 },
      ]),
    ).toEqual(['OPS_PORT and PORT are both 8080: give each a port of its own']);
  });
});

describe('kept secrets', () => {
  it('are made once, readable by their owner only', async () => {
    const keys = await keptKeys(folder);
    expect(keys).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);
    expect(await keptKeys(folder)).toBe(keys);
    const password = await keptDemoPassword(folder);
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(await keptDemoPassword(folder)).toBe(password);
    for (const file of ['keys', 'demo-password'])
      expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600);
  });
});
