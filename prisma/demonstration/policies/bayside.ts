import type { Policy } from '../../../domain/policy/policy.ts';
import { holidays } from './holidays.ts';

const terms = `This agreement governs your use of Bayside ProviderLink, through which Bayside Medical Center lets referring clinicians and the staff they sponsor view records of patients in their care.

Who may register. Physicians (MD, DO), nurse practitioners and physician assistants may register for themselves. Other staff of a practice are sponsored by a registered clinician of that practice, see what their sponsor sees, and act on the sponsor's responsibility. Clinicians with a hospital ID sign in with that ID.

What you may look at. You may open a record only to treat the patient, to arrange payment for that treatment, or for another purpose the law allows and for which you were given access. Looking at the record of a colleague, a relative, a neighbor or a public figure without a treating relationship is a breach of this agreement and may be a breach of the law. ProviderLink is for viewing; orders and notes do not belong here.

Every access is recorded. We record who opened which record and when, keep that record for six years, and review it. Patients may ask who has seen their record and we will tell them.

Your duties. Keep your password and pass codes to yourself. Sign out on shared computers. Tell us within one working day when you leave a practice, when a person you sponsor leaves it, or when you suspect that someone else has used your account. Confirm the people you sponsor when we ask, every 180 days.

Ending. You or Bayside may end this agreement at any time. Access ends at once, for you and for everyone you sponsor. Your duty to keep what you have seen confidential does not end.`;

/** Provider registration: documents by fax, sponsorship, records of Harborview's patients by invitation. */
export const bayside: Policy = {
  version: 1,
  name: 'Bayside ProviderLink',
  timeZone: 'America/New_York',
  locale: 'en-US',
  officeHours: { days: [1, 2, 3, 4, 5], open: '08:00', close: '17:00' },
  holidays: [...holidays],
  sender: { name: 'Bayside ProviderLink', address: 'providerlink@bayside.example' },
  support: { email: 'provisioning@bayside.example', phone: '+1 617 555 0162' },
  terms: { version: '2026-1', title: 'User Agreement', text: terms },
  patientPortal: 'harborview',
  languages: ['en'],
  privacyPolicy: { version: '2026-1', url: 'https://www.bayside.example/privacy' },
  theme: { brand: '#1d4289', onBrand: '#ffffff', logo: null },
  identityCheckFor: ['changeEmail', 'correctAddress', 'restore', 'unlock'],
  account: {
    signInBy: ['username'],
    sharedEmail: false,
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
    recordRequired: false,
    fourEyes: true,
  },
  accessCode: {
    lifetime: 'P60D',
    reminders: ['P30D', 'P53D'],
    reissueWindow: 'P180D',
    stepUpAfter: 'PT24H',
    selfRenewals: 0,
    maxTries: 5,
    identityTries: 5,
  },
  registration: {
    lifetime: 'P14D',
    reminders: ['P7D', 'P12D'],
    identityTries: 5,
    namesIgnoreCase: true,
    selfSignUp: [],
    linkProof: 'answers',
  },
  limits: { applicationsPerHour: 20, statusPerHour: 30, activationsPerHour: 20, loginsPerMinute: 30 },
};
