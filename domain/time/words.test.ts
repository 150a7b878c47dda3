import { describe, expect, it } from '@jest/globals';
import { dateInWords, instantInWords, officeHoursInWords, plainDateInWords, timeInWords } from './words.ts';

const at = new Date('2027-01-15T15:14:00Z');

describe('an instant in words', () => {
  it.each([
    ['en-US', 'America/New_York', 'Friday, January 15, 2027, 10:14 am (Eastern time)'],
    ['en', 'America/New_York', 'Friday, January 15, 2027, 10:14 am (Eastern time)'],
    ['es-US', 'America/New_York', 'viernes, 15 de enero de 2027, 10:14 a. m. (hora del este)'],
    ['es', 'America/New_York', 'viernes, 15 de enero de 2027, 10:14 a. m. (hora del este)'],
    ['en-GB', 'Europe/London', 'Friday, 15 January 2027, 15:14 (United Kingdom time)'],
    ['en-US', 'Asia/Kolkata', 'Friday, January 15, 2027, 8:44 pm (India standard time)'],
    ['en-US', 'UTC', 'Friday, January 15, 2027, 3:14 pm (Coordinated universal time)'],
  ])('%s, %s', (locale, zone, words) => {
    expect(instantInWords(at, zone, locale)).toBe(words);
  });

  it('tells the two half past ones of a clock change apart', () => {
    const first = instantInWords(new Date('2026-11-01T05:30:00Z'), 'America/New_York', 'en-US');
    const second = instantInWords(new Date('2026-11-01T06:30:00Z'), 'America/New_York', 'en-US');
    expect(first).toBe('Sunday, November 1, 2026, 1:30 am (Eastern daylight time)');
    expect(second).toBe('Sunday, November 1, 2026, 1:30 am (Eastern standard time)');
    expect(instantInWords(new Date('2026-11-01T07:30:00Z'), 'America/New_York', 'en-US')).toContain('(Eastern time)');
  });

  it('uses plain spaces only, so that text mails wrap and search', () => {
    for (const locale of ['en-US', 'es-US', 'es-MX']) {
      expect(instantInWords(at, 'America/New_York', locale)).not.toMatch(/[\u00a0\u202f]/);
    }
  });

  it('the day is that of the zone', () => {
    expect(dateInWords(new Date('2026-12-21T03:00:00Z'), 'America/New_York', 'en-US')).toBe(
      'Sunday, December 20, 2026',
    );
    expect(timeInWords(at, 'America/New_York', 'es')).toBe('10:14 a. m.');
    expect(plainDateInWords('1984-02-29', 'en-US')).toBe('February 29, 1984');
    expect(plainDateInWords('1984-02-29', 'es')).toBe('29 de febrero de 1984');
  });
});

describe('office hours in words', () => {
  const hours = (days: number[], open = '08:30', close = '17:00') => ({ days, open, close });

  it.each([
    [hours([1, 2, 3, 4, 5]), 'en', 'Monday to Friday, 8:30 am to 5 pm'],
    [hours([5, 3, 1, 2, 4]), 'en-US', 'Monday to Friday, 8:30 am to 5 pm'],
    [hours([1, 2, 3, 4, 5]), 'es', 'lunes a viernes, de 8:30 a. m. a 5 p. m.'],
    [hours([1, 3, 5]), 'en', 'Monday, Wednesday and Friday, 8:30 am to 5 pm'],
    [hours([6, 7]), 'en', 'Saturday and Sunday, 8:30 am to 5 pm'],
    [hours([6, 7, 1]), 'en', 'Saturday to Monday, 8:30 am to 5 pm'],
    [hours([1, 2, 4]), 'en', 'Monday and Tuesday, Thursday, 8:30 am to 5 pm'],
    [hours([1, 2, 3, 6]), 'es', 'lunes a miércoles y sábado, de 8:30 a. m. a 5 p. m.'],
    [hours([1, 2, 3, 4, 5, 6, 7], '00:00', '12:00'), 'en', 'Monday to Sunday, midnight to noon'],
    [hours([2], '12:05', '23:59'), 'en', 'Tuesday, 12:05 pm to 11:59 pm'],
  ])('%j in %s', (officeHours, language, words) => {
    expect(officeHoursInWords(officeHours, language)).toBe(words);
  });
});
