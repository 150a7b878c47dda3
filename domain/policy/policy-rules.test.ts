import { describe, expect, it } from '@jest/globals';
import { testPolicy } from '../../test/support/policy.ts';
import type { Policy } from './policy.ts';
import { policyProblems } from './policy-rules.ts';

/** The example of api.md. */
const harborview = testPolicy();

type Change = (policy: Policy) => void;
const pathsAfter = (change: Change): string[] => {
  const policy = structuredClone(harborview);
  change(policy);
  return Object.keys(policyProblems(policy)).sort();
};

describe('a policy', () => {
  it('as in the contract has no problems', () => {
    expect(policyProblems(harborview)).toEqual({});
  });

  const allowed: [string, Change][] = [
    [
      'seconds, for a demonstration',
      (p) => Object.assign(p.accessCode, { lifetime: 'PT20S', reminders: ['PT1S', 'PT2S'], reissueWindow: 'PT1S' }),
    ],
    ['no reminders', (p) => Object.assign(p.accessCode, { reminders: [] })],
    ['a lifetime shortened by itself', (p) => Object.assign(p.accessCode, { lifetime: 'PT20S' })],
    ['an answer reminder that never goes', (p) => Object.assign(p.application, { answerReminders: ['P30D'] })],
    ['any positive limit', (p) => Object.assign(p.limits, { applicationsPerHour: 1_000_000, loginsPerMinute: 1 })],
    ['no minimum age', (p) => Object.assign(p.application, { minimumAge: 0 })],
    ['a promise equal to the target', (p) => Object.assign(p.application, { promiseBusinessDays: 3 })],
    ['a shared address with usernames', (p) => Object.assign(p.account, { sharedEmail: true })],
    ['sign-in by e-mail', (p) => Object.assign(p.account, { signInBy: ['username', 'email'] })],
    ['Spanish first', (p) => Object.assign(p, { locale: 'es-US' })],
    [
      'a factor with a method',
      (p) => Object.assign(p.account, { secondFactor: { rule: 'mandatory', methods: ['app'] } }),
    ],
    ['months', (p) => Object.assign(p.accessCode, { lifetime: 'P6M', reminders: ['P1M', 'P3M', 'P5M'] })],
    ['a privacy page of our own', (p) => Object.assign(p.privacyPolicy, { url: '/p/harborview/privacy' })],
  ];
  it.each(allowed)('may have %s', (_, change) => {
    expect(pathsAfter(change)).toEqual([]);
  });

  const refused: [string, string[], Change][] = [
    ['an unknown time zone', ['timeZone'], (p) => Object.assign(p, { timeZone: 'Mars/Olympus' })],
    ['an offset for a time zone', ['timeZone'], (p) => Object.assign(p, { timeZone: '+05:00' })],
    ['an unknown locale', ['locale'], (p) => Object.assign(p, { locale: 'xx-YY' })],
    ['an ill-formed locale', ['locale'], (p) => Object.assign(p, { locale: 'e' })],
    ['a locale we cannot write', ['locale'], (p) => Object.assign(p, { locale: 'fr-FR' })],
    ['a locale not offered', ['locale'], (p) => Object.assign(p, { languages: ['es'] })],
    ['a language we cannot write', ['languages.2'], (p) => p.languages.push('fr')],
    ['no language', ['languages', 'locale'], (p) => Object.assign(p, { languages: [] })],
    ['no working day', ['officeHours.days'], (p) => Object.assign(p.officeHours, { days: [] })],
    ['an eighth day', ['officeHours.days.5'], (p) => p.officeHours.days.push(8)],
    ['a day twice', ['officeHours.days.5'], (p) => p.officeHours.days.push(1)],
    ['closing before opening', ['officeHours.close'], (p) => Object.assign(p.officeHours, { close: '08:00' })],
    ['closing at opening', ['officeHours.close'], (p) => Object.assign(p.officeHours, { close: '08:30' })],
    ['no time', ['officeHours.open'], (p) => Object.assign(p.officeHours, { open: '' })],
    ['hour 24', ['officeHours.close'], (p) => Object.assign(p.officeHours, { close: '24:00' })],
    ['a holiday that does not exist', ['holidays.1'], (p) => p.holidays.push('2026-02-30')],
    ['a holiday twice', ['holidays.1'], (p) => p.holidays.push('2026-11-26')],
    [
      'a sender that is no address',
      ['sender.address'],
      (p) => Object.assign(p.sender, { address: 'a@b.example\r\nBcc: x' }),
    ],
    ['a support that is no address', ['support.email'], (p) => Object.assign(p.support, { email: 'help' })],
    ['empty terms', ['terms.text'], (p) => Object.assign(p.terms, { text: ' \n ' })],
    ['terms without a version', ['terms.version'], (p) => Object.assign(p.terms, { version: '' })],
    [
      'a script for a privacy page',
      ['privacyPolicy.url'],
      (p) => Object.assign(p.privacyPolicy, { url: 'javascript:alert(1)' }),
    ],
    [
      'a page of another scheme',
      ['privacyPolicy.url'],
      (p) => Object.assign(p.privacyPolicy, { url: '//evil.example' }),
    ],
    ['grey on blue', ['theme.onBrand'], (p) => Object.assign(p.theme, { onBrand: '#808080' })],
    ['a colour by name', ['theme.brand'], (p) => Object.assign(p.theme, { brand: 'navy' })],
    ['no way to sign in', ['account.signInBy'], (p) => Object.assign(p.account, { signInBy: [] })],
    [
      'a shared address to sign in by',
      ['account.sharedEmail'],
      (p) => Object.assign(p.account, { sharedEmail: true, signInBy: ['username', 'email'] }),
    ],
    [
      'a factor without methods',
      ['account.secondFactor.methods'],
      (p) => Object.assign(p.account.secondFactor, { rule: 'optional' }),
    ],
    [
      'a password age of nothing',
      ['account.passwordMaxAge'],
      (p) => Object.assign(p.account, { passwordMaxAge: 'PT0S' }),
    ],
    ['a lock-out at once', ['account.lockout.after'], (p) => Object.assign(p.account.lockout, { after: 0 })],
    ['a negative age', ['application.minimumAge'], (p) => Object.assign(p.application, { minimumAge: -1 })],
    ['an age nobody reaches', ['application.minimumAge'], (p) => Object.assign(p.application, { minimumAge: 121 })],
    ['half an age', ['application.minimumAge'], (p) => Object.assign(p.application, { minimumAge: 17.5 })],
    [
      'a promise before the target',
      ['application.promiseBusinessDays'],
      (p) => Object.assign(p.application, { promiseBusinessDays: 2 }),
    ],
    ['an answer at once', ['application.answerWithin'], (p) => Object.assign(p.application, { answerWithin: 'P0D' })],
    ['a lifetime that is none', ['accessCode.lifetime'], (p) => Object.assign(p.accessCode, { lifetime: '60 days' })],
    [
      'reminders out of order',
      ['accessCode.reminders.1'],
      (p) => Object.assign(p.accessCode, { reminders: ['P53D', 'P30D'] }),
    ],
    [
      'a reminder twice',
      ['accessCode.reminders.1'],
      (p) => Object.assign(p.accessCode, { reminders: ['P30D', 'P30D'] }),
    ],
    ['a reminder of nothing', ['accessCode.reminders.0'], (p) => Object.assign(p.accessCode, { reminders: ['PT0S'] })],
    ['no reissue window', ['accessCode.reissueWindow'], (p) => Object.assign(p.accessCode, { reissueWindow: '' })],
    ['negative renewals', ['accessCode.selfRenewals'], (p) => Object.assign(p.accessCode, { selfRenewals: -1 })],
    [
      'no tries',
      ['accessCode.identityTries', 'accessCode.maxTries'],
      (p) => Object.assign(p.accessCode, { maxTries: 0, identityTries: 0 }),
    ],
    [
      'proof by answers nobody has',
      ['registration.linkProof'],
      (p) => Object.assign(p.registration, { linkProof: 'answers' }),
    ],
    ['a limit of nothing', ['limits.statusPerHour'], (p) => Object.assign(p.limits, { statusPerHour: 0 })],
    ['half a limit', ['limits.loginsPerMinute'], (p) => Object.assign(p.limits, { loginsPerMinute: 1.5 })],
  ];
  it.each(refused)('may not have %s: %j', (_, paths, change) => {
    expect(pathsAfter(change)).toEqual(paths);
  });

  it('names every problem at once', () => {
    const paths = pathsAfter((p) => {
      p.timeZone = 'nowhere';
      p.accessCode.lifetime = '';
      p.limits.applicationsPerHour = -1;
    });
    expect(paths).toEqual(['accessCode.lifetime', 'limits.applicationsPerHour', 'timeZone']);
  });
});
