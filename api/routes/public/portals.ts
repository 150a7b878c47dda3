import { createHash } from 'node:crypto';
import { readPortal } from '../../../contract/routes/public/portals.ts';
import type { PortalInfo } from '../../../contract/schemas/portal.ts';
import { languageOf } from '../../../domain/language.ts';
import { passwordRuleInWords } from '../../../domain/people/password.ts';
import { figures } from '../../../domain/policy/figures.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { officeHoursInWords } from '../../../domain/time/words.ts';
import { handle } from '../../handle.ts';

export const portalRoute = handle(readPortal, async ({ params, policy }) => portalInfo(params.portal, policy));

function portalInfo(portal: string, policy: Policy): PortalInfo {
  const language = languageOf(policy.locale);
  const { minLength, maxLength } = figures.password;
  return {
    portal,
    name: policy.name,
    locale: policy.locale,
    timeZone: policy.timeZone,
    open: policy.application.open ? ['application'] : [],
    terms: { ...policy.terms, sha256: createHash('sha256').update(policy.terms.text).digest('hex') },
    passwordRule: { minLength, maxLength, words: passwordRuleInWords(minLength, language) },
    support: { ...policy.support, hours: officeHoursInWords(policy.officeHours, language) },
    sender: policy.sender,
    privacyPolicy: policy.privacyPolicy,
    languages: policy.languages,
    minimumAge: policy.application.minimumAge,
    promiseBusinessDays: policy.application.promiseBusinessDays,
    theme: policy.theme,
  };
}
