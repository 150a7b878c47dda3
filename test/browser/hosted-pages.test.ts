import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { actOnCase } from '../../contract/routes/staff/cases.ts';
import { listPortals } from '../../contract/routes/staff/portals.ts';
import { statusWords } from '../../portal-ui/status/words.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { axeFindings, launchBrowser, sidewaysScroll } from '../support/browser.ts';
import { mailed as mailedBy } from '../support/mailed.ts';
import { openPages } from '../support/open-pages.ts';
import {
  hasFocus,
  inWindows as inWindowsOf,
  type PageWindow,
  type SitsDown,
  seenText,
} from '../support/page-window.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { countScript, mostScriptBytes } from '../support/script-weight.ts';
import { sideBySide } from '../support/side-by-side.ts';
import { type Stack, startStack } from '../support/stack.ts';
import {
  act,
  activates,
  applicant,
  applies,
  approves,
  type Claim,
  caseOf,
  changePolicy,
  goodPassword,
  hasCode,
  readOf,
  signedIn,
  until,
  withoutLimits,
} from '../support/stories.ts';
import type { Visitor } from '../support/visitor.ts';

// What patients see, in real Chromium over the whole product: on a phone and a desktop, in both languages, with keys alone, and
// without JavaScript. A window judges every page it comes to (axe, console, sideways scrolling, size of targets).

let browser: Browser;
let relay: Relay;
let stack: Stack;
let database: Database;
let staff: Visitor;
const judged = new Set<string>();

beforeAll(async () => {
  relay = await startRelay();
  [browser, stack] = await Promise.all([launchBrowser(), startStack({ demo: true, smtpUrl: relay.url })]);
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 3, name: 'pages' });
  staff = await signedIn(stack, 'supervisor');
  await changePolicy(staff, withoutLimits);
  stories.begin();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await database?.close();
  await stack?.stop();
  await relay?.close();
}, 60_000);

const stories = sideBySide(4);

const story = (name: string, tell: (sitsDown: SitsDown) => Promise<void>) => stories.story(name, () => inWindows(tell));

const inWindows = (tell: (sitsDown: SitsDown) => Promise<void>) => inWindowsOf(browser, { stack, judged }, tell);

const mailed = (address: string, pattern: RegExp) => mailedBy(relay, address, pattern);

const activateLink = /http:\S+\/activate#\S+/;
const notMeLink = /http:\S+\/not-me#\S+/;
const eightNumbers = /\b\d{4} ?\d{4}\b/;

type Life = ReturnType<typeof lifeOf>;

function lifeOf(tag: string, language: 'en' | 'es') {
  return {
    claim: applicant(tag),
    username: `quinn.${tag}`,
    newEmail: `q.${tag}.new@mail.example`,
    language,
    born: bornIn(language),
  };
}

/** Everything from the first page to signing out. Answers what it was told. */
async function livesThrough(window: PageWindow, life: Life): Promise<void> {
  const { claim, username, newEmail, born, language } = life;
  const words = wordsOf[language];
  await window.opens('/');
  await window.presses(words.apply);
  await window.presses(words.start);
  await window.answers({ firstName: claim.firstName, lastName: claim.lastName });
  await window.answers(born);
  await window.answers({ email: claim.email });
  await window.answers({ postalCode: claim.postalCode });
  await window.answers({ phone: '617 555 0199' });
  await window.answers({ language });
  await window.answers({ message: 'Mañana, 山田\nsecond line' });
  await window.presses(words.send);
  const [reference = ''] = /GH-\w{4}-\w{4}/.exec(await window.text()) ?? [];

  await window.presses(words.follow);
  expect(await window.valueOf('reference')).toBe(reference);
  await window.answers(born);
  const [{ id }] = await Promise.all([approves(staff, reference), mailed(claim.email, new RegExp(reference))]);
  const { found: link } = await mailed(claim.email, activateLink);

  await window.opens(link);
  const code = link.slice(link.indexOf('#') + 1);
  const activations = () => database.query('SELECT 1 FROM activations WHERE case_id = $1', [id]);
  if (!window.hasScript) {
    await window.answers({ accessCode: code });
  } else {
    expect(window.address()).toBe('/activate/code');
    expect(await window.text()).toContain(code.replace(/(.{4})(?=.)/g, '$1 '));
    expect(await activations()).toEqual([]);
    await window.presses(words.useCode);
  }
  expect(await activations()).toHaveLength(1);
  await window.answers(born);
  await window.answers({ keep: 'yes' });
  await window.answers({ username, password: goodPassword });
  await window.answers({ optIn: 'yes' });
  await window.answers({ acceptTerms: 'yes' });
  expect((await readOf(staff, id)).state).toBe('activated');

  await window.presses(words.signIn);
  await window.answers({ login: username, password: goodPassword });
  await window.presses(words.changeEmail);
  await window.answers({ email: newEmail, password: goodPassword });
  await window.answers({ code: (await mailed(newEmail, eightNumbers)).found });
  expect(await window.text()).toContain(newEmail);
  await window.presses(words.activity);
  await window.presses(words.signOut);
  expect(await window.context.cookies()).not.toContainEqual(expect.objectContaining({ name: 'gh_account_harborview' }));
}

