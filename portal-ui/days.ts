import type { Visit } from './visit.ts';

type Place = Pick<Visit, 'portal' | 'locale' | 'now'>;

/** The day of an instant at the portal, `YYYY-MM-DD`. */
export function dayOf(at: Date, { portal }: Pick<Visit, 'portal'>): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: portal.timeZone, dateStyle: 'short' }).format(at);
}

/** How many days of the portal's calendar lie between now and an instant: 0 on its day, never less. */
export function daysUntil(until: Date, visit: Pick<Visit, 'portal' | 'now'>): number {
  const dayNumber = (at: Date) => Date.parse(`${dayOf(at, visit)}T00:00:00Z`) / 86_400_000;
  return Math.max(0, dayNumber(until) - dayNumber(visit.now));
}

/** "Wednesday, November 18"; with its year when that is not this one. */
export function shortDayInWords(at: Date, visit: Place): string {
  const isThisYear = dayOf(at, visit).slice(0, 4) === dayOf(visit.now, visit).slice(0, 4);
  const year = isThisYear ? undefined : 'numeric';
  const format = new Intl.DateTimeFormat(visit.locale, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    year,
    timeZone: visit.portal.timeZone,
  });
  return format.format(at);
}
