import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApplicationState } from '../../domain/application/lifecycle.ts';
import { notMeToken } from '../../store/not-me.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { openReader, type PageReader, type ReadPage, type TypedFields } from '../support/page-reader.ts';

// What comes after applying, in the hosted pages as a browser without script has them.

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
afterEach(() => api.forgetLimits());

const base = `/p/${harborview}`;

const reader = (speaks = 'en-US,en;q=0.9'): PageReader =>
  openReader({ url: api.url, origin: api.dependencies.settings.publicOrigin, speaks });

const formOf = (page: ReadPage) => Object.fromEntries(page.forms.find(({ id }) => id === 'page')?.values ?? []);

const errorsOf = (page: ReadPage) => page.errors.map(({ field, message }) => `${field}: ${message}`);

const password = 'seven lanterns over quiet water';
let people = 0;

/** A case whose code was mailed, and a browser that has not typed it yet. */
async function withCode(speaks?: string) {
  people += 1;
  const { id: caseId, email } = await api.house.caseIn('code_sent', { email: `walks.${people}@mail.example` });
  const code = await api.secretOf('access_code', caseId);
  return { caseId, email, code, username: `brightwater${people}`, browser: reader(speaks) };
}

const born = { month: '2', day: '29', year: '1984' };

/** What is typed at each step, in order. */
const steps = (username: string): readonly [step: string, typed: TypedFields][] => [
  ['identity', born],
  ['email', { keep: 'yes' }],
  ['credentials', { username, password }],
  ['notifications', { optIn: 'yes' }],
  ['terms', { acceptTerms: 'yes' }],
];

/** Types the code and goes on as far as a step; answers its page. */
async function walksTo(step: string, walk: Awaited<ReturnType<typeof withCode>>): Promise<ReadPage> {
  let page = await walk.browser.sends(await walk.browser.opens(`${base}/activate`), { accessCode: walk.code });
  for (const [name, typed] of steps(walk.username)) {
    expect(page.address).toBe(`${base}/activate/${name}`);
    if (name === step) return page;
    page = await walk.browser.sends(page, typed);
  }
  return page;
}

const codeRow = async (caseId: string) =>
  (await api.house.query('SELECT tries, ended_as FROM secrets WHERE case_id = $1', [caseId]))[0];

