import { Problem, problemCodes } from '../../contract/problems.ts';
import type { Language } from './catalogue.ts';
import { type PlainCode, plainEs, problemsEs, shapedEs } from './server-words-es.ts';

/** A sentence of the server's in the member's language; one that is not known here stays as it came, in English. */
export function serverWords(text: string, language: Language): string {
  if (language === 'en') return text;
  const known = byText.get(text);
  if (known !== undefined) return known;
  const shaped = shapedEs.find(([shape]) => shape.test(text));
  return shaped ? text.replace(shaped[0], shaped[1]) : text;
}

/** A refusal with all its sentences in the member's language. */
export function problemInWords(problem: Problem, language: Language): Problem {
  if (language === 'en') return problem;
  const { code, detail, nextStep, errors, extra, retryAfterSeconds } = problem;
  const translated = Object.entries(errors ?? {}).map(([field, text]) => [field, serverWords(text, language)] as const);
  return new Problem(code, {
    detail: serverWords(detail, language),
    nextStep: serverWords(nextStep, language),
    errors: errors && Object.fromEntries(translated),
    extra,
    retryAfterSeconds,
    cause: problem,
  });
}

const byText: ReadonlyMap<string, string> = new Map([
  ...Object.entries(plainEs),
  ...(Object.keys(problemsEs) as PlainCode[]).flatMap((code) => [
    [problemCodes[code].detail, problemsEs[code].detail] as const,
    [problemCodes[code].nextStep, problemsEs[code].nextStep] as const,
  ]),
]);
