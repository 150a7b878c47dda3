import { Problem } from '../../../contract/problems.ts';
import { figures } from '../../../domain/policy/figures.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { normalisedAnswer, type SecurityQuestionId } from '../../../domain/registration/security-questions.ts';

/** A question somebody chose, and their answer. */
export interface ChosenQuestion {
  question: SecurityQuestionId;
  answer: string;
}

/**
 * The chosen questions with their answers as they are compared: as many as the policy says, each another one, no answer too
 * short or given twice. Raises `validation_failed` naming every wrong field.
 */
export function judgedQuestions(
  chosen: readonly ChosenQuestion[],
  rule: Policy['account']['questions'],
): ChosenQuestion[] {
  const errors: Record<string, string> = {};
  const normalised = chosen.map(({ question, answer }) => ({ question, answer: normalisedAnswer(answer, rule) }));
  for (let index = 0; index < Math.max(chosen.length, rule.count); index += 1) {
    const field = `securityQuestions.${index}`;
    const [one, before] = [normalised[index], normalised.slice(0, index)];
    if (!one) errors[`${field}.question`] = 'Choose a question.';
    else if (index >= rule.count) errors[`${field}.question`] = 'This question is one too many.';
    else if (before.some(({ question }) => question === one.question)) {
      errors[`${field}.question`] = 'Choose another question: this one is chosen already.';
    }
    if (!one) continue;
    if ([...one.answer].length < figures.shortestAnswer) {
      errors[`${field}.answer`] = `Type an answer of at least ${figures.shortestAnswer} letters.`;
    } else if (before.some(({ answer }) => answer === one.answer)) {
      errors[`${field}.answer`] = 'Give another answer than to the other question.';
    }
  }
  if (Object.keys(errors).length > 0) throw new Problem('validation_failed', { errors });
  return normalised;
}
