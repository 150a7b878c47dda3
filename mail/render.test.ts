import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { contrastRatio } from '../domain/colour.ts';
import { languages } from '../domain/language.ts';
import { catalogue, mailTemplates } from './catalogue.ts';
import { renderMail } from './render.ts';
import { colours } from './render-html.ts';
import type { MailPolicy } from './surroundings.ts';
import type { MailData, MailTemplate } from './template-data.ts';
import { templates } from './templates/index.ts';

// The texts of the design's mails (look/mail-*.txt), as they must come out for the same facts.
const accessCodeText = `Subject: Your access code for Harborview MyHealth
From: Harborview MyHealth <myhealth@harborview.example>

YOU CAN OPEN YOUR ACCOUNT NOW

Hello,

Your application GH-7K3Q-M2XP is approved.
This is your access code:

    7K4M-Q2XH-9TDV-3RWB

It works once, until Friday, January 15, 2027, 10:14 am
(Eastern time).

Open your account:
https://myhealth.harborview.example/p/harborview/activate#7K4MQ2XH9TDV3RWB

Or go to this page and type the code:
https://myhealth.harborview.example/p/harborview/activate

There are 6 short steps. They take about 10 minutes:
1. Access code
2. Date of birth
3. Email address
4. Username and password
5. News by email: yes or no
6. Terms

Keep this code to yourself. Nobody from our team will ask you
for it.

--------------------------------
Questions? Call 617-555-0147, Monday to Friday, 8:30 am to 5 pm,
or write to help@harborview.example.

Was this not you? Tell us, and we stop it:
https://myhealth.harborview.example/p/harborview/not-me#wT3vJ8

We never ask for your password, by phone or by email.
This email comes from myhealth@harborview.example.
`;

const accountActivatedText = `Subject: Your Harborview MyHealth account is open
From: Harborview MyHealth <myhealth@harborview.example>

YOUR ACCOUNT IS OPEN

Hello,

Your account was opened on Saturday, November 21, 2026, 3:51 pm
(Eastern time).

Your access code is used up. From now on you sign in with the
username and the password you chose. They are not in this email.

Sign in:
https://myhealth.harborview.example/p/harborview/sign-in

You did not open it? Then tell us now with the link below. We
close the account to everyone until we have spoken to you.

--------------------------------
Questions? Call 617-555-0147, Monday to Friday, 8:30 am to 5 pm,
or write to help@harborview.example.

Was this not you? Tell us, and we stop it:
https://myhealth.harborview.example/p/harborview/not-me#wT3vJ8

We never ask for your password, by phone or by email.
This email comes from myhealth@harborview.example.
`;

const informationRequestedText = `Subject: Harborview MyHealth: please answer 2 questions
From: Harborview MyHealth <myhealth@harborview.example>

WE NEED AN ANSWER FROM YOU

Hello,

We are checking your application GH-7K3Q-M2XP. To go on, we
need to know:

1. Did you have another last name when you were last at our
   office? If so, which?
2. In which year were you last at our office? A guess is fine.

Please answer by Sunday, December 20, 2026. After that day we
close the application.

Answer here, with your reference and your date of birth, or
call us:
https://myhealth.harborview.example/p/harborview/status

Please do not reply to this email with your answers. Email is
not private enough.

--------------------------------
Questions? Call 617-555-0147, Monday to Friday, 8:30 am to 5 pm,
or write to help@harborview.example.

Was this not you? Tell us, and we stop it:
https://myhealth.harborview.example/p/harborview/not-me#wT3vJ8

We never ask for your password, by phone or by email.
This email comes from myhealth@harborview.example.
`;

const harborview: MailPolicy = {
  name: 'Harborview MyHealth',
  timeZone: 'America/New_York',
  locale: 'en-US',
  officeHours: { days: [1, 2, 3, 4, 5], open: '08:30', close: '17:00' },
  sender: { name: 'Harborview MyHealth', address: 'myhealth@harborview.example' },
  support: { email: 'help@harborview.example', phone: '+1 617 555 0147' },
  theme: { brand: '#1f4e79', onBrand: '#ffffff', logo: null },
};

