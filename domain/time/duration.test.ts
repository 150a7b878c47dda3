import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDuration,
  approximateMs,
  durationInWords,
  isAlwaysShorter,
  isDuration,
  isPositiveDuration,
  subtractDuration,
} from './duration.ts';

const zones = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia', 'UTC'];
const anyZone = fc.constantFrom(...zones);
const anyInstant = fc.date({
  min: new Date('1995-01-01T00:00:00Z'),
  max: new Date('2095-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const dayMs = 86_400_000;

/** The wall clock as a UTC number, told by Intl, which shares no code with what is tested. */
function wallClock(at: Date, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: string) => part.get(type as Intl.DateTimeFormatPartTypes) ?? Number.NaN;
  return (
    Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) + at.getUTCMilliseconds()
  );
}

const offset = (at: Date, zone: string) => wallClock(at, zone) - at.getTime();

/** How a wall clock is read, worked out anew: as given where it exists once; the later one of two; past a gap by its length. */
function readWallClock(local: number, zone: string): Date {
  const offsets = [...new Set([-2, -1, 0, 1, 2].map((days) => offset(new Date(local + days * dayMs), zone)))];
  const exact = offsets.map((by) => new Date(local - by)).filter((at) => wallClock(at, zone) === local);
  if (exact.length > 0) return new Date(Math.max(...exact.map(Number)));
  return new Date(local - offset(new Date(local - dayMs), zone));
}

describe('adding a duration', () => {
  it('keeps the wall clock over any number of days, in every zone', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 800 }), anyZone, (at, days, zone) => {
        const expected = readWallClock(wallClock(at, zone) + days * dayMs, zone);
        expect(addDuration(at, `P${days}D`, zone)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps day and wall clock over months, clamped to the end of the month', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 60 }), anyZone, (at, months, zone) => {
        const local = new Date(wallClock(at, zone));
        const month = local.getUTCMonth() + months;
        const lastDay = new Date(Date.UTC(local.getUTCFullYear(), month + 1, 0)).getUTCDate();
        const day = Math.min(local.getUTCDate(), lastDay);
        const target = Date.UTC(local.getUTCFullYear(), month, day) + (local.getTime() % dayMs);
        expect(addDuration(at, `P${months}M`, zone)).toEqual(readWallClock(target, zone));
      }),
      { numRuns: 400 },
    );
  });

  it('takes hours, minutes and seconds exactly, whatever the clocks do', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 10_000 }), anyZone, (at, count, zone) => {
        expect(addDuration(at, `PT${count}H`, zone).getTime() - at.getTime()).toBe(count * 3_600_000);
        expect(addDuration(at, `PT${count}M`, zone).getTime() - at.getTime()).toBe(count * 60_000);
        expect(addDuration(at, `PT${count}S`, zone).getTime() - at.getTime()).toBe(count * 1000);
      }),
    );
  });

  it('never puts the end of a longer wait before that of a shorter one', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 400 }), anyZone, (at, days, zone) => {
        // Not strictly: Apia had no 30 December 2011, two dates are one instant there.
        expect(addDuration(at, `P${days}D`, zone) >= addDuration(at, `P${days - 1}D`, zone)).toBe(true);
      }),
      { examples: [[new Date('2026-10-30T05:30:00Z'), 2, 'America/New_York']] },
    );
  });

  it.each([
    [
      '60 days keep 10:14 though the clocks change',
      '2026-11-01T03:14:00Z',
      'P60D',
      'America/New_York',
      '2026-12-31T04:14:00Z',
    ],
    ['31 August and 6 months, plain year', '2026-08-31T16:00:00Z', 'P6M', 'America/New_York', '2027-02-28T17:00:00Z'],
    ['31 August and 6 months, leap year', '2027-08-31T16:00:00Z', 'P6M', 'America/New_York', '2028-02-29T17:00:00Z'],
    ['29 February and a year', '2028-02-29T12:00:00Z', 'P1Y', 'UTC', '2029-02-28T12:00:00Z'],
    ['a skipped 02:30 is 03:30', '2026-03-07T07:30:00Z', 'P1D', 'America/New_York', '2026-03-08T07:30:00Z'],
    ['a repeated 01:30 is the later one', '2026-10-31T05:30:00Z', 'P1D', 'America/New_York', '2026-11-01T06:30:00Z'],
    ['half an hour skipped on Lord Howe', '2026-10-02T15:45:00Z', 'P1D', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
    [
      'half an hour repeated on Lord Howe',
      '2026-04-03T14:45:00Z',
      'P1D',
      'Australia/Lord_Howe',
      '2026-04-04T15:15:00Z',
    ],
    ['the day Apia left out', '2011-12-29T22:00:00Z', 'P1D', 'Pacific/Apia', '2011-12-30T22:00:00Z'],
    ['the same left-out day from further away', '2011-12-28T22:00:00Z', 'P2D', 'Pacific/Apia', '2011-12-30T22:00:00Z'],
    ['the day after the left-out day', '2011-12-29T22:00:00Z', 'P2D', 'Pacific/Apia', '2011-12-30T22:00:00Z'],
    ['no clock change in Kolkata', '2026-10-20T18:29:00Z', 'P14D', 'Asia/Kolkata', '2026-11-03T18:29:00Z'],
    ['24 hours are not a day', '2026-03-07T17:00:00Z', 'PT24H', 'America/New_York', '2026-03-08T17:00:00Z'],
    ['a day is not 24 hours', '2026-03-07T17:00:00Z', 'P1D', 'America/New_York', '2026-03-08T16:00:00Z'],
    ['weeks', '2026-03-07T17:00:00Z', 'P2W', 'America/New_York', '2026-03-21T16:00:00Z'],
    ['months first, then days, then time', '2027-01-31T12:00:00Z', 'P1M1DT1H', 'UTC', '2027-03-01T13:00:00Z'],
    [
      'nothing leaves the first of two 01:30 alone',
      '2026-11-01T05:30:00Z',
      'PT0S',
      'America/New_York',
      '2026-11-01T05:30:00Z',
    ],
  ])('%s', (_, at, iso, zone, expected) => {
    expect(addDuration(new Date(at), iso, zone).toISOString()).toBe(new Date(expected).toISOString());
  });

  it('refuses what is no duration and a zone nobody knows', () => {
    expect(() => addDuration(new Date(0), '60 days', 'UTC')).toThrow(RangeError);
    expect(() => addDuration(new Date(0), 'P1D', 'Mars/Olympus')).toThrow(RangeError);
    expect(() => addDuration(new Date(Number.NaN), 'P1D', 'UTC')).toThrow(RangeError);
  });
});

