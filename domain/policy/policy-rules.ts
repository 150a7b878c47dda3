import { contrastRatio, isHexColour } from '../colour.ts';
import { languageOf, languages } from '../language.ts';
import { isRealDate } from '../people/dates.ts';
import { emailRefusal } from '../people/email.ts';
import { isAlwaysShorter, isPositiveDuration } from '../time/duration.ts';
import type { Policy } from './policy.ts';

/** Messages for a supervisor by path (`accessCode.reminders.0`). */
export type PolicyProblems = Record<string, string>;

/** What is wrong with a policy beyond its shape, by path; empty: nothing. The shape is the contract's. */
export function policyProblems(policy: Policy): PolicyProblems {
  const problems: PolicyProblems = {};
  const check: Check = (isRight, path, message) => {
    if (!isRight) problems[path] ??= message;
  };
  checkPlace(policy, check);
  checkOffice(policy, check);
  checkTexts(policy, check);
  checkTheme(policy, check);
  checkAccount(policy, check);
  checkApplication(policy, check);
  checkAccessCode(policy, check);
  checkRegistration(policy, check);
  for (const [name, limit] of Object.entries(policy.limits)) checkCount(check, limit, `limits.${name}`, 1);
  return problems;
}

type Check = (isRight: boolean, path: string, message: string) => void;

const mostBusinessDays = 366;
const oldestMinimumAge = 120;
const readableContrast = 4.5;

function checkPlace({ timeZone, locale, languages: offered }: Policy, check: Check): void {
  check(isKnownTimeZone(timeZone), 'timeZone', 'Name a time zone such as America/New_York.');
  check(isKnownLocale(locale), 'locale', 'Name a locale such as en-US.');
  check(offered.length > 0, 'languages', 'Offer at least one language.');
  check(new Set(offered).size === offered.length, 'languages', 'Name each language once.');
  for (const [index, language] of offered.entries()) {
    const isOurs = languages.some((known) => known === language);
    check(isOurs, `languages.${index}`, `We can write in: ${languages.join(', ')}.`);
  }
  const spoken = languageOf(locale);
  const isOffered = isKnownLocale(locale) && localeLanguage(locale) === spoken && offered.includes(spoken);
  check(isOffered, 'locale', 'The language of the locale must be one of the languages offered.');
}

function checkOffice({ officeHours, holidays }: Policy, check: Check): void {
  const { days, open, close } = officeHours;
  check(days.length > 0, 'officeHours.days', 'Name at least one working day.');
  for (const [index, day] of days.entries()) {
    check(isWhole(day, 1, 7), `officeHours.days.${index}`, 'Days are 1 (Monday) to 7 (Sunday).');
    check(days.indexOf(day) === index, `officeHours.days.${index}`, 'Name each day once.');
  }
  check(isClockTime(open), 'officeHours.open', 'Write a time such as 08:30.');
  check(isClockTime(close), 'officeHours.close', 'Write a time such as 17:00.');
  check(open < close, 'officeHours.close', 'The office must close after it opens.');
  for (const [index, holiday] of holidays.entries()) {
    check(isRealDate(holiday), `holidays.${index}`, 'Write a day that exists, such as 2026-11-26.');
    check(holidays.indexOf(holiday) === index, `holidays.${index}`, 'This day is named twice.');
  }
}

function checkTexts({ name, sender, support, terms, privacyPolicy, patientPortal }: Policy, check: Check): void {
  checkText(check, name, 'name');
  checkText(check, sender.name, 'sender.name');
  check(emailRefusal(sender.address) === undefined, 'sender.address', 'Write an e-mail address.');
  check(emailRefusal(support.email) === undefined, 'support.email', 'Write an e-mail address.');
  check(/\d/.test(support.phone), 'support.phone', 'Write a phone number people can call.');
  checkText(check, terms.version, 'terms.version');
  checkText(check, terms.title, 'terms.title');
  checkText(check, terms.text, 'terms.text');
  checkText(check, privacyPolicy.version, 'privacyPolicy.version');
  // Shown as a link to everybody: nothing but a web page, here or elsewhere.
  const isPage = /^(https?:\/\/[^\s/]|\/(?!\/))\S*$/i.test(privacyPolicy.url);
  check(isPage, 'privacyPolicy.url', 'Write the address of a page, beginning with https:// or /.');
  check(patientPortal === null || patientPortal.trim() !== '', 'patientPortal', 'Name a portal, or leave it null.');
}

function checkTheme({ theme }: Policy, check: Check): void {
  const areColours = isHexColour(theme.brand) && isHexColour(theme.onBrand);
  check(isHexColour(theme.brand), 'theme.brand', 'Write a colour such as #1f4e79.');
  check(isHexColour(theme.onBrand), 'theme.onBrand', 'Write a colour such as #ffffff.');
  if (!areColours) return;
  const contrast = contrastRatio(theme.onBrand, theme.brand);
  const found = (Math.floor(contrast * 100) / 100).toFixed(2);
  check(
    contrast >= readableContrast,
    'theme.onBrand',
    `Text on the brand colour needs a contrast of ${readableContrast} or more; this is ${found}.`,
  );
}

