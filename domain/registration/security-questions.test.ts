import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { languages } from '../language.ts';
import { normalisedAnswer, questionInWords, securityQuestionIds, securityQuestions } from './security-questions.ts';

const folded = { caseSensitive: false };
const exact = { caseSensitive: true };

describe('an answer, as it is compared', () => {
  it.each<[string, string, string]>([
    ['blanks at its ends', '  Marble\t', 'marble'],
    ['several blanks within', 'Van   der\n Berg', 'van der berg'],
    ['a blank that does not break the line', 'Van\u00a0der\u2003Berg', 'van der berg'],
    ['letter case', 'MÁRBLE', 'márble'],
    ['an accent typed by itself', 'Ma\u0301rble', 'm\u00e1rble'],
    ['a letter whose small form takes two', '\u0130zmir', 'i\u0307zmir'],
    ['nothing but blanks', ' \u00a0\t', ''],
  ])('%s: %j is %j', (_, typed, compared) => {
    expect(normalisedAnswer(typed, folded)).toBe(compared.normalize('NFC'));
  });

  it('keeps its letter case where that counts, and nothing else', () => {
    expect(normalisedAnswer('  Ma\u0301rble  Run ', exact)).toBe('M\u00e1rble Run');
    expect(normalisedAnswer('marble run', exact)).not.toBe(normalisedAnswer('Marble run', exact));
    expect(normalisedAnswer('marble run', folded)).toBe(normalisedAnswer('Marble Run', folded));
  });

  it('keeps punctuation and accents: they are part of the answer', () => {
    expect(normalisedAnswer('St. Mary’s', folded)).not.toBe(normalisedAnswer('St Marys', folded));
    expect(normalisedAnswer('José', folded)).not.toBe(normalisedAnswer('Jose', folded));
  });

  it.each([folded, exact])('is the same when it is normalised again, %j', (rule) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
        const once = normalisedAnswer(typed, rule);
        expect(normalisedAnswer(once, rule)).toBe(once);
        expect(normalisedAnswer(`\t ${typed.normalize('NFD')}  `, rule)).toBe(once);
        expect(once).toBe(once.trim().normalize('NFC'));
      }),
    );
  });
});

describe('the questions', () => {
  it('are enough to choose from, each in every language and no two alike', () => {
    expect(securityQuestionIds.length).toBeGreaterThanOrEqual(8);
    for (const language of languages) {
      const texts = securityQuestionIds.map((id) => questionInWords(id, language));
      expect(new Set(texts).size).toBe(texts.length);
      for (const text of texts) expect(text).toMatch(/\?$/);
    }
  });

  it('an id is opaque and short; its wording may change', () => {
    for (const id of securityQuestionIds) expect(id).toMatch(/^[a-z_]{4,30}$/);
    expect(questionInWords('first_pet', 'es')).toBe(securityQuestions.first_pet.es);
  });

  it('one that is no longer asked keeps its id as its text', () => {
    expect(questionInWords('favourite_colour', 'en')).toBe('favourite_colour');
    expect(questionInWords('toString', 'en')).toBe('toString');
  });
});
