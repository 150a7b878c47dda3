import { expect, it } from '@jest/globals';
import { languageOf } from './language.ts';

it.each([
  ['en-US', 'en'],
  ['es', 'es'],
  ['ES-mx', 'es'],
  ['es_US', 'es'],
  ['fr-FR', 'en'],
  ['est', 'en'],
  ['', 'en'],
])('%j is written in %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});