describe('opening the account', () => {
  it('takes six steps, told on each page, and ends with the way in', async () => {
    const walk = await withCode();
    const { browser, caseId, code, username } = walk;
    let page = await browser.opens(`${base}/activate`);
    expect([page.address, page.heading]).toEqual([`${base}/activate/code`, 'Type your access code']);
    const seen = [page];
    page = await browser.sends(page, { accessCode: code.toLowerCase().replaceAll('-', ' ') });
    for (const [, typed] of steps(username)) {
      seen.push(page);
      page = await browser.sends(page, typed);
    }
    expect(seen.map(({ text }) => /Step \d of 6: [a-z ]*[a-z]/.exec(text)?.[0]?.slice(0, 12))).toEqual(
      [1, 2, 3, 4, 5, 6].map((step) => `Step ${step} of 6:`),
    );
    expect(seen.map(({ heading }) => heading)).toEqual([
      'Type your access code',
      'When were you born?',
      'Is this still your email address?',
      'Choose a username and a password',
      'Should we email you when there is something new?',
      'Read and accept the terms',
    ]);
    expect([page.address, page.heading]).toEqual([`${base}/activate/done`, 'Your account is open']);
    expect(page.text).toContain(username);
    expect(await api.house.row(caseId)).toMatchObject({ state: 'activated' });
    for (const { html } of seen) expect(html).not.toContain(walk.email);
    for (const address of browser.addresses) expect(address).toMatch(/^\/p\/harborview\/activate[a-z/-]*$/);
  });

  it('looking at pages uses nothing up, however often: a mail scanner opens every link', async () => {
    const walk = await withCode();
    for (let looks = 0; looks < 8; looks += 1) {
      for (const path of [
        '/activate',
        '/activate/code',
        '/activate/identity',
        '/activate/terms',
        '/not-me',
        '/status',
      ]) {
        await reader().opens(`${base}${path}`);
        await walk.browser.opens(`${base}${path}`);
      }
    }
    expect(await codeRow(walk.caseId)).toEqual({ tries: 0, ended_as: null });
    expect((await walksTo('identity', walk)).status).toBe(200);
  });

  it('a code that is not accepted: three things to check, what was typed stays; its form is judged before it costs a try', async () => {
    const { browser, caseId, code } = await withCode();
    const page = await browser.opens(`${base}/activate/code`);
    for (const [typed, message] of [
      ['', 'Type your access code'],
      ['7K4M-Q2XH', 'It has 16 letters and numbers. You typed 8'],
      [`${code}7`, 'It has 16 letters and numbers. You typed 17'],
    ] as const) {
      const refused = await browser.sends(page, { accessCode: typed });
      expect([refused.status, refused.errors]).toEqual([422, [{ field: 'code', message }]]);
      expect(formOf(refused).accessCode).toBe(typed);
    }
    expect(await codeRow(caseId)).toMatchObject({ tries: 0 });
    const wrong = `${code.slice(0, 10)}${code.slice(10) === '0000-0000' ? '1111-1111' : '0000-0000'}`;
    const refused = await browser.sends(page, { accessCode: wrong });
    expect(refused.errors).toEqual([{ field: 'code', message: 'This code did not work. Below are 3 things to check' }]);
    for (const hint of ['Is every letter right?', 'Is it too old?', 'Have you used it before?']) {
      expect(refused.text).toContain(hint);
    }
    expect(formOf(refused).accessCode).toBe(wrong);
  });

  it('every step out of turn leads to the one that is due; a reload shows it again', async () => {
    const walk = await withCode();
    const { browser } = walk;
    for (const [step, typed] of steps(walk.username)) {
      const page = step === 'identity' ? await walksTo(step, walk) : await browser.opens(`${base}/activate`);
      expect(page.address).toBe(`${base}/activate/${step}`);
      expect((await browser.opens(page.address)).heading).toBe(page.heading);
      for (const [other] of steps('')) {
        expect((await browser.opens(`${base}/activate/${other}`)).address).toBe(page.address);
      }
      await browser.sends(page, typed);
      expect((await browser.sends(page, typed)).status).toBeLessThan(400); // the same page sent once more
    }
    expect((await browser.opens(`${base}/activate/done`)).heading).toBe('Your account is open');
  });

  it('a date of birth that does not fit says how often one may try; the same press again costs nothing; the last one locks', async () => {
    const walk = await withCode();
    const { browser, caseId } = walk;
    let page = await walksTo('identity', walk);
    for (let left = 4; left > 0; left -= 1) {
      const typed = { ...born, day: String(left) };
      const refused = await browser.sends(page, typed);
      const message = `February ${left}, 1984 does not fit this code. You can try ${left} more time${left === 1 ? '' : 's'}`;
      expect([refused.status, refused.errors]).toEqual([422, [{ field: 'm', message }]]);
      expect(formOf(refused)).toMatchObject({ month: '2', day: String(left), year: '1984' });
      const again = await browser.sends(page, typed);
      expect(again.errors).toEqual(refused.errors);
      page = refused;
    }
    const locked = await browser.sends(page, { ...born, day: '28' });
    expect(locked.heading).toBe('Your access code is locked');
    expect(locked.text).toContain('617-555-0147');
    expect((await browser.opens(`${base}/activate/identity`)).heading).toBe('Your access code is locked');
    expect(await codeRow(caseId)).toMatchObject({ ended_as: 'burned' });
  });

  it('the same code in another browser ends the walk in the first, which is told where to begin', async () => {
    const walk = await withCode();
    const page = await walksTo('credentials', walk);
    await walksTo('identity', { ...walk, browser: reader() });
    const over = await walk.browser.sends(page, { username: walk.username, password });
    expect([over.status, over.heading]).toEqual([401, 'Please start again']);
    expect(over.links).toContainEqual({ to: `${base}/activate`, words: 'Type my code again' });
    expect((await walk.browser.opens(`${base}/activate`)).address).toBe(`${base}/activate/code`);
  });

  it('without a walk every step says to start with the code', async () => {
    for (const [step] of steps('')) {
      const page = await reader().opens(`${base}/activate/${step}`);
      expect([page.status, page.heading]).toEqual([401, 'Please start with your access code']);
    }
    expect((await reader().opens(`${base}/activate/done`)).address).toBe(`${base}/activate/code`);
  });

  it('a form without proof does nothing at any step, and gives no password back', async () => {
    const walk = await withCode();
    const { browser } = walk;
    const opened = await browser.opens(`${base}/activate`);
    const evil = { headers: { origin: 'https://evil.example' } };
    const oldToken = { form: 'x'.repeat(43) };
    let page = opened;
    for (const [step, typed] of [['code', { accessCode: walk.code }] as const, ...steps(walk.username)]) {
      const foreign = await browser.sends(page, typed, evil);
      expect([step, foreign.status, foreign.heading]).toEqual([step, 403, page.heading]);
      expect(foreign.html).not.toContain(password);
      const refused = await browser.sends(page, { ...typed, ...oldToken });
      expect([step, refused.status, refused.heading]).toEqual([step, 403, page.heading]);
      expect(refused.text).toContain('This page was open too long');
      expect(refused.html).not.toContain(password);
      const given = Object.entries(typed).filter(([name]) => name !== 'password');
      expect(formOf(refused)).toMatchObject(Object.fromEntries(given));
      page = await browser.sends(refused, typed);
    }
    expect(page.heading).toBe('Your account is open');
  });

  it('says what is wrong with a username or password, and keeps the one that is right', async () => {
    const taken = await withCode();
    await walksTo('', taken);
    const walk = await withCode();
    const { browser } = walk;
    const page = await walksTo('credentials', walk);
    const wrong: [TypedFields, [field: string, message: string][]][] = [
      [
        {},
        [
          ['user', 'Type a username'],
          ['pass', 'Choose a password of 15 letters or more. Yours has 0'],
        ],
      ],
      [{ username: 'a@b', password }, [['user', 'A username has no @ sign']]],
      [{ username: walk.code, password }, [['user', 'This username looks like an access code']]],
      [
        { username: taken.username.toUpperCase(), password },
        [['user', 'This username is taken. Add a word or number']],
      ],
      [
        { username: walk.username, password: 'too short' },
        [['pass', 'Choose a password of 15 letters or more. Yours has 9']],
      ],
      [
        { username: walk.username, password: `${walk.username} and more words` },
        [
          [
            'pass',
            expect.stringContaining(
              'Leave your name, username, email name and Harborview MyHealth out of the password',
            ) as unknown as string,
          ],
        ],
      ],
    ];
    for (const [typed, errors] of wrong) {
      const refused = await browser.sends(page, typed);
      const expected = errors.map(([field, message]) => ({ field, message }));
      expect([typed.username, refused.status, refused.errors]).toEqual([typed.username, 422, expected]);
      expect(formOf(refused)).toMatchObject({ username: typed.username ?? '', password: '' });
    }
  });

  it('the terms have to be accepted as they stand', async () => {
    const walk = await withCode();
    const { browser } = walk;
    const page = await walksTo('terms', walk);
    expect(page.text).toContain('You agree to look after your password.');
    const spanish = await browser.sends(page, {}, { button: 'lang:es' });
    expect(spanish.text).toContain('He leído las condiciones en inglés y acepto ese texto');
    await browser.sends(spanish, {}, { button: 'lang:en' });
    const unticked = await browser.sends(page);
    expect(unticked.errors).toEqual([{ field: 'accept', message: 'Tick the box to accept the terms' }]);
    const old = await browser.sends(page, { acceptTerms: 'yes', termsVersion: '2025-9' });
    expect([old.status, old.errors[0]?.message]).toEqual([409, 'The terms have changed. Please read the new ones']);
    expect(formOf(old)).not.toHaveProperty('acceptTerms');
    expect((await browser.sends(old, { acceptTerms: 'yes' })).heading).toBe('Your account is open');
    expect((await browser.sends(page, { acceptTerms: 'yes' })).heading).toBe('Your account is open');
    expect((await browser.opens(`${base}/activate/terms`)).heading).toBe('Your account is open');
  });

  it('a code of more than a day, or another address, needs the 8 numbers of a mailbox', async () => {
    const walk = await withCode();
    const { browser, caseId } = walk;
    await api.house.query(`UPDATE secrets SET issued_at = issued_at - interval '25 hours' WHERE case_id = $1`, [
      caseId,
    ]);
    const page = await browser.sends(await walksTo('email', walk), { keep: 'yes' });
    expect([page.address, page.heading]).toEqual([
      `${base}/activate/email-code`,
      'Type the 8 numbers we just emailed you',
    ]);
    const numbers = await api.secretOf('mailbox_code', caseId);
    const wrongNumbers = numbers === '00000000' ? '11111111' : '00000000';
    expect((await browser.sends(page, {})).errors[0]?.message).toBe('Type the 8 numbers from our email');
    const refused = await browser.sends(page, { code: wrongNumbers });
    expect(refused.errors[0]?.message).toBe('These are not right. Use the newest email. You can try 4 more times');
    const soon = await browser.sends(refused, {}, { form: '/activate/email-codes' });
    expect([soon.status, soon.errors[0]?.message]).toEqual([429, 'We emailed you a moment ago. Wait a minute']);
    const next = await browser.sends(refused, { code: `${numbers.slice(0, 4)} ${numbers.slice(4)}` });
    expect(next.address).toBe(`${base}/activate/credentials`);
  });

  it('in Spanish as well', async () => {
    const walk = await withCode('es');
    const { browser } = walk;
    const headings: string[] = [];
    let page = await browser.sends(await browser.opens(`${base}/activate`), { accessCode: walk.code });
    for (const [, typed] of steps(walk.username)) {
      headings.push(page.heading);
      expect(page.language).toBe('es');
      page = await browser.sends(page, typed);
    }
    expect(new Set([...headings, page.heading]).size).toBe(6);
    expect(headings.join(' ')).not.toMatch(/\b(the|you|your)\b/i);
    expect(await api.house.row(walk.caseId)).toMatchObject({ state: 'activated' });
  });
});

