import type { Policy } from '../../../domain/policy/policy.ts';
import { holidays } from './holidays.ts';

const terms = `Welcome to Commonwealth CareSpace. CareSpace belongs to a group of independent practices. These terms are between you and the group; your doctor's office is responsible for the care it gives you.

Registering and enrolling. Anyone aged 18 or over may register. A new account can look around, but shows no health information until a practice has invited you and you have enrolled with the code it sent. You may enroll with as many practices as you like, each with a code of its own. The code tells capital from small letters: type it exactly as it is written.

Your answer to the secret question. Choose an answer that only you know and that you will remember exactly; capital and small letters count. We ask for it when you have forgotten your password.

Sharing an e-mail address. Several people may use one e-mail address, as families often do. Whoever reads that mailbox can see that a message has come from us. For that reason our e-mails never hold names, dates or anything about health, and we suggest an address that nobody else reads.

Using CareSpace. Do not use CareSpace in an emergency; call 911. Do not use another person's account. Keep your username, password and answer to yourself. We keep a record of every sign-in and may stop an account that is being misused.

Leaving. You may leave a practice in CareSpace, or close your account, whenever you want. The practice keeps its own medical record of you, as the law demands.`;

/** Open registration, enrollment by a practice's code, e-mail addresses shared within a family. */
export const commonwealth: Policy = {
  version: 1,
  name: 'Commonwealth CareSpace',
  timeZone: 'America/New_York',
  locale: 'en-US',
  officeHours: { days: [1, 2, 3, 4, 5], open: '09:00', close: '17:00' },
  holidays: [...holidays],
  sender: { name: 'Commonwealth CareSpace', address: 'carespace@commonwealth.example' },
  support: { email: 'support@commonwealth.example', phone: '+1 717 555 0118' },
  terms: { version: '2026-1', title: 'Terms of Use', text: terms },
  patientPortal: null,
  languages: ['en', 'es'],
  privacyPolicy: { version: '2026-1', url: 'https://www.commonwealth.example/privacy' },
  theme: { brand: '#5b2a86', onBrand: '#ffffff', logo: null },
  identityCheckFor: ['changeEmail', 'restore', 'unlock'],
  account: {
    signInBy: ['username'],
    sharedEmail: true,
    questions: { count: 1, caseSensitive: true },
    secondFactor: { rule: 'off', methods: [] },
    passwordMaxAge: null,
    lockout: { after: 50, unlockBy: 'reset' },
  },
  application: {
    open: false,
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
