import { z } from 'zod';

const terms = z.object({ version: z.string(), title: z.string(), text: z.string(), sha256: z.string() });

/** What a portal's pages need to know before anybody is known. */
export const portalInfo = z
  .object({
    portal: z.string(),
    name: z.string(),
    locale: z.string(),
    timeZone: z.string(),
    open: z
      .array(z.string())
      .describe(
        'The lifecycles a person may begin with here: `application` by the form, `registration` by a link they were sent, …',
      ),
    terms,
    passwordRule: z.object({ minLength: z.int(), maxLength: z.int(), words: z.string() }),
    support: z.object({ email: z.string(), phone: z.string(), hours: z.string().describe('In words.') }),
    sender: z.object({ name: z.string(), address: z.string() }),
    privacyPolicy: z.object({ version: z.string(), url: z.string() }),
    languages: z.array(z.string()),
    signInBy: z.array(z.enum(['username', 'email'])).describe('What people sign in with.'),
    minimumAge: z.int(),
    promiseBusinessDays: z.int(),
    theme: z.object({ brand: z.string(), onBrand: z.string(), logo: z.string().nullable() }),
  })
  .meta({ id: 'PortalInfo' });
export type PortalInfo = z.output<typeof portalInfo>;

export const portalListItem = z
  .object({ id: z.string(), name: z.string(), timeZone: z.string(), policyVersion: z.int(), open: z.array(z.string()) })
  .meta({ id: 'PortalListItem' });
export type PortalListItem = z.output<typeof portalListItem>;

/** A password somebody is thinking of, and what of their own must not stand in it. */
export const passwordToAdviseOn = z.strictObject({
  password: z.string().max(1024),
  without: z.array(z.string().max(320)).max(20).default([]),
});

export const passwordAdvice = z
  .object({
    strength: z.enum(['weak', 'fair', 'good', 'strong']).describe('By zxcvbn; advice only.'),
    isCommon: z.boolean().describe('Many people use it: it would be refused.'),
  })
  .meta({ id: 'PasswordAdvice' });
export type PasswordAdvice = z.output<typeof passwordAdvice>;