/** Types reference and date of birth. */
async function looksAt(browser: PageReader, reference: string, typed: TypedFields = born): Promise<ReadPage> {
  return browser.sends(await browser.opens(`${base}/status`), { reference, ...typed });
}

describe('following an application', () => {
  const headings: Record<ApplicationState, string> = {
    submitted: 'We have your application',
    in_review: 'We are checking your application',
    waiting_on_applicant: 'We need an answer from you',
    approved: 'Your application is approved',
    code_sent: 'You can open your account now',
    expired: 'Your access code has run out',
    activated: 'Your account is open',
    rejected: 'This application is closed',
    withdrawn: 'This application is closed',
    closed: 'This application is closed',
  };

  it.each(Object.entries(headings))(
    '%s: “%s”, in both languages, without a name or an address',
    async (state, heading) => {
      const { reference, email } = await api.house.caseIn(state as ApplicationState);
      const page = await looksAt(reader(), reference.toLowerCase().replaceAll('-', ' '));
      expect([page.status, page.address, page.heading]).toEqual([200, `${base}/status/where`, heading]);
      expect(page.text).toContain(`Application ${reference}`);
      const spanish = await looksAt(reader('es'), reference);
      expect([spanish.language, spanish.text.includes(heading)]).toEqual(['es', false]);
      for (const { html } of [page, spanish]) {
        expect(html).not.toContain(email);
        expect(html).not.toMatch(/\bAda\b|Ferris/);
      }
      const offers = page.links.map(({ to }) => to.replace(base, ''));
      const isOver = ['activated', 'rejected', 'withdrawn', 'closed'].includes(state);
      expect(offers.includes('/status/stop')).toBe(!isOver);
    },
  );

  it('what does not belong together finds nothing, alike whatever is wrong', async () => {
    const { reference } = await api.house.caseIn('submitted');
    const unknown = await looksAt(reader(), 'GH-0000-0000');
    const wrongDate = await looksAt(reader(), reference, { ...born, day: '28' });
    const message = 'ref: We cannot find an application with this reference and date of birth. Check both';
    for (const page of [unknown, wrongDate]) {
      expect([page.status, page.address, errorsOf(page)]).toEqual([422, `${base}/status`, [message]]);
    }
    expect(formOf(wrongDate)).toMatchObject({ reference, month: '2', day: '28', year: '1984' });
    const empty = await looksAt(reader(), '', { month: '', day: '', year: '' });
    expect(errorsOf(empty)).toEqual(['ref: Type your reference, like GH-7K3Q-M2XP', 'm: Type your date of birth']);
  });

  it('every page of it asks for the proof first', async () => {
    for (const path of ['where', 'answers', 'answered', 'renewals', 'renewed', 'stop', 'stopped']) {
      expect([path, (await reader().opens(`${base}/status/${path}`)).address]).toEqual([path, `${base}/status`]);
    }
  });

  it('questions are answered, each by itself; sending again changes nothing', async () => {
    const { id, reference } = await api.house.caseIn('waiting_on_applicant');
    const browser = reader();
    const page = await looksAt(browser, reference);
    expect(page.text).toContain('Question 1 of 1');
    expect(page.text).toContain('Which clinic?');
    expect(errorsOf(await browser.sends(page))).toEqual(['a1: Answer question 1. You may write "I do not know"']);
    const long = await browser.sends(page, { a1: 'x'.repeat(2_003) });
    expect([errorsOf(long), formOf(long).a1?.length]).toEqual([['a1: Too long by 3 letters'], 2_003]);
    const thanked = await browser.sends(page, { a1: 'The one on <b>Main</b> Street' });
    expect([thanked.address, thanked.heading]).toEqual([`${base}/status/answered`, 'Thank you for your answers']);
    expect((await browser.sends(page, { a1: 'The one on <b>Main</b> Street' })).status).toBe(200);
    expect((await browser.sends(long, { a1: 'Another answer' })).address).toBe(`${base}/status/where`);
    const answers = await api.house.query('SELECT answers FROM information_requests WHERE case_id = $1', [id]);
    expect(answers).toEqual([{ answers: ['The one on <b>Main</b> Street'] }]);
  });

  it('a code that has run out is renewed once, and pressing twice asks once', async () => {
    const { id, reference } = await api.house.caseIn('expired');
    const browser = reader();
    const page = await looksAt(browser, reference);
    const renews = () => browser.sends(page, {}, { form: '/status/renewals' });
    const asked = await renews();
    expect([asked.address, asked.heading]).toEqual([`${base}/status/renewed`, 'You asked for a new code']);
    const state = (await api.house.row(id)).state;
    expect((await renews()).address).toBe(`${base}/status/renewed`);
    expect((await api.house.row(id)).state).toBe(state);
    expect(state).not.toBe('expired');
  });

  it('stopping asks first; then it is closed, also when pressed again', async () => {
    const { id, reference } = await api.house.caseIn('code_sent');
    const browser = reader();
    const where = await looksAt(browser, reference);
    const stop = where.links.find(({ words }) => words === 'Stop my application');
    const asks = await browser.opens(stop?.to ?? '');
    expect(asks.heading).toBe('Stop your application?');
    expect((await api.house.row(id)).state).toBe('code_sent');
    const stopped = await browser.sends(asks);
    expect([stopped.address, stopped.heading]).toEqual([`${base}/status/stopped`, 'Your application is stopped']);
    expect((await api.house.row(id)).state).toBe('withdrawn');
    expect((await browser.sends(asks)).heading).toBe('Your application is stopped');
    expect((await browser.opens(`${base}/status/where`)).heading).toBe('This application is closed');
  });

  it('a form without proof stops, renews and answers nothing', async () => {
    for (const [state, path, form] of [
      ['code_sent', '/status/stop', '/status/stop'],
      ['expired', '/status/where', '/status/renewals'],
      ['waiting_on_applicant', '/status/where', '/status/answers'],
    ] as const) {
      const { id, reference } = await api.house.caseIn(state);
      const browser = reader();
      await looksAt(browser, reference);
      const page = await browser.opens(`${base}${path}`);
      const headers = { 'sec-fetch-site': 'cross-site' };
      const refused = await browser.sends(page, { a1: 'Hello' }, { form, headers });
      expect([refused.status, refused.text.includes('This page was open too long')]).toEqual([403, true]);
      expect((await api.house.row(id)).state).toBe(state);
    }
  });

  it('too many look-ups: “Please wait”', async () => {
    await api.house.portal('asked', (policy) => {
      policy.limits.statusPerHour = 1;
    });
    const browser = reader();
    const page = await browser.opens('/p/asked/status');
    const typed = { reference: 'GH-0000-0000', ...born };
    expect((await browser.sends(page, typed)).status).toBe(422);
    const wait = await browser.sends(page, typed);
    expect([wait.status, wait.heading]).toEqual([429, expect.stringMatching(/^Please wait /)]);
    expect(Number(wait.headers['retry-after'])).toBeGreaterThan(0);
  });
});

