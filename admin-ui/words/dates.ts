import type { Language } from './catalogue.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Locale that orders day before month, as look.md writes dates. */
const localeOf: Record<Language, string> = { en: 'en-GB', es: 'es' };

/** A span in its two largest units: `1 d 6 h`, `6 h 18 min`, under an hour minutes, under a minute seconds. */
export function spanInWords(ms: number): string {
  const span = Math.max(0, ms);
  const days = Math.floor(span / dayMs);
  const hours = Math.floor((span % dayMs) / hourMs);
  const minutes = Math.floor((span % hourMs) / minuteMs);
  if (days >= 10) return `${days} d`;
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes > 0 ? `${minutes} min` : `${Math.floor(span / 1000)} s`;
}

/** A span in its largest unit, for narrow columns: `11 d`, `2 h`, `5 mo`. */
export function shortSpan(ms: number): string {
  const days = Math.floor(ms / dayMs);
  if (days >= 120) return `${Math.floor(days / 30)} mo`;
  if (days > 0) return `${days} d`;
  const hours = Math.floor(ms / hourMs);
  return hours > 0 ? `${hours} h` : `${Math.max(0, Math.floor(ms / minuteMs))} min`;
}

/** `Wed 25 Nov, 17:00`; the year when it is not this one. */
export function instantInWords(at: Date, language: Language, timeZone?: string): string {
  return `${dayInWords(at, language, timeZone)}, ${timeInWords(at, language, timeZone)}`;
}

/** `Wed 25 Nov`; the year when it is not this one. */
export function dayInWords(at: Date, language: Language, timeZone?: string): string {
  const isThisYear = at.getFullYear() === new Date().getFullYear();
  return formatted(at, language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
    timeZone,
  }).replaceAll(',', '');
}

/** `Wednesday 25 November`, as a heading. */
export function longDayInWords(at: Date, language: Language, timeZone?: string): string {
  const day = formatted(at, language, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).replaceAll(',', '');
  return day.charAt(0).toUpperCase() + day.slice(1);
}

/** A calendar day `YYYY-MM-DD` as `28 Oct`, for axes. */
export function axisDayInWords(date: string, language: Language): string {
  return formatted(new Date(`${date}T00:00:00Z`), language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** `10:24` */
export function timeInWords(at: Date, language: Language, timeZone?: string): string {
  return formatted(at, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
}

/** A calendar day `YYYY-MM-DD` as `12 Mar 1979`; anything else unchanged. */
export function dateInWords(date: string, language: Language): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  const options = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return formatted(new Date(`${date}T00:00:00Z`), language, options);
}

/** The day of an instant as `12 Mar 2026`, in the time zone given. */
export function dateOfInstant(at: Date, language: Language, timeZone?: string): string {
  return formatted(at, language, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
}

/** The instant of a wall clock `YYYY-MM-DDTHH:MM` in the time zone given. */
export function instantOfWallClock(local: string, timeZone?: string): Date {
  if (timeZone === undefined) return new Date(local);
  const wanted = Date.parse(`${local}Z`);
  const guess = wanted - aheadOfUtcMs(wanted, timeZone);
  return new Date(wanted - aheadOfUtcMs(guess, timeZone)); // again: the clocks may change between the two
}

function aheadOfUtcMs(atMs: number, timeZone: string): number {
  if (Number.isNaN(atMs)) return 0;
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const options = { ...date, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  const wallClock = formattedWith('sv-SE', new Date(atMs), options).replace(' ', 'T');
  return Date.parse(`${wallClock}Z`) - Math.floor(atMs / minuteMs) * minuteMs;
}

/** Calendar days from now to then, in the time zone given: 0 today, 1 tomorrow, -1 yesterday. */
export function daysUntil(at: Date, now: Date, timeZone?: string): number {
  return Math.round((dayNumber(at, timeZone) - dayNumber(now, timeZone)) / dayMs);
}

/** Whole years somebody born on that day has lived. */
export function ageInYears(dateOfBirth: string, now: Date): number {
  const [year = 0, month = 1, day = 1] = dateOfBirth.split('-').map(Number);
  const hadBirthday = now.getMonth() + 1 > month || (now.getMonth() + 1 === month && now.getDate() >= day);
  return now.getFullYear() - year - (hadBirthday ? 0 : 1);
}

function dayNumber(at: Date, timeZone: string | undefined): number {
  return Date.parse(
    `${formattedWith('en-CA', at, { year: 'numeric', month: '2-digit', day: '2-digit', timeZone })}T00:00Z`,
  );
}

type Format = Omit<Intl.DateTimeFormatOptions, 'timeZone'> & { timeZone?: string | undefined };

function formatted(at: Date, language: Language, options: Format): string {
  return formattedWith(localeOf[language], at, options);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, so each is made once. */
function formattedWith(locale: string, at: Date, options: Format): string {
  const key = locale + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options as Intl.DateTimeFormatOptions);
    formats.set(key, format);
  }
  return format.format(at);
}