const reference = 'GH-7K3Q-M2XP';
const questions = [
  'Did you have another last name when you were last at our office? If so, which?',
  'In which year were you last at our office? A guess is fine.',
];
const code = { reference, accessCode: '7K4M-Q2XH-9TDV-3RWB', expiresAt: '2027-01-15T15:14:00.000Z' };
const registrationLink = 'Qm7_xK2-pL9vT4sR8wZ1yB6nC3dF5gH0jM_aE7uXoI9';
const invitation = { reference, initial: 'B', registrationLink, expiresAt: '2026-12-06T15:14:00.000Z' };
const samples: MailData = {
  application_received: { reference, promisedBy: '2026-11-25T22:00:00.000Z' },
  information_requested: { reference, questions, answerBy: '2026-12-20T20:31:00.000Z' },
  information_reminder: { reference, questions, answerBy: '2026-12-20T20:31:00.000Z' },
  application_rejected: { reference, reason: 'not_a_patient', minimumAge: 18 },
  application_withdrawn: { reference, because: 'no_response', askedBy: '2026-12-20T20:31:00.000Z' },
  access_code: code,
  access_code_reissued: code,
  access_code_reminder: { ...code, daysLeft: 7 },
  access_code_expired: { reference, expiredAt: code.expiresAt },
  account_exists: {},
  account_activated: { openedAt: '2026-11-21T20:51:00.000Z' },
  promise_late: { reference, promisedBy: '2026-11-25T22:00:00.000Z', caseId: '0198c0de-0000-7000-8000-000000000001' },
  mailbox_code: { mailboxCode: '48210937' },
  email_changed: {},
  credentials_changed: { changedAt: '2026-11-21T20:51:00.000Z' },
  account_suspended: {},
  account_unlocked: {},
  registration_invitation: invitation,
  registration_resent: invitation,
  registration_reminder: { ...invitation, daysLeft: 7 },
  registration_expired: { reference, initial: 'B', expiredAt: invitation.expiresAt },
  registration_confirmation: { openedAt: '2026-11-21T20:51:00.000Z' },
  account_linked: { practice: 'Elm Avenue Pediatrics', linkedAt: '2026-11-21T20:51:00.000Z' },
};

const at = { policy: harborview, publicUrl: 'https://myhealth.harborview.example', portal: 'harborview' };

function render<T extends MailTemplate>(template: T, data: MailData[T] = samples[template], language = 'en') {
  return renderMail({ ...at, template, data, language, notMeToken: 'wT3vJ8' });
}

/** As the mock files show a mail: two header lines, then the text. */
const asInMock = ({ subject, from, text }: ReturnType<typeof render>) =>
  `Subject: ${subject}\nFrom: ${from.name} <${from.address}>\n\n${text}`;

describe('the mails of the design are met to the letter', () => {
  it('access_code', () => expect(asInMock(render('access_code'))).toBe(accessCodeText));
  it('account_activated', () => expect(asInMock(render('account_activated'))).toBe(accountActivatedText));
  it('information_requested', () => expect(asInMock(render('information_requested'))).toBe(informationRequestedText));
});

