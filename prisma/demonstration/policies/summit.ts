import type { Policy } from '../../../domain/policy/policy.ts';
import { holidays } from './holidays.ts';

const terms = `These terms apply to Summit Health Connection, the patient portal of Summit Health. By opening an account you agree to them.

Signing in. You may sign in with your username or your e-mail address. We recommend a second step at sign-in, by an authenticator app, by e-mail or by text message, and we give you backup codes when you turn it on; keep them where you keep other important papers. After ten failed tries the account is locked and only our staff can open it again, once they have made sure who you are.

Who can see your record. You may let another person see a part of your record: immunizations, appointments, messages, medications, refills, results, or all of it. We ask you again from time to time whether that is still right, and you can take the permission back at any time; it ends at once. You can read a log of every access to your record.

What we may do. When something looks wrong, such as sign-ins from places you have never been, we may stop your account first and ask afterwards. We will write to every address we have confirmed.

What we ask of you. Use your own account and nobody else's. Keep your e-mail address and phone number up to date, and confirm them once a year when we ask. Do not use Summit Health Connection when help is urgent; call 911.

Your rights. You may ask for a copy of your record, ask us to correct it, and close your account at any time. Nothing in these terms takes away a right the law gives you.`;

/** Strong sign-in and recovery: two factors, lock-out that staff open, sign-up by printed code or MRN. */
export const summit: Policy = {
  version: 1,
  name: 'Summit Health Connection',
  timeZone: 'America/Denver',
  locale: 'en-US',
  officeHours: { days: [1, 2, 3, 4, 5], open: '08:00', close: '18:00' },
  holidays: [...holidays],
  sender: { name: 'Summit Health Connection', address: 'connection@summit.example' },
  support: { email: 'connection-help@summit.example', phone: '+1 303 555 0175' },
  terms: { version: '2026-1', title: 'Terms and Conditions', text: terms },
  patientPortal: null,
  languages: ['en', 'es'],
  privacyPolicy: { version: '2026-1', url: 'https://www.summit.example/privacy' },
  theme: { brand: '#ffc845', onBrand: '#1b1b1b', logo: null },
  identityCheckFor: ['changeEmail', 'correctAddress', 'restore', 'unlock'],
  account: {
    signInBy: ['username', 'email'],
    sharedEmail: false,
    questions: { count: 0, caseSensitive: false },
    secondFactor: { rule: 'optional', methods: ['app', 'email', 'sms'] },
    passwordMaxAge: null,
    lockout: { after: 10, unlockBy: 'staff' },
  },
  application: {
    open: false,
    approval: 'staff',
    minimumAge: 18,
    targetBusinessDays: 3,
    promiseBusinessDays: 5,
    answerWithin: 'P30D',
    answerReminders: ['P7D'],
    recordRequired: true,
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
    selfSignUp: ['code', 'mrn'],
    linkProof: 'password',
  },
  limits: { applicationsPerHour: 20, statusPerHour: 30, activationsPerHour: 20, loginsPerMinute: 30 },
};
