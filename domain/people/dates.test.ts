import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ageOn, isOldEnough, isPossibleDateOfBirth, isRealDate, localDate } from './dates.ts';

describe('a real date', () => {
  it.each(['1984-02-29', '2000-02-29', '1900-01-01', '2026-12-31', '1990-07-14'])('%s exists', (text) => {
    expect(isRealDate(text)).toBe(true);
  });

  it.each([
    '2026-02-31',
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '1899-12-31',
    '0000-01-01',
    '84-02-29',
    '1984-2-29',
    '29.02.1984',
    '1984-02-29T00:00:00Z',
    '1984-02-29\n',
    '+001984-02-29',
    '',
  ])('%j does not', (text) => {
    expect(isRealDate(text)).toBe(false);
  });

  it('every day of the calendar exists', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(fc.property(days, (day) => expect(isRealDate(day.toISOString().slice(0, 10))).toBe(true)));
  });
});

describe('age', () => {
  it.each([
    ['1984-02-29', '2026-02-28', 41],
    ['1984-02-29', '2026-03-01', 42],
    ['1984-02-29', '2028-02-28', 43],
    ['1984-02-29', '2028-02-29', 44],
    ['2008-11-21', '2026-11-20', 17],
    ['2008-11-21', '2026-11-21', 18],
    ['2026-11-21', '2026-11-21', 0],
    ['2026-11-22', '2026-11-21', -1],
    ['2008-12-31', '2027-01-01', 18],
  ])('of who was born on %s is on %s: %d', (dateOfBirth, today, age) => {
    expect(ageOn(dateOfBirth, today)).toBe(age);
  });

  it('18 is reached at midnight of the portal, not of UTC', () => {
    const evening = new Date('2026-11-21T04:59:59.999Z');
    const midnight = new Date('2026-11-21T05:00:00Z');
    expect(isOldEnough('2008-11-21', 18, evening, 'America/New_York')).toBe(false);
    expect(isOldEnough('2008-11-21', 18, midnight, 'America/New_York')).toBe(true);
    expect(isOldEnough('2008-11-21', 18, evening, 'Asia/Kolkata')).toBe(true);
  });

  it('no minimum age lets everybody in', () => {
    expect(isOldEnough('2026-11-21', 0, new Date('2026-11-21T12:00:00Z'), 'UTC')).toBe(true);
  });
});

it.each([
  ['2026-11-21T04:59:59.999Z', 'America/New_York', '2026-11-20'],
  ['2026-11-21T05:00:00.000Z', 'America/New_York', '2026-11-21'],
  ['2026-11-20T11:00:00.000Z', 'Pacific/Apia', '2026-11-21'],
  ['2026-11-20T18:30:00.000Z', 'Asia/Kolkata', '2026-11-21'],
])('%s in %s is %s', (at, zone, date) => {
  expect(localDate(new Date(at), zone)).toBe(date);
});

it('a date of birth is not to come and not too long ago', () => {
  const at = new Date('2026-11-21T04:30:00Z');
  expect(isPossibleDateOfBirth('2026-11-20', at, 'America/New_York')).toBe(true);
  expect(isPossibleDateOfBirth('2026-11-21', at, 'America/New_York')).toBe(false);
  expect(isPossibleDateOfBirth('2026-11-21', at, 'UTC')).toBe(true);
  expect(isPossibleDateOfBirth('1900-01-01', at, 'UTC')).toBe(true);
  expect(isPossibleDateOfBirth('1900-01-01', new Date('2031-06-01T00:00:00Z'), 'UTC')).toBe(false);
  expect(isPossibleDateOfBirth('2026-02-30', at, 'UTC')).toBe(false);
});
