import { catalogues, type Language, type WordKey } from './catalogue.ts';

export type WordValues = Readonly<Record<string, string | number | undefined>>;

/** The text of a key: `%{name}` is filled in; of forms parted by ` |||| ` the first is for one, the last for many. */
export function say(of: Language, key: WordKey, values: WordValues = {}): string {
  const forms = catalogues[of][key].split(' |||| ');
  const form = (values.smart_count === 1 ? forms[0] : forms.at(-1)) ?? key;
  return form.replace(/%\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
