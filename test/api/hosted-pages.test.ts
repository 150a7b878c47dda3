import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createApi, createApiServer } from '../../api/server.ts';
import { openDatabase } from '../../store/database.ts';
import { replacePolicy } from '../../store/policy-changes.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { harborview } from '../support/house.ts';
import { openReader, type PageReader, type ReadPage, type TypedFields } from '../support/page-reader.ts';

// The hosted pages as a browser without script has them: read, filled in, sent.

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
afterEach(() => api.forgetLimits());

const base = `/p/${harborview}`;

const reader = (speaks = 'en-US,en;q=0.9'): PageReader =>
  openReader({ url: api.url, origin: api.dependencies.settings.publicOrigin, speaks });

/** The questions in order, with an answer that nobody else gives. */
function answersOf(tag: string): Record<string, TypedFields> {
  return {
    name: { firstName: 'Zephyrine', lastName: `Quill${tag}` },
    born: { month: 'July', day: '29', year: '1951' },
    email: { email: `z.${tag}@mail.example` },
    address: { postalCode: '02199', addressLine: '77 Xanthippe Terrace', city: 'Quixotville' },
    phone: { phone: '617 555 0199' },
    language: { language: 'en' },
    more: { message: 'My name was Budgerigar before.\nThen I married.' },
  };
}

/** Answers every question up to the page that shows them all. */
async function answersAll(browser: PageReader, answers: Record<string, TypedFields>): Promise<ReadPage> {
  let page = await browser.opens(`${base}/apply/name`);
  for (const [name, typed] of Object.entries(answers)) {
    expect(page.address).toBe(`${base}/apply/${name}`);
    page = await browser.sends(page, typed);
    if (page.errors.length > 0) throw new Error(`${name}: ${JSON.stringify(page.errors)}`);
  }
  return page;
}

async function casesOf(tag: string): Promise<Record<string, unknown>[]> {
  return api.house.query(
    `SELECT c.reference, c.state, c.language, c.date_of_birth AS born, a.phone, a.city, a.message
     FROM cases c JOIN applications a ON a.case_id = c.id WHERE c.last_name = $1`,
    [`Quill${tag}`],
  );
}

const formOf = (page: ReadPage) => Object.fromEntries(page.forms.find(({ id }) => id === 'page')?.values ?? []);

