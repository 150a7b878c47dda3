import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startNode } from './node-process.ts';
import { type Running, supervise } from './supervise.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-supervise-'));
  await writeFile(path.join(folder, 'stays.mjs'), 'setInterval(() => undefined, 1_000);');
  await writeFile(path.join(folder, 'dies.mjs'), 'process.exit(3);');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A child under supervision; `next` settles when another one was started. */
async function supervised(script: string) {
  const started: Running[] = [];
  const log: string[] = [];
  let told = () => {};
  const part = await supervise({
    name: 'child',
    runFolder: path.join(folder, 'run'),
    log: (line) => log.push(line),
    start: async () => {
      const file = path.join(folder, script);
      started.push(startNode({ script: file, env: {}, logFile: path.join(folder, 'log'), stopMs: 2_000 }));
      told();
      return started.at(-1) as Running;
    },
  });
  const next = () => new Promise<void>((resolve) => (told = resolve));
  return { part, started, log, next };
}

it('starts a child anew on demand, without a word, and not any more once it was stopped', async () => {
  const { part, started, log, next } = await supervised('stays.mjs');
  const second = next();
  await part.restart();
  await second;
  expect(started).toHaveLength(2);
  await part.stop();
  await part.restart();
  expect(started).toHaveLength(2);
  expect(log).toEqual([]);
});

it('on demand starts a child that died without further waiting', async () => {
  const { part, started, log, next } = await supervised('dies.mjs');
  await next();
  await next();
  await started.at(-1)?.ended;
  while (log.length < 3) await new Promise(setImmediate);
  const fourth = next();
  const at = performance.now();
  await part.restart();
  await fourth;
  expect(performance.now() - at).toBeLessThan(700); // it would have waited 1 s
  await part.stop();
});
