import type { Policy } from '../../domain/policy/policy.ts';

/** Harborview's policy as api.md shows it; tests change what they are about. */
export function testPolicy(changes: (policy: Policy) => void = () => {}): Policy {
  const policy: Policy = {
    version: 1,
    name: 'Harborview MyHealth',
    timeZone: 'America/New_York',
    locale: 'en-US',
    officeHours: { days: [1, 2, 3, 4, 5], open: '08:30', close: '17:00' },
    holidays: ['2026-11-26'],
    sender: { name: 'Harborview MyHealth', address: 'myhealth@harborview.example' },
    support: { email: 'help@harborview.example', phone: '+1 617 555 0147' },
    terms: { version: '2026-1', title: 'Terms and Conditions', text: 'You agree to look after your password.' },
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
  changes(policy);
  return policy;
}
