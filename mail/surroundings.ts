import { type Language, languageOf, localeFor } from '../domain/language.ts';
import { phoneAddress, spokenPhone } from '../domain/people/phone.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { dateInWords, instantInWords, officeHoursInWords } from '../domain/time/words.ts';
import { type Inline, strong } from './blocks.ts';

/** The part of a policy that a mail shows. */
export type MailPolicy = Pick<Policy, 'name' | 'timeZone' | 'locale' | 'officeHours' | 'sender' | 'support' | 'theme'>;

/** What every template may use besides its own facts. */
export interface Surroundings {
  portalName: string;
  language: Language;
  /** Built from the public address alone; nothing in them comes from a request. */
  links: {
    activate: string;
    register: string;
    status: string;
    signIn: string;
    apply: string;
    help: string;
    notMe: string | undefined;
    caseOf(caseId: string): string;
  };
  senderAddress: string;
  support: { email: string; phone: string; phoneHref: string; hours: string };
  /** An ISO instant as weekday, date and time in the portal's zone, which is named. */
  instant(at: string): Inline[];
  /** An ISO instant as weekday and date in the portal's zone. */
  date(at: string): Inline;
}

export interface SurroundingsInput {
  policy: MailPolicy;
  publicUrl: string;
  /** The portal's name in addresses, such as `harborview`. */
  portal: string;
  /** A language tag; one we have no words for becomes English. */
  language: string;
  notMeToken?: string | undefined;
}

/** Gathers names, links and dates in words for one mail. */
export function surroundingsOf({ policy, publicUrl, portal, language, notMeToken }: SurroundingsInput): Surroundings {
  const spoken = languageOf(language);
  const locale = localeFor(spoken, policy.locale);
  const site = publicUrl.replace(/\/+$/, '');
  const page = (name: string) => `${site}/p/${encodeURIComponent(portal)}/${name}`;
  return {
    portalName: oneLine(policy.name),
    language: spoken,
    links: {
      activate: page('activate'),
      register: page('register'),
      status: page('status'),
      signIn: page('sign-in'),
      apply: page('apply'),
      help: page('help'),
      notMe: notMeToken === undefined ? undefined : `${page('not-me')}#${encodeURIComponent(notMeToken)}`,
      caseOf: (caseId) => `${site}/admin/cases/${encodeURIComponent(caseId)}`,
    },
    senderAddress: policy.sender.address,
    support: {
      email: policy.support.email,
      phone: spokenPhone(policy.support.phone),
      phoneHref: phoneAddress(policy.support.phone),
      hours: officeHoursInWords(policy.officeHours, spoken),
    },
    instant: (at) => withZoneApart(instantInWords(new Date(at), policy.timeZone, locale)),
    date: (at) => strong(dateInWords(new Date(at), policy.timeZone, locale)),
  };
}

/** Text for a header or a title: no line breaks, no other controls. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

// The zone in brackets is said, but not stressed.
function withZoneApart(words: string): Inline[] {
  const parts = /^(.+?)( \([^()]+\))$/.exec(words);
  return parts ? [strong(parts[1] ?? ''), parts[2] ?? ''] : [strong(words)];
}
