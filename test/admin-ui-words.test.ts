import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';

const room = path.join(import.meta.dirname, '..', 'admin-ui');

type Words = Readonly<Record<string, string>>;

/** The English words that each screen keeps beside itself, and those of all. By path: this room is built without that one. */
async function wordsOfScreens(): Promise<Words[]> {
  const folders = readdirSync(room, { withFileTypes: true }).filter((each) => each.isDirectory());
  const own = folders.flatMap(({ name }) =>
    readdirSync(path.join(room, name)).flatMap((file) => (file === 'words.ts' ? [path.join(room, name, file)] : [])),
  );
  const common = ['codes', 'common', 'history'].map((name) => path.join(room, 'words', `${name}.ts`));
  return Promise.all([...own, ...common].map(async (file) => ((await import(file)) as { en: Words }).en));
}

it('the catalogue of the back office holds the words of every screen, and none writes over another’s', async () => {
  const { catalogues } = (await import(path.join(room, 'words', 'catalogue.ts'))) as { catalogues: { en: Words } };
  const keys = (await wordsOfScreens()).flatMap((words) => Object.keys(words));
  expect(keys.filter((key, no) => keys.indexOf(key) !== no)).toEqual([]);
  expect(keys.sort()).toEqual(Object.keys(catalogues.en).sort());
});
