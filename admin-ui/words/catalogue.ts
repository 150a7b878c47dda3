import * as audit from '../audit/words.ts';
import * as cases from '../cases/words.ts';
import * as queue from '../queue/words.ts';
import * as staff from '../staff/words.ts';
import * as codes from './codes.ts';
import * as common from './common.ts';

/** Every screen keeps its words beside itself; a new one adds its line to both catalogues. */
const en = { ...common.en, ...codes.en, ...queue.en, ...cases.en, ...audit.en, ...staff.en };
export type WordKey = keyof typeof en;

const es: Record<WordKey, string> = { ...common.es, ...codes.es, ...queue.es, ...cases.es, ...audit.es, ...staff.es };

export const languages = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof languages;

export const catalogues: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { en, es };

export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(en, key);
}
