import { describe, expect, it } from '@jest/globals';
import type { Language } from '../../contract/words.ts';
import type { Typed } from '../visit.ts';
import { readDate } from './read-date.ts';

const today = '2026-11-22';

function typed(month: string, day: string, year: string): Typed {
  const values: Readonly<Record<string, string>> = { month, day, year };
  const text = (name: string) => values[name] ?? '';
  return { text, raw: text, all: (name) => [text(name)], names: () => Object.keys(values) };
}

const dateOf = (month: string, day: string, year: string, language: Language = 'en') => {
  const read = readDate(typed(month, day, year), language, today);
  return 'date' in read ? read.date : read.errors.map(({ field, message }) => `${field}: ${message}`).join();
};

describe('a month', () => {
  it.each(['2', '02', 'February', 'february', 'FEB', 'Feb.', 'febrero', 'Febrero', 'Febr'])(
    'may be written %s',
    (month) => {
      expect(dateOf(month, '29', '1944')).toBe('1944-02-29');
      expect(dateOf(month, '29', '1944', 'es')).toBe('1944-02-29');
    },
  );

  it('is known by its first letters in either language', () => {
    const months = {
      ene: 1,
      apr: 4,
      abr: 4,
      mayo: 5,
      jun: 6,
      jul: 7,
      aug: 8,
      ago: 8,
      sept: 9,
      septiembre: 9,
      dic: 12,
      dec: 12,
    };
    for (const [word, month] of Object.entries(months)) {
      expect([word, dateOf(word, '1', '1950')]).toEqual([word, `1950-${String(month).padStart(2, '0')}-01`]);
    }
  });

  it.each(['0', '13', 'x', 'fe', 'ju.', 'februarius', '2.5', '-1', '²', '１２３'])('is not %s', (month) => {
    expect(dateOf(month, '1', '1950')).toBe('m: Type the month as a number from 1 to 12, or as a word');
  });
});

describe('what is wrong is told at its part', () => {
  it.each([
    [['', '', ''], 'm: Type your date of birth'],
    [['', '1', '1950'], 'm: The month is missing'],
    [['1', '', '1950'], 'd: The day is missing'],
    [['1', '1', ''], 'y: The year is missing'],
    [['2', '30', '1984'], 'd: February has no day 30'],
    [['2', '29', '1983'], 'd: February 1983 has no day 29'],
    [['2', '29', '1900'], 'd: February 1900 has no day 29'],
    [['4', '31', '1950'], 'd: April has no day 31'],
    [['1', '0', '1950'], 'd: Type the day as a number from 1 to 31'],
    [['1', 'first', '1950'], 'd: Type the day as a number from 1 to 31'],
    [['1', '1', '44'], 'y: The year needs 4 numbers, like 1944'],
    [['1', '1', '19444'], 'y: The year needs 4 numbers, like 1944'],
    [['11', '23', '2026'], 'y: This date is in the future'],
    [['1', '1', '9999'], 'y: This date is in the future'],
  ] as const)('%j: %s', ([month, day, year], told) => {
    expect(dateOf(month, day, year)).toBe(told);
  });

  it('in Spanish as well, beginning with the day', () => {
    expect(dateOf('', '', '', 'es')).toBe('d: Escriba su fecha de nacimiento');
    expect(dateOf('2', '30', '1984', 'es')).toBe('d: febrero no tiene día 30');
    expect(dateOf('2', '29', '1983', 'es')).toBe('d: febrero de 1983 no tiene día 29');
  });
});

it('today is no future, and leap years are known', () => {
  expect(dateOf('11', '22', '2026')).toBe(today);
  expect(dateOf('2', '29', '2000')).toBe('2000-02-29');
  expect(dateOf('2', '9', '1944')).toBe('1944-02-09');
});