describe('subtracting a duration', () => {
  it('undoes days between wall clocks that come once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 800 }), anyZone, (day, days, zone) => {
        // Noon is never skipped or repeated; Apia's missing day is stepped over by starting after it.
        const at = readWallClock(Date.UTC(2015, 0, 1 + day, 12), zone);
        expect(subtractDuration(addDuration(at, `P${days}D`, zone), `P${days}D`, zone)).toEqual(at);
      }),
    );
  });

  it.each([
    ['2027-03-31T12:00:00Z', 'P1M', 'UTC', '2027-02-28T12:00:00Z'],
    ['2026-11-02T06:30:00Z', 'P1D', 'America/New_York', '2026-11-01T06:30:00Z'],
    ['2026-03-09T06:30:00Z', 'P1D', 'America/New_York', '2026-03-08T07:30:00Z'],
    ['2027-03-01T13:00:00Z', 'P1M1DT1H', 'UTC', '2027-01-31T12:00:00Z'],
  ])('%s less %s in %s', (at, iso, zone, expected) => {
    expect(subtractDuration(new Date(at), iso, zone).toISOString()).toBe(new Date(expected).toISOString());
  });
});

describe('the form of a duration', () => {
  it.each(['P60D', 'P6M', 'PT10M', 'PT1S', 'PT24H', 'P1Y2M3W4DT5H6M7S', 'P2W', 'PT0S', 'P0D', 'P100Y'])(
    '%s is one',
    (text) => {
      expect(isDuration(text)).toBe(true);
    },
  );

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    '60D',
    'P-1D',
    '-P1D',
    '+P1D',
    'P1.5D',
    'PT0.5S',
    'p60d',
    'P1D ',
    'P1H',
    'PT1D',
    'P1D2M',
    'P101Y',
    'P999999D',
    'P٣D',
    'P1D\n',
  ])('%j is none', (text) => {
    expect(isDuration(text)).toBe(false);
    expect(isPositiveDuration(text)).toBe(false);
  });

  it('a policy names at least a second', () => {
    expect(isPositiveDuration('PT1S')).toBe(true);
    expect(isPositiveDuration('PT0S')).toBe(false);
    expect(isPositiveDuration('P0D')).toBe(false);
  });
});

describe('the order of durations', () => {
  it('follows their lengths', () => {
    const inOrder = ['PT1S', 'PT59M', 'PT1H', 'P1D', 'PT25H', 'P1W', 'P30D', 'P1M', 'P31D', 'P6M', 'P1Y', 'P366D'];
    expect([...inOrder].sort((a, b) => approximateMs(a) - approximateMs(b))).toEqual(inOrder);
    expect(approximateMs('P1Y')).toBe(approximateMs('P12M'));
    expect(approximateMs('P1D')).toBe(dayMs);
  });

  it.each([
    ['P28D', 'P1M', false],
    ['P27D', 'P1M', true],
    ['P30D', 'P1M', false],
    ['P53D', 'P60D', true],
    ['P60D', 'P60D', false],
    ['P11M', 'P1Y', true],
    ['P365D', 'P1Y', false],
    ['P364D', 'P1Y', true],
    ['PT1S', 'PT2S', true],
  ])('%s always ends before %s: %s', (shorter, longer, expected) => {
    expect(isAlwaysShorter(shorter, longer)).toBe(expected);
  });
});

it.each([
  ['P60D', 'en', '60 days'],
  ['P1D', 'en', '1 day'],
  ['PT24H', 'es', '24 horas'],
  ['P1M', 'es-US', '1 mes'],
  ['P1Y6M', 'en-US', '1 year and 6 months'],
  ['P1DT2H30M', 'en', '1 day, 2 hours and 30 minutes'],
  ['P1DT2H', 'es', '1 día y 2 horas'],
  ['PT0S', 'en', '0 seconds'],
])('%s in %s is "%s"', (iso, language, words) => {
  expect(durationInWords(iso, language)).toBe(words);
});
