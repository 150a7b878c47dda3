import type { I18nProvider } from 'react-admin';
import { catalogues, isWordKey, type Language, languages, type WordKey } from './catalogue.ts';

export type WordValues = Readonly<Record<string, string | number | undefined>>;

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

/** The text of a key: `%{name}` is filled in; of forms parted by ` |||| ` the first is for one, the last for many. */
export function say(of: Language, key: WordKey, values: WordValues = {}): string {
  const forms = catalogues[of][key].split(' |||| ');
  const form = (values.smart_count === 1 ? forms[0] : forms.at(-1)) ?? key;
  return form.replace(/%\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en';
}
