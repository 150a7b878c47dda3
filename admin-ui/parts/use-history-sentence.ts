import type { CaseKind } from '../../domain/case.ts';
import { historySentence } from '../words/history-sentence.ts';
import { useCodeWord, useLanguage, useWords } from '../words/use-words.ts';
import { useTimeZone } from './portals.ts';
import { useMe } from './use-me.ts';

type Sentence = ReturnType<typeof historySentence>;

/** What happened as a sentence in the member's language, its instants in the portal's time zone. */
export function useHistorySentence(
  portal: string,
  kind?: CaseKind,
): (told: Parameters<typeof historySentence>[0]) => Sentence {
  const say = useWords();
  const word = useCodeWord();
  const [language] = useLanguage();
  const timeZone = useTimeZone(portal);
  const me = useMe().id;
  return (told) => historySentence(told, { say, word, language, timeZone, me, kind });
}