describe('every template in every language', () => {
  const all = mailTemplates.flatMap((template) => languages.map((language) => ({ template, language })));

  it.each(all)('$template in $language is whole', ({ template, language }) => {
    const { subject, html, text, from } = render(template, undefined, language);
    expect(from).toEqual(harborview.sender);
    expect(subject).not.toMatch(/[\r\n]|undefined|null/);
    expect(`${text}${html}`).not.toMatch(/undefined|\[object|Invalid Date|NaN/);
    expect(html).toContain(`<html lang="${language}" dir="ltr">`);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).not.toMatch(/<(img|script|table|iframe|form|link)\b/);
    expect(text).toMatch(language === 'es' ? /^Hola:$/m : /^Hello,$/m);
  });

  it.each(all)(
    '$template in $language keeps its lines within 66 columns, addresses apart',
    ({ template, language }) => {
      const lines = render(template, undefined, language).text.split('\n');
      expect(lines.filter((line) => line.length > 66 && !line.startsWith('https://'))).toEqual([]);
      expect(lines.filter((line) => / $/.test(line))).toEqual([]);
    },
  );

  it.each(all)('$template in $language links only to our own address', ({ template, language }) => {
    const { html, text } = render(template, undefined, language);
    const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');
    const elsewhere =
      /^(https:\/\/myhealth\.harborview\.example\/(p\/harborview|admin)\/|tel:\+16175550147$|mailto:help@harborview\.example$)/;
    expect(hrefs.filter((href) => !elsewhere.test(href))).toEqual([]);
    const written = text.match(/https?:\/\/\S+/g) ?? [];
    expect(written.filter((href) => !elsewhere.test(href))).toEqual([]);
  });

  it.each(all)('$template in $language has the foot its catalogue entry says', ({ template, language }) => {
    const { html, text } = render(template, undefined, language);
    for (const form of [html, text]) {
      expect(form.includes('/not-me#wT3vJ8')).toBe(catalogue[template].hasNotMeFoot);
      expect(form.includes('617-555-0147')).toBe(catalogue[template].hasNotMeFoot);
    }
  });

  it('has a file of its own, and Spanish words of its own', () => {
    const files = readdirSync(new URL('./templates/', import.meta.url)).filter((file) => file !== 'index.ts');
    expect(files.map((file) => file.replace('.ts', '').replaceAll('-', '_')).sort()).toEqual([...mailTemplates].sort());
    for (const template of mailTemplates) {
      expect(templates[template].es.heading).not.toBe(templates[template].en.heading);
      const inSpanish = { ...samples[template], ...('questions' in samples[template] && { questions: ['¿Cuál?'] }) };
      expect(render(template, inSpanish as never, 'es').text).not.toMatch(/\b(your|you|please|until|call us)\b/i);
    }
  });

  it('avoids the words people stumble over (look/patient.md, "Not")', () => {
    for (const template of mailTemplates.filter((each) => catalogue[each].to === 'person')) {
      const { subject, text } = render(template);
      const words = `${subject}\n${text.replace(/https?:\S+/g, '')}`;
      expect(words).not.toMatch(
        /\b(activate|credentials|verify|token|invalid|expired|submit|portal|enrollment|MRN|proxy)\b/i,
      );
    }
  });

  it('no subject says whose mail it is; only the one to staff names a case', () => {
    for (const { template, language } of all) {
      const { subject } = render(template, undefined, language);
      expect(subject).not.toMatch(/7K4M|48210937|Qm7|Elm|@/);
      expect(subject.includes(reference)).toBe(template === 'promise_late');
    }
  });
});

