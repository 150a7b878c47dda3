import { afterEach, expect, it } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { mayMove, staysPut } from './stays-put.ts';

const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  queries.clear();
});

/** A read that is on the screen; answers how often it was made. */
function shown(key: string, { meta, fails = false }: { meta?: typeof staysPut; fails?: boolean } = {}): () => number {
  let reads = 0;
  const queryFn = () => {
    reads += 1;
    return fails ? Promise.reject(new Error('away')) : Promise.resolve(reads);
  };
  stops.push(
    new QueryObserver(queries, { queryKey: [key], queryFn, ...(meta && { meta }) }).subscribe(() => undefined),
  );
  return () => reads;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

it('after missed events reads everything anew but what lies under the hand', async () => {
  const figures = shown('counts');
  const rows = shown('queue', { meta: staysPut });
  await settled();
  await queries.invalidateQueries({ predicate: mayMove });
  expect([figures(), rows()]).toEqual([2, 1]);
});

it('reads also those when they could not be read before: where nothing stands, nothing moves', async () => {
  const rows = shown('queue', { meta: staysPut, fails: true });
  await settled();
  await queries.invalidateQueries({ predicate: mayMove });
  await settled();
  expect(rows()).toBe(2);
});
