/** The languages people are written to in. */
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** The language of a tag such as `es-US`; English for any that is not one of ours. */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split(/[-_]/)[0];
  return languages.find((language) => language === primary) ?? 'en';
}

/** The portal's own region with the reader's language: Spanish words of an American portal are in es-US. */
export function localeFor(language: Language, portalLocale: string): string {
  const { language: own, region } = new Intl.Locale(portalLocale);
  if (own === language) return portalLocale;
  return region === undefined ? language : `${language}-${region}`;
}
