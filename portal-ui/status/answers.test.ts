import { describe, expect, it } from '@jest/globals';
import type { Typed } from '../visit.ts';
import { readAnswers } from './answers.ts';

function typed(texts: Readonly<Record<string, string>>): Typed {
  const text = (name: string) => (texts[name] ?? '').trim();
  return {
    text,
    raw: text,
    all: (name) => (Object.hasOwn(texts, name) ? [text(name)] : []),
    names: () => Object.keys(texts),
  };
}

describe('answers', () => {
  it('are read in the order of their questions', () => {
    expect(readAnswers(typed({ a2: 'In 2019', a1: ' Yes, Miller ' }), 'en')).toEqual({
      answers: ['Yes, Miller', 'In 2019'],
    });
  });

  it('are missed at their own field', () => {
    expect(readAnswers(typed({ a1: 'Yes', a2: '  ' }), 'en')).toEqual({
      errors: [{ field: 'a2', message: 'Answer question 2. You may write "I do not know"' }],
    });
    expect(readAnswers(typed({ a1: '' }), 'es')).toMatchObject({ errors: [{ field: 'a1' }] });
  });

  it('may have 2,000 letters, as people count them', () => {
    expect(readAnswers(typed({ a1: '😀'.repeat(1_000) }), 'en')).toMatchObject({ answers: [expect.anything()] });
    expect(readAnswers(typed({ a1: 'a'.repeat(2_003) }), 'en')).toEqual({
      errors: [{ field: 'a1', message: 'Too long by 3 letters' }],
    });
  });

  it('hold nothing that cannot be seen', () => {
    expect(readAnswers(typed({ a1: 'yes\u202e' }), 'en')).toMatchObject({ errors: [{ field: 'a1' }] });
  });

  it('are none where the form had no field', () => {
    expect(readAnswers(typed({}), 'en')).toEqual({ answers: [] });
  });
});
