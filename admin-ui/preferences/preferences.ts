import { readPreferences, replacePreferences } from '../../contract/routes/staff/preferences.ts';
import { defaultPreferences, type Preferences } from '../../contract/schemas/preferences.ts';
import { switchKeys } from '../keys/keys.ts';
import { chosenTheme } from '../layout/choices.ts';
import { kept } from '../parts/kept.ts';
import { call } from '../server/calls.ts';
import { browserLanguage, i18nProvider } from '../words/i18n-provider.ts';

/** How the member who is signed in has the page; the usual ones until they were read. */
export const ownPreferences = kept<Preferences>(defaultPreferences);

/** Reads them once after signing in, before the page is shown. A page without them works as usual, so this never throws. */
export async function loadPreferences(): Promise<void> {
  const read = await call(readPreferences).catch(() => undefined);
  const own = read?.body ?? defaultPreferences;
  await i18nProvider.changeLocale(languageOf(own));
  apply(own);
}

let lastKept: Promise<unknown> = Promise.resolve();

/** Changes some at once and keeps them on the server, one after the other. Throws when they could not be kept. */
export async function changePreferences(to: Partial<Preferences>): Promise<void> {
  const before = ownPreferences.get();
  apply({ ...before, ...to });
  const keep = () => call(replacePreferences, { body: ownPreferences.get() });
  const keeping = lastKept.then(keep, keep);
  lastKept = keeping;
  await keeping;
}

export function languageOf({ language }: Pick<Preferences, 'language'>): 'en' | 'es' {
  return language === 'system' ? browserLanguage() : language;
}

function apply(next: Preferences): void {
  ownPreferences.set(next);
  chosenTheme.set(next.theme === 'system' ? undefined : next.theme);
  switchKeys(next.keys === 'on');
}
