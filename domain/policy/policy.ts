/** An ISO 8601 duration such as `P60D`, `P6M` or `PT20S`. */
export type IsoDuration = string;

/** Actions on an account or case that demand a recorded identity check when the policy names them. */
export const identityCheckActions = ['changeEmail', 'correctAddress', 'restore', 'unlock'] as const;
export type IdentityCheckAction = (typeof identityCheckActions)[number];

/**
 * Every number and rule of one portal, as data (api.md "Policy document"). A case keeps the policy it started under.
 * `version` counts up with every replacement.
 */
export interface Policy {
  version: number;
  name: string;
  timeZone: string;
  locale: string;
  /** Days 1 = Monday … 7 = Sunday; `open` and `close` are wall-clock `HH:MM` in `timeZone`. */
  officeHours: { days: number[]; open: string; close: string };
  /** Days (`YYYY-MM-DD`) on which the office is closed. */
  holidays: string[];
  sender: { name: string; address: string };
  support: { email: string; phone: string };
  terms: { version: string; title: string; text: string };
  /** The portal patients, MRNs and guardians are taken from, when it is another one. */
  patientPortal: string | null;
  languages: string[];
  privacyPolicy: { version: string; url: string };
  theme: { brand: string; onBrand: string; logo: string | null };
  identityCheckFor: IdentityCheckAction[];
  account: {
    signInBy: ('username' | 'email')[];
    sharedEmail: boolean;
    questions: { count: number; caseSensitive: boolean };
    secondFactor: { rule: 'off' | 'optional' | 'mandatory'; methods: ('app' | 'email' | 'sms')[] };
    passwordMaxAge: IsoDuration | null;
    lockout: { after: number; unlockBy: 'reset' | 'staff' };
  };
  application: {
    open: boolean;
    approval: 'staff' | 'automatic';
    minimumAge: number;
    targetBusinessDays: number;
    promiseBusinessDays: number;
    answerWithin: IsoDuration;
    answerReminders: IsoDuration[];
    recordRequired: boolean;
    fourEyes: boolean;
  };
  accessCode: {
    lifetime: IsoDuration;
    reminders: IsoDuration[];
    /** How long after the code's end a new one may be had before the case closes. */
    reissueWindow: IsoDuration;
    /** A code older than this asks for a fresh mailbox code as well. */
    stepUpAfter: IsoDuration;
    selfRenewals: number;
    maxTries: number;
    identityTries: number;
  };
  registration: {
    lifetime: IsoDuration;
    reminders: IsoDuration[];
    identityTries: number;
    namesIgnoreCase: boolean;
    selfSignUp: ('code' | 'mrn')[];
    linkProof: 'username_or_answers' | 'answers' | 'password';
  };
  limits: { applicationsPerHour: number; statusPerHour: number; activationsPerHour: number; loginsPerMinute: number };
}
