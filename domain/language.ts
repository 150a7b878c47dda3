/** The languages people are written to in. */
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** The language of a tag such as `es-US`; English for any that is not one of ours. */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split(/[-_]/)[0];
  return languages.find((language) => language === primary) ?? 'en';
}