describe('applying', () => {
  it('goes from the first page over seven questions and a look at all answers to the reference', async () => {
    const browser = reader();
    const start = await browser.opens(`${base}/apply`);
    expect([start.status, start.heading]).toEqual([200, 'Apply for a Harborview MyHealth account']);
    expect(start.text).toContain('You answer 7 short questions.');
    expect(start.links).toContainEqual({ to: `${base}/apply/name`, words: 'Start' });

    const check = await answersAll(browser, answersOf('whole'));
    expect([check.address, check.heading]).toEqual([`${base}/apply/check`, 'Check your answers, then send']);
    for (const shown of [
      'Zephyrine Quillwhole',
      'z.whole@mail.example',
      '77 Xanthippe Terrace, Quixotville 02199',
      '617 555 0199',
      'English',
      'My name was Budgerigar before.',
    ]) {
      expect(check.text).toContain(shown);
    }
    expect(check.text).toMatch(/July 29, 1951/);
    expect(await casesOf('whole')).toEqual([]);

    const sent = await browser.sends(check);
    expect([sent.address, sent.heading]).toEqual([`${base}/apply/sent`, 'We have your application']);
    const [application, ...others] = await casesOf('whole');
    expect(others).toEqual([]);
    expect(application).toMatchObject({
      state: 'submitted',
      phone: '617 555 0199',
      city: 'Quixotville',
      message: 'My name was Budgerigar before.\nThen I married.',
    });
    expect(sent.text).toContain(String(application?.reference));
    expect(sent.text).toMatch(/By (Mon|Tues|Wednes|Thurs|Fri)day, \w+ \d+/);
  });

  it('takes only what is needed, and asks each question by its own words', async () => {
    const browser = reader();
    const answers = { ...answersOf('short'), address: { postalCode: '02139' }, phone: {}, more: {} };
    const check = await answersAll(browser, answers);
    expect(check.text).toContain('You did not give one');
    expect(check.text).toContain('You wrote nothing');
    expect((await browser.sends(check)).status).toBe(200);
    expect(await casesOf('short')).toMatchObject([{ phone: null, city: null, message: null }]);
  });

  it('says at each field what is wrong, and keeps what was typed', async () => {
    const browser = reader();
    const wrong: [page: string, typed: TypedFields, errors: [field: string, message: string][]][] = [
      [
        'name',
        {},
        [
          ['firstName', 'Type your first name'],
          ['lastName', 'Type your last name'],
        ],
      ],
      ['name', { firstName: 'Zoë', lastName: '7' }, [['lastName', 'Type your last name']]],
      ['born', {}, [['m', 'Type your date of birth']]],
      ['born', { month: 'Feb', day: '30', year: '1950' }, [['d', 'February has no day 30']]],
      ['born', { month: '2', day: '3', year: '50' }, [['y', 'The year needs 4 numbers, like 1944']]],
      ['email', {}, [['email', 'Type your email address']]],
      ['email', { email: 'a@mail.example, b@mail.example' }, [['email', 'Type only one email address']]],
      [
        'email',
        { email: 'a@mail' },
        [['email', 'Your email address is not complete. It should look like name@example.com']],
      ],
      ['address', {}, [['postalCode', 'Type your ZIP code, 5 numbers, like 12345']]],
      ['address', { postalCode: '02139', city: 'x'.repeat(103) }, [['city', 'Too long by 3 letters']]],
      ['phone', { phone: '12' }, [['phone', 'Type it with the area code, like 617 555 0147']]],
      ['language', { language: 'tlh' }, [['language', 'Choose a language']]],
      ['language', { language: undefined }, [['language', 'Choose a language']]],
      ['more', { message: 'x'.repeat(2001) }, [['message', 'Too long by 1 letter']]],
    ];
    for (const [name, typed, errors] of wrong) {
      const page = await browser.sends(await browser.opens(`${base}/apply/${name}`), typed);
      const expected = errors.map(([field, message]) => ({ field, message }));
      expect([name, typed, page.status, page.errors]).toEqual([name, typed, 422, expected]);
      expect(page.title).toMatch(/^Error: .* – Apply – Harborview MyHealth$/);
      expect(formOf(page)).toMatchObject(
        Object.fromEntries(Object.entries(typed).filter(([, value]) => value && value !== 'tlh')),
      );
      for (const { field, message } of page.errors) {
        expect(page.html).toContain(`id="${field}"`);
        expect(page.text.split(message).length - 1).toBeGreaterThanOrEqual(2); // in the summary and at the field
      }
      expect(page.html).toMatch(/aria-describedby="[^"]*-e[" ]/);
    }
    expect(browser.cookies.size).toBe(1); // nothing wrong is kept
  });

  it('changes one answer from the page that shows all, and comes back to it', async () => {
    const browser = reader();
    const check = await answersAll(browser, answersOf('change'));
    const change = check.links.find(({ words }) => words === 'Change my email address');
    const page = await browser.opens(change?.to ?? '');
    expect(formOf(page).email).toBe('z.change@mail.example');
    expect(page.links).toContainEqual({ to: `${base}/apply/check`, words: 'Back' });
    const refused = await browser.sends(page, { email: 'no' });
    expect(refused.status).toBe(422);
    const slip = await browser.sends(page, { email: 'z.change@gmial.com' });
    expect(slip.text).toContain('Did you mean gmail.com?');
    expect(check.text).not.toContain('Did you mean');
    const back = await browser.sends(refused, { email: 'new.change@mail.example' });
    expect([back.address, back.text.includes('new.change@mail.example')]).toEqual([`${base}/apply/check`, true]);
  });

  it('leads to the first question without an answer, and never sends half', async () => {
    const browser = reader();
    expect((await browser.opens(`${base}/apply/check`)).address).toBe(`${base}/apply/name`);
    await browser.sends(await browser.opens(`${base}/apply/name`), { firstName: 'Half', lastName: 'Quillhalf' });
    await browser.sends(await browser.opens(`${base}/apply/email`), { email: 'half@mail.example' });
    expect((await browser.opens(`${base}/apply/check`)).address).toBe(`${base}/apply/born`);
    expect((await browser.opens(`${base}/apply/sent`)).address).toBe(`${base}/apply`);
    expect(await casesOf('half')).toEqual([]);
  });

  it('who is too young gets a page that says so, and nothing is sent', async () => {
    const browser = reader();
    const check = await answersAll(browser, { ...answersOf('young'), born: { month: '1', day: '1', year: '2020' } });
    const told = await browser.sends(check);
    expect([told.status, told.heading]).toEqual([422, 'You need to be 18 to apply']);
    expect(told.text).toContain('A parent or guardian can call us.');
    expect(await casesOf('young')).toEqual([]);
    const born = told.links.find(({ words }) => words === 'Back');
    expect(formOf(await browser.opens(born?.to ?? ''))).toMatchObject({ year: '2020' });
  });

  it('at a portal that takes none: a page says so at every step; what was typed stays', async () => {
    const policy = await api.house.portal('shuts', () => {});
    const browser = reader();
    const page = await browser.opens('/p/shuts/apply/name');
    const next = await browser.sends(page, { firstName: 'Zoe', lastName: 'Shut' });
    const shut = { ...policy, application: { ...policy.application, open: false } };
    await api.house.database.transaction((tx) => replacePolicy(tx, 'shuts', shut, api.house.supervisor));
    const start = await browser.opens('/p/shuts/apply');
    expect([start.status, start.heading]).toEqual([403, 'You cannot apply online now']);
    let at = next;
    for (const typed of Object.values(answersOf('shut')).slice(1)) at = await browser.sends(at, typed);
    const refused = await browser.sends(at);
    expect(refused.heading).toBe('You cannot apply online now');
    expect(refused.text).toContain('Call us');
  });
});

describe('pressing twice', () => {
  it('the same page sent again and again makes one application, whichever answer the browser kept', async () => {
    const browser = reader();
    const check = await answersAll(browser, answersOf('twice'));
    const before = new Map(browser.cookies);
    const presses = await Promise.all(
      Array.from({ length: 4 }, () =>
        openReader({
          url: api.url,
          origin: api.dependencies.settings.publicOrigin,
          cookies: new Map(before),
        }).sends(check),
      ),
    );
    expect(new Set(presses.map(({ status, text }) => `${status} ${/GH-[\w-]+/.exec(text)?.[0]}`)).size).toBe(1);
    const late = await openReader({
      url: api.url,
      origin: api.dependencies.settings.publicOrigin,
      cookies: new Map(before),
    }).sends(check);
    expect([late.status, late.address]).toEqual([200, `${base}/apply/sent`]);
    expect(await casesOf('twice')).toHaveLength(1);
  });

  it('back and again after it was sent leads to the receipt; another tab that still shows the answers too', async () => {
    const browser = reader();
    const check = await answersAll(browser, answersOf('back'));
    const otherTab = await browser.tab().opens(`${base}/apply/check`);
    await browser.sends(check);
    for (const page of [
      await browser.sends(check),
      await browser.sends(otherTab),
      await browser.opens(`${base}/apply/check`),
      await browser.opens(`${base}/apply/sent`),
    ]) {
      expect([page.status, page.address]).toEqual([200, `${base}/apply/sent`]);
    }
    expect(await casesOf('back')).toHaveLength(1);
  });
});

it('Enter in a field sends the form: the first of its buttons is none of the toolbar', async () => {
  const browser = reader();
  for (const path of ['/apply/name', '/status', '/activate/code', '/sign-in']) {
    const { html } = await browser.opens(`${base}${path}`);
    expect(/<button[^>]*>/.exec(html)?.[0]).not.toContain('name="set"');
    expect(/<button[^>]*>/.exec(html)?.[0]).toContain('form="page"');
  }
});

it('a ZIP code of four numbers is refused', async () => {
  const browser = reader();
  const page = await browser.opens(`${base}/apply/address`);
  const refused = await browser.sends(page, { postalCode: '0213' });
  expect([refused.status, refused.text.includes('Type your ZIP code, 5 numbers, like 12345')]).toEqual([422, true]);
});

describe('a form that is not proved to be ours', () => {
  const unproven: [string, TypedFields, Record<string, string | undefined>][] = [
    ['without its token', { form: undefined }, {}],
    ['with an empty token', { form: '' }, {}],
    ['with the token of another browser', { form: 'x'.repeat(43) }, {}],
    ['from another origin', {}, { origin: 'https://evil.example' }],
    ['from an origin that is not told', {}, { origin: 'null' }],
    ['from a subdomain', {}, { origin: undefined, 'sec-fetch-site': 'same-site' }],
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
  ];

  it.each(unproven)('%s: the page again, and nothing done', async (_what, typed, headers) => {
    // What another site sent is not shown either: the person could take its words for their own.
    const shown = Object.keys(headers).length > 0 ? 'Zephyrine' : 'Mallory';
    const browser = reader();
    const check = await answersAll(browser, answersOf('unproven'));
    const kept = new Map(browser.cookies);
    const refused = await browser.sends(check, typed, { headers });
    expect([refused.status, refused.heading]).toEqual([403, 'Check your answers, then send']);
    expect(refused.text).toContain('This page was open too long');
    expect(refused.text).toContain('Zephyrine');
    const question = await browser.opens(`${base}/apply/name?from=check`);
    const again = await browser.sends(question, { ...typed, firstName: 'Mallory' }, { headers });
    expect([again.status, formOf(again).firstName]).toEqual([403, shown]);
    expect(again.errors).toEqual([]);
    expect(browser.cookies).toEqual(kept);
    expect(await casesOf('unproven')).toEqual([]);
    const passed = await browser.sends(again);
    expect([passed.address, passed.text.includes(`${shown} Quillunproven`)]).toEqual([`${base}/apply/check`, true]);
  });

  it('a browser that says nothing of its origin is believed by its token', async () => {
    const browser = reader();
    const page = await browser.opens(`${base}/apply/name`);
    const headers = { origin: undefined, 'sec-fetch-site': undefined };
    const next = await browser.sends(page, { firstName: 'Old', lastName: 'Phone' }, { headers });
    expect(next.address).toBe(`${base}/apply/born`);
  });

  it('without any cookie: the page about cookies, in the reader’s language', async () => {
    const browser = reader();
    const page = await browser.opens(`${base}/apply/name`);
    browser.cookies.clear();
    const refused = await browser.sends(page, { firstName: 'Zoe', lastName: 'Quillcookies' });
    expect([refused.status, refused.heading]).toEqual([403, 'Please turn on cookies']);
    browser.cookies.clear();
    const spanish = await browser.sends(page, {}, { headers: { 'accept-language': 'es' } });
    expect(spanish.heading).toBe('Active las cookies, por favor');
  });

  it('no other kind of body is read as a form', async () => {
    const browser = reader();
    const page = await browser.opens(`${base}/apply/name`);
    const fields = { ...formOf(page), firstName: 'Json', lastName: 'Typed' };
    for (const [type, body] of [
      ['application/json', JSON.stringify(fields)],
      ['text/plain', new URLSearchParams(fields).toString()],
      ['multipart/form-data; boundary=x', '--x--'],
    ] as const) {
      const { status } = await browser.asks('POST', `${base}/apply/name`, { body, headers: { 'content-type': type } });
      expect([type, status]).toEqual([type, 403]);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect([method, (await browser.asks(method, `${base}/apply/name`)).status]).toEqual([method, 404]);
    }
  });
});

describe('what people type', () => {
  it('is shown and kept as text, never as markup', async () => {
    const browser = reader();
    const hostile = `<script>alert("x")</script> & 'b' "><img src=x onerror=alert(1)>`;
    const answers = {
      ...answersOf('hostile'),
      name: { firstName: hostile, lastName: 'Quillhostile' },
      more: { message: `${hostile}\n</textarea><script>alert(2)</script>` },
    };
    const check = await answersAll(browser, answers);
    const again = await browser.opens(`${base}/apply/more?from=check`);
    for (const page of [check, again]) {
      expect(page.html).not.toMatch(/<script>|<img|onerror=alert\(1\)>(?!.*&lt;)/);
      expect(page.html.match(/<script\b/g)).toHaveLength(1);
      expect(page.text).toContain('<script>alert("x")</script>');
    }
    expect(formOf(again).message?.replaceAll('\r\n', '\n')).toBe(`${hostile}\n</textarea><script>alert(2)</script>`);
    expect((await browser.sends(check)).heading).toBe('We have your application');
    expect(await casesOf('hostile')).toMatchObject([{ message: expect.stringContaining('</textarea><script>') }]);
  });

  it.each([
    ['a character that turns the line', 'Zoe\u202Eeoz'],
    ['an invisible one', 'Zo\u200Be'],
    ['a control character', 'Zo\u0007e'],
    ['one that is none', 'Zo\uFFFEe'],
  ])('%s in a name is refused at the field and stands in no page but in its field', async (_what, firstName) => {
    const browser = reader();
    const page = await browser.opens(`${base}/apply/name`);
    const refused = await browser.sends(page, { firstName, lastName: 'Quill' });
    expect([refused.status, refused.errors]).toEqual([422, [{ field: 'firstName', message: 'Type your first name' }]]);
    expect(refused.title).not.toContain('Zo');
  });

  it('2,000 letters of Chinese fit, and so do the longest other answers beside them', async () => {
    const browser = reader();
    const chinese = Array.from({ length: 2_000 }, (_, index) =>
      String.fromCodePoint(0x4e00 + ((index * 7_919) % 20_000)),
    ).join('');
    const answers = {
      ...answersOf('long'),
      address: { postalCode: '02199', addressLine: chinese.slice(0, 200), city: chinese.slice(200, 300) },
      more: { message: chinese },
    };
    const check = await answersAll(browser, answers);
    expect(check.text).toContain(chinese);
    const length = [...browser.cookies].reduce((sum, [name, value]) => sum + name.length + value.length + 3, 0);
    expect(length).toBeLessThan(14_000);
    expect((await browser.sends(check)).heading).toBe('We have your application');
    expect(await casesOf('long')).toMatchObject([{ message: chinese }]);
    expect([...browser.cookies.keys()].filter((name) => name.startsWith('gh_pages_'))).toHaveLength(1);
  });

  it('too many letters are counted as the house counts them', async () => {
    const browser = reader();
    const page = await browser.opens(`${base}/apply/more`);
    const refused = await browser.sends(page, { message: '😀'.repeat(2_002) });
    expect(refused.errors).toEqual([{ field: 'message', message: 'Too long by 2 letters' }]);
  });

  it('a form larger than any of ours is refused with a page', async () => {
    const browser = reader();
    const page = await browser.opens(`${base}/apply/more`);
    const refused = await browser.sends(page, { message: 'x'.repeat(70_000) });
    expect([refused.status, refused.headers['content-type']]).toEqual([413, 'text/html; charset=utf-8']);
    expect(refused.heading).not.toBe('');
  });

  it('repeated fields, unknown fields and fields named like an object’s parts do no harm', async () => {
    const browser = reader();
    const page = await browser.opens(`${base}/apply/name`);
    const next = await browser.sends(page, {
      firstName: ['Zoe', 'Other'],
      lastName: 'Quillfields',
      __proto__x: 'x',
      constructor: 'x',
      toString: 'x',
      'a[b]': 'x',
    });
    expect(next.address).toBe(`${base}/apply/born`);
    expect(formOf(await browser.opens(`${base}/apply/name`))).toMatchObject({ firstName: 'Zoe' });
  });
});

describe('what the browser keeps', () => {
  it('forged, cut short, or of another portal: as if there were nothing', async () => {
    await api.house.portal('bayside', (policy) => {
      policy.name = 'Bayside MyChart';
    });
    const browser = reader();
    await answersAll(browser, answersOf('kept'));
    const name = [...browser.cookies.keys()].find((each) => each.startsWith('gh_pages_')) ?? '';
    const value = browser.cookies.get(name) ?? '';
    browser.cookies.set('gh_pages_bayside_0', value);
    expect((await browser.opens('/p/bayside/apply/check')).address).toBe('/p/bayside/apply/name');
    for (const forged of [
      value.slice(0, -4),
      `${value}AAAA`,
      'x',
      'test.',
      `test.${Buffer.from('{"apply":{}}').toString('base64url')}`,
    ]) {
      browser.cookies.set(name, forged);
      const page = await browser.opens(`${base}/apply/check`);
      expect([forged.slice(0, 9), page.address]).toEqual([forged.slice(0, 9), `${base}/apply/name`]);
      expect(formOf(page).firstName).toBe('');
    }
  });

  it('cannot be read in the browser and holds no word that was typed', async () => {
    const browser = reader();
    const answer = await browser.asks('GET', `${base}/apply/name`);
    const page = await browser.sends(answer, { firstName: 'Zephyrine', lastName: 'Quillsealed' });
    expect(page.status).toBe(200);
    const all = [...browser.cookies.values()].join(' ');
    expect(Buffer.from(all, 'base64url').toString('latin1') + all).not.toMatch(/Zephyrine|Quillsealed/);
    for (const text of answer.headers['set-cookie'] ?? []) expect(text).toMatch(/HttpOnly; SameSite=Lax$/);
  });
});

describe('language and size of letters', () => {
  it.each([
    ['es', 'es'],
    ['es-MX,es;q=0.9,en;q=0.5', 'es'],
    ['en-GB', 'en'],
    ['fr,es;q=0.4', 'es'],
    ['fr', 'en'],
    ['', 'en'],
  ])('Accept-Language %j: %s', async (speaks, language) => {
    const page = await reader(speaks).opens(`${base}/apply/name`);
    expect([page.language, page.heading]).toEqual([
      language,
      language === 'es' ? '¿Cómo se llama?' : 'What is your name?',
    ]);
  });

  it('a button turns the page over with nothing lost, and it stays', async () => {
    const browser = reader();
    const page = await browser.opens(`${base}/apply/name`);
    const turned = await browser.sends(page, { firstName: 'Ana', lastName: '' }, { button: 'lang:es' });
    expect([turned.status, turned.language, turned.errors]).toEqual([200, 'es', []]);
    expect(formOf(turned)).toMatchObject({ firstName: 'Ana', lastName: '', once: formOf(page).once });
    const larger = await browser.sends(turned, { lastName: 'Ruiz' }, { button: 'text:larger' });
    expect(larger.html).toMatch(/<html lang="es" data-text="larger">/);
    expect(formOf(larger)).toMatchObject({ firstName: 'Ana', lastName: 'Ruiz' });
    const largest = await browser.sends(larger, {}, { button: 'text:largest' });
    expect(largest.html).toContain('data-text="largest"');
    const normal = await browser.sends(largest, {}, { button: 'text:normal' });
    expect(normal.html).not.toContain('data-text');
    expect((await browser.sends(normal)).heading).toBe('¿Cuándo nació?');
    expect((await browser.opens(`${base}/apply`)).language).toBe('es');
  });

  it('also on a page without a question, and one that is not there', async () => {
    for (const address of [`${base}/apply`, `${base}/nowhere`]) {
      const browser = reader();
      const turned = await browser.sends(await browser.opens(address), {}, { button: 'lang:es' });
      expect([address, turned.language, turned.address]).toEqual([address, 'es', address]);
    }
  });

  it('a portal with one language offers no other', async () => {
    await api.house.portal('english', (policy) => {
      policy.languages = ['en'];
    });
    const browser = reader('es');
    const page = await browser.opens('/p/english/apply');
    expect([page.language, page.html.includes('lang:es'), page.text.includes('6 short questions')]).toEqual([
      'en',
      false,
      true,
    ]);
    expect((await browser.opens('/p/english/apply/language')).address).toBe('/p/english/apply/name');
  });

  it('a whole application in Spanish', async () => {
    const browser = reader('es');
    const answers = {
      ...answersOf('espanol'),
      born: { month: 'julio', day: '29', year: '1951' },
      language: { language: 'es' },
    };
    const check = await answersAll(browser, answers);
    expect(check.heading).toBe('Revise sus respuestas y envíelas');
    expect(check.text).toContain('29 de julio de 1951');
    const sent = await browser.sends(check);
    expect(sent.heading).toBe('Tenemos su solicitud');
    expect(await casesOf('espanol')).toMatchObject([{ language: 'es' }]);
  });
});

describe('addresses', () => {
  it('of no page: 404, with the portal’s look and its telephone', async () => {
    for (const path of ['/nowhere', '/apply/', '/apply/nothing', '/Apply', '/apply/name/x', '/%00', '/..%2fadmin']) {
      const page = await reader().opens(`${base}${path}`);
      expect([path, page.status, page.heading]).toEqual([path, 404, 'We cannot find this page']);
      expect(page.html).toContain('tel:+16175550147');
    }
    const posted = await reader().asks('POST', `${base}/nowhere`, { body: 'a=1', headers: { cookie: 'gh_text=x' } });
    expect(posted.status).toBe(404);
  });

  it('of no portal: 404 in both languages', async () => {
    for (const address of [
      '/p',
      '/p/',
      '/p/nowhere/',
      '/p/nowhere/apply',
      '/p/No!/',
      '/p/__proto__/apply',
      `/p/${'x'.repeat(60)}/`,
    ]) {
      const page = await reader().opens(address);
      expect([address, page.status, page.text]).toEqual([
        address,
        404,
        expect.stringMatching(/We cannot find this page.*No encontramos esta página/),
      ]);
    }
    expect((await reader().asks('GET', '/p/nowhere/theme.css')).status).toBe(404);
  });

  it('that cannot be decoded get a page too', async () => {
    const page = await reader().asks('GET', `${base}/%E0%A4%A`);
    expect([page.status, page.heading]).toEqual([404, 'We cannot find this page']);
  });

  it('a portal without its slash has it added', async () => {
    const answer = await reader().asks('GET', base);
    expect([answer.status, answer.headers.location]).toEqual([308, `${base}/`]);
  });
});

describe('too many', () => {
  it('“Please wait”, until when, and nothing typed is lost', async () => {
    await api.house.portal('busy', (policy) => {
      policy.limits.applicationsPerHour = 1;
    });
    const applies = async (browser: PageReader, tag: string) => {
      let page = await browser.opens('/p/busy/apply/name');
      for (const typed of Object.values(answersOf(tag))) page = await browser.sends(page, typed);
      return { check: page, sent: await browser.sends(page) };
    };
    expect((await applies(reader(), 'first')).sent.status).toBe(200);
    const browser = reader();
    const { check, sent } = await applies(browser, 'second');
    expect([sent.status, sent.heading]).toEqual([429, expect.stringMatching(/^Please wait \d+ (minutes|seconds)$/)]);
    const seconds = Number(sent.headers['retry-after']);
    expect([seconds > 0, seconds <= 3_600]).toEqual([true, true]);
    expect(sent.text).toMatch(/Try again at \d+:\d\d/);
    expect(await casesOf('second')).toEqual([]);
    await api.forgetLimits();
    const stillThere = await browser.opens('/p/busy/apply/check');
    expect(stillThere.text).toContain('Zephyrine Quillsecond');
    expect((await browser.sends(check)).heading).toBe('We have your application');
    expect(await casesOf('second')).toHaveLength(1);
  });
});

describe('when something of ours does not work', () => {
  it('a fault becomes a page that says so; pressing again does it once', async () => {
    const browser = reader();
    const check = await answersAll(browser, answersOf('fault'));
    await api.house.owner.query('ALTER TABLE applications RENAME TO applications_gone');
    const failed = await browser.sends(check);
    await api.house.owner.query('ALTER TABLE applications_gone RENAME TO applications');
    expect([failed.status, failed.heading]).toEqual([500, 'We cannot do this right now']);
    expect(failed.html).not.toMatch(/relation|Quillfault/);
    expect((await browser.sends(check)).heading).toBe('We have your application');
    expect(await casesOf('fault')).toHaveLength(1);
  });

  it('without the database there is still a page, in both languages', async () => {
    const { keys } = api.house.database;
    const away = openDatabase({ url: 'postgresql://nobody@127.0.0.1:9/none', keys });
    const { app } = createApi({ ...api.dependencies, database: away });
    const server = createApiServer(app).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const page = await openReader({ url: `http://127.0.0.1:${port}`, origin: 'http://localhost:8080' }).opens(
        `${base}/apply`,
      );
      expect([page.status, page.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
      expect(page.text).toMatch(/We cannot do this right now.*Ahora mismo no podemos hacer esto/);
      expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
      expect(page.html).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
    } finally {
      server.closeAllConnections();
      server.close();
      await away.close();
    }
  });
});

describe('every answer', () => {
  it('forbids scripts and styles that are not files of ours, frames, caches and the telling of addresses', async () => {
    const browser = reader();
    const page = await browser.opens(`${base}/apply/name`);
    const refused = await browser.sends(page);
    const redirect = await browser.asks('GET', `${base}/apply/check`);
    for (const { headers } of [
      page,
      refused,
      redirect,
      await browser.opens('/p/nowhere/'),
      await browser.opens(`${base}/no`),
    ]) {
      const policy = String(headers['content-security-policy']);
      expect(policy).not.toContain('unsafe');
      for (const directive of [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
      ]) {
        expect(policy.split(';')).toContain(directive);
      }
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers).not.toHaveProperty('x-powered-by');
    }
    for (const { html } of [page, refused]) {
      expect(html).not.toMatch(/ style=| on[a-z]+="|<style|javascript:|<script(?! type="module" src="\/pages\/)/);
      expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    }
  });

  it('style, script and theme come from here, and may be kept as long as they stay the same', async () => {
    const page = await reader().opens(`${base}/apply`);
    const files = [...page.html.matchAll(/(?:src|href)="(\/pages\/[^"]+)"/g)].map(([, address = '']) => address);
    expect(files).toHaveLength(2);
    for (const address of files) {
      const file = await reader().asks('GET', address);
      expect([file.status, file.headers['cache-control'], file.headers['content-type']]).toEqual([
        200,
        'public, max-age=31536000, immutable',
        expect.stringMatching(/^text\/(css|javascript); charset=utf-8$/),
      ]);
      expect(file.headers).not.toHaveProperty('set-cookie');
    }
    const theme = await reader().asks('GET', `${base}/theme.css`);
    expect([theme.status, theme.headers['cache-control'], theme.headers['content-type']]).toEqual([
      200,
      'public, max-age=300',
      'text/css; charset=utf-8',
    ]);
    expect(theme.html).toContain('--brand: #1f4e79;');
  });
});