/** Somebody with an account, signed in. */
async function signedIn() {
  const walk = await withCode();
  await walksTo('', walk);
  const account = await signsIn(walk.browser, walk.username);
  expect(account.heading).toBe('My account');
  const { accountId } = await api.house.row(walk.caseId);
  return { ...walk, page: account, accountId: accountId ?? '' };
}

const signsIn = async (browser: PageReader, login: string, typed: TypedFields = { password }) =>
  browser.sends(await browser.opens(`${base}/sign-in`), { login, ...typed });

/** The sessions of an account as if nobody had touched them for half an hour. */
const ends = (accountId: string) =>
  api.house.query(`UPDATE sessions SET last_active_at = last_active_at - interval '31 minutes' WHERE account_id = $1`, [
    accountId,
  ]);

describe('signing in and out', () => {
  it('refuses alike, with four things to check, and gives no password back', async () => {
    const { username } = await signedIn();
    const browser = reader();
    const message = 'login: Username or password is not right. Below are 4 things to check';
    for (const login of [username, 'nobody.at.all']) {
      const refused = await signsIn(browser, login, { password: 'not the password at all' });
      expect([refused.status, errorsOf(refused), formOf(refused).login]).toEqual([422, [message], login]);
      expect(refused.html).not.toContain('not the password at all');
      expect(refused.text).toContain('What to check');
    }
    expect(errorsOf(await signsIn(browser, '', { password: '' }))).toEqual([
      'login: Type your username',
      expect.stringMatching(/^pw: \w/),
    ]);
  });

  it('an access code typed here is told where it belongs', async () => {
    const { code } = await withCode();
    const refused = await signsIn(reader(), 'somebody', { password: code });
    expect(errorsOf(refused)[0]).toContain('This looks like the access code from our email');
    expect(refused.links).toContainEqual({ to: `${base}/activate`, words: 'Open my account' });
    expect(refused.html).not.toContain(code);
  });

  it('signing out asks when it is only looked at, works from the toolbar, and leaves nothing behind', async () => {
    const { browser, page, username } = await signedIn();
    expect((await browser.opens(`${base}/sign-out`)).heading).toBe('Do you want to sign out?');
    expect((await browser.opens(`${base}/account`)).heading).toBe('My account');
    const out = await browser.sends(page, {}, { form: '/sign-out' });
    expect([out.address, out.heading]).toEqual([`${base}/sign-in`, 'Sign in']);
    expect(out.text).toContain('You are signed out');
    expect(out.html).not.toContain(username);
    expect((await browser.opens(`${base}/account`)).address).toBe(`${base}/sign-in`);
    expect((await browser.sends(page, {}, { form: '/sign-out' })).address).toBe(`${base}/sign-in`);
    expect([...browser.cookies.keys()].filter((name) => name.startsWith('gh_account'))).toEqual([]);
  });

  it('another site can neither sign somebody in nor out', async () => {
    const { browser, page, username } = await signedIn();
    const evil = { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } };
    const out = await browser.sends(page, {}, { form: '/sign-out', ...evil });
    expect([out.status, out.heading]).toEqual([403, 'Do you want to sign out?']);
    expect((await browser.opens(`${base}/account`)).heading).toBe('My account');
    const stranger = reader();
    const refused = await stranger.sends(await stranger.opens(`${base}/sign-in`), { login: username, password }, evil);
    expect(refused.status).toBe(403);
    expect([...stranger.cookies.keys()].filter((name) => name.startsWith('gh_account'))).toEqual([]);
  });
});

