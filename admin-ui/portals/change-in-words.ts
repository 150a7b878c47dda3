import { useWords } from '../words/use-words.ts';
import type { Setting } from './settings.ts';
import { useValueInWords } from './value-in-words.ts';

/** What became of a setting's value, as a sentence: `from 60 days to 90 days`, `added Fri 26 Nov 2026`. */
export function useChangeInWords(): (setting: Setting, was: unknown, is: unknown) => string {
  const say = useWords();
  const inWords = useValueInWords();
  return (setting, was, is) => {
    if (setting.as === 'longText') {
      return say('policy.change.rewritten', { was: lengthOf(was), is: lengthOf(is) });
    }
    if (!Array.isArray(was) || !Array.isArray(is) || setting.as === 'durations') {
      return say('policy.change.fromTo', { was: inWords(setting, was), is: inWords(setting, is) });
    }
    const added = is.filter((one) => !was.includes(one));
    const removed = was.filter((one) => !is.includes(one));
    const parts = [
      added.length > 0 && say('policy.change.added', { what: inWords(setting, added) }),
      removed.length > 0 && say('policy.change.removed', { what: inWords(setting, removed) }),
    ].filter((part) => part !== false);
    return parts.length > 0 ? parts.join('; ') : say('policy.change.order');
  };
}

function lengthOf(text: unknown): number {
  return typeof text === 'string' ? text.length : 0;
}