it('nothing typed stands in an address, a log line, or the title of a page', async () => {
  const before = api.logged.length;
  const browser = reader();
  const titles: string[] = [];
  const answers = answersOf('canary');
  let page = await browser.opens(`${base}/apply/name`);
  for (const typed of Object.values(answers)) {
    const wrong = Object.fromEntries(Object.keys(typed).map((name) => [name, `\u0007${String(typed[name])}`]));
    titles.push((await browser.sends(page, wrong)).title);
    titles.push((await browser.sends(page, typed, { headers: { origin: 'https://evil.example' } })).title);
    page = await browser.sends(page, typed);
    titles.push(page.title);
  }
  page = await browser.sends(page);
  expect(page.heading).toBe('We have your application');
  const { reference } = (await casesOf('canary'))[0] ?? {};
  const canaries = [
    'Zephyrine',
    'canary',
    '1951',
    'July',
    '02199',
    'Xanthippe',
    'Quixotville',
    '0199',
    'Budgerigar',
    String(reference),
  ];
  // Four digits may stand in any drawn id or instant: those are taken out first.
  const drawn = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|"time":\s*"?[^",}]+/g;
  const everything = [...browser.addresses, ...titles, page.title, ...api.logged.slice(before)]
    .join('\n')
    .toLowerCase()
    .replaceAll(drawn, '');
  expect(canaries.filter((canary) => everything.includes(canary.toLowerCase()))).toEqual([]);
});