describe('my account', () => {
  it('shows who one is and what happened', async () => {
    const { browser, page, username, email } = await signedIn();
    for (const text of [username, email, 'Your account was opened', 'You signed in']) expect(page.text).toContain(text);
    const activity = await browser.opens(`${base}/account/activity`);
    expect([activity.heading, activity.text.includes('You signed in')]).toEqual(['Activity in my account', true]);
    expect(page.title).toBe('My account – Harborview MyHealth');
  });

  it('changes the e-mail address with the 8 numbers from the new mailbox, and says so once', async () => {
    const { browser, accountId } = await signedIn();
    const page = await browser.opens(`${base}/account/email`);
    expect(errorsOf(await browser.sends(page, { email: 'no', password }))[0]).toMatch(/^email: .*not complete/);
    const wrong = await browser.sends(page, { email: 'new.box@mail.example', password: 'wrong password here' });
    expect([errorsOf(wrong), formOf(wrong).email]).toEqual([
      ['now: Password now is not right'],
      'new.box@mail.example',
    ]);
    const asks = await browser.sends(wrong, { password });
    expect([asks.address, asks.heading]).toEqual([
      `${base}/account/email-code`,
      'Type the 8 numbers we just emailed you',
    ]);
    const numbers = await api.secretOf('mailbox_code', accountId);
    const refused = await browser.sends(asks, { code: numbers === '00000000' ? '11111111' : '00000000' });
    expect(errorsOf(refused)[0]).toMatch(/^digits: These are not right/);
    const changed = await browser.sends(asks, { code: numbers });
    expect(changed.address).toBe(`${base}/account`);
    expect(changed.text).toContain('We now write to your new email address. We told the old one.');
    expect(changed.text).toContain('new.box@mail.example');
    expect((await browser.opens(`${base}/account`)).text).not.toContain('We told the old one.');
    expect((await browser.sends(asks, { code: numbers })).status).toBeLessThan(500);
  });

  it('changes news, language and password', async () => {
    const { browser, username } = await signedIn();
    const news = await browser.sends(await browser.opens(`${base}/account/notices`), { notices: 'no' });
    expect(news.text).toContain('We no longer email you when there is something new.');
    const language = await browser.sends(await browser.opens(`${base}/account/language`), { language: 'es' });
    expect(language.text).toContain('From now on our emails to you are in');
    const page = await browser.opens(`${base}/account/password`);
    const next = 'eleven boats below the mill';
    const wrong = await browser.sends(page, { currentPassword: 'not this one', newPassword: next });
    expect(errorsOf(wrong)).toEqual(['now: Password now is not right']);
    const short = await browser.sends(page, { currentPassword: password, newPassword: 'short' });
    expect(errorsOf(short)).toEqual(['new: Choose a password of 15 letters or more. Yours has 5']);
    for (const { html } of [wrong, short]) expect(html).not.toMatch(/eleven boats|not this one|value="short"/);
    // By the back button: the page was judged already, and now something else stands in it. It is told, and counts when pressed again.
    const told = await browser.sends(page, { currentPassword: password, newPassword: next });
    expect([told.status, told.text.includes('This page was open too long')]).toEqual([403, true]);
    const changed = await browser.sends(told, { currentPassword: password, newPassword: next });
    expect(changed.text).toContain('Your new password works from now on.');
    expect((await signsIn(reader(), username)).status).toBe(422);
    expect((await signsIn(reader(), username, { password: next })).heading).toBe('My account');
  });

  it('a session that ended in the middle: sign in again, and what was typed is there; nobody else gets it', async () => {
    const { browser, username, accountId } = await signedIn();
    const other = await signedIn();
    const page = await browser.opens(`${base}/account/email`);
    await ends(accountId);
    const out = await browser.sends(page, { email: 'kept.safe@mail.example', password });
    expect([out.address, out.heading]).toEqual([`${base}/sign-in`, 'Sign in']);
    expect(out.text).toContain('What you typed is still here. Passwords are not.');
    expect(formOf(out).login).toBe(username);
    const stranger = openReader({
      url: api.url,
      origin: api.dependencies.settings.publicOrigin,
      cookies: new Map(browser.cookies),
    });
    const elsewhere = await stranger.sends(out, { login: other.username, password });
    expect([elsewhere.heading, elsewhere.html.includes('kept.safe')]).toEqual(['My account', false]);
    expect((await stranger.opens(`${base}/account/email`)).html).not.toContain('kept.safe');
    const back = await browser.sends(out, { password });
    expect([back.address, formOf(back).email, formOf(back).password]).toEqual([
      `${base}/account/email`,
      'kept.safe@mail.example',
      '',
    ]);
  });

  it('every page of it asks to sign in first, and leads back', async () => {
    const { browser, username, page } = await signedIn();
    await browser.sends(page, {}, { form: '/sign-out' });
    for (const path of ['', '/activity', '/email', '/notices', '/language', '/password']) {
      const stranger = reader();
      const asks = await stranger.opens(`${base}/account${path}`);
      expect([path, asks.address, asks.text.includes('You were signed out')]).toEqual([path, `${base}/sign-in`, false]);
      expect(asks.text).toContain('Please sign in first');
      expect((await stranger.sends(asks, { login: username, password })).address).toBe(`${base}/account${path}`);
    }
  });

  it('a form without proof changes nothing', async () => {
    const { browser, accountId } = await signedIn();
    const evil = { headers: { origin: 'https://evil.example' } };
    const before = await api.house.query('SELECT * FROM accounts WHERE id = $1', [accountId]);
    for (const [path, typed] of [
      ['/account/notices', { notices: 'no' }],
      ['/account/language', { language: 'es' }],
      ['/account/email', { email: 'evil@mail.example', password }],
      ['/account/password', { currentPassword: password, newPassword: 'eleven boats below the mill' }],
    ] as const) {
      const refused = await browser.sends(await browser.opens(`${base}${path}`), typed, evil);
      expect([path, refused.status, refused.html.includes(password)]).toEqual([path, 403, false]);
    }
    expect(await api.house.query('SELECT * FROM accounts WHERE id = $1', [accountId])).toEqual(before);
  });
});

