import type { Language } from '../../contract/words.ts';
import { activateWords } from './words.ts';

/** A masked address to look at, and what is left of it to hear: dots are not read aloud. */
export function MaskedAddress({ hint, language }: { hint: string; language: Language }) {
  return (
    <>
      <span className="mail" aria-hidden="true">
        {hint}
      </span>
      <span className="vh">{spokenMask(hint, language)}</span>
    </>
  );
}

/** `a•••••s@mail.example` in words; anything else as it is, without its dots. */
export function spokenMask(hint: string, language: Language): string {
  const [, first, last = '', domain] = /^([^•])•+([^•]?)@(.+)$/u.exec(hint) ?? [];
  if (!first || !domain) return hint.replace(/•+/gu, ' ');
  return activateWords[language].maskSpoken(first, last, domain);
}
