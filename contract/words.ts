/** Dates, times, languages and telephone numbers in words, for the pages that people read; they come through the contract. */
export { type Language, languageOf, languages } from '../domain/language.ts';
export { phoneAddress, spokenPhone } from '../domain/people/phone.ts';
export { dateInWords, instantInWords, plainDateInWords, timeInWords, zoneInWords } from '../domain/time/words.ts';
