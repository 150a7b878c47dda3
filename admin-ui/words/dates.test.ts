import { describe, expect, it } from '@jest/globals';
import {
  ageInYears,
  axisDayInWords,
  dateInWords,
  dateOfInstant,
  dayInWords,
  daysUntil,
  instantInWords,
  instantOfWallClock,
  longDayInWords,
  shortSpan,
  spanInWords,
  timeInWords,
} from './dates.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const newYork = 'America/New_York';

describe('a span', () => {
  it.each([
    [-5 * minute, '0 s'],
    [0, '0 s'],
    [59_999, '59 s'],
    [minute, '1 min'],
    [59 * minute, '59 min'],
    [hour, '1 h'],
    [6 * hour + 18 * minute, '6 h 18 min'],
    [day, '1 d'],
    [day + 6 * hour + 59 * minute, '1 d 6 h'],
    [9 * day + 23 * hour, '9 d 23 h'],
    [41 * day + 5 * hour, '41 d'],
  ])('of %i ms is told in its two largest units: %s', (ms, words) => expect(spanInWords(ms)).toBe(words));

  it.each([
    [-minute, '0 min'],
    [30_000, '0 min'],
    [59 * minute, '59 min'],
    [2 * hour + 50 * minute, '2 h'],
    [11 * day, '11 d'],
    [119 * day, '119 d'],
    [150 * day, '5 mo'],
  ])('of %i ms is short where there is no room: %s', (ms, words) => expect(shortSpan(ms)).toBe(words));
});

describe('an instant', () => {
  const evening = new Date(Date.UTC(new Date().getUTCFullYear(), 10, 26, 1, 5));

  it('is told in the time zone given, where it may be another day', () => {
    expect(timeInWords(evening, 'en', newYork)).toBe('20:05');
    expect(dayInWords(evening, 'en', newYork)).toMatch(/^\w{3} 25 Nov$/);
    expect(dayInWords(evening, 'en', 'UTC')).toMatch(/^\w{3} 26 Nov$/);
    expect(instantInWords(evening, 'en', newYork)).toMatch(/^\w{3} 25 Nov, 20:05$/);
  });

  it('begins the day with 00, not with 24', () => {
    expect(timeInWords(new Date('2026-11-25T05:00:00Z'), 'en', newYork)).toBe('00:00');
  });

  it('has its year when that is not this one', () => {
    expect(dayInWords(new Date('1999-12-31T12:00:00Z'), 'en', 'UTC')).toBe('Fri 31 Dec 1999');
    expect(dayInWords(new Date('1999-12-31T12:00:00Z'), 'es', 'UTC')).toBe('vie 31 dic 1999');
  });

  it('heads a list in full', () => {
    expect(longDayInWords(new Date('2026-11-25T12:00:00Z'), 'en', 'UTC')).toBe('Wednesday 25 November');
    expect(longDayInWords(new Date('2026-11-25T12:00:00Z'), 'es', 'UTC')).toBe('Miércoles 25 de noviembre');
  });
});

describe('a calendar day', () => {
  it('is the same day wherever one is', () => {
    expect(dateInWords('1979-03-12', 'en')).toBe('12 Mar 1979');
    expect(dateInWords('1979-03-12', 'es')).toBe('12 mar 1979');
    expect(axisDayInWords('2026-10-28', 'en')).toBe('28 Oct');
  });

  it('that is none stays as it was written', () => {
    expect(dateInWords('March 1979', 'en')).toBe('March 1979');
    expect(dateInWords('', 'en')).toBe('');
  });
});

describe('days until then', () => {
  const until = (at: string, now: string, timeZone?: string) => daysUntil(new Date(at), new Date(now), timeZone);

  it('are counted by the calendar, not by hours', () => {
    expect(until('2026-11-26T04:59:00Z', '2026-11-25T05:01:00Z', newYork)).toBe(0);
    expect(until('2026-11-26T05:01:00Z', '2026-11-26T04:59:00Z', newYork)).toBe(1);
    expect(until('2026-11-24T23:00:00Z', '2026-11-25T01:00:00Z', 'UTC')).toBe(-1);
  });

  it('do not slip where clocks change', () => {
    expect(until('2026-11-02T05:30:00Z', '2026-10-31T04:30:00Z', newYork)).toBe(2);
    expect(until('2026-03-09T04:30:00Z', '2026-03-07T05:30:00Z', newYork)).toBe(2);
  });
});

describe('an age', () => {
  it.each([
    ['2008-11-25', 18],
    ['2008-11-26', 17],
    ['2008-12-01', 17],
    ['1979-03-12', 47],
  ])('of somebody born on %s is %i on 25 November 2026', (born, years) => {
    expect(ageInYears(born, new Date(2026, 10, 25, 12))).toBe(years);
  });
});

describe('a wall clock in a time zone', () => {
  it('is the instant people there would mean, on either side of a clock change', () => {
    const at = (local: string, zone: string) => instantOfWallClock(local, zone).toISOString();
    expect(at('2026-11-25T17:00', 'America/New_York')).toBe('2026-11-25T22:00:00.000Z');
    expect(at('2026-07-01T17:00', 'America/New_York')).toBe('2026-07-01T21:00:00.000Z');
    expect(at('2026-11-01T03:00', 'America/New_York')).toBe('2026-11-01T08:00:00.000Z');
    expect(at('2026-11-25T17:00', 'Europe/Berlin')).toBe('2026-11-25T16:00:00.000Z');
  });

  it('gives the day of an instant there', () => {
    const late = new Date('2026-11-22T03:54:00Z');
    expect(dateOfInstant(late, 'en', 'America/New_York')).toBe('21 Nov 2026');
    expect(dateOfInstant(late, 'es', 'UTC')).toBe('22 nov 2026');
  });
});
