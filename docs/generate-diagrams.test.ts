import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { caseKinds } from '../domain/case.ts';
import { lifecycles } from '../domain/lifecycles.ts';
import { lifecyclePages, withGeneratedParts } from './generate-diagrams.ts';

const pages = lifecyclePages.map((page) => [path.basename(page.file), page] as const);

it.each(pages)('%s shows the transition table as it is (npm run diagrams)', async (_, page) => {
  const text = await readFile(page.file, 'utf8');
  expect(withGeneratedParts(text, page)).toBe(text);
});

it('every kind of case has its page, which shows every state and every move', () => {
  expect(pages.map(([name]) => name)).toEqual(caseKinds.map((kind) => `lifecycle-${kind}.md`));
  for (const [index, kind] of caseKinds.entries()) {
    const { states, moves } = lifecycles[kind];
    const parts = lifecyclePages[index]?.parts;
    for (const state of states) expect(parts?.states?.()).toContain(`| \`${state}\``);
    for (const move of moves) expect(parts?.moves?.()).toContain(`\`${move}\``);
  }
});

it.each(pages)('%s without its markers is an error, not an empty diagram', (name, page) => {
  expect(() => withGeneratedParts('# A page', page)).toThrow(`docs/${name} has no part "diagram"`);
});
