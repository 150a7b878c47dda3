/** Dates, times and languages in words, for the pages that people read; they come through the contract. */
export { type Language, languageOf, languages } from '../domain/language.ts';
export { dateInWords, instantInWords, plainDateInWords, timeInWords, zoneInWords } from '../domain/time/words.ts';