describe('wording that depends on the facts', () => {
  it('counts', () => {
    expect(render('information_requested', { ...samples.information_requested, questions: ['Why?'] }).subject).toBe(
      'Harborview MyHealth: please answer 1 question',
    );
    const reminder = (daysLeft: number) => render('access_code_reminder', { ...code, daysLeft }).subject;
    expect(reminder(30)).toBe('Harborview MyHealth: 30 days left for your access code');
    expect(reminder(1)).toBe('Harborview MyHealth: 1 day left for your access code');
    expect(reminder(0)).toBe('Harborview MyHealth: your access code runs out soon');
    const toRegister = (daysLeft: number, language = 'en') =>
      render('registration_reminder', { ...invitation, daysLeft }, language).subject;
    expect(toRegister(7)).toBe('Harborview MyHealth: 7 days left to register');
    expect(toRegister(1)).toBe('Harborview MyHealth: 1 day left to register');
    expect(toRegister(0)).toBe('Harborview MyHealth: your link to register runs out soon');
    expect(toRegister(1, 'es')).toBe('Harborview MyHealth: queda 1 día para registrarse');
  });

  it('the reason chooses the words; a grave one is never named', () => {
    const rejected = (reason: MailData['application_rejected']['reason']) =>
      render('application_rejected', { reference, reason, minimumAge: 21 }).text;
    expect(rejected('under_age')).toContain('You need to be 21.');
    expect(rejected('duplicate_of_account')).toContain('/p/harborview/sign-in');
    expect(rejected('suspected_fraud')).toBe(rejected('other'));
    expect(rejected('deceased')).toBe(rejected('other'));
    expect(rejected('record_confidential')).toBe(rejected('other'));
  });

  it('withdrawn: by the person, or left unanswered by a day', () => {
    const byPerson = render('application_withdrawn', { reference, because: 'by_applicant' }).text;
    expect(byPerson).toContain(`You asked us to stop ${reference}.`);
    expect(render('application_withdrawn').text).toContain(`We got no answer for ${reference} by Sunday, December 20,`);
  });

  it('an expired code that only the office can renew sends nobody to the page', () => {
    const { text } = render('access_code_expired', { ...samples.access_code_expired, canRenew: false });
    expect(text).not.toContain('/status');
  });

  it('a registration mail says whom it is for by an initial, and what to have ready', () => {
    for (const template of ['registration_invitation', 'registration_resent', 'registration_reminder'] as const) {
      const { html } = render(template);
      expect(html).toContain('first name begins with B, and for nobody else.');
      expect(html).toContain('first name, last name, date of birth and ZIP code, exactly as');
      expect(render(template, undefined, 'es').html).toContain('cuyo primer nombre empieza con B, y para nadie más.');
    }
    expect(render('registration_expired').html).toContain('first name begins with B,');
    expect(render('registration_invitation', { ...invitation, initial: '' }).html).not.toContain('begins with');
    expect(render('registration_resent').text).toContain('The old one no longer works.');
  });

  it('a link that ran out: whom to call, when, and what to say', () => {
    const text = render('registration_expired').text.split('--------')[0]?.replace(/\n/g, ' ');
    expect(text).toContain(
      `Call us at 617-555-0147, Monday to Friday, 8:30 am to 5 pm, and say your reference ${reference}.`,
    );
    expect(text).not.toContain('https://');
  });

  it('an office added to an account is named where it is known', () => {
    const { linkedAt } = samples.account_linked;
    const linked = (practice: string | null, language = 'en') =>
      render('account_linked', { practice, linkedAt }, language).text;
    expect(linked('Elm Avenue Pediatrics')).toContain('Elm Avenue Pediatrics was added to your account on Saturday,');
    expect(linked(null)).toContain('A doctor’s office was added to your account on Saturday,');
    expect(linked(null, 'es')).toContain('Un consultorio se agregó a su cuenta el sábado');
    expect(linked('www.evil.example')).not.toContain('www.evil');
  });

  it('a language we do not write becomes English; a regional tag its language', () => {
    expect(render('access_code', undefined, 'pt-BR').html).toContain('<html lang="en"');
    expect(render('access_code', undefined, 'es-MX').html).toContain('<html lang="es"');
  });
});