function checkAccount({ account }: Policy, check: Check): void {
  const { signInBy, sharedEmail, questions, secondFactor, passwordMaxAge, lockout } = account;
  check(signInBy.length > 0, 'account.signInBy', 'Name at least one way to sign in.');
  const isAmbiguous = sharedEmail && signInBy.includes('email');
  check(!isAmbiguous, 'account.sharedEmail', 'A shared address cannot be a sign-in name: turn one of the two off.');
  checkCount(check, questions.count, 'account.questions.count', 0, 5);
  const isMissingMethod = secondFactor.rule !== 'off' && secondFactor.methods.length === 0;
  check(!isMissingMethod, 'account.secondFactor.methods', 'Name at least one method, or turn the second factor off.');
  if (passwordMaxAge !== null) checkDuration(check, passwordMaxAge, 'account.passwordMaxAge');
  checkCount(check, lockout.after, 'account.lockout.after', 1);
}

function checkApplication({ application }: Policy, check: Check): void {
  const { minimumAge, targetBusinessDays, promiseBusinessDays, answerWithin, answerReminders } = application;
  checkCount(check, minimumAge, 'application.minimumAge', 0, oldestMinimumAge);
  checkCount(check, targetBusinessDays, 'application.targetBusinessDays', 0, mostBusinessDays);
  checkCount(check, promiseBusinessDays, 'application.promiseBusinessDays', 0, mostBusinessDays);
  check(
    promiseBusinessDays >= targetBusinessDays,
    'application.promiseBusinessDays',
    'The promise cannot end before the target.',
  );
  checkDuration(check, answerWithin, 'application.answerWithin');
  checkReminders(check, answerReminders, 'application.answerReminders');
}

function checkAccessCode({ accessCode }: Policy, check: Check): void {
  checkDuration(check, accessCode.lifetime, 'accessCode.lifetime');
  checkReminders(check, accessCode.reminders, 'accessCode.reminders');
  checkDuration(check, accessCode.reissueWindow, 'accessCode.reissueWindow');
  checkDuration(check, accessCode.stepUpAfter, 'accessCode.stepUpAfter');
  checkCount(check, accessCode.selfRenewals, 'accessCode.selfRenewals', 0);
  checkCount(check, accessCode.maxTries, 'accessCode.maxTries', 1);
  checkCount(check, accessCode.identityTries, 'accessCode.identityTries', 1);
}

function checkRegistration({ registration, account }: Policy, check: Check): void {
  checkDuration(check, registration.lifetime, 'registration.lifetime');
  checkReminders(check, registration.reminders, 'registration.reminders');
  checkCount(check, registration.identityTries, 'registration.identityTries', 1);
  const asksNothing = registration.linkProof === 'answers' && account.questions.count === 0;
  check(!asksNothing, 'registration.linkProof', 'Accounts of this portal have no security questions to answer.');
}

/** In order. One that would come after the end is allowed and never goes: a lifetime can be shortened by itself. */
function checkReminders(check: Check, reminders: readonly string[], path: string): void {
  for (const [index, reminder] of reminders.entries()) {
    const here = `${path}.${index}`;
    checkDuration(check, reminder, here);
    if (!isPositiveDuration(reminder)) continue;
    const earlier = reminders[index - 1];
    const isLater = earlier === undefined || !isPositiveDuration(earlier) || isAlwaysShorter(earlier, reminder);
    check(isLater, here, 'Reminders go in order, each later than the one before.');
  }
}

function checkDuration(check: Check, iso: string, path: string): void {
  check(isPositiveDuration(iso), path, 'Write a duration of PT1S or more, such as P60D, P6M or PT24H.');
}

function checkText(check: Check, text: string, path: string): void {
  check(text.trim() !== '', path, 'Write a text.');
}

function checkCount(check: Check, count: number, path: string, least: number, most = 1_000_000_000): void {
  const range = most === 1_000_000_000 ? `from ${least}` : `from ${least} to ${most}`;
  check(isWhole(count, least, most), path, `Write a whole number ${range}.`);
}

function isWhole(number: number, least: number, most: number): boolean {
  return Number.isInteger(number) && number >= least && number <= most;
}

function isClockTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** A name known to Intl. Bare offsets are refused: PostgreSQL reads `+05:00` with the opposite sign. */
function isKnownTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isKnownLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag]).length === 1;
  } catch {
    return false;
  }
}

function localeLanguage(tag: string): string {
  return new Intl.Locale(tag).language;
}
