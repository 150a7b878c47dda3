import { Temporal } from 'temporal-polyfill';

/** Whether `text` is a day that exists, `YYYY-MM-DD`, from 1900 to 9999. */
export function isRealDate(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return false;
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
  if (year < 1900 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Today's date (`YYYY-MM-DD`) in a zone at an instant. */
export function localDate(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/**
 * Whole years of age on a day; negative before birth. Who was born on 29 February has the birthday on 1 March in other
 * years: the month and day have to be reached.
 */
export function ageOn(dateOfBirth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return today.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}

/** Whether somebody is `minimumAge` or older, by the calendar of `zone`. */
export function isOldEnough(dateOfBirth: string, minimumAge: number, at: Date, zone: string): boolean {
  return ageOn(dateOfBirth, localDate(at, zone)) >= minimumAge;
}

/** Whether a date can be that of somebody alive: it exists, is not to come, and is at most 130 years ago. */
export function isPossibleDateOfBirth(dateOfBirth: string, at: Date, zone: string): boolean {
  if (!isRealDate(dateOfBirth)) return false;
  const today = localDate(at, zone);
  return dateOfBirth <= today && ageOn(dateOfBirth, today) <= 130;
}
