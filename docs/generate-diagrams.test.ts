import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { applicationPage, withGeneratedParts } from './generate-diagrams.ts';

it('the page of the application shows the transition table as it is (npm run diagrams)', async () => {
  const page = await readFile(applicationPage, 'utf8');
  expect(withGeneratedParts(page)).toBe(page);
});

it('a page without its markers is an error, not an empty diagram', () => {
  expect(() => withGeneratedParts('# Application')).toThrow('diagram');
});
