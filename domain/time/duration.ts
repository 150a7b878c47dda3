import { Temporal } from 'temporal-polyfill';
import { type Language, languageOf } from '../language.ts';

/**
 * `at` plus an ISO 8601 duration. Years, months, weeks and days are calendar units in `zone` (months clamp to the end of
 * the month), hours to seconds are exact; wall-clock times that a clock change skips or repeats are read as the later one.
 * Steps like PostgreSQL's `date_add(at, duration, zone)`: months, then days, then time. Throws RangeError.
 */
export function addDuration(at: Date, iso: string, zone: string): Date {
  return shifted(at, iso, zone, 1);
}

/** `at` minus an ISO 8601 duration, by the rules of `addDuration` (PostgreSQL's `date_subtract`). Throws RangeError. */
export function subtractDuration(at: Date, iso: string, zone: string): Date {
  return shifted(at, iso, zone, -1);
}

/** Whether `text` is a duration we accept: whole numbers, no sign, at most about 100 years; `PT0S` is one. */
export function isDuration(text: string): boolean {
  return parsed(text) !== undefined;
}

/** Whether `text` is a duration of at least a second (the shortest a policy may name). */
export function isPositiveDuration(text: string): boolean {
  const parts = parsed(text);
  return parts !== undefined && approximate(parts) >= 1000;
}

/** Milliseconds with average months (30.436875 days), for ordering only: what falls when is told by `addDuration`. */
export function approximateMs(iso: string): number {
  return approximate(partsOf(iso));
}

/** Whether `shorter` ends before `longer` whatever the day both start on (`P30D` is not always shorter than `P1M`). */
export function isAlwaysShorter(shorter: string, longer: string): boolean {
  return monthEdges.every((start) => addDuration(start, shorter, 'UTC') < addDuration(start, longer, 'UTC'));
}

/** A duration in plain words: "60 days", "1 year and 6 months", "24 horas". Throws RangeError. */
export function durationInWords(iso: string, language: string): string {
  const parts = partsOf(iso);
  const spoken = languageOf(language);
  const words = unitNames.filter((unit) => parts[unit] > 0).map((unit) => counted(parts[unit], unit, spoken));
  if (words.length === 0) return counted(0, 'seconds', spoken);
  const last = words.pop() ?? '';
  const and = spoken === 'es' ? 'y' : 'and';
  return words.length === 0 ? last : `${words.join(', ')} ${and} ${last}`;
}

const unitNames = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
type Unit = (typeof unitNames)[number];
type Parts = Record<Unit, number>;

const dayMs = 86_400_000;
const longestMs = 100.01 * 365.2425 * dayMs;
const pattern =
  /^P(?=\d|T\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?)?$/;

function parsed(text: string): Parts | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = found.slice(1).map((digits) => Number(digits ?? 0));
  const parts: Parts = {
    years: years ?? 0,
    months: months ?? 0,
    weeks: weeks ?? 0,
    days: days ?? 0,
    hours: hours ?? 0,
    minutes: minutes ?? 0,
    seconds: seconds ?? 0,
  };
  return approximate(parts) <= longestMs ? parts : undefined;
}

function partsOf(iso: string): Parts {
  const parts = parsed(iso);
  if (!parts) throw new RangeError('Not a duration.');
  return parts;
}

function approximate(parts: Parts): number {
  const days = (parts.years * 12 + parts.months) * 30.436875 + parts.weeks * 7 + parts.days;
  return days * dayMs + timeMs(parts);
}

function timeMs(parts: Parts): number {
  return (parts.hours * 3600 + parts.minutes * 60 + parts.seconds) * 1000;
}

function shifted(at: Date, iso: string, zone: string, sign: 1 | -1): Date {
  const parts = partsOf(iso);
  const byMonths = calendarStep(at, { months: sign * (parts.years * 12 + parts.months) }, zone);
  const byDays = calendarStep(byMonths, { days: sign * (parts.weeks * 7 + parts.days) }, zone);
  return new Date(byDays.getTime() + sign * timeMs(parts));
}

/** An empty step leaves the instant alone: the earlier of two repeated wall-clock times must stay the earlier one. */
function calendarStep(at: Date, step: { months: number } | { days: number }, zone: string): Date {
  if (Object.values(step).every((count) => count === 0)) return at;
  const wallClock = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
  const moved = wallClock.add(step).toZonedDateTime(zone, { disambiguation: 'later' });
  return new Date(moved.epochMilliseconds);
}

/** First and last days of every month of four years, so that every length of month and both kinds of year are met. */
const monthEdges = Array.from({ length: 48 }, (_, month) => [
  new Date(Date.UTC(2027, month, 1)),
  new Date(Date.UTC(2027, month + 1, 0)),
]).flat();

const unitWords: Record<Language, Record<Unit, readonly [one: string, many: string]>> = {
  en: {
    years: ['year', 'years'],
    months: ['month', 'months'],
    weeks: ['week', 'weeks'],
    days: ['day', 'days'],
    hours: ['hour', 'hours'],
    minutes: ['minute', 'minutes'],
    seconds: ['second', 'seconds'],
  },
  es: {
    years: ['año', 'años'],
    months: ['mes', 'meses'],
    weeks: ['semana', 'semanas'],
    days: ['día', 'días'],
    hours: ['hora', 'horas'],
    minutes: ['minuto', 'minutos'],
    seconds: ['segundo', 'segundos'],
  },
};

function counted(count: number, unit: Unit, language: Language): string {
  const [one, many] = unitWords[language][unit];
  return `${count} ${count === 1 ? one : many}`;
}
