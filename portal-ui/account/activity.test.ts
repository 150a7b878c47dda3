import { describe, expect, it } from '@jest/globals';
import { activityInWords, groupedByDay } from './activity.ts';

describe('what happened in an account', () => {
  it('is told in the language of the page', () => {
    expect(activityInWords({ action: 'signed_in', text: 'Signed in' }, 'en')).toBe('You signed in');
    expect(activityInWords({ action: 'signed_in', text: 'Signed in' }, 'es')).toBe('Usted entró en su cuenta');
  });

  it('keeps the sentence of an action that is not known here', () => {
    expect(activityInWords({ action: 'moved', text: 'The account moved' }, 'es')).toBe('The account moved');
    expect(activityInWords({ action: 'constructor', text: 'Something' }, 'en')).toBe('Something');
  });

  it('is grouped by day, in order', () => {
    const entries = ['2026-11-21 b', '2026-11-21 a', '2026-11-16 c'];
    expect(groupedByDay(entries, (entry) => entry.slice(0, 10))).toEqual([
      { day: '2026-11-21', entries: ['2026-11-21 b', '2026-11-21 a'] },
      { day: '2026-11-16', entries: ['2026-11-16 c'] },
    ]);
    expect(groupedByDay([], () => '')).toEqual([]);
  });
});
