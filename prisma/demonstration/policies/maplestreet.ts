import type { Policy } from '../../../domain/policy/policy.ts';
import { holidays } from './holidays.ts';

const terms = `Maple Street Family Practice offers this service so that you can reach us without waiting on the phone. Please read what follows before you register.

How you get an account. We send a registration e-mail to the address you gave us. The link in it works for a limited time, which the e-mail names; when it has run out, call us and we will send another. We ask for your first name, last name, date of birth and ZIP code, and they must be written as we have them on file.

One account, several practices. If you already have an account through another of our practices, we ask you to show that it is yours, with your security questions or your username, and then add this practice to it. We tell the account you already have that this has happened.

Disclaimer. What you read here is information, not a diagnosis. It may be incomplete, and results can appear before we have discussed them with you. Do not start, stop or change a treatment because of what you read without speaking to us. Do not write to us here about anything urgent: call 911, or call the practice and ask for the doctor on duty.

Families. Several members of a family may use the same e-mail address, but everyone has an account of their own. Parents see the records of young children through their own account; what they see becomes less as the child grows older.

Privacy. We follow our Notice of Privacy Practices, which you can read at the desk and on our web page. We do not sell your information, and our e-mails hold nothing about your health.

Questions. Call us during office hours or write to the address below; we are glad to help you register.`;

/** Registration e-mails sent by staff, links that live 14 days, one account for many practices. */
export const maplestreet: Policy = {
  version: 1,
  name: 'Maple Street Family Practice',
  timeZone: 'America/New_York',
  locale: 'en-US',
  officeHours: { days: [1, 2, 3, 4, 5], open: '08:00', close: '16:30' },
  holidays: [...holidays],
  sender: { name: 'Maple Street Family Practice', address: 'portal@maplestreet.example' },
  support: { email: 'frontdesk@maplestreet.example', phone: '+1 207 555 0133' },
  terms: { version: '2026-1', title: 'Disclaimer and Terms', text: terms },
  patientPortal: null,
  languages: ['en', 'es'],
  privacyPolicy: { version: '2026-1', url: 'https://www.maplestreet.example/privacy' },
  theme: { brand: '#9a3412', onBrand: '#ffffff', logo: null },
  identityCheckFor: ['changeEmail', 'restore', 'unlock'],
  account: {
    signInBy: ['username'],
    sharedEmail: true,
    questions: { count: 2, caseSensitive: false },
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
    selfSignUp: [],
    linkProof: 'username_or_answers',
  },
  limits: { applicationsPerHour: 20, statusPerHour: 30, activationsPerHour: 20, loginsPerMinute: 30 },
};
