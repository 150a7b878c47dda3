import { describe, expect, it } from '@jest/globals';
import { csvLine } from './csv-text.ts';

describe('a line of CSV', () => {
  it('quotes what would end a cell, and writes instants, lists and nothing', () => {
    expect(csvLine(['plain', 'a,b', 'say "so"', 'two\nlines', null, ['one', 'two'], 7, new Date(0)])).toBe(
      'plain,"a,b","say ""so""","two\nlines",,one two,7,1970-01-01T00:00:00.000Z\r\n',
    );
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r1',
    ' =1',
    '\u00A0=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '|calc',
    '%x',
  ])('%j is no formula any more', (text) => {
    expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
  });

  it('leaves what is harmless as it is', () => {
    expect(csvLine(['Ada-Lovelace', 'GH-7K3Q-M2XP', 'a=b', '1984-02-29', 'ada@mail.example', ''])).toBe(
      'Ada-Lovelace,GH-7K3Q-M2XP,a=b,1984-02-29,ada@mail.example,\r\n',
    );
  });
});