const wordsOf = {
  en: {
    apply: /^Apply for an account/,
    start: 'Start',
    send: 'Send my application',
    follow: 'Follow my application',
    useCode: 'Use this code',
    signIn: 'Sign in',
    changeEmail: /my email address/,
    activity: 'See all activity',
    signOut: 'Sign out',
  },
  es: {
    apply: /^Solicitar una cuenta/,
    start: 'Empezar',
    send: 'Enviar mi solicitud',
    follow: 'Seguir mi solicitud',
    useCode: 'Usar este código',
    signIn: 'Entrar',
    changeEmail: /mi correo electrónico/,
    activity: 'Ver toda la actividad',
    signOut: 'Salir',
  },
};

describe('from the first page to signing out', () => {
  story('on a phone with keys alone, on a desktop in Spanish, and without JavaScript', async (sitsDown) => {
    const [phone, desktop, bare] = await Promise.all([
      sitsDown({ byKeyboard: true }),
      sitsDown({ language: 'es', width: 1280, height: 900 }),
      sitsDown({ hasScript: false }),
    ]);
    await Promise.all([
      livesThrough(phone, lifeOf('phone', 'en')),
      livesThrough(desktop, lifeOf('desktop', 'es')),
      livesThrough(bare, lifeOf('bare', 'en')),
    ]);
    expect(desktop.headings.filter((heading) => phone.headings.includes(heading))).toEqual([]);
    const typedCode = bare.headings.map((each) => each.replace('Type your access code', 'Open your account'));
    expect(typedCode).toEqual(phone.headings);
  });
});

/** Where applications stand, brought there by staff; each window has its own. */
async function applicationsOf(tag: string) {
  const brought = async (state: string, number: number): Promise<[string, { reference: string; claim: Claim }]> => {
    const claim = applicant(tag, number);
    const { reference } = await applies(stack, claim);
    const bring = waysTo[state];
    if (bring) await bring(reference);
    return [state, { reference, claim }];
  };
  return new Map(await Promise.all(Object.keys(waysTo).map(brought)));
}

const claims = async (reference: string) => (await act(staff, await caseOf(staff, reference), 'claim')).body;

async function codeSent(reference: string) {
  const { id } = await approves(staff, reference);
  await until(async () => (await readOf(staff, id)).state === 'code_sent', 30_000, `${reference} has its code`);
  return readOf(staff, id);
}

const waysTo: Record<string, ((reference: string) => Promise<unknown>) | undefined> = {
  received: undefined,
  in_review: claims,
  waiting_for_you: async (reference) =>
    staff.does(actOnCase, {
      params: { caseId: (await claims(reference)).id, action: 'requestInformation' },
      body: {
        version: (await caseOf(staff, reference)).version,
        reason: 'need_document',
        questions: ['Which clinic did you visit last?', 'In which year was that?'],
      },
    }),
  code_sent: codeSent,
  expired: async (reference) => act(staff, await codeSent(reference), 'expireNow'),
  closed: async (reference) => act(staff, await claims(reference), 'reject', { reason: 'not_a_patient' }),
};

const titlesOf = (language: 'en' | 'es') => {
  const words = statusWords[language];
  return {
    received: words.receivedTitle,
    in_review: words.reviewTitle,
    waiting_for_you: words.questionsTitle,
    code_sent: words.openTitle,
    expired: words.runOutTitle,
    closed: words.closedTitle,
  };
};

