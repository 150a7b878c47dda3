import * as accounts from '../accounts/words.ts';
import * as audit from '../audit/words.ts';
import * as campaigns from '../campaigns/words.ts';
import * as cases from '../cases/words.ts';
import * as dashboard from '../dashboard/words.ts';
import * as messages from '../messages/words.ts';
import * as office from '../office/words.ts';
import * as operations from '../operations/words.ts';
import * as portals from '../portals/words.ts';
import * as preferences from '../preferences/words.ts';
import * as queue from '../queue/words.ts';
import * as records from '../records/words.ts';
import * as registrations from '../registrations/words.ts';
import * as staff from '../staff/words.ts';
import * as codes from './codes.ts';
import * as common from './common.ts';
import * as history from './history.ts';

/** Every screen keeps its words beside itself; a new one adds its line to both catalogues. */
const en = {
  ...common.en,
  ...codes.en,
  ...history.en,
  ...queue.en,
  ...records.en,
  ...accounts.en,
  ...messages.en,
  ...office.en,
  ...preferences.en,
  ...cases.en,
  ...dashboard.en,
  ...operations.en,
  ...audit.en,
  ...staff.en,
  ...portals.en,
  ...registrations.en,
  ...campaigns.en,
};
export type WordKey = keyof typeof en;

const es: Record<WordKey, string> = {
  ...common.es,
  ...codes.es,
  ...history.es,
  ...queue.es,
  ...records.es,
  ...accounts.es,
  ...messages.es,
  ...office.es,
  ...preferences.es,
  ...cases.es,
  ...dashboard.es,
  ...operations.es,
  ...audit.es,
  ...staff.es,
  ...portals.es,
  ...registrations.es,
  ...campaigns.es,
};

export const languages = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof languages;

export const catalogues: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { en, es };

export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(en, key);
}

/** The key by which a kind of case says it: its own (`state.expired.registration`) where there is one, else everybody's. */
export function keyOfKind<Key extends string>(key: Key, kind: string | undefined): Key | WordKey {
  const own = `${key}.${kind}`;
  return kind !== undefined && isWordKey(own) ? own : key;
}