describe('“this was not me”', () => {
  const tokenOf = async (caseId: string) => {
    const [mail] = await api.house.query<{ id: string }>('SELECT id FROM messages WHERE case_id = $1 LIMIT 1', [
      caseId,
    ]);
    return notMeToken(api.dependencies.settings.keys, mail?.id ?? '');
  };

  it('is asked before anything happens, then stops the case and says what happens next', async () => {
    const { caseId, code } = await withCode();
    const token = await tokenOf(caseId);
    const browser = reader();
    const page = await browser.opens(`${base}/not-me`);
    expect(page.heading).toBe('Was this not you?');
    expect(errorsOf(await browser.sends(page))).toEqual(['token: Paste the link from our email, or call us']);
    expect(errorsOf(await browser.sends(page, { token: 'https://x.example/#wT3' }))[0]).toMatch(/^token: This is not/);
    const refused = await browser.sends(page, { token }, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(refused.status).toBe(403);
    expect(await codeRow(caseId)).toMatchObject({ ended_as: null });
    const done = await browser.sends(page, { token: `http://localhost:8080${base}/not-me#${token}` });
    expect([done.address, done.heading]).toEqual([`${base}/not-me/done`, 'Thank you. We have stopped it']);
    expect(done.text).toMatch(/looks at it by (Mon|Tues|Wednes|Thurs|Fri)day/);
    expect((await codeRow(caseId))?.ended_as).not.toBeNull();
    const stopped = await browser.sends(await browser.opens(`${base}/activate/code`), { accessCode: code });
    expect(stopped.status).toBe(422);
    expect((await browser.sends(page, { token })).heading).toBe('Thank you. We have stopped it');
    for (const address of browser.addresses) expect(address).not.toContain(token);
  });

  it('answers alike when the token is none of ours', async () => {
    const browser = reader();
    const done = await browser.sends(await browser.opens(`${base}/not-me`), { token: 'A'.repeat(43) });
    expect(done.heading).toBe('Thank you. We have stopped it');
  });
});

describe('pages that are only read', () => {
  it.each(['/', '/help', '/terms', '/privacy', '/contact', '/sign-up'])('%s in both languages, whole', async (path) => {
    const [english, spanish] = [await reader().opens(`${base}${path}`), await reader('es').opens(`${base}${path}`)];
    for (const page of [english, spanish]) {
      expect([page.status, page.heading === '']).toEqual([200, false]);
      expect(page.html).toContain('tel:+16175550147');
      expect(page.html).not.toMatch(/undefined|\[object|NaN/);
      for (const { to } of page.links.filter((link) => link.to.startsWith(base))) {
        const { status } = await reader().opens(to);
        expect([path, to, status < 400 || status === 401]).toEqual([path, to, true]);
      }
    }
    expect(spanish.text).not.toBe(english.text);
    expect(spanish.title === english.title).toBe(path === '/terms'); // whose title is the portal's own
  });
});

it('nothing typed after applying stands in an address, a log line or a title', async () => {
  const before = api.logged.length;
  const { browser, username, code, email, caseId, accountId, page } = await signedIn();
  const { reference } = await api.house.row(caseId);
  const titles = [page.title];
  titles.push((await looksAt(browser, reference)).title);
  titles.push((await signsIn(reader(), username, { password: 'Wrongwordcanary' })).title);
  titles.push(
    (await browser.sends(await browser.opens(`${base}/account/email`), { email: 'canarybox@mail.example', password }))
      .title,
  );
  const numbers = await api.secretOf('mailbox_code', accountId);
  titles.push((await browser.sends(await browser.opens(`${base}/account/email-code`), { code: numbers })).title);
  const everything = [...browser.addresses, ...titles, ...api.logged.slice(before)].join('\n').toLowerCase();
  const canaries = [
    username,
    code,
    code.replaceAll('-', ''),
    email,
    reference,
    password,
    'wrongwordcanary',
    'canarybox',
    numbers,
    '1984',
  ];
  expect(canaries.filter((canary) => everything.includes(canary.toLowerCase()))).toEqual([]);
});
