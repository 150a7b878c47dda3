import { useCallback } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import type { CaseKind } from '../../domain/case.ts';
import { isWordKey, keyOfKind, type Language, type WordKey } from './catalogue.ts';
import type { WordValues } from './say.ts';
import { serverWords } from './server-words.ts';

export type Say = (key: WordKey, values?: WordValues) => string;

/** The words of the page in the language chosen, as that kind of case says them; keys are checked by the compiler. */
export function useWords(of?: CaseKind): Say {
  const say = useTranslate() as Say;
  return useCallback((key, values) => say(keyOfKind(key, of), values), [say, of]);
}

/** The word of a code of the contract, such as `state.in_review`; one that is not known here is shown readably. */
export function useCodeWord(of?: CaseKind): (kind: string, code: string) => string {
  const say = useWords();
  return useCallback(
    (kind, code) => {
      const key = keyOfKind(`${kind}.${code}`, of);
      return isWordKey(key) ? say(key) : readable(code);
    },
    [say, of],
  );
}

/** Sentences of the server that come in an answer, not in a refusal, in the language chosen. */
export function useServerWords(): (text: string) => string {
  const [language] = useLanguage();
  return (text) => serverWords(text, language);
}

export function useLanguage(): [Language, (next: Language) => void] {
  const [locale, setLocale] = useLocaleState();
  return [locale === 'es' ? 'es' : 'en', setLocale];
}

function readable(code: string): string {
  const words = code
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
