import { identityCheckActions, languages } from '../../contract/rules.ts';
import type { WordKey } from '../words/catalogue.ts';
import type { en } from './words.ts';

type PathOf<K> = K extends `policy.label.${infer P}` ? P : never;
/** The path of a field of the policy document that can be edited. */
export type Path = PathOf<keyof typeof en>;
type Unit = Extract<WordKey, `policy.unit.${string}`> extends `policy.unit.${infer U}` ? U : never;

/** One field and how it is edited. What is allowed in it the server says, by the same path. */
export type Setting = { path: Path } & (
  | { as: 'text' | 'longText' | 'time' | 'colour' | 'switch' | 'duration' | 'days' | 'dates' | 'portal' }
  | { as: 'optionalText' | 'optionalDuration' }
  /** Each counted from the same instant as the length of time they lie within. */
  | { as: 'durations'; within: Path }
  | { as: 'count'; unit?: Unit }
  | { as: 'choice' | 'choices'; options: readonly string[] }
);

type SectionWord = Extract<WordKey, `policy.section.${string}`> extends `policy.section.${infer N}` ? N : never;

export interface Section {
  name: Exclude<SectionWord, 'history'>;
  groups: readonly {
    name: Extract<WordKey, `policy.group.${string}`> extends `policy.group.${infer N}` ? N : never;
    settings: readonly Setting[];
  }[];
}

/** The policy document in the order in which people think of it. */
export const sections: readonly Section[] = [
  {
    name: 'general',
    groups: [
      {
        name: 'portal',
        settings: [
          { path: 'name', as: 'text' },
          { path: 'patientPortal', as: 'portal' },
        ],
      },
      {
        name: 'language',
        settings: [
          { path: 'timeZone', as: 'text' },
          { path: 'locale', as: 'text' },
          { path: 'languages', as: 'choices', options: languages },
        ],
      },
      {
        name: 'identity',
        settings: [{ path: 'identityCheckFor', as: 'choices', options: identityCheckActions }],
      },
    ],
  },
  {
    name: 'appearance',
    groups: [
      {
        name: 'colours',
        settings: [
          { path: 'theme.brand', as: 'colour' },
          { path: 'theme.onBrand', as: 'colour' },
          { path: 'theme.logo', as: 'optionalText' },
        ],
      },
    ],
  },
  {
    name: 'hours',
    groups: [
      {
        name: 'office',
        settings: [
          { path: 'officeHours.days', as: 'days' },
          { path: 'officeHours.open', as: 'time' },
          { path: 'officeHours.close', as: 'time' },
        ],
      },
      { name: 'holidays', settings: [{ path: 'holidays', as: 'dates' }] },
    ],
  },
  {
    name: 'sender',
    groups: [
      {
        name: 'sender',
        settings: [
          { path: 'sender.name', as: 'text' },
          { path: 'sender.address', as: 'text' },
        ],
      },
      {
        name: 'support',
        settings: [
          { path: 'support.email', as: 'text' },
          { path: 'support.phone', as: 'text' },
        ],
      },
    ],
  },
  {
    name: 'terms',
    groups: [
      {
        name: 'terms',
        settings: [
          { path: 'terms.version', as: 'text' },
          { path: 'terms.title', as: 'text' },
          { path: 'terms.text', as: 'longText' },
        ],
      },
      {
        name: 'privacy',
        settings: [
          { path: 'privacyPolicy.version', as: 'text' },
          { path: 'privacyPolicy.url', as: 'text' },
        ],
      },
    ],
  },
  {
    name: 'accounts',
    groups: [
      {
        name: 'signIn',
        settings: [
          { path: 'account.signInBy', as: 'choices', options: ['username', 'email'] },
          { path: 'account.sharedEmail', as: 'switch' },
          { path: 'account.secondFactor.rule', as: 'choice', options: ['off', 'optional', 'mandatory'] },
          { path: 'account.secondFactor.methods', as: 'choices', options: ['app', 'email', 'sms'] },
        ],
      },
      {
        name: 'protection',
        settings: [
          { path: 'account.questions.count', as: 'count', unit: 'perAccount' },
          { path: 'account.questions.caseSensitive', as: 'switch' },
          { path: 'account.passwordMaxAge', as: 'optionalDuration' },
          { path: 'account.lockout.after', as: 'count', unit: 'failures' },
          { path: 'account.lockout.unlockBy', as: 'choice', options: ['reset', 'staff'] },
        ],
      },
    ],
  },
  {
    name: 'application',
    groups: [
      {
        name: 'deciding',
        settings: [
          { path: 'application.open', as: 'switch' },
          { path: 'application.approval', as: 'choice', options: ['staff', 'automatic'] },
          { path: 'application.targetBusinessDays', as: 'count', unit: 'businessDays' },
          { path: 'application.promiseBusinessDays', as: 'count', unit: 'businessDays' },
          { path: 'application.fourEyes', as: 'switch' },
          { path: 'application.recordRequired', as: 'switch' },
          { path: 'application.minimumAge', as: 'count', unit: 'years' },
          { path: 'application.answerWithin', as: 'duration' },
          { path: 'application.answerReminders', as: 'durations', within: 'application.answerWithin' },
        ],
      },
      {
        name: 'accessCode',
        settings: [
          { path: 'accessCode.lifetime', as: 'duration' },
          { path: 'accessCode.reminders', as: 'durations', within: 'accessCode.lifetime' },
          { path: 'accessCode.reissueWindow', as: 'duration' },
          { path: 'accessCode.stepUpAfter', as: 'duration' },
          { path: 'accessCode.selfRenewals', as: 'count', unit: 'perCase' },
          { path: 'accessCode.maxTries', as: 'count', unit: 'tries' },
          { path: 'accessCode.identityTries', as: 'count', unit: 'tries' },
        ],
      },
    ],
  },
  {
    name: 'registration',
    groups: [
      {
        name: 'link',
        settings: [
          { path: 'registration.lifetime', as: 'duration' },
          { path: 'registration.reminders', as: 'durations', within: 'registration.lifetime' },
          { path: 'registration.identityTries', as: 'count', unit: 'tries' },
          { path: 'registration.namesIgnoreCase', as: 'switch' },
          { path: 'registration.selfSignUp', as: 'choices', options: ['code', 'mrn'] },
          {
            path: 'registration.linkProof',
            as: 'choice',
            options: ['username_or_answers', 'answers', 'password'],
          },
        ],
      },
    ],
  },
  {
    name: 'limits',
    groups: [
      {
        name: 'limits',
        settings: [
          { path: 'limits.applicationsPerHour', as: 'count', unit: 'perHour' },
          { path: 'limits.statusPerHour', as: 'count', unit: 'perHour' },
          { path: 'limits.activationsPerHour', as: 'count', unit: 'perHour' },
          { path: 'limits.loginsPerMinute', as: 'count', unit: 'perMinute' },
        ],
      },
    ],
  },
];

export const settings: readonly Setting[] = sections.flatMap(({ groups }) => groups.flatMap((group) => group.settings));

export function sectionOf(path: Path): Section | undefined {
  return sections.find(({ groups }) => groups.some((group) => group.settings.some((each) => each.path === path)));
}

/** The setting an error's path belongs to: `accessCode.reminders.1` to `accessCode.reminders`. */
export function settingAt(errorPath: string): Setting | undefined {
  return settings.find(({ path }) => errorPath === path || errorPath.startsWith(`${path}.`));
}
