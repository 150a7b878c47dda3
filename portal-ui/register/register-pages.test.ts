import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { Problem, type ProblemCode, type ProblemExtra } from '../../contract/problems.ts';
import { harborviewInfo, typedOf, visitOf } from '../../test/support/visits.ts';
import type { Kept } from '../kept.ts';
import type { Page, Shown, Taken } from '../page.ts';
import { pages } from '../pages.ts';
import type { Visit } from '../visit.ts';
import { endedPage } from './ended-pages.tsx';
import { registerPages } from './register-pages.ts';
import type { Walk } from './steps.tsx';

const portal = {
  ...harborviewInfo,
  portal: 'maplestreet',
  name: 'Maple Street Family Practice',
  open: ['registration'],
};
const link = 'Qm7_xK2-pL9vT4sR8wZ1yB6nC3dF5gH0jM_aE7uXoI9';

const walk = (step: Walk['step'], more: Partial<Walk> = {}): Walk => ({
  step,
  steps: ['identification', step === 'verification' ? 'verification' : 'profile', 'disclaimer'],
  expiresAt: '2026-11-22T20:31:00.000Z',
  linkExpiresAt: '2026-12-05T20:31:00.000Z',
  ...more,
});

const questions = [
  { id: 'first_pet', text: 'Name of your first pet?' },
  { id: 'first_job', text: 'Town of your first job?' },
  { id: 'first_car', text: 'Model of your first car?' },
];
const offered = { count: 2, caseSensitive: false, data: questions, total: questions.length, totalIsCapped: false };

/** What the API answers, by the name of the route; a Problem is thrown. */
type Answers = Readonly<Record<string, unknown>>;

interface Asked {
  answers?: Answers;
  typed?: Record<string, string>;
  kept?: Kept;
  language?: 'en' | 'es';
}

function visitAt(path: string, { answers = {}, typed = {}, kept = {}, language = 'en' }: Asked) {
  const calls: { name: string; body: unknown }[] = [];
  const known: Answers = { listSecurityQuestions: offered, ...answers };
  const call = async ({ name }: { name: string }, input: { body?: unknown }) => {
    calls.push({ name, body: input.body });
    if (known[name] instanceof Problem) throw known[name];
    if (known[name] === undefined) throw new Error(`${name} was not to be called`);
    return known[name];
  };
  const visit = visitOf({
    portal,
    path,
    language,
    kept,
    typed: typedOf({ once: 'form-1', ...typed }),
    call: call as unknown as Visit['call'],
  });
  return { visit, calls };
}

function pageAt(path: string): Page {
  const page = registerPages.find((each) => each.path === path);
  if (!page) throw new Error(`no page at ${path}`);
  return page;
}

async function shows(path: string, asked: Asked = {}): Promise<Shown & { html: string }> {
  const { visit } = visitAt(path, asked);
  const errors: never[] = [];
  const shown = await pageAt(path).show(visit, { typed: visit.typed, errors });
  if ('to' in shown) throw new Error(`leads to ${shown.to}`);
  return { ...shown, html: renderToStaticMarkup(shown.body) };
}

async function takes(
  path: string,
  asked: Asked,
): Promise<{ taken: Taken; kept: Kept; calls: { name: string; body: unknown }[] }> {
  const { visit, calls } = visitAt(path, asked);
  const taken = await pageAt(path).take?.(visit);
  if (!taken) throw new Error(`${path} takes nothing`);
  return { taken, kept: visit.kept, calls };
}

const refused = (code: ProblemCode, extra: ProblemExtra = {}, errors?: Record<string, string>) =>
  new Problem(code, { extra, errors });
const notBegun = { readRegistration: refused('no_registration') };
const at = (step: Walk['step'], more?: Partial<Walk>) => ({ readRegistration: walk(step, more) });
const messages = (taken: Taken) =>
  'errors' in taken ? taken.errors.map(({ field, message }) => `${field}: ${message}`) : taken;

