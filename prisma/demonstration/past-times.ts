import { type BusinessCalendar, closingTimeOf, isWorkingDay } from '../../domain/time/business-calendar.ts';
import { subtractDuration } from '../../domain/time/duration.ts';

/** Instants of the past as a story tells them, by the portal's wall clock (`HH:MM`). */
export interface PastTimes {
  /** So many calendar days ago. */
  daysAgo(days: number, time: string): Date;
  /** The nth working day back; the first is the last one whose office hours are over. */
  workingDay(back: number, time: string): Date;
  minutesAgo(minutes: number): Date;
}

const countedBack = 190;

/** Counts back from `now` in the calendar's zone. */
export function pastTimes(now: Date, calendar: BusinessCalendar): PastTimes {
  const dateAgo = (days: number) => localDate(subtractDuration(now, `P${days}D`, calendar.timeZone), calendar.timeZone);
  const wallClock = (date: string, time: string) =>
    closingTimeOf(date, { ...calendar, officeHours: { ...calendar.officeHours, close: time } });

  const workingDays: string[] = [];
  for (let days = 0; workingDays.length < countedBack; days += 1) {
    const date = dateAgo(days);
    if (isWorkingDay(date, calendar) && closingTimeOf(date, calendar) <= now) workingDays.push(date);
  }

  return {
    daysAgo: (days, time) => wallClock(dateAgo(days), time),
    workingDay: (back, time) => {
      const date = workingDays[back - 1];
      if (date === undefined) throw new RangeError(`the stories go back ${countedBack} working days`);
      return wallClock(date, time);
    },
    minutesAgo: (minutes) => new Date(now.getTime() - minutes * 60_000),
  };
}

/** `YYYY-MM-DD` in a zone. */
function localDate(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}
