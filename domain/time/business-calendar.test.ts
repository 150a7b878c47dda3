import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type BusinessCalendar,
  businessDaysLeft,
  closingTimeOf,
  dayZeroOf,
  isWorkingDay,
  pausedDeadline,
  promisedFor,
} from './business-calendar.ts';

/** Thanksgiving week of 2026 in Boston: the 26th (a Thursday) is closed. */
const boston: BusinessCalendar = {
  timeZone: 'America/New_York',
  officeHours: { days: [1, 2, 3, 4, 5], open: '08:30', close: '17:00' },
  holidays: ['2026-11-26', '2026-12-25'],
};
const est = (text: string) => new Date(`${text}-05:00`);

const dayMs = 86_400_000;
const anyCalendar: fc.Arbitrary<BusinessCalendar> = fc.record({
  timeZone: fc.constantFrom('America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia'),
  officeHours: fc.record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    open: fc.constantFrom('00:00', '01:15', '08:30'),
    close: fc.constantFrom('01:45', '02:15', '17:00', '23:59'),
  }),
  holidays: fc.array(
    fc.integer({ min: 0, max: 400 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)),
    { maxLength: 30 },
  ),
});
const anyInstant = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2027-02-01T00:00:00Z'),
  noInvalidDate: true,
});
const fewDays = fc.integer({ min: 0, max: 25 });

/** The date in the zone, told by Intl. */
const dateAt = (at: Date, zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);

/** Working days after `from` up to and with `through`, one by one and without the code that is tested. */
function countedOneByOne(from: string, through: string, calendar: BusinessCalendar): number {
  let count = 0;
  for (let day = Date.parse(from) + dayMs; day <= Date.parse(through); day += dayMs) {
    const date = new Date(day);
    const isOff = calendar.holidays.includes(date.toISOString().slice(0, 10));
    if (calendar.officeHours.days.includes(date.getUTCDay() || 7) && !isOff) count += 1;
  }
  return count;
}

