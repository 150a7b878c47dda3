import { useCallback, useEffect } from 'react';
import type { Preferences } from '../../contract/schemas/preferences.ts';
import { useKept } from '../parts/kept.ts';
import { notice } from '../parts/notices.tsx';
import { useLanguage, useWords } from '../words/use-words.ts';
import { changePreferences, languageOf, ownPreferences } from './preferences.ts';

/** One's own preferences, and how to change some; what could not be kept is said, and holds for this page only. */
export function usePreferences(): [Preferences, (to: Partial<Preferences>) => Promise<boolean>] {
  const say = useWords();
  const [own] = useKept(ownPreferences);
  const change = useCallback(
    async (to: Partial<Preferences>) => {
      try {
        await changePreferences(to);
        return true;
      } catch {
        notice({ text: say('preferences.notKept'), isFailure: true });
        return false;
      }
    },
    [say],
  );
  return [own, change];
}

/** The page speaks as the member who is signed in wants it. */
export function PreferredLanguage() {
  const [own] = useKept(ownPreferences);
  const [language, setLanguage] = useLanguage();
  const wanted = languageOf(own);
  useEffect(() => {
    if (language !== wanted) setLanguage(wanted);
  }, [language, wanted, setLanguage]);
  return null;
}
