import { expect, it } from '@jest/globals';
import { differingPart } from './differing-part.ts';

it.each([
  ['1979-03-12', '1979-03-21', '1979-03-', '12', ''],
  ['Jon', 'John', 'Jo', '', 'n'],
  ['John', 'Jon', 'Jo', 'h', 'n'],
  ['02139', '02193', '021', '39', ''],
  ['García', 'Garcia', 'Garc', 'í', 'a'],
  ['Ada', 'Bo', '', 'Ada', ''],
  ['', 'Bo', '', '', ''],
  ['Ada', '', '', 'Ada', ''],
])('of %j beside %j shows what differs', (text, other, before, part, after) => {
  expect(differingPart(text, other)).toEqual([before, part, after]);
});

it('takes letter case for alike, as matching does', () => {
  expect(differingPart('O’BRIEN', 'o’brien')).toEqual(['O’BRIEN', '', '']);
});

it('never counts a letter for both ends', () => {
  expect(differingPart('anna', 'anana')).toEqual(['an', '', 'na']);
  expect(differingPart('anana', 'anna')).toEqual(['an', 'a', 'na']);
});

it('keeps characters whole that are two code units', () => {
  expect(differingPart('𝒜b', '𝒜c')).toEqual(['𝒜', 'b', '']);
});
