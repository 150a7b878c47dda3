import { expect, it } from '@jest/globals';
import { oneAfterAnother } from './one-after-another.ts';

it('runs what belongs together in order, whatever becomes of each, and nothing else behind it', async () => {
  const inTurn = oneAfterAnother();
  const seen: string[] = [];
  const open: (() => void)[] = [];
  const slow = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      seen.push(name);
      open.push(() => (name === 'second' ? reject(new Error(name)) : resolve(name)));
    });
  const all = [
    inTurn('a', slow('first')),
    inTurn('a', slow('second')),
    inTurn('a', slow('third')),
    inTurn('b', slow('other')),
  ];
  const settled = Promise.allSettled(all);
  const next = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    open.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(['first', 'other']);
  await next();
  expect(seen).toEqual(['first', 'other', 'second']);
  for (let rest = 0; rest < 3; rest += 1) await next();
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(seen).toEqual(['first', 'other', 'second', 'third']);
});
