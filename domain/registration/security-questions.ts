import type { Language } from '../language.ts';

/** Questions an account's holder may choose from. Nothing a stranger finds online in a minute; wording may change, ids never. */
export const securityQuestions = {
  first_pet: { en: 'What was the name of your first pet?', es: '¿Cómo se llamaba su primera mascota?' },
  first_teacher: {
    en: 'What was the last name of your first teacher?',
    es: '¿Cuál era el apellido de su primera maestra o maestro?',
  },
  childhood_friend: {
    en: 'What was the first name of your best friend when you were 10?',
    es: '¿Cómo se llamaba su mejor amigo o amiga a los 10 años?',
  },
  childhood_street: {
    en: 'What was the name of the street where you grew up?',
    es: '¿Cómo se llamaba la calle donde creció?',
  },
  grandmother: {
    en: 'What was the first name of your mother’s mother?',
    es: '¿Cómo se llamaba la madre de su madre?',
  },
  first_job: { en: 'In which town was your first job?', es: '¿En qué ciudad tuvo su primer trabajo?' },
  first_concert: { en: 'What was the first concert you went to?', es: '¿Cuál fue el primer concierto al que asistió?' },
  favourite_book: {
    en: 'What was your favorite book as a child?',
    es: '¿Cuál era su libro favorito de la infancia?',
  },
  first_car: { en: 'What was the model of your first car?', es: '¿Qué modelo fue su primer automóvil?' },
  dream_job: {
    en: 'What did you want to become as a child?',
    es: '¿Qué quería ser de mayor cuando era niña o niño?',
  },
} as const satisfies Record<string, Record<Language, string>>;

export type SecurityQuestionId = keyof typeof securityQuestions;

export const securityQuestionIds = Object.keys(securityQuestions) as SecurityQuestionId[];

/** The question that is meant by its id, or by its text in any language we write; undefined when there is none. */
export function questionOf(typed: string): SecurityQuestionId | undefined {
  return securityQuestionIds.find(
    (id) => id === typed || Object.values(securityQuestions[id]).includes(typed as never),
  );
}

/** A question in words; one that is no longer asked keeps its id as its text. */
export function questionInWords(id: string, language: Language): string {
  const known = securityQuestionIds.find((one) => one === id);
  return known ? securityQuestions[known][language] : id;
}

/** An answer as it is compared (security.md): NFC, trimmed, blanks collapsed, letter case folded unless it counts. */
export function normalisedAnswer(answer: string, { caseSensitive }: { caseSensitive: boolean }): string {
  const text = answer.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return caseSensitive ? text : text.toLowerCase().normalize('NFC');
}