describe('secrets', () => {
  it('the code is in the fragment, which no server sees, and nowhere else in an address', () => {
    const { html, text } = render('access_code');
    expect(html).toContain('/p/harborview/activate#7K4MQ2XH9TDV3RWB"');
    expect(text).not.toMatch(/https?:[^#\s]*7K4M/);
  });

  it('the registration link is in the fragment, in the button and written out to copy', () => {
    for (const template of ['registration_invitation', 'registration_resent', 'registration_reminder'] as const) {
      for (const language of languages) {
        const { html, text } = render(template, undefined, language);
        expect(html.split(`/p/harborview/register#${registrationLink}"`)).toHaveLength(3);
        expect(html).toContain(`/<wbr>register#${registrationLink}</a></p>`);
        expect(text).toContain(`\nhttps://myhealth.harborview.example/p/harborview/register#${registrationLink}\n`);
        expect(`${html}${text}`).not.toMatch(/https?:[^#\s]*Qm7_/);
      }
    }
  });

  it('a preview shows the registration page without its fragment, even when handed the secret', () => {
    for (const template of ['registration_invitation', 'registration_resent', 'registration_reminder'] as const) {
      const preview = { ...at, template, language: 'en', secret: 'dots' } as const;
      const { registrationLink: _left, ...withoutLink } = samples[template];
      for (const { subject, html, text } of [
        renderMail({ ...preview, data: samples[template] }),
        renderMail({ ...preview, data: withoutLink }),
      ]) {
        for (const form of [subject, html, text]) {
          expect(form).not.toContain('Qm7_');
          expect(form).not.toMatch(/register#|undefined|•/);
        }
        expect(html).toContain('href="https://myhealth.harborview.example/p/harborview/register"');
        expect(text).toContain('\nhttps://myhealth.harborview.example/p/harborview/register\n');
      }
    }
  });

  it('a preview shows dots and no fragment, even when handed the secret', () => {
    for (const template of ['access_code', 'access_code_reissued', 'access_code_reminder', 'mailbox_code'] as const) {
      const { subject, html, text } = renderMail({
        ...at,
        template,
        data: samples[template],
        language: 'en',
        secret: 'dots',
      });
      for (const form of [subject, html, text]) {
        expect(form).not.toMatch(/7K4M|48210937/);
        expect(form).not.toContain('activate#');
      }
      expect(text).toContain(template === 'mailbox_code' ? '••••••••' : '••••-••••-••••-••••');
    }
  });

  it('a mail whose secret is missing is not rendered at all', () => {
    const data = { ...code, accessCode: '' };
    expect(() => renderMail({ ...at, template: 'access_code', data, language: 'en' })).toThrow('without its secret');
    const invited = { ...invitation, registrationLink: '' };
    expect(() => renderMail({ ...at, template: 'registration_invitation', data: invited, language: 'en' })).toThrow(
      'without its secret',
    );
  });
});

describe('what people typed is inert', () => {
  const nasty = [
    '<script>alert(1)</script> & "quoted"',
    'Go to https://evil.example/login or www.evil.example or evil.example',
    'write to mallory@evil.example, javascript:alert(1)',
    '\u202egnp.exe\u202c \u2067right to left\u2069 שלום \u0007\u0000',
  ].join('\n');

  it.each(['message', 'questions'] as const)('in %s', (where) => {
    const data = {
      reference,
      questions: where === 'questions' ? [nasty] : ['Why?'],
      answerBy: '2026-12-20T20:31:00.000Z',
    };
    const { html, text } = render('information_requested', where === 'message' ? { ...data, message: nasty } : data);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('&quot;quoted&quot;');
    for (const form of [html, text]) {
      expect(form).not.toMatch(/evil\.example|https:\/\/evil|mallory@evil|javascript:alert|www\.evil/);
      expect(form).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect(form.replace(/\n/g, '')).not.toMatch(/\p{Cc}/u);
      expect(form.replaceAll('\u2060', '')).toContain('mallory@evil.example');
      expect(form).toContain('שלום');
    }
  });

  it('plain sentences, times and numbers read as typed, without a single joiner', () => {
    const message = 'Please bring a photo ID. We are open until 5 pm.\n\nThank you.';
    const { html, text } = render('access_code', { ...code, message });
    expect(text).toContain('Please bring a photo ID. We are open until 5 pm.\n\nThank you.');
    expect(html).toContain('>Please bring a photo ID. We are open until 5 pm.</p>');
    expect(html).not.toContain('\u2060');
  });

  it('a message shows in every mail that a decision sends', () => {
    const message = 'We spoke on the phone.';
    for (const template of [
      'information_requested',
      'application_rejected',
      'application_withdrawn',
      'access_code',
      'access_code_reissued',
      'access_code_expired',
      'registration_invitation',
      'registration_resent',
      'registration_expired',
    ] as const) {
      for (const language of languages) {
        const { html, text } = renderMail({
          ...at,
          template,
          data: { ...samples[template], message } as never,
          language,
        });
        expect(text).toContain(message);
        expect(html).toContain(message);
      }
    }
  });

  it('a policy cannot write markup, styles or headers', () => {
    const policy = {
      ...harborview,
      name: 'A & B <b>\r\nBcc: x',
      sender: { name: 'A\r\nBcc: x', address: 'a@b.example' },
      theme: { brand: 'red;background:url(https://evil.example)', onBrand: '#fff', logo: null },
    };
    const { subject, html, from } = renderMail({ ...at, policy, template: 'access_code', data: code, language: 'en' });
    expect(`${subject}${from.name}`).not.toMatch(/[\r\n]/);
    expect(html).toContain('A &amp; B &lt;b&gt; Bcc: x');
    expect(html).not.toContain('evil');
  });
});

describe('contrast', () => {
  const { light, dark } = colours;
  it.each([
    ['ink', light.ink, light.page, 7],
    ['soft', light.soft, light.page, 7],
    ['link', light.link, light.page, 7],
    ['border', light.border, light.page, 3],
    ['dark ink', dark.ink, dark.page, 7],
    ['dark soft', dark.soft, dark.page, 7],
    ['dark link', dark.link, dark.page, 7],
    ['dark border', dark.border, dark.page, 3],
  ])('%s is readable', (_name, foreground, background, atLeast) => {
    expect(contrastRatio(foreground, background)).toBeGreaterThanOrEqual(atLeast);
  });
});
