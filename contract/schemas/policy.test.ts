import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import type { Policy } from '../../domain/policy/policy.ts';
import { parseBody } from '../parse.ts';
import { Problem } from '../problems.ts';
import { replacePolicy } from '../routes/staff/portals.ts';
import type { policyDocument } from './policy.ts';

/** api.md "Policy document". */
const harborview: Policy = {
  version: 1,
  name: 'Harborview MyHealth',
  timeZone: 'America/New_York',
  locale: 'en-US',
  officeHours: { days: [1, 2, 3, 4, 5], open: '08:30', close: '17:00' },
  holidays: ['2026-11-26'],
  sender: { name: 'Harborview MyHealth', address: 'myhealth@harborview.example' },
  support: { email: 'help@harborview.example', phone: '+1 617 555 0147' },
  terms: { version: '2026-1', title: 'Terms and Conditions', text: 'First.\n\nSecond.' },
  patientPortal: null,
  languages: ['en', 'es'],
  privacyPolicy: { version: '2026-1', url: 'https://harborview.example/privacy' },
  theme: { brand: '#1f4e79', onBrand: '#ffffff', logo: null },
  identityCheckFor: ['changeEmail', 'restore', 'unlock'],
  account: {
    signInBy: ['username'],
    sharedEmail: false,
    questions: { count: 0, caseSensitive: false },
    secondFactor: { rule: 'off', methods: [] },
    passwordMaxAge: null,
    lockout: { after: 50, unlockBy: 'reset' },
  },
  application: {
    open: true,
    approval: 'staff',
    minimumAge: 18,
    targetBusinessDays: 3,
    promiseBusinessDays: 5,
    answerWithin: 'P30D',
    answerReminders: ['P7D'],
    recordRequired: false,
    fourEyes: false,
  },
  accessCode: {
    lifetime: 'P60D',
    reminders: ['P30D', 'P53D'],
    reissueWindow: 'P180D',
    stepUpAfter: 'PT24H',
    selfRenewals: 1,
    maxTries: 5,
    identityTries: 5,
  },
  registration: {
    lifetime: 'P14D',
    reminders: ['P7D', 'P12D'],
    identityTries: 5,
    namesIgnoreCase: true,
    selfSignUp: [],
    linkProof: 'username_or_answers',
  },
  limits: { applicationsPerHour: 20, statusPerHour: 30, activationsPerHour: 20, loginsPerMinute: 30 },
};

const errorsOf = (policy: unknown) => {
  try {
    parseBody(replacePolicy, policy);
  } catch (error) {
    if (error instanceof Problem) return Object.keys(error.errors ?? {});
    throw error;
  }
  return [];
};

describe('the policy document', () => {
  it('is taken as written, and is the domain type both ways', () => {
    const read: Policy = parseBody(replacePolicy, harborview);
    const written: z.output<typeof policyDocument> = read;
    expect(written).toEqual(harborview);
  });

  it('may have durations down to a second', () => {
    expect(
      errorsOf({
        ...harborview,
        accessCode: { ...harborview.accessCode, lifetime: 'PT20S', reminders: ['PT5S', 'PT10S'] },
      }),
    ).toEqual([]);
    expect(errorsOf({ ...harborview, application: { ...harborview.application, answerReminders: ['PT1S'] } })).toEqual(
      [],
    );
  });

  it('names each bad field by its path, those of its shape first', () => {
    const shape = { ...harborview, limits: { ...harborview.limits, statusPerHour: '30' }, colour: 1 };
    expect(errorsOf(shape)).toEqual(['limits.statusPerHour', 'colour']);
    const meaning = {
      ...harborview,
      timeZone: 'Mars/Olympus',
      accessCode: { ...harborview.accessCode, lifetime: '60 days', reminders: ['P30D', 'P1D'] },
      limits: { ...harborview.limits, statusPerHour: 0 },
    };
    expect(errorsOf(meaning)).toEqual(
      expect.arrayContaining(['timeZone', 'accessCode.lifetime', 'accessCode.reminders.1', 'limits.statusPerHour']),
    );
  });

  it('lets no line end into the sender', () => {
    expect(errorsOf({ ...harborview, sender: { ...harborview.sender, name: 'A\r\nBcc: b@c.example' } })).toEqual([
      'sender.name',
    ]);
  });
});
