import type { Language } from '../../contract/words.ts';
import type { FieldError } from '../page.ts';
import type { Typed } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { dateParts } from './DateField.tsx';

/**
 * The date of three fields as `YYYY-MM-DD`, or what is wrong with it, at its first wrong part. A month may be a number or its name
 * in either language, whole or its first three letters. Whether the date can be a birth is for the API to say, except the future.
 */
export function readDate(typed: Typed, language: Language, today: string): { date: string } | { errors: FieldError[] } {
  const words = formWords[language];
  const [month, day, year] = [typed.text('month'), typed.text('day'), typed.text('year')];
  const wrong = (part: keyof typeof dateParts, message: string) => ({ errors: [{ field: dateParts[part], message }] });
  if (!month && !day && !year) return wrong(language === 'es' ? 'day' : 'month', words.typeDateOfBirth);
  if (!month) return wrong('month', words.monthMissing);
  if (!day) return wrong('day', words.dayMissing);
  if (!year) return wrong('year', words.yearMissing);
  const monthNumber = monthOf(month);
  if (monthNumber === undefined) return wrong('month', words.monthWrong);
  if (!/^\d{4}$/.test(year)) return wrong('year', words.yearFourNumbers);
  const dayNumber = /^\d{1,2}$/.test(day) ? Number(day) : 0;
  if (dayNumber < 1) return wrong('day', words.dayWrong);
  if (dayNumber > daysIn(Number(year), monthNumber)) {
    // February 29 is right in other years.
    const whichYear = monthNumber === 2 && dayNumber === 29 ? year : undefined;
    return wrong('day', words.noSuchDay(monthName(monthNumber, language), dayNumber, whichYear));
  }
  const date = `${year}-${String(monthNumber).padStart(2, '0')}-${String(dayNumber).padStart(2, '0')}`;
  return date > today ? wrong('year', words.inFuture) : { date };
}

function monthOf(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) {
    const number = Number(text);
    return number >= 1 && number <= 12 ? number : undefined;
  }
  const typed = folded(text).replace(/\.$/, '');
  if (typed.length < 3) return undefined;
  for (let month = 1; month <= 12; month += 1) {
    for (const language of ['en', 'es'] as const) {
      const name = folded(monthName(month, language));
      if (name.startsWith(typed)) return month;
    }
  }
  return undefined;
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function monthName(month: number, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return format.format(new Date(Date.UTC(2024, month - 1, 1)));
}

/** The last day of a month; day 0 of the next one. */
function daysIn(year: number, month: number): number {
  const last = new Date(Date.UTC(2000, month, 0));
  last.setUTCFullYear(year, month, 0);
  return last.getUTCDate();
}