describe('the promise', () => {
  it.each([
    ['in office hours: that day is day 0', '2026-11-23T10:00:00', 3, '2026-11-27T17:00:00'],
    ['before opening: that day is day 0', '2026-11-23T06:00:00', 1, '2026-11-24T17:00:00'],
    ['a millisecond before closing', '2026-11-23T16:59:59.999', 1, '2026-11-24T17:00:00'],
    ['at closing: the next working day is day 0', '2026-11-23T17:00:00', 1, '2026-11-25T17:00:00'],
    ['late on the eve of a holiday', '2026-11-25T18:00:00', 1, '2026-11-30T17:00:00'],
    ['on a holiday', '2026-11-26T10:00:00', 0, '2026-11-27T17:00:00'],
    ['on a Saturday', '2026-11-21T15:51:00', 5, '2026-12-01T17:00:00'],
    ['Friday evening', '2026-11-20T20:00:00', 3, '2026-11-27T17:00:00'],
    ['of no days, in office hours: the same evening', '2026-11-23T10:00:00', 0, '2026-11-23T17:00:00'],
    ['over the end of the year', '2026-12-24T12:00:00', 2, '2026-12-29T17:00:00'],
  ])('%s', (_, receivedAt, days, expected) => {
    expect(promisedFor(est(receivedAt), days, boston)).toEqual(est(expected));
  });

  it('ends at closing time by the wall clock on both sides of a clock change', () => {
    expect(promisedFor(new Date('2026-03-06T15:00:00Z'), 1, boston).toISOString()).toBe('2026-03-09T21:00:00.000Z');
    expect(promisedFor(new Date('2026-03-05T15:00:00Z'), 1, boston).toISOString()).toBe('2026-03-06T22:00:00.000Z');
  });

  it('judges the day by the zone of the portal, not by UTC', () => {
    const apia = { ...boston, timeZone: 'Pacific/Apia', holidays: [] };
    // Monday 01:00 in Apia is Sunday noon UTC.
    expect(dayZeroOf(new Date('2026-11-22T12:00:00Z'), apia)).toBe('2026-11-23');
    expect(dayZeroOf(new Date('2026-11-22T12:00:00Z'), { ...apia, timeZone: 'UTC' })).toBe('2026-11-23');
    expect(dayZeroOf(new Date('2026-11-20T12:00:00Z'), apia)).toBe('2026-11-23');
    expect(dayZeroOf(new Date('2026-11-20T12:00:00Z'), { ...apia, timeZone: 'UTC' })).toBe('2026-11-20');
  });

  it('falls on a working day, with exactly the promised working days after day 0', () => {
    fc.assert(
      fc.property(anyInstant, fewDays, anyCalendar, (at, days, calendar) => {
        const promised = promisedFor(at, days, calendar);
        const date = dateAt(promised, calendar.timeZone);
        expect(promised > at).toBe(true);
        expect(isWorkingDay(date, calendar)).toBe(true);
        expect(closingTimeOf(date, calendar)).toEqual(promised);
        expect(countedOneByOne(dayZeroOf(at, calendar), date, calendar)).toBe(days);
      }),
      { numRuns: 300 },
    );
  });

  it('day 0 is the first working day that has not closed', () => {
    fc.assert(
      fc.property(anyInstant, anyCalendar, (at, calendar) => {
        const today = dateAt(at, calendar.timeZone);
        const dayZero = dayZeroOf(at, calendar);
        const isOpenStill = isWorkingDay(today, calendar) && at < closingTimeOf(today, calendar);
        if (isOpenStill) expect(dayZero).toBe(today);
        else expect(countedOneByOne(today, dayZero, calendar)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });
});

describe('working days left', () => {
  it('are those promised, at the moment of the promise', () => {
    fc.assert(
      fc.property(anyInstant, fewDays, anyCalendar, (at, days, calendar) => {
        expect(businessDaysLeft(at, promisedFor(at, days, calendar), calendar)).toBe(days);
      }),
      { numRuns: 300 },
    );
  });

  it('never grow while time passes, and end at 0', () => {
    fc.assert(
      fc.property(
        anyInstant,
        fewDays,
        fc.integer({ min: 0, max: 40 * dayMs }),
        anyCalendar,
        (at, days, later, calendar) => {
          const promised = promisedFor(at, days, calendar);
          const left = businessDaysLeft(new Date(at.getTime() + later), promised, calendar);
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left).toBeLessThanOrEqual(days);
          expect(businessDaysLeft(promised, promised, calendar)).toBe(0);
        },
      ),
    );
  });

  it('agree with counting one by one over years', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 1500 }), anyCalendar, (at, days, calendar) => {
        const until = new Date(at.getTime() + days * dayMs);
        const from = dayZeroOf(at, calendar);
        const through = dateAt(until, calendar.timeZone);
        const expected = through > from && until > at ? countedOneByOne(from, through, calendar) : 0;
        expect(businessDaysLeft(at, until, calendar)).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a clock that stood', () => {
  it.each([
    ['back the same day: nothing moves', '2026-11-23T10:00:00', '2026-11-23T12:00:00', '2026-11-27T17:00:00'],
    [
      'back after two days: two working days later',
      '2026-11-23T10:00:00',
      '2026-11-25T09:00:00',
      '2026-12-01T17:00:00',
    ],
    ['back after closing: the next day is day 0', '2026-11-23T10:00:00', '2026-11-23T18:00:00', '2026-11-30T17:00:00'],
    ['over a weekend', '2026-11-20T10:00:00', '2026-11-22T10:00:00', '2026-11-30T17:00:00'],
    [
      'asked on the last day: back on the day itself',
      '2026-11-27T16:00:00',
      '2026-12-07T09:00:00',
      '2026-12-07T17:00:00',
    ],
    ['asked on the last day, back in the evening', '2026-11-27T16:00:00', '2026-12-07T19:00:00', '2026-12-08T17:00:00'],
  ])('%s', (_, pausedAt, resumedAt, expected) => {
    const deadline = est('2026-11-27T17:00:00');
    expect(pausedDeadline(deadline, est(pausedAt), est(resumedAt), boston)).toEqual(est(expected));
  });

  it('leaves a deadline that had passed where it was', () => {
    const deadline = est('2026-11-20T17:00:00');
    expect(pausedDeadline(deadline, est('2026-11-20T17:00:00'), est('2026-12-07T09:00:00'), boston)).toEqual(deadline);
    expect(pausedDeadline(deadline, est('2026-11-24T10:00:00'), est('2026-12-07T09:00:00'), boston)).toEqual(deadline);
  });

  it('never gives fewer working days than were left, never an earlier end, and keeps the target before the promise', () => {
    const anyWait = fc.integer({ min: 0, max: 45 * dayMs });
    fc.assert(
      fc.property(anyInstant, fewDays, anyWait, anyWait, anyCalendar, (at, days, before, stood, calendar) => {
        const deadline = promisedFor(at, days, calendar);
        const late = promisedFor(at, days + 2, calendar);
        const pausedAt = new Date(at.getTime() + before);
        const resumedAt = new Date(pausedAt.getTime() + stood);
        const moved = pausedDeadline(deadline, pausedAt, resumedAt, calendar);
        expect(moved >= deadline).toBe(true);
        expect(pausedDeadline(late, pausedAt, resumedAt, calendar) > moved).toBe(true);
        if (deadline <= pausedAt) return;
        expect(moved > resumedAt).toBe(true);
        expect(businessDaysLeft(resumedAt, moved, calendar)).toBe(businessDaysLeft(pausedAt, deadline, calendar));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a calendar without working days', () => {
  const always = Array.from({ length: 4000 }, (_, day) =>
    new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
  );

  it.each([
    ['no days', { ...boston, officeHours: { ...boston.officeHours, days: [] } }],
    ['days that do not exist', { ...boston, officeHours: { ...boston.officeHours, days: [0, 8] } }],
    ['holidays for eleven years', { ...boston, holidays: always }],
  ])('%s: is refused, not searched for ever', (_, calendar) => {
    expect(() => promisedFor(est('2026-11-23T10:00:00'), 1, calendar)).toThrow(RangeError);
    expect(() => businessDaysLeft(est('2026-11-23T10:00:00'), est('2026-11-30T10:00:00'), calendar)).toThrow(
      RangeError,
    );
  });

  it.each([-1, 1.5, Number.NaN, 10_001])('%s business days are refused', (days) => {
    expect(() => promisedFor(est('2026-11-23T10:00:00'), days, boston)).toThrow(RangeError);
  });

  it('a far deadline costs nothing', () => {
    expect(businessDaysLeft(est('2026-11-23T10:00:00'), new Date('9999-01-01T00:00:00Z'), boston)).toBeGreaterThan(
      2_000_000,
    );
  });
});
