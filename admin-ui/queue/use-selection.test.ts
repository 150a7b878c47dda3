import { expect, it } from '@jest/globals';
import { rowAfter } from './use-selection.ts';

it('the keys begin at the first row, go on from the one that is chosen, and stay within the list', () => {
  expect(rowAfter(-1, 1, 3)).toBe(0);
  expect(rowAfter(-1, -1, 3)).toBe(0);
  expect(rowAfter(1, 1, 3)).toBe(2);
  expect(rowAfter(2, 1, 3)).toBe(2);
  expect(rowAfter(0, -1, 3)).toBe(0);
});