describe('following an application', () => {
  story('shows where it is; questions are answered, a code renewed, the application stopped', async (sitsDown) => {
    await Promise.all([
      follows(await sitsDown(), 'follow', 'en'),
      follows(await sitsDown({ language: 'es', width: 1280, height: 900, hasScript: false }), 'sigue', 'es'),
    ]);
  });

  async function follows(window: PageWindow, tag: string, language: 'en' | 'es'): Promise<void> {
    const [words, titles] = [statusWords[language], titlesOf(language)];
    const applications = await applicationsOf(tag);
    for (const [state, title] of Object.entries(titles)) {
      const { reference, claim } = applications.get(state) ?? { reference: '', claim: applicant('') };
      await window.opens('/status');
      await window.answers({ reference, ...bornIn(language) });
      expect([state, await window.heading()]).toEqual([state, title]);
      expect(await window.page.content()).not.toMatch(new RegExp(`${claim.lastName}|${claim.email}`));
      if (state === 'waiting_for_you') {
        await window.answers({ a1: 'The one on Main Street' }, words.sendAnswers);
        expect([window.address(), await window.valueOf('a1')]).toEqual(['/status/answers', 'The one on Main Street']);
        await window.answers({ a2: '2019' }, words.sendAnswers);
        expect(await window.heading()).toBe(words.answeredTitle);
        await window.leadsOn(() => window.page.reload());
        expect(await window.heading()).toBe(words.answeredTitle);
      }
      if (state === 'expired') {
        await window.presses(words.renew);
        expect(await window.heading()).toBe(words.renewedTitle);
        await until(
          () => relay.to(claim.email).filter(({ mail }) => /activate#/.test(mail.text ?? '')).length > 1,
          20_000,
          'the new code',
        );
      }
      if (state === 'code_sent') {
        await window.presses(words.stop);
        await window.presses(words.noKeep);
        expect(await window.heading()).toBe(title);
        await window.presses(words.stop);
        await window.presses(words.yesStop);
        expect(await window.heading()).toBe(words.stoppedTitle);
      }
    }
    await window.opens('/status');
    await window.answers({ reference: 'GH-0000-0000', ...bornIn(language) });
    expect(await window.text()).toContain(words.notFound);
  }
});

const bornIn = (language: 'en' | 'es') => ({ month: language === 'es' ? 'marzo' : 'March', day: '14', year: '1979' });

describe('“this was not me”', () => {
  story('does nothing until it is pressed; the link leaves the address bar, or is pasted', async (sitsDown) => {
    const tells = async (window: PageWindow, tag: string, words: { stop: string; done: string }) => {
      const claim = applicant(tag);
      const { reference } = await applies(stack, claim);
      const { found: link } = await mailed(claim.email, notMeLink);
      await window.opens(link);
      const flags = async () => (await caseOf(staff, reference)).flags;
      const before = await flags();
      if (tag === 'notme') {
        expect(window.address()).toBe('/not-me');
        expect(await window.page.locator('[name=token]').isVisible()).toBe(false);
        await window.presses('Español');
        await window.presses('English');
        expect(window.address()).toBe('/not-me');
      } else {
        await window.presses(words.stop);
        await window.fills({ token: link });
      }
      expect(await flags()).toEqual(before);
      await window.presses(words.stop);
      expect(await window.heading()).toBe(words.done);
      expect(await flags()).not.toEqual(before);
      await window.leadsOn(() => window.page.reload());
      expect(await window.heading()).toBe(words.done);
    };
    await Promise.all([
      tells(await sitsDown(), 'notme', notMe.en),
      tells(await sitsDown({ language: 'es', width: 1280, hasScript: false }), 'nofui', notMe.es),
    ]);
  });

  const notMe = {
    en: { stop: 'This was not me: stop it', done: 'Thank you. We have stopped it' },
    es: { stop: 'No fui yo: párenlo', done: 'Gracias. Lo hemos parado' },
  };
});

describe('back, reload, two tabs, two presses', () => {
  story('lose nothing and send once', async (sitsDown) => {
    const window = await sitsDown();
    const { page } = window;
    const claim = applicant('twice');
    await window.opens('/apply/name');
    await window.answers({ firstName: claim.firstName, lastName: '' });
    await window.leadsOn(() => page.reload()); // the refused form is sent again
    expect(await window.valueOf('firstName')).toBe(claim.firstName);
    await window.answers({ lastName: claim.lastName });
    await window.leadsOn(() => page.goBack());
    expect(await window.valueOf('lastName')).toBe(claim.lastName);
    await window.leadsOn(() => page.reload());
    await window.presses();
    await window.answers(bornIn('en'));
    await window.answers({ email: 'first@mail.example' });

    const other = await window.context.newPage();
    await other.goto('/p/harborview/apply/email');
    await other.locator('#email').fill(claim.email);
    await Promise.all([other.waitForEvent('load'), other.locator('#page .btn').click()]);
    await window.answers({ postalCode: claim.postalCode });
    for (let question = 0; question < 3; question += 1) await window.presses();
    expect(await window.text()).toContain(claim.email);

    await other.goto('/p/harborview/apply/check');
    await window.leadsOn(() => page.locator('#page .btn').dblclick());
    const reference = /GH-\w{4}-\w{4}/.exec(await window.text())?.[0];
    await Promise.all([other.waitForEvent('load'), other.locator('#page .btn').click()]);
    expect(await seenText(other.locator('main'))).toContain(reference);
    await window.leadsOn(() => page.goBack()); // to the look at all answers, which are sent by now
    expect(window.address()).toBe('/apply/sent');
    await window.leadsOn(() => page.reload());
    const cases = await database.query('SELECT reference FROM cases WHERE last_name = $1', [claim.lastName]);
    expect(cases).toEqual([{ reference }]);
  });

  story('without a network nothing is used up: once it is back, the same press goes through', async (sitsDown) => {
    const window = await sitsDown();
    await window.opens('/apply/name');
    await window.fills({ firstName: 'Net', lastName: 'Work' });
    await window.context.setOffline(true);
    await window.page.locator('#page .btn').click();
    await window.page.waitForURL(/chrome-error/).catch(() => undefined);
    await window.context.setOffline(false);
    await window.leadsOn(() => window.page.reload());
    expect(await window.heading()).toBe('When were you born?');
    expect(window.forgives(/ERR_INTERNET_DISCONNECTED/)).toBeGreaterThan(0);
  });
});

describe('an account', () => {
  const walk = async (tag: string) => {
    const claim = applicant(tag);
    const { accessCode } = await hasCode(stack, staff, database, claim);
    const username = `quinn.${tag}`;
    await activates(stack, { accessCode, claim, username });
    return { username, claim };
  };

  story(
    'whose session ends in the middle: signed in again, everything typed is there; it warns two minutes before',
    async (sitsDown) => {
      const { username } = await walk('session');
      const window = await sitsDown();
      const { page } = window;
      await page.clock.install();
      await window.opens('/sign-in');
      await window.answers({ login: username, password: 'not this one' });
      expect(await hasFocus(page.locator('.problem'))).toBe(true);
      expect(await window.valueOf('password')).toBe('');
      await window.answers({ password: goodPassword });
      await window.opens('/account/email');
      await window.fills({ email: 'q.session.new@mail.example', password: goodPassword });
      const dialog = page.getByRole('dialog', { name: 'Are you still there?' });
      await page.clock.fastForward(27 * 60_000);
      expect(await dialog.isVisible()).toBe(false);
      await page.clock.fastForward(90_000);
      await dialog.waitFor();
      expect(await dialog.textContent()).toMatch(/we sign you out at \d+:\d\d [ap]m \(Eastern time\)\./);
      expect(await axeFindings(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Stay signed in' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await database.query(
        `UPDATE sessions SET last_active_at = last_active_at - interval '31 minutes'
       WHERE account_id = (SELECT id FROM accounts WHERE username = $1)`,
        [username],
      );
      await window.presses();
      expect(await window.text()).toContain('What you typed is still here.');
      await window.answers({ password: goodPassword });
      expect([window.address(), await window.valueOf('email')]).toEqual([
        '/account/email',
        'q.session.new@mail.example',
      ]);
      await page.clock.fastForward(31 * 60_000);
      await page.getByRole('dialog', { name: 'You were signed out' }).waitFor();
    },
  );

  story(
    'is opened in one place only; a second browser with the code ends the first, which is told',
    async (sitsDown) => {
      const claim = applicant('places');
      const { accessCode } = await hasCode(stack, staff, database, claim);
      const [first, second] = await Promise.all([sitsDown(), sitsDown({ width: 1280 })]);
      await first.opens(`/activate#${accessCode.replaceAll('-', '')}`);
      await first.presses('Use this code');
      await second.opens('/activate');
      await second.answers({ accessCode: accessCode.toLowerCase() });
      await first.answers(bornIn('en'));
      expect(await first.heading()).toBe('Please start again');
      await second.answers({ month: '3', day: '15', year: '1979' });
      expect(await second.text()).toContain('March 15, 1979 does not fit this code. You can try 4 more times');
      await second.leadsOn(() => second.page.reload()); // sent again, and costs nothing
      expect(await second.text()).toContain('You can try 4 more times');
      for (const day of ['16', '17', '18', '19']) await second.answers({ day });
      expect(await second.heading()).toBe('Your access code is locked');
    },
  );
});

describe('what the script adds', () => {
  story(
    'judges a password while it is typed, shows it, takes it from the clipboard, and knows Caps Lock',
    async (sitsDown) => {
      const claim = applicant('script');
      const { accessCode } = await hasCode(stack, staff, database, claim);
      const window = await sitsDown();
      const { page } = window;
      const bytes = countScript(page);
      await window.opens(`/activate#${accessCode.replaceAll('-', '')}`);
      await window.presses('Use this code');
      await window.answers(bornIn('en'));
      await window.answers({ keep: 'yes' });
      await window.fills({ username: 'quinn.script' });
      const rule = page.locator('li[data-rule=length]');
      const password = page.locator('#pass');
      await password.pressSequentially('blue kettle');
      expect(await rule.textContent()).toMatch(/^Not yet:/);
      await password.pressSequentially(' on the windowsill');
      expect(await rule.textContent()).toMatch(/^Done:/);
      await page.getByText(/^Strength:/).waitFor();
      expect(await bytes()).toBeLessThanOrEqual(mostScriptBytes); // no other page asks for more
      await page.getByRole('button', { name: 'Show password' }).click();
      expect(await password.getAttribute('type')).toBe('text');
      await page.getByRole('button', { name: 'Hide password' }).click();
      await page.locator('#user').press('ControlOrMeta+a');
      await page.locator('#user').press('ControlOrMeta+c');
      await password.fill('');
      await password.press('ControlOrMeta+v');
      expect(await password.inputValue()).toBe('quinn.script');
      expect(await page.locator('li[data-rule=without]').textContent()).toMatch(/^Not yet:/);
      await page.evaluate(`document.querySelector('#pass').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'A', bubbles: true, modifierCapsLock: true }))`);
      await page.getByText('Caps Lock is on').waitFor();
      await window.presses(); // also while Caps Lock is told of
      expect(await password.inputValue()).toBe('');
      expect(await window.valueOf('username')).toBe('quinn.script');
      await page.locator('.problem a').first().click();
      expect(await hasFocus(password)).toBe(true);
    },
  );

  story('is nothing that anybody needs: without it, nothing is shown that it would do', async (sitsDown) => {
    const bare = await sitsDown({ hasScript: false });
    await bare.opens('/help');
    expect(await bare.text()).not.toContain('Print this page');
    await bare.opens('/activate#7K4MQ2XH9TDV3RWB');
    expect(await bare.heading()).toBe('Type your access code');
    expect(await bare.page.getByText('Use this code').isVisible()).toBe(false);
    await bare.opens('/sign-in');
    expect(await bare.page.getByRole('button', { name: 'Show password' }).count()).toBe(0);
  });
});

describe('every page that anybody can open', () => {
  story(
    'fits into 320 px with the largest letters, in the dark and on the desktop, in the look of every portal',
    async (sitsDown) => {
      const wrong: string[] = [];
      const looks = async (
        { page }: PageWindow,
        addresses: readonly string[],
        judge: (page: Page) => Promise<string[]>,
      ) => {
        for (const address of addresses) {
          await page.goto(address);
          wrong.push(...(await judge(page)).map((fault) => `${address}: ${fault}`));
        }
      };
      const contrast = (page: Page) => axeFindings(page, { onlyRules: ['color-contrast', 'link-in-text-block'] });
      const [narrow, wide] = await Promise.all([
        sitsDown({ width: 320, language: 'es' }),
        sitsDown({ width: 1280, height: 900 }),
      ]);
      const url = stack.apiUrl.replace('127.0.0.1', 'localhost');
      await narrow.context.addCookies([{ name: 'gh_text', value: 'largest', url }]);
      const portals = (await staff.does(listPortals, {})).data.map(({ id }) => id);
      const own = openPages.map((path) => `/p/harborview${path}`);
      const starts = portals.map((portal) => `/p/${portal}/apply`);
      await Promise.all([
        looks(narrow, own, sidewaysScroll),
        looks(wide, starts, contrast)
          .then(() => wide.page.emulateMedia({ colorScheme: 'dark' }))
          .then(() => looks(wide, [...own.filter((_, index) => index % 3 === 0), ...starts], contrast)),
      ]);
      expect(wrong).toEqual([]);
    },
  );

  story('keeps what was typed when letters grow or the language turns', async (sitsDown) => {
    const window = await sitsDown();
    await window.opens('/apply/name');
    await window.fills({ firstName: 'Ana' });
    await window.presses('Bigger text');
    await window.fills({ lastName: 'Ruiz' });
    await window.presses('Español');
    expect([await window.valueOf('firstName'), await window.valueOf('lastName')]).toEqual(['Ana', 'Ruiz']);
    expect(await window.page.locator('html').getAttribute('data-text')).toBe('larger');
    await window.presses();
    expect(await window.heading()).toBe('¿Cuándo nació?');
  });
});
