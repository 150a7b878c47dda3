import { Temporal } from 'temporal-polyfill';

/** When a portal works; the fields of its policy. Days 1 = Monday … 7 = Sunday, wall-clock times `HH:MM` in the zone. */
export interface BusinessCalendar {
  timeZone: string;
  officeHours: { days: readonly number[]; open: string; close: string };
  /** Closed days, `YYYY-MM-DD`. */
  holidays: readonly string[];
}

/**
 * The end of a promise of `businessDays`: closing time of the Nth working day after day 0 (lifecycles.md, business-day
 * clock). Throws RangeError when the calendar has no working days or the number is not a whole one from 0 to 10,000.
 */
export function promisedFor(receivedAt: Date, businessDays: number, calendar: BusinessCalendar): Date {
  if (!Number.isInteger(businessDays) || businessDays < 0 || businessDays > mostBusinessDays) {
    throw new RangeError('Business days are a whole number from 0 to 10,000.');
  }
  const days = workingDaysOf(calendar);
  let day = dayZeroDate(receivedAt, calendar, days);
  for (let passed = 0; passed < businessDays; passed += 1) day = nextWorkingDay(day, days);
  return closing(day, calendar);
}

/**
 * Where a deadline moves after its clock stood from `pausedAt` to `resumedAt`: the working days that were left count from
 * the return day as day 0. Never earlier than before; a deadline that had passed when the clock stopped stays passed.
 */
export function pausedDeadline(deadline: Date, pausedAt: Date, resumedAt: Date, calendar: BusinessCalendar): Date {
  if (deadline <= pausedAt) return deadline;
  const moved = promisedFor(resumedAt, businessDaysLeft(pausedAt, deadline, calendar), calendar);
  return moved > deadline ? moved : deadline;
}

/** Working days from `now` to `until`: the N for which a promise made now would end that day; 0 on the last day and after. */
export function businessDaysLeft(now: Date, until: Date, calendar: BusinessCalendar): number {
  if (until <= now) return 0;
  const days = workingDaysOf(calendar);
  return workingDaysBetween(dayZeroDate(now, calendar, days), localDateOf(until, calendar), days);
}

/** The instant the office closes, or would close, on a date (`YYYY-MM-DD`). */
export function closingTimeOf(date: string, calendar: BusinessCalendar): Date {
  return closing(Temporal.PlainDate.from(date), calendar);
}

/** Whether the office works on a date (`YYYY-MM-DD`). */
export function isWorkingDay(date: string, calendar: BusinessCalendar): boolean {
  return isWorking(Temporal.PlainDate.from(date), workingDaysOf(calendar));
}

/**
 * Day 0 (`YYYY-MM-DD`) of what was received at an instant: that day while the office has not closed, else the next working
 * day. Before opening on a working day is that day: it is the next one to open. Throws RangeError without working days.
 */
export function dayZeroOf(receivedAt: Date, calendar: BusinessCalendar): string {
  return dayZeroDate(receivedAt, calendar, workingDaysOf(calendar)).toString();
}

interface WorkingDays {
  weekdays: ReadonlySet<number>;
  holidays: ReadonlySet<string>;
}

const mostBusinessDays = 10_000;
/** Ten years without a working day: the calendar has none. */
const longestSearchDays = 3_660;

function workingDaysOf({ officeHours, holidays }: BusinessCalendar): WorkingDays {
  return { weekdays: new Set(officeHours.days), holidays: new Set(holidays) };
}

function isWorking(date: Temporal.PlainDate, { weekdays, holidays }: WorkingDays): boolean {
  return weekdays.has(date.dayOfWeek) && !holidays.has(date.toString());
}

function dayZeroDate(at: Date, calendar: BusinessCalendar, days: WorkingDays): Temporal.PlainDate {
  const today = localDateOf(at, calendar);
  // At closing time the office is closed: intervals are half-open.
  return isWorking(today, days) && at < closing(today, calendar) ? today : nextWorkingDay(today, days);
}

function nextWorkingDay(after: Temporal.PlainDate, days: WorkingDays): Temporal.PlainDate {
  let date = after;
  for (let searched = 0; searched < longestSearchDays; searched += 1) {
    date = date.add({ days: 1 });
    if (isWorking(date, days)) return date;
  }
  throw new RangeError('The calendar has no working day.');
}

/** Working days after `from` up to and with `through`; counted by weeks, so that a far date costs nothing. */
function workingDaysBetween(from: Temporal.PlainDate, through: Temporal.PlainDate, days: WorkingDays): number {
  const span = from.until(through).days;
  if (span <= 0) return 0;
  const weekdaysInUse = [1, 2, 3, 4, 5, 6, 7].filter((weekday) => days.weekdays.has(weekday));
  let count = Math.floor(span / 7) * weekdaysInUse.length;
  for (let rest = 1; rest <= span % 7; rest += 1) {
    if (days.weekdays.has(((from.dayOfWeek + rest - 1) % 7) + 1)) count += 1;
  }
  return count - holidaysWithin(from.toString(), through.toString(), days);
}

function holidaysWithin(from: string, through: string, { weekdays, holidays }: WorkingDays): number {
  let count = 0;
  for (const holiday of holidays) {
    const isInside = holiday > from && holiday <= through;
    if (isInside && weekdays.has(Temporal.PlainDate.from(holiday).dayOfWeek)) count += 1;
  }
  return count;
}

function localDateOf(at: Date, { timeZone }: BusinessCalendar): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

function closing(date: Temporal.PlainDate, { officeHours, timeZone }: BusinessCalendar): Date {
  const wallClock = date.toPlainDateTime(Temporal.PlainTime.from(officeHours.close));
  return new Date(wallClock.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds);
}
