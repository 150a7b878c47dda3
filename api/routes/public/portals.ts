import { createHash } from 'node:crypto';
import { Problem } from '../../../contract/problems.ts';
import { advisePassword, readPortal } from '../../../contract/routes/public/portals.ts';
import type { PortalInfo } from '../../../contract/schemas/portal.ts';
import { type Language, languageOf } from '../../../domain/language.ts';
import { isCommonPassword } from '../../../domain/people/common-passwords.ts';
import { passwordRuleInWords } from '../../../domain/people/password.ts';
import { figures } from '../../../domain/policy/figures.ts';
import { openLifecycles } from '../../../domain/policy/open-lifecycles.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { officeHoursInWords } from '../../../domain/time/words.ts';
import { count } from '../../../store/limits.ts';
import { handle } from '../../handle.ts';
import { passwordStrength } from '../../password-strength.ts';

export const portalRoute = handle(readPortal, async ({ params, query, policy }) =>
  portalInfo(params.portal, policy, languageOf(query.language ?? policy.locale)),
);

/** Per client address and minute: a person who types slowly asks some 20 times, and others share the address. */
const advicePerMinute = 120;

export const adviceRoute = handle(advisePassword, async ({ body: { password, without }, address }, { database }) => {
  const { points, secondsLeft } = await count(database, { name: 'passwordAdvice', of: [address], windowSeconds: 60 });
  if (points > advicePerMinute) throw new Problem('too_many_requests', { retryAfterSeconds: secondsLeft });
  const strength = await passwordStrength(password, without);
  if (strength === undefined) throw new Problem('too_many_requests', { retryAfterSeconds: 1 });
  return { strength, isCommon: isCommonPassword(password) };
});

function portalInfo(portal: string, policy: Policy, language: Language): PortalInfo {
  const { minLength, maxLength } = figures.password;
  return {
    portal,
    name: policy.name,
    locale: policy.locale,
    timeZone: policy.timeZone,
    open: openLifecycles(policy),
    terms: { ...policy.terms, sha256: createHash('sha256').update(policy.terms.text).digest('hex') },
    passwordRule: { minLength, maxLength, words: passwordRuleInWords(minLength, language) },
    support: { ...policy.support, hours: officeHoursInWords(policy.officeHours, language) },
    sender: policy.sender,
    privacyPolicy: policy.privacyPolicy,
    languages: policy.languages,
    signInBy: policy.account.signInBy,
    minimumAge: policy.application.minimumAge,
    promiseBusinessDays: policy.application.promiseBusinessDays,
    theme: policy.theme,
  };
}
