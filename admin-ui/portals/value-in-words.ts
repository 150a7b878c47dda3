import { durationInWords, isDuration } from '../../contract/rules.ts';
import type { Language } from '../words/catalogue.ts';
import { dateInWords } from '../words/dates.ts';
import { type Say, useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import type { Setting } from './settings.ts';
import { dayName } from './weekdays.ts';

/** A setting's value as a sentence would say it. */
export function useValueInWords(): (setting: Setting, value: unknown) => string {
  const say = useWords();
  const word = useCodeWord();
  const [language] = useLanguage();
  return (setting, value) => inWords(setting, value, say, word, language);
}

function inWords(
  setting: Setting,
  value: unknown,
  say: Say,
  word: (kind: string, code: string) => string,
  language: Language,
): string {
  if (value === null || value === '') {
    return say(
      setting.as === 'optionalDuration'
        ? 'policy.never'
        : setting.as === 'portal'
          ? 'policy.option.ownPatients'
          : 'policy.none',
    );
  }
  if (typeof value === 'boolean') return say(value ? 'policy.on' : 'policy.off').toLowerCase();
  if (Array.isArray(value)) {
    if (value.length === 0) return say('policy.none');
    const each = (one: unknown): string => {
      if (setting.as === 'days') return dayName(Number(one), language);
      if (setting.as === 'dates') return dateInWords(String(one), language);
      if (setting.as === 'choices') return word('policy.option', String(one));
      return spanOrText(String(one), language);
    };
    return value.map(each).join(', ');
  }
  if (setting.as === 'choice') return word('policy.option', String(value));
  if (setting.as === 'duration' || setting.as === 'optionalDuration') return spanOrText(String(value), language);
  if (setting.as === 'count' && setting.unit) return `${String(value)} ${say(`policy.unit.${setting.unit}`)}`;
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function spanOrText(text: string, language: Language): string {
  return isDuration(text) ? durationInWords(text, language) : text;
}
