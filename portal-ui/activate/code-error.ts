import { bareText } from '../../contract/rules.ts';
import type { Language } from '../../contract/words.ts';
import { activateWords } from './words.ts';

/** What is wrong with the form of a typed access code, in words; undefined: only the API can say. Blanks and dashes do not count. */
export function codeError(typed: string, language: Language): string | undefined {
  const words = activateWords[language];
  const bare = bareText(typed);
  if (bare === '') return words.typeCode;
  // A text that is far too long is not read at all.
  const count = bare === '?' ? typed.length : [...bare].length;
  return count === 16 ? undefined : words.codeLength(count);
}
