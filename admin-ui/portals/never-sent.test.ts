import { expect, it } from '@jest/globals';
import type { Policy } from '../../domain/policy/policy.ts';
import { neverSent } from './never-sent.ts';
import { settingAt } from './settings.ts';

const now = new Date('2026-03-01T12:00:00Z');

/** What the draft says of registration links, and nothing else. */
function ofLinks(lifetime: string, reminders: readonly string[], timeZone = 'America/New_York'): string[] {
  const setting = settingAt('registration.reminders');
  if (!setting) throw new Error('no such setting');
  return neverSent(setting, { timeZone, registration: { lifetime, reminders } } as unknown as Policy, now);
}

it('a reminder at the end or after it is never sent', () => {
  expect(ofLinks('P14D', ['P7D', 'P12D'])).toEqual([]);
  expect(ofLinks('P12D', ['P7D', 'P12D', 'P13D'])).toEqual(['P12D', 'P13D']);
  expect(ofLinks('PT20S', ['P7D', 'P12D'])).toEqual(['P7D', 'P12D']);
});

it('what is still being typed is not judged', () => {
  expect(ofLinks('P', ['P7D'])).toEqual([]);
  expect(ofLinks('P1D', ['P7', 'P7D'])).toEqual(['P7D']);
  expect(ofLinks('P1D', ['P7D'], 'America/New')).toEqual([]);
});
