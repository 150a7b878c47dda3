import { describe, expect, it } from '@jest/globals';
import { Problem } from '../../../contract/problems.ts';
import { type ChosenQuestion, judgedQuestions } from './chosen-questions.ts';

const rule = { count: 2, caseSensitive: false };
const pet = (answer: string): ChosenQuestion => ({ question: 'first_pet', answer });
const job = (answer: string): ChosenQuestion => ({ question: 'first_job', answer });

function errorsOf(chosen: ChosenQuestion[], count = 2): unknown {
  try {
    judgedQuestions(chosen, { ...rule, count });
    return undefined;
  } catch (error) {
    return error instanceof Problem ? error.errors : error;
  }
}

describe('chosen questions', () => {
  it('are kept with their answers as they are compared', () => {
    expect(judgedQuestions([pet('  REX  the  Dog '), job('Löwen')], rule)).toEqual([pet('rex the dog'), job('löwen')]);
    expect(judgedQuestions([pet('Rex'), job('rex')], { ...rule, caseSensitive: true })).toEqual([
      pet('Rex'),
      job('rex'),
    ]);
    expect(judgedQuestions([], { ...rule, count: 0 })).toEqual([]);
  });

  it.each([
    ['too few', [pet('Rex')], 2, ['securityQuestions.1.question']],
    ['none', [], 2, ['securityQuestions.0.question', 'securityQuestions.1.question']],
    ['too many', [pet('Rex'), job('Salem')], 1, ['securityQuestions.1.question']],
    ['any where none are asked', [pet('Rex')], 0, ['securityQuestions.0.question']],
    ['one twice', [pet('Rex'), pet('Bella')], 2, ['securityQuestions.1.question']],
    ['a short answer', [pet(' x '), job('Salem')], 2, ['securityQuestions.0.answer']],
    ['one answer twice', [pet('Salem'), job(' SALEM ')], 2, ['securityQuestions.1.answer']],
  ])('are refused: %s', (_, chosen, count, fields) => {
    expect(Object.keys(errorsOf(chosen, count) as object)).toEqual(fields);
  });
});