const identity = { firstName: 'Ben', lastName: 'Okafor', month: '7', day: '14', year: '1990', postalCode: '04101' };
const credentials = { username: 'ben.okafor', password: 'three blue cups on a shelf' };
const chosen = { question1: 'first_pet', answer1: 'Rex', question2: 'first_car', answer2: 'Beetle' };
const proofs = { proofs: ['answers', 'username'] as Walk['proofs'], questions: questions.slice(0, 2) };

/** Every page in every state that has words of its own. */
const states: [string, Asked][] = [
  ['/register', { answers: notBegun }],
  ['/register', { answers: at('profile') }],
  ['/register/run-out', {}],
  ['/register/unusable', {}],
  ['/register/identification', { answers: at('identification') }],
  ['/register/identification', { answers: at('identification'), kept: { registration: { isIdentified: true } } }],
  ['/register/profile', { answers: at('profile') }],
  ['/register/profile', { answers: at('profile'), kept: { registration: { username: 'ben', isTaken: true } } }],
  ['/register/verification', { answers: at('verification', proofs) }],
  ['/register/verification', { answers: at('verification', { proofs: ['username_and_password'] }) }],
  ['/register/verification', { answers: at('verification', { proofs: ['answers'], questions: [] }) }],
  ['/register/disclaimer', { answers: at('disclaimer') }],
  ['/register/done', { kept: { registered: { outcome: 'registered', username: 'ben' } } }],
  ['/register/done', { kept: { registered: { outcome: 'linked' } } }],
];

/** What is read; addresses are not. */
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\S+\/p\/\S+/g, ' ');

const partsOf = (html: string) => html.match(/<(h\d|p|li|label)\b/g)?.length ?? 0;

