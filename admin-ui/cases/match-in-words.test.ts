import { describe, expect, it } from '@jest/globals';
import type { Candidate } from './case.ts';
import { matchInWords } from './match-in-words.ts';

type Verdict = Candidate['fields'][number]['verdict'];

describe('how a record matches, in words', () => {
  const told = (...verdicts: Verdict[]) =>
    matchInWords(
      { fields: verdicts.map((verdict) => ({ verdict })) as unknown as Candidate['fields'] },
      (key, values) => [key, values?.smart_count].filter(Boolean).join(' '),
    );

  it('does not call all what could not be compared', () => {
    expect(told('match', 'match')).toBe('case.allMatch');
    expect(told('match', 'missing')).toBe('case.givenMatch 1');
    expect(told('match', 'missing', 'differs')).toBe('case.differ 1');
  });
});
