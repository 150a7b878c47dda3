import { emailAddress } from '../../contract/schemas/scalars.ts';
import type { Language } from '../../contract/words.ts';
import { formWords } from '../words/forms.ts';

/** What is wrong with a typed email address, in words; undefined: nothing the API would refuse. */
export function emailError(typed: string, language: Language): string | undefined {
  const words = formWords[language];
  if (typed === '') return words.typeEmail;
  if (/[\s,;]/.test(typed) && (typed.match(/@/g)?.length ?? 0) > 1) return words.onlyOneEmail;
  return emailAddress.safeParse(typed).success ? undefined : words.emailNotComplete;
}
