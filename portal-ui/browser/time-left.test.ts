import { describe, expect, it } from '@jest/globals';
import { clockTime, lengthOfStay, standingAt } from './time-left.ts';

const minute = 60_000;

describe('a stay', () => {
  it('is quiet until two minutes before its end, and over at its end', () => {
    expect(standingAt(0, 30 * minute)).toEqual({ phase: 'quiet', nextMs: 28 * minute });
    expect(standingAt(28 * minute - 1, 30 * minute)).toEqual({ phase: 'quiet', nextMs: 1 });
    expect(standingAt(28 * minute, 30 * minute)).toEqual({ phase: 'ending', nextMs: 2 * minute });
    expect(standingAt(30 * minute, 30 * minute)).toEqual({ phase: 'over', nextMs: undefined });
    expect(standingAt(0, Number.NaN).phase).toBe('over');
  });

  it('is measured by the server alone', () => {
    expect(lengthOfStay('2026-11-21T20:31:00.000Z', '2026-11-21T21:01:00.000Z')).toBe(30 * minute);
    expect(lengthOfStay(undefined, '2026-11-21T21:01:00.000Z')).toBeUndefined();
    expect(lengthOfStay('2026-11-21T20:31:00.000Z', undefined)).toBeUndefined();
  });
});

it('tells the time of the portal, as the pages do', () => {
  const at = Date.parse('2026-11-21T21:03:00.000Z');
  const zone = (name: string) => ({ id: 'America/New_York', name });
  expect(clockTime(at, 'en', zone('Eastern time'))).toBe('4:03 pm (Eastern time)');
  expect(clockTime(at, 'es', zone('hora del este'))).toBe('4:03 p. m. (hora del este)');
});
