import type { I18nProvider } from 'react-admin';
import { isWordKey, type Language, languages } from './catalogue.ts';
import { say, type WordValues } from './say.ts';

/** English unless the browser asks for Spanish; changed in the account menu. */
let language: Language = browserLanguage();
document.documentElement.lang = language;

/** react-admin's way to our words. Its own few words that are not ours come out as their last part. */
export const i18nProvider: I18nProvider = {
  translate: (key: string, values: WordValues & { _?: string } = {}) =>
    isWordKey(key) ? say(language, key, values) : (values._ ?? key.split('.').at(-1) ?? key),
  async changeLocale(next: string) {
    language = next === 'es' ? 'es' : 'en';
    document.documentElement.lang = language;
  },
  getLocale: () => language,
  getLocales: () => Object.entries(languages).map(([locale, name]) => ({ locale, name })),
};

/** The language the page is in, for what stands outside its components. */
export function currentLanguage(): Language {
  return language;
}

export function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en';
}
