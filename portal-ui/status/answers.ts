import { applicationAnswers } from '../../contract/schemas/application.ts';
import type { Language } from '../../contract/words.ts';
import type { FieldError } from '../page.ts';
import type { Typed } from '../visit.ts';
import { formWords } from '../words/forms.ts';
import { statusWords } from './words.ts';

/** Name and id of the answer to a question, counted from 0; errors lead there. */
export function answerName(index: number): string {
  return `a${index + 1}`;
}

const oneAnswer = applicationAnswers.shape.answers.element;
const mostAnswers = 10;
const mostLetters = 2000;

/** The answers in the order of their questions, or what is wrong with each. As many as the form had fields. */
export function readAnswers(typed: Typed, language: Language): { answers: string[] } | { errors: FieldError[] } {
  const fields = Array.from({ length: mostAnswers }, (_, index) => answerName(index));
  const missing = fields.findIndex((name) => typed.all(name).length === 0);
  const shown = missing < 0 ? fields : fields.slice(0, missing);
  const answers = shown.map((name) => typed.text(name));
  const errors = answers.flatMap((answer, index) => {
    const message = answerError(answer, index + 1, language);
    return message === undefined ? [] : [{ field: answerName(index), message }];
  });
  return errors.length > 0 ? { errors } : { answers };
}

function answerError(answer: string, number: number, language: Language): string | undefined {
  const words = statusWords[language];
  if (answer === '') return words.answerQuestion(number);
  const beyond = [...answer].length - mostLetters;
  if (beyond > 0) return formWords[language].tooLongBy(beyond);
  return oneAnswer.safeParse(answer).success ? undefined : words.notRight;
}
