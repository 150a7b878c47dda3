import { describe, expect, it } from '@jest/globals';
import { testPolicy } from '../../test/support/policy.ts';
import { lockReasonOf, type RecordStanding } from './record-standing.ts';

describe('a record', () => {
  const record = (more: Partial<RecordStanding> = {}): RecordStanding => ({
    deceasedOn: null,
    mergedInto: null,
    confidential: false,
    isPracticeClosed: false,
    dateOfBirth: '2008-11-22',
    ...more,
  });
  // Already the 22nd in UTC, still the 21st in New York.
  const before = new Date('2026-11-22T04:59:59Z');
  const birthday = new Date('2026-11-22T05:00:00Z');

  it.each([
    [{ deceasedOn: '2026-01-01' }, 'record_unusable'],
    [{ mergedInto: 'other' }, 'record_unusable'],
    [{ confidential: true, isPracticeClosed: true }, 'record_unusable'],
    [{ isPracticeClosed: true }, 'practice_closed'],
    [{}, undefined],
  ])('is judged by what is said of it: %j', (more, obstacle) => {
    expect(lockReasonOf(record(more), testPolicy(), birthday)).toBe(obstacle);
  });

  it('is of somebody old enough from the birthday in the portal’s time zone on', () => {
    expect(lockReasonOf(record(), testPolicy(), before)).toBe('under_age');
    expect(lockReasonOf(record(), testPolicy(), birthday)).toBeUndefined();
  });
});
