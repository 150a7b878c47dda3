import type { PortalInfo } from '../../contract/schemas/portal.ts';
import type { Typed, Visit } from '../../portal-ui/visit.ts';

/** A portal as its pages know it. */
export const harborviewInfo: PortalInfo = {
  portal: 'harborview',
  name: 'Harborview MyHealth',
  locale: 'en-US',
  timeZone: 'America/New_York',
  open: ['application'],
  terms: { version: '2026-1', title: 'Terms and Conditions', text: 'Be kind.\n\nStay well.', sha256: '' },
  passwordRule: { minLength: 15, maxLength: 128, words: '15 to 128 characters.' },
  support: { email: 'help@harborview.example', phone: '+1 617 555 0147', hours: 'Monday to Friday, 8:30 am to 5 pm' },
  sender: { name: 'Harborview MyHealth', address: 'myhealth@harborview.example' },
  privacyPolicy: { version: '2026-1', url: 'https://www.harborview.example/privacy' },
  languages: ['en', 'es'],
  minimumAge: 18,
  signInBy: ['username'],
  promiseBusinessDays: 5,
  theme: { brand: '#0b5563', onBrand: '#ffffff', logo: null },
};

/** What was typed, by field name. */
export function typedOf(fields: Readonly<Record<string, string | readonly string[]>>): Typed {
  const all = (name: string): readonly string[] => [fields[name] ?? []].flat();
  const raw = (name: string) => all(name)[0] ?? '';
  return { all, raw, text: (name) => raw(name).trim(), names: () => Object.keys(fields) };
}

/** A look at a page of Harborview, for pages that make no call. */
export function visitOf(changes: Partial<Visit> = {}): Visit {
  const language = changes.language ?? 'en';
  return {
    portal: harborviewInfo,
    site: 'https://myhealth.harborview.example',
    language,
    locale: `${language}-US`,
    textSize: 'normal',
    path: '/',
    query: new URLSearchParams(),
    typed: typedOf({}),
    formKey: 'a-fresh-key',
    formToken: 'a-token',
    now: new Date('2026-11-21T20:31:00.000Z'),
    kept: {},
    hasAccountSession: false,
    call: async ({ name }) => {
      throw new Error(`${name} was not to be called`);
    },
    ...changes,
  };
}