describe.each(states)('%s %#', (path, asked) => {
  it('has one heading of the first kind, leads to pages of ours, and its labels lead to fields', async () => {
    for (const language of ['en', 'es'] as const) {
      const { html, title } = await shows(path, { ...asked, language });
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toContain(`>${title.replaceAll("'", '&#x27;')}<`);
      for (const [, address = ''] of html.matchAll(/(?:href|action)="\/p\/maplestreet([^"#]*)/g)) {
        expect(pages.map((page) => page.path)).toContain(address);
      }
      for (const [, id = ''] of html.matchAll(/(?:href="#|for=")([^"]*)"/g)) expect(html).toContain(`id="${id}"`);
    }
  });

  it('says nothing in words that few people use, and is whole in Spanish, with usted', async () => {
    const [english, spanish] = [await shows(path, asked), await shows(path, { ...asked, language: 'es' })];
    expect(textOf(english.html)).not.toMatch(
      /\b(activat|credential|verif|token|invalid|expire|submit|enroll|MRN|proxy|provision)|{\w+}|undefined/i,
    );
    expect(spanish.title).not.toBe(english.title);
    expect(textOf(spanish.html)).not.toMatch(/(?<!\p{L})(tú|tus?|ti|tienes|puedes|necesitas|haz)(?!\p{L})|\{\w+\}/iu);
    expect(partsOf(spanish.html)).toBeGreaterThanOrEqual(partsOf(english.html));
  });
});

describe('the link', () => {
  it('is used by nothing but the button; what was pasted in part is told, and not sent', async () => {
    expect(messages((await takes('/register', { typed: { token: '' } })).taken)).toEqual([
      'token: Paste the link from our email',
    ]);
    const half = await takes('/register', { typed: { token: link.slice(3) } });
    expect(messages(half.taken)).toEqual([expect.stringMatching(/^token: This is not the whole link/)]);
    expect(half.calls).toEqual([]);
  });

  it('that works leads to the first step; what an earlier registration left is gone', async () => {
    const kept: Kept = { registered: { outcome: 'linked' }, registration: { username: 'a', isTaken: true } };
    const answers = { startRegistration: walk('identification') };
    const begun = await takes('/register', { typed: { token: `http://x/register#${link}` }, answers, kept });
    expect(begun).toEqual({
      taken: { to: '/p/maplestreet/register/identification' },
      kept: {},
      calls: [{ name: 'startRegistration', body: { token: link } }],
    });
  });

  it.each([
    ['expired', '/p/maplestreet/register/run-out'],
    ['unusable', '/p/maplestreet/register/unusable'],
  ] as const)('that is %s leads to a page of its own', async (reasonClass, to) => {
    const answers = { startRegistration: refused('link_not_accepted', { reasonClass }) };
    expect((await takes('/register', { typed: { token: link }, answers })).taken).toEqual({ to });
  });

  it('that has run out: nothing is lost, and how to get another', async () => {
    const { html } = await shows('/register/run-out');
    expect(textOf(html)).toMatch(/Nothing is lost\.\s+You can have a new link\. Call us at\s+617-555-0147/);
    expect(html).not.toContain('<input');
  });

  it('that does not work may have been locked; what helps comes first, and that is to call', async () => {
    const { html } = await shows('/register/unusable');
    expect(html).toContain('It was locked after too many tries that did not fit.');
    expect(html.indexOf('tel:')).toBeLessThan(html.indexOf('Use another link'));
  });
});

describe('the steps', () => {
  it('are three, each at an address of its own; another one leads to the one that is due', async () => {
    const { html } = await shows('/register/disclaimer', { answers: at('disclaimer') });
    expect(html).toContain('Step 3 of 3: terms');
    const { visit } = visitAt('/register/profile', { answers: at('identification') });
    expect(await pageAt('/register/profile').show(visit, { typed: visit.typed, errors: [] })).toEqual({
      to: '/p/maplestreet/register/identification',
    });
    const wrong = { identifyForRegistration: refused('wrong_step', { step: 'disclaimer' }) };
    expect((await takes('/register/identification', { typed: identity, answers: wrong })).taken).toEqual({
      to: '/p/maplestreet/register/disclaimer',
    });
  });

  it('that are done stay done, which is said from the second on', async () => {
    const saysSo = async (step: Walk['step'], more?: Partial<Walk>) =>
      textOf((await shows(`/register/${step}`, { answers: at(step, more) })).html).includes('Steps you have done');
    expect(await saysSo('identification')).toBe(false);
    expect(await saysSo('profile')).toBe(true);
    expect(await saysSo('verification', proofs)).toBe(true);
    expect(await saysSo('disclaimer')).toBe(true);
  });

  it.each([
    ['profile', 'chooseProfile', { ...credentials, ...chosen }],
    ['verification', 'verifyAccount', { proof: 'username', username: 'ben' }],
    ['disclaimer', 'completeRegistration', { acceptTerms: 'yes', termsVersion: '2026-1' }],
  ] as const)(
    'lead back from %s to who somebody is, where it is said why until it is answered',
    async (step, name, typed) => {
      const path = '/register/identification';
      const why = 'Please type these again';
      const answers = { ...at(step, step === 'verification' ? proofs : {}) };
      const back = { ...answers, [name]: refused('wrong_step', { step: 'identification' }) };
      const led = await takes(`/register/${step}`, { typed, answers: back });
      expect(led.taken).toEqual({ to: `/p/maplestreet${path}` });
      const asked = { answers: at('identification'), kept: led.kept };
      expect((await shows(path, asked)).html).toContain(why);
      expect((await shows(path, { ...asked, language: 'es' })).html).toContain('Escriba esto otra vez');
      const wrong = {
        ...at('identification'),
        identifyForRegistration: refused('identity_not_matched', { triesLeft: 3 }),
      };
      const { kept } = await takes(path, { typed: identity, answers: wrong, kept: led.kept });
      expect((await shows(path, { answers: at('identification'), kept })).html).not.toContain(why);
    },
  );

  it('lead back with the same words when a later page is only looked at; who comes for the first time reads none', async () => {
    const path = '/register/identification';
    const why = 'Please type these again';
    expect((await shows(path, { answers: at('identification') })).html).not.toContain(why);
    const answers = { identifyForRegistration: walk('profile') };
    const { kept } = await takes(path, { typed: identity, answers });
    expect((await shows(path, { answers: at('identification'), kept })).html).toContain(why);
    const begun = await takes('/register', {
      typed: { token: link },
      answers: { startRegistration: walk('identification') },
      kept,
    });
    expect(begun.kept).toEqual({});
  });

  it('that came to their end lead there, also by "Back"; without a registration there is a page that says how to begin', async () => {
    const kept: Kept = { registered: { outcome: 'linked' } };
    const over = { identifyForRegistration: refused('registration_ended', { reason: 'used' }) };
    expect((await takes('/register/identification', { typed: identity, answers: over, kept })).taken).toEqual({
      to: '/p/maplestreet/register/done',
    });
    await expect(shows('/register/profile', { answers: notBegun })).rejects.toMatchObject({ code: 'no_registration' });
  });

  it.each([
    ['superseded', 'Please begin again'],
    ['locked', 'Your link is locked'],
    ['expired', 'This link has run out'],
    ['used', 'You have finished already'],
    ['revoked', 'This link no longer works'],
    ['account_suspended', 'Please call us'],
    ['person_has_account', 'You have an account already'],
    ['under_age', 'You need to be 18 to register'],
    ['practice_closed', 'You cannot register for this office now'],
    ['record_unusable', 'Please call us to go on'],
    [undefined, 'The time for these steps is over'],
  ])('that ended by %s: %s, with a way on', async (reason, title) => {
    const answers = { readRegistration: refused('registration_ended', reason === undefined ? {} : { reason }) };
    const shown = await shows('/register/identification', { answers });
    expect(shown.title).toBe(title);
    expect(shown.html).toMatch(/href="(tel:|\/p\/maplestreet\/(register|sign-in)")/);
    const spanish = endedPage(visitOf({ portal, language: 'es' }), reason);
    expect(spanish.title).not.toBe(title);
    expect(textOf(renderToStaticMarkup(spanish.body))).not.toMatch(/{\w+}|undefined/);
  });
});

describe('who somebody is', () => {
  it('is asked whole: what is missing or cannot be is told at its field and costs no try', async () => {
    const nothing = await takes('/register/identification', {});
    expect(messages(nothing.taken)).toEqual([
      'firstName: Type your first name',
      'lastName: Type your last name',
      'm: Type your date of birth',
      'postalCode: Type your ZIP code, 5 numbers, like 12345',
    ]);
    expect(nothing.calls).toEqual([]);
  });

  it('that does not fit is told of the whole, with the tries that are left; the same form costs one try', async () => {
    const answers = { identifyForRegistration: refused('identity_not_matched', { triesLeft: 2 }) };
    const first = await takes('/register/identification', { typed: identity, answers });
    const told = ["who: This does not fit what your doctor's office has. You can try 2 more times"];
    expect(messages(first.taken)).toEqual(told);
    const again = await takes('/register/identification', { typed: identity, answers, kept: first.kept });
    expect(messages(again.taken)).toEqual(told);
    expect(again.calls).toEqual([]);
    const other = { typed: { ...identity, day: '15' }, answers, kept: first.kept };
    expect((await takes('/register/identification', other)).calls).toHaveLength(1);
  });

  it('that never fitted locks the link, and says what happens now', async () => {
    const answers = { identifyForRegistration: refused('identity_not_matched', { triesLeft: 0 }) };
    const { taken } = await takes('/register/identification', { typed: identity, answers });
    expect(taken).toMatchObject({ shown: { title: 'Your link is locked', status: 422 } });
  });
});

describe('the profile', () => {
  const typed = { ...credentials, ...chosen };

  it('sends what was chosen, and keeps neither the password nor an answer', async () => {
    const { taken, kept, calls } = await takes('/register/profile', {
      typed,
      answers: { chooseProfile: walk('disclaimer') },
    });
    expect(taken).toEqual({ to: '/p/maplestreet/register/disclaimer' });
    expect(kept).toEqual({ registration: { isIdentified: true, username: 'ben.okafor' } });
    expect(calls.at(-1)?.body).toEqual({
      ...credentials,
      securityQuestions: [
        { question: 'first_pet', answer: 'Rex' },
        { question: 'first_car', answer: 'Beetle' },
      ],
    });
  });

  it('names every wrong field', async () => {
    const wrong = { ...typed, username: '', question1: '', question2: 'first_car', answer2: ' ' };
    expect(messages((await takes('/register/profile', { typed: wrong })).taken)).toEqual([
      'user: Type a username',
      'question1: Choose question 1',
      'answer2: Type the answer to question 2',
    ]);
    const twice = { ...typed, question2: 'first_pet' };
    expect(messages((await takes('/register/profile', { typed: twice })).taken)).toEqual([
      'question2: Choose another question 2. You have this one already',
    ]);
    const foreign = { ...typed, question1: 'mothers_maiden_name' };
    expect(messages((await takes('/register/profile', { typed: foreign })).taken)).toEqual([
      'question1: Choose question 1',
    ]);
  });

  it.each([
    ['username_taken', {}, undefined, 'user: This username is taken. Add a word or number'],
    ['password_not_allowed', { reason: 'common' }, undefined, 'pass: Many people use this password. Choose another'],
    ['validation_failed', {}, { 'securityQuestions.1.answer': '…' }, /^answer2: Choose another answer/],
  ] as const)('tells %s at its field', async (code, extra, errors, message) => {
    const { taken } = await takes('/register/profile', {
      typed,
      answers: { chooseProfile: refused(code, extra, errors) },
    });
    expect(messages(taken)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  it('gives back what was typed, but no password', async () => {
    const { html } = await shows('/register/profile', { typed, answers: at('profile') });
    expect(html).toContain('value="Beetle"');
    expect(html).toContain('<option value="first_car" selected="">');
    expect(html).not.toContain('three blue cups');
  });

  it('says that the username was taken to whom the last step led back', async () => {
    const answers = { completeRegistration: refused('username_taken', { step: 'profile' }) };
    const kept: Kept = { registration: { username: 'ben.okafor' } };
    const back = await takes('/register/disclaimer', {
      typed: { acceptTerms: 'yes', termsVersion: '1' },
      answers,
      kept,
    });
    expect(back.taken).toEqual({ to: '/p/maplestreet/register/profile' });
    const shown = await shows('/register/profile', { answers: at('profile'), kept: back.kept });
    expect(shown.errors).toEqual([{ field: 'user', message: 'This username is taken. Add a word or number' }]);
    expect(shown.html).toContain('value="ben.okafor"');
  });

  it('asks no questions where the portal asks none', async () => {
    const none = { listSecurityQuestions: { ...offered, count: 0 } };
    const { html } = await shows('/register/profile', { answers: { ...at('profile'), ...none } });
    expect(html).not.toContain('<select');
    const answers = { ...none, chooseProfile: walk('disclaimer') };
    const { calls } = await takes('/register/profile', { typed: credentials, answers });
    expect(calls.at(-1)?.body).toEqual({ ...credentials, securityQuestions: [] });
  });
});

describe('the account that was found', () => {
  const walks = at('verification', proofs);
  const byAnswers = { proof: 'answers', answer1: 'Rex', answer2: 'Boston' };

  it('offers what the API offers, its own questions in the language of the page', async () => {
    const both = await shows('/register/verification', { answers: walks });
    expect(both.html.match(/type="radio"/g)).toHaveLength(2);
    expect(both.html).toContain('Name of your first pet?');
    expect(both.html).not.toContain('type="password"');
    const one = await shows('/register/verification', {
      answers: at('verification', { proofs: ['username_and_password'] }),
    });
    expect(one.html).not.toContain('type="radio"');
    expect(one.html).toContain('type="password"');
    const spanish = { listSecurityQuestions: { ...offered, data: [{ id: 'first_pet', text: '¿Su mascota?' }] } };
    expect((await shows('/register/verification', { answers: { ...walks, ...spanish } })).html).toContain(
      '¿Su mascota?',
    );
  });

  it('without any proof there is a telephone', async () => {
    const { html, title } = await shows('/register/verification', { answers: at('verification', { proofs: [] }) });
    expect(title).toBe('Please call us for the next step');
    expect(html).toContain('tel:');
    expect(html).not.toContain('<form');
  });

  it.each([
    [{}, ['proof: Choose one of these']],
    [{ proof: 'answers', answer1: 'Rex' }, ['answer2: Answer question 2']],
    [{ proof: 'username' }, ['user: Type your username']],
  ])('%j is not enough', async (typed, wrong) => {
    expect(messages((await takes('/register/verification', { typed, answers: walks })).taken)).toEqual(wrong);
  });

  it('is proven by the answers or by the username', async () => {
    const answers = { ...walks, verifyAccount: walk('disclaimer') };
    const first = await takes('/register/verification', { typed: byAnswers, answers });
    expect(first.taken).toEqual({ to: '/p/maplestreet/register/disclaimer' });
    expect(first.calls.at(-1)?.body).toEqual({ answers: ['Rex', 'Boston'] });
    const typed = { ...byAnswers, proof: 'username', username: 'ben', password: 'not asked for' };
    expect((await takes('/register/verification', { typed, answers })).calls.at(-1)?.body).toEqual({ username: 'ben' });
  });

  it('that does not fit: the tries that are left, and nothing that was typed is kept', async () => {
    const answers = { ...walks, verifyAccount: refused('verification_failed', { triesLeft: 2 }) };
    const first = await takes('/register/verification', { typed: byAnswers, answers });
    expect(messages(first.taken)).toEqual(['proof: This does not fit your account. You can try 2 more times']);
    expect(first.kept).toEqual({ refused: { once: 'form-1', triesLeft: 2 } });
    const again = await takes('/register/verification', { typed: byAnswers, answers, kept: first.kept });
    expect(messages(again.taken)).toEqual([expect.stringMatching(/^proof: This was sent before.* 2 more times$/)]);
    expect(again.calls.map(({ name }) => name)).toEqual(['readRegistration']);
    const last = { ...walks, verifyAccount: refused('verification_failed', { triesLeft: 0 }) };
    expect((await takes('/register/verification', { typed: byAnswers, answers: last })).taken).toMatchObject({
      shown: { title: 'Your link is locked' },
    });
  });
});

describe('the terms and the end', () => {
  const typed = { acceptTerms: 'yes', termsVersion: '2026-1' };

  it('are accepted by a tick; then the account is open, or shows one more practice', async () => {
    expect(messages((await takes('/register/disclaimer', {})).taken)).toEqual([
      'accept: Tick the box to accept the terms',
    ]);
    const answers = { completeRegistration: { outcome: 'registered', username: 'ben.okafor' } };
    const { taken, kept } = await takes('/register/disclaimer', { typed, answers });
    expect(taken).toEqual({ to: '/p/maplestreet/register/done' });
    expect((await shows('/register/done', { kept })).html).toContain('ben.okafor');
    const linked = { completeRegistration: { outcome: 'linked' } };
    const done = await takes('/register/disclaimer', { typed, answers: linked });
    expect((await shows('/register/done', { kept: done.kept })).title).toBe(
      "This doctor's office is in your account now",
    );
  });

  it('that have changed are shown anew', async () => {
    const answers = { completeRegistration: refused('terms_changed') };
    expect((await takes('/register/disclaimer', { typed, answers })).taken).toMatchObject({ status: 409 });
  });

  it('who is signed in already is led to the account, others to signing in', async () => {
    const kept: Kept = { registered: { outcome: 'linked' } };
    expect((await shows('/register/done', { kept })).html).toContain('/sign-in"');
    const { visit } = visitAt('/register/done', { kept });
    const shown = await pageAt('/register/done').show(
      { ...visit, hasAccountSession: true },
      { typed: visit.typed, errors: [] },
    );
    expect('body' in shown && renderToStaticMarkup(shown.body)).toContain('/p/maplestreet/account"');
  });
});
