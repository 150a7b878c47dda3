import { expect, it } from '@jest/globals';
import { countOfNew, idsOfGone, inPlace } from './rows-in-place.ts';

const row = (id: string, version = 1) => ({ id, version });
const standing = [row('a'), row('b'), row('c')];

it('changes rows where they stand: none comes, none goes, none moves', () => {
  const known = [row('n', 1), row('c', 2), row('a', 3)];
  expect(inPlace(standing, known)).toEqual([row('a', 3), row('b'), row('c', 2)]);
  expect(inPlace(standing, [])).toEqual(standing);
});

it('counts what is new until it is shown', () => {
  const ids = ['n', 'a', 'm', 'b'];
  expect(countOfNew(standing, ids)).toBe(2);
  expect(countOfNew([row('n'), row('m'), ...standing], ids)).toBe(0);
  expect(countOfNew(standing, [])).toBe(0);
});

it('knows which rows left the question and stand all the same', () => {
  expect(idsOfGone(standing, [row('n'), row('b', 2)])).toEqual(['a', 'c']);
  expect(idsOfGone([], [row('n')])).toEqual([]);
});
