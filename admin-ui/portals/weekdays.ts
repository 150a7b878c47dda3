import type { Language } from '../words/catalogue.ts';

/** The short name of a day of the week; 1 = Monday, and 2024 began on one. */
export function dayName(day: number, language: Language): string {
  return weekday(`2024-01-0${day}`, language);
}

/** The short name of the day of the week of an ISO date; empty for what is none. */
export function weekday(date: string, language: Language): string {
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return '';
  return new Intl.DateTimeFormat(language === 'es' ? 'es' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(at);
}
