import { describe, expect, it } from '@jest/globals';
import type { PortalInfo } from '../contract/schemas/portal.ts';
import { dayOf, daysUntil, shortDayInWords } from './days.ts';

const portal = { timeZone: 'America/New_York' } as PortalInfo;
const now = new Date('2026-11-21T20:31:00Z');

describe('days at the portal', () => {
  it('end at its midnight', () => {
    expect(dayOf(new Date('2026-11-22T04:59:00Z'), { portal })).toBe('2026-11-21');
    expect(dayOf(new Date('2026-11-22T05:00:00Z'), { portal })).toBe('2026-11-22');
  });

  it.each([
    ['2026-12-20T20:31:00Z', 29],
    ['2027-01-15T15:14:00Z', 55],
    ['2026-11-22T04:59:00Z', 0],
    ['2026-11-22T05:00:00Z', 1],
    ['2026-11-01T00:00:00Z', 0],
  ])('until %s there are %i', (until, days) => {
    expect(daysUntil(new Date(until), { portal, now })).toBe(days);
  });

  it('are named with their year only when it is another one', () => {
    const wednesday = new Date('2026-11-18T15:00:00Z');
    expect(shortDayInWords(wednesday, { portal, now, locale: 'en-US' })).toBe('Wednesday, November 18');
    expect(shortDayInWords(wednesday, { portal, now, locale: 'es-US' })).toBe('miércoles, 18 de noviembre');
    const later = new Date('2027-01-04T15:00:00Z');
    expect(shortDayInWords(wednesday, { portal, now: later, locale: 'en-US' })).toBe('Wednesday, November 18, 2026');
  });
});
