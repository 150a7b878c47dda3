import type { Policy } from '../../../domain/policy/policy.ts';
import { holidays } from './holidays.ts';

const terms = `These terms are an agreement between you and Harborview Health, which runs Harborview MyHealth. Please read them before you open your account. If you do not agree, do not open one; your care does not depend on it.

What MyHealth is for. MyHealth shows you parts of your Harborview medical record, lets you write to your care team, and lets you ask for appointments and refills. It is not for emergencies. If you think you may be having an emergency, call 911. Messages are read during office hours, Monday to Friday from 8:30 am to 5 pm, and are usually answered within two working days.

Who may use it. You must be 18 or older to have an account of your own. An account belongs to one person. To see the record of your child, or of an adult in your care, ask us for access of your own; do not use that person's account.

Keeping your account safe. Choose a username and a password that nobody else knows, and do not share them with anyone, your family included. We will never ask for your password by e-mail or by phone. Tell us at once if you think someone else has used your account. We may stop an account when we believe it is being misused.

What you will find. Results may appear before your doctor has seen them. Some parts of your record, such as certain notes and results that the law protects, are not shown. If something in your record is wrong, tell your doctor's office; you have the right to ask for a correction.

E-mail. We write to the address you give us about your application, your access code and changes to your account. E-mail is not private, so those messages hold nothing about your health. You choose whether you also want a notice when something new is waiting for you in MyHealth.

Changes and ending. We may change these terms and will ask you to accept the new ones when you next sign in. You may close your account at any time by calling us. Your medical record stays with Harborview whether or not you have an account.`;

/** Application with approval: anyone applies, staff decide, the access code lives 60 days. */
export const harborview: Policy = {
  version: 1,
  name: 'Harborview MyHealth',
  timeZone: 'America/New_York',
  locale: 'en-US',
  officeHours: { days: [1, 2, 3, 4, 5], open: '08:30', close: '17:00' },
  holidays: [...holidays],
  sender: { name: 'Harborview MyHealth', address: 'myhealth@harborview.example' },
  support: { email: 'help@harborview.example', phone: '+1 617 555 0147' },
  terms: { version: '2026-1', title: 'Terms and Conditions', text: terms },
  patientPortal: null,
  languages: ['en', 'es'],
  privacyPolicy: { version: '2026-1', url: 'https://www.harborview.example/privacy' },
  theme: { brand: '#0b5563', onBrand: '#ffffff', logo: null },
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
