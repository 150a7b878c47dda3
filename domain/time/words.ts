import { Temporal } from 'temporal-polyfill';
import { type Language, languageOf } from '../language.ts';

/**
 * An instant for a person: "Friday, January 15, 2027, 10:14 am (Eastern time)" in `en-US`. A wall-clock time that a clock
 * change repeats names the exact time ("Eastern daylight time"). `locale` may be a bare `en` or `es` (those of the USA).
 */
export function instantInWords(at: Date, zone: string, locale: string): string {
  return `${dateInWords(at, zone, locale)}, ${timeInWords(at, zone, locale)} (${zoneInWords(at, zone, locale)})`;
}

/** The day of an instant for a person: "Friday, January 15, 2027", "viernes, 15 de enero de 2027". */
export function dateInWords(at: Date, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(fullLocale(locale), { dateStyle: 'full', timeZone: zone }).format(at);
}

/** The time of an instant for a person: "10:14 am", "10:14 a. m.". */
export function timeInWords(at: Date, zone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(fullLocale(locale), { timeStyle: 'short', timeZone: zone });
  const pieces = format.formatToParts(at).map(({ type, value }) => (type === 'dayPeriod' ? dayPeriod(value) : value));
  return pieces.join('').replace(/\s/gu, ' ');
}

/** A calendar date (`YYYY-MM-DD`) for a person, without its weekday: "February 29, 1984". */
export function plainDateInWords(date: string, locale: string): string {
  const format = new Intl.DateTimeFormat(fullLocale(locale), { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** Office hours for a person: "Monday to Friday, 8:30 am to 5 pm"; days apart are listed, wrapping over the week's end. */
export function officeHoursInWords(
  officeHours: { days: readonly number[]; open: string; close: string },
  language: string,
): string {
  const spoken = languageOf(language);
  const { to, from, list } = hourWords[spoken];
  const days = listed(
    dayRuns(officeHours.days).map((run) => runInWords(run, spoken)),
    list,
  );
  return `${days}, ${from}${clockInWords(officeHours.open, spoken)} ${to} ${clockInWords(officeHours.close, spoken)}`;
}

/** Bare languages mean the United States: a Spanish letter of a Boston practice says "a. m.", not the 24-hour clock. */
function fullLocale(locale: string): string {
  return /^(en|es)$/i.test(locale) ? `${locale.toLowerCase()}-US` : locale;
}

function dayPeriod(value: string): string {
  return /^[ap]\.\s?m\.$/iu.test(value) ? `${value.charAt(0).toLowerCase()}. m.` : value.toLowerCase();
}

/** The time of a zone for a person, as `instantInWords` names it: "Eastern time", "hora del este". */
export function zoneInWords(at: Date, zone: string, locale: string): string {
  const generic = zoneName(at, zone, locale, 'longGeneric');
  // Without a generic name Intl answers an offset; an hour that comes twice needs the exact name.
  const name = /^(GMT|UTC)[+-]/.test(generic) || isRepeated(at, zone) ? zoneName(at, zone, locale, 'long') : generic;
  if (languageOf(locale) === 'es') return name.replace(/ oriental$/, ' del este');
  return name.replace(/\b(Time|Standard|Daylight|Summer|Mean|Universal)\b/g, (word) => word.toLowerCase());
}

function zoneName(at: Date, zone: string, locale: string, timeZoneName: 'long' | 'longGeneric'): string {
  const format = new Intl.DateTimeFormat(fullLocale(locale), { timeZone: zone, timeZoneName });
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

function isRepeated(at: Date, zone: string): boolean {
  const wallClock = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
  const earlier = wallClock.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wallClock.toZonedDateTime(zone, { disambiguation: 'later' });
  return earlier.epochMilliseconds !== later.epochMilliseconds;
}

interface HourWords {
  to: string;
  /** Before the opening time. */
  from: string;
  /** Between the last two of a list. */
  list: string;
  days: readonly string[];
  noon: string;
  midnight: string;
  am: string;
  pm: string;
}

const hourWords: Record<Language, HourWords> = {
  en: {
    to: 'to',
    from: '',
    list: 'and',
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    noon: 'noon',
    midnight: 'midnight',
    am: 'am',
    pm: 'pm',
  },
  es: {
    to: 'a',
    from: 'de ',
    list: 'y',
    days: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
    noon: '12 del mediodía',
    midnight: '12 de la noche',
    am: 'a. m.',
    pm: 'p. m.',
  },
};

/** Days in a row, the week taken as a circle: [1,2,3,6,7] is Saturday to Wednesday. */
function dayRuns(days: readonly number[]): number[][] {
  const open = new Set(days);
  if (open.size === 7) return [[1, 2, 3, 4, 5, 6, 7]];
  const starts = [1, 2, 3, 4, 5, 6, 7].filter((day) => open.has(day) && !open.has(((day + 5) % 7) + 1));
  return starts.map((start) => {
    const run = [start];
    for (let day = (start % 7) + 1; open.has(day) && day !== start; day = (day % 7) + 1) run.push(day);
    return run;
  });
}

function runInWords(run: readonly number[], language: Language): string {
  const { days, to, list } = hourWords[language];
  const names = run.map((day) => days[day - 1] ?? '');
  return names.length > 2 ? `${names[0]} ${to} ${names[names.length - 1]}` : names.join(` ${list} `);
}

/** Commas where an inner "and" would read twice. */
function listed(items: readonly string[], and: string): string {
  const hasInner = items.some((item) => item.includes(` ${and} `));
  if (items.length < 2 || hasInner) return items.join(', ');
  return `${items.slice(0, -1).join(', ')} ${and} ${items[items.length - 1]}`;
}

function clockInWords(time: string, language: Language): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const { noon, midnight, am, pm } = hourWords[language];
  if (minute === 0 && hour % 12 === 0) return hour === 12 ? noon : midnight;
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 || 12}${minutes} ${hour < 12 ? am : pm}`;
}
