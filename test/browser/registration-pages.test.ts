import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { actOnCase, createCase } from '../../contract/routes/staff/cases.ts';
import { nameKey } from '../../domain/people/normalise.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { launchBrowser } from '../support/browser.ts';
import { mailed } from '../support/mailed.ts';
import { hasFocus, inWindows, type PageWindow, type SitsDown } from '../support/page-window.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { sideBySide } from '../support/side-by-side.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { changePolicy, goodPassword, readOf, signedIn, until, withoutLimits } from '../support/stories.ts';
import type { Visitor } from '../support/visitor.ts';

// What people see who were sent a registration e-mail, in real Chromium over the whole product: from the mail to signing in, with
// one account for several practices. A window judges every page it comes to (axe, console, sideways scrolling, size of targets).

const portal = 'maplestreet';

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
  await changePolicy(staff, withoutLimits, portal);
  stories.begin();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await database?.close();
  await stack?.stop();
  await relay?.close();
}, 60_000);

const stories = sideBySide(4);

const story = (name: string, tell: (sitsDown: SitsDown) => Promise<void>) =>
  stories.story(name, () => inWindows(browser, { stack, judged, portal }, tell));

/** The practices of the demonstration; what a practice sends goes to the address it has. */
const practices = ['Maple Street Family Practice', 'Riverside Family Practice', 'Back Cove Pediatrics'] as const;

interface Patient {
  lastName: string;
  personId: string;
}

interface Invited {
  caseId: string;
  link: string;
}

async function patient(tag: string): Promise<Patient> {
  const [person] = await database.query<{ id: string }>('INSERT INTO persons (portal) VALUES ($1) RETURNING id', [
    portal,
  ]);
  return { lastName: `Ma${tag}ova`, personId: person?.id ?? '' };
}

/** A registration e-mail from a practice to somebody it has a record of. */
async function invited(
  { lastName, personId }: Patient,
  practice: (typeof practices)[number] = practices[0],
): Promise<Invited> {
  const address = `${lastName}.${practices.indexOf(practice)}@mail.example`.toLowerCase();
  const [record] = await database.query<{ id: string }>(
    `INSERT INTO patient_records (portal, person_id, practice_id, mrn, first_name, last_name, date_of_birth, postal_code, email,
       first_name_key, last_name_key)
     SELECT $1, $2, p.id, $3, 'Quinn', $4, '1979-03-14', '04101-2244', $5, $6, $7 FROM practices p
     WHERE p.portal = $1 AND p.name = $8 RETURNING id`,
    [portal, personId, address, lastName, address, nameKey('Quinn'), nameKey(lastName), practice],
  );
  const { id: caseId } = await staff.does(createCase, {
    body: { kind: 'registration', portal, patientRecordId: record?.id ?? '' },
  });
  const { found: link } = await mailed(relay, address, registerLink);
  await until(async () => (await stateOf(caseId)) === 'sent', 20_000, `the link to ${address} is sent`);
  return { caseId, link };
}

const registerLink = /http:\S+\/register#\S+/;
const identityOf = ({ lastName }: Patient, language: 'en' | 'es' = 'en') => ({
  firstName: 'Quinn',
  lastName,
  month: language === 'es' ? 'marzo' : 'March',
  day: '14',
  year: '1979',
  postalCode: '04101',
});
const profileOf = (username: string) => ({
  username,
  password: goodPassword,
  question1: 'first_pet',
  answer1: 'Rex',
  question2: 'first_job',
  answer2: 'South  Portland',
});
const stateOf = async (caseId: string) => (await readOf(staff, caseId)).state;
const startsSeen = (caseId: string) => database.query('SELECT 1 FROM registration_walks WHERE case_id = $1', [caseId]);

/** Opens the mail's link, which uses nothing, and begins. */
async function begins(window: PageWindow, { caseId, link }: Invited): Promise<void> {
  const before = (await startsSeen(caseId)).length;
  await window.opens(link);
  expect(await startsSeen(caseId)).toHaveLength(before);
  if (window.hasScript) {
    expect(window.address()).toBe('/register');
    expect(await window.page.locator('[name=token]').isVisible()).toBe(false);
  } else {
    await window.fills({ token: link });
  }
  await window.presses();
  expect(await startsSeen(caseId)).toHaveLength(before + 1);
}

async function registers(window: PageWindow, person: Patient, username: string): Promise<string> {
  const sent = await invited(person);
  await begins(window, sent);
  await window.answers(identityOf(person));
  await window.answers(profileOf(username));
  await window.answers({ acceptTerms: 'yes' });
  expect(await window.heading()).toBe('Your account is open');
  return sent.caseId;
}

describe('from the mail to signing in', () => {
  story(
    'with keys alone; one more practice by the answers, a third by the username, all in My account',
    async (sitsDown) => {
      const person = await patient('whole');
      const phone = await sitsDown({ byKeyboard: true });
      const first = await registers(phone, person, 'quinn.whole');
      expect(await stateOf(first)).toBe('registered');
      await phone.leadsOn(() => phone.page.goBack());
      expect(await phone.heading()).toBe('Your account is open');
      await phone.presses('Sign in');
      expect(await phone.valueOf('login')).toBe('quinn.whole');
      await phone.answers({ password: goodPassword });
      expect(await phone.text()).toContain(practices[0]);

      const second = await invited(person, practices[1]);
      await begins(phone, second);
      await phone.answers(identityOf(person));
      await phone.fills({ proof: 'answers' });
      expect(await phone.text()).toContain('What was the name of your first pet?');
      await phone.answers({ answer1: 'rex ', answer2: 'south portland' });
      await phone.answers({ acceptTerms: 'yes' });
      expect(await phone.heading()).toBe(`${practices[1]} is in your account now`);
      expect(await stateOf(second.caseId)).toBe('linked');
      await mailed(relay, `${person.lastName}.0@mail.example`.toLowerCase(), /Riverside Family Practice/);

      const third = await invited(person, practices[2]);
      const desktop = await sitsDown({ language: 'es', width: 1280, height: 900, hasScript: false });
      await begins(desktop, third);
      await desktop.answers(identityOf(person, 'es'));
      await desktop.fills({ proof: 'answers' });
      expect(await desktop.text()).toContain('¿Cómo se llamaba su primera mascota?');
      await desktop.fills({ proof: 'username' });
      await desktop.answers({ username: 'QUINN.whole' });
      await desktop.answers({ acceptTerms: 'yes' });
      expect(await desktop.heading()).toBe(`${practices[2]} ya está en su cuenta`);
      expect(await stateOf(third.caseId)).toBe('linked');

      await phone.presses('Go to my account');
      for (const practice of practices) expect(await phone.text()).toContain(practice);
    },
  );

  story(
    'in Spanish without JavaScript, with mistakes, in larger letters; nothing that was typed is lost',
    async (sitsDown) => {
      const person = await patient('despacio');
      const { caseId, link } = await invited(person);
      const window = await sitsDown({ language: 'es', width: 390, hasScript: false });
      await window.opens('/');
      expect(await window.text()).toContain('Cómo obtener una cuenta');
      await window.presses(/^Recibí un correo/);
      await window.answers({ token: link.slice(0, -2) });
      expect(await window.text()).toContain('El enlace no está completo');
      await window.answers({ token: link });
      await window.answers({ ...identityOf(person, 'es'), postalCode: '' });
      await window.answers({ postalCode: '04102' });
      expect(await window.text()).toContain('Puede intentarlo 4 veces más');
      await window.presses('Texto más grande');
      await window.presses('English');
      expect([await window.valueOf('lastName'), await window.valueOf('day')]).toEqual([person.lastName, '14']);
      await window.presses('Español');
      await window.answers({ postalCode: '04101' });
      await window.answers({ ...profileOf('quinn.despacio'), question2: 'first_pet', password: 'corta' });
      expect(await window.text()).toContain('Elija otra pregunta 2');
      expect([await window.valueOf('answer1'), await window.valueOf('password')]).toEqual(['Rex', '']);
      await window.answers({ question2: 'first_job', password: goodPassword });
      await window.presses();
      expect(await window.text()).toContain('Marque la casilla');
      await window.answers({ acceptTerms: 'yes' });
      expect(await window.heading()).toBe('Su cuenta está abierta');
      expect(await stateOf(caseId)).toBe('registered');
    },
  );

  story('in one place at a time: whoever began again elsewhere goes on there', async (sitsDown) => {
    const person = await patient('places');
    const sent = await invited(person);
    const [first, second] = await Promise.all([sitsDown(), sitsDown({ width: 1280, scheme: 'dark' })]);
    await begins(first, sent);
    await begins(second, sent);
    await first.answers(identityOf(person));
    expect(await first.heading()).toBe('Please begin again');
    await first.presses('Español');
    expect(await first.heading()).toBe('Empiece otra vez, por favor');
    await second.answers(identityOf(person));
    await second.leadsOn(() => second.page.goBack());
    expect(second.address()).toBe('/register/profile');
    await second.opens(sent.link);
    await second.presses('Go on where you stopped');
    expect(second.address()).toBe('/register/profile');
  });

  story('who is asked once more, because the record changed meanwhile, reads why', async (sitsDown) => {
    const person = await patient('anew');
    const sent = await invited(person);
    const window = await sitsDown({ language: 'es', width: 390, hasScript: false });
    await begins(window, sent);
    expect(await window.text()).not.toMatch(/Escriba esto otra vez|quedan hechos/);
    await window.answers(identityOf(person, 'es'));
    expect(await window.text()).toContain('Los pasos que ya hizo quedan hechos');
    await database.query(`UPDATE patient_records SET date_of_birth = '1979-03-15' WHERE last_name = $1`, [
      person.lastName,
    ]);
    await window.answers(profileOf('quinn.anew'));
    expect(window.address()).toBe('/register/identification');
    expect(await window.text()).toContain('Escriba esto otra vez, por favor');
    await window.presses('English');
    expect(await window.text()).toContain('Please type these again');
    await window.answers(identityOf(person));
    expect(await window.text()).toContain('You can try 4 more times');
    expect(await window.text()).not.toContain('Please type these again');
    await window.answers({ day: '15' });
    await window.answers(profileOf('quinn.anew'));
    await window.answers({ acceptTerms: 'yes' });
    expect(await window.heading()).toBe('Your account is open');
    expect(await stateOf(sent.caseId)).toBe('registered');
  });

  story('warns two minutes before the end, in the time of the practice, wherever the reader is', async (sitsDown) => {
    const sent = await invited(await patient('soon'));
    const window = await sitsDown();
    const { page } = window;
    await page.clock.install();
    await begins(window, sent);
    const told = async (name: string) => (await page.locator('body').getAttribute(name)) ?? '';
    const [endsAt, now] = [await told('data-ends-at'), await told('data-now')];
    await page.clock.fastForward(Date.parse(endsAt) - Date.parse(now) - 90_000);
    const dialog = page.getByRole('dialog', { name: 'Your time on this page runs out soon' });
    await dialog.waitFor();
    const format = new Intl.DateTimeFormat('en-US', { timeStyle: 'short', timeZone: 'America/New_York' });
    const time = format.format(new Date(endsAt)).toLowerCase().replace(/\s/gu, ' ');
    expect(await dialog.textContent()).toContain(`You can go on here until ${time} (Eastern time).`);
  });
});

describe('a link', () => {
  story(
    'that has run out, or is dead, is told before anything is asked, in the dark and in both languages',
    async (sitsDown) => {
      const person = await patient('late');
      const { caseId, link } = await invited(person);
      const { version } = await readOf(staff, caseId);
      await staff.does(actOnCase, { params: { caseId, action: 'expireNow' }, body: { version } });
      const window = await sitsDown({ width: 390, scheme: 'dark' });
      await window.opens(link);
      await window.presses('Begin');
      expect(await window.heading()).toBe('This link has run out');
      expect(await window.page.locator('main input:visible').count()).toBe(0);
      await window.presses('Español');
      expect(await window.heading()).toBe('Este enlace ya venció');
      await window.presses('English');
      await window.opens(link.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A')));
      await window.presses('Begin');
      expect(await window.heading()).toBe('This link does not work');
      expect(await window.text()).toContain('It was locked after too many tries');
      await window.opens(link.slice(0, -3)); // cut off by a mail program: what there is of it can be seen, and pasted anew
      await window.presses('Begin');
      expect(await window.text()).toContain('This is not the whole link.');
      expect(await window.page.locator('[name=token]').isVisible()).toBe(true);
      await window.opens('/register/profile');
      expect(await window.heading()).toBe('Please begin with the link in our email');
    },
  );

  story('is locked by the fifth identification that does not fit', async (sitsDown) => {
    const person = await patient('wrong');
    const sent = await invited(person);
    const window = await sitsDown({ width: 390, scheme: 'dark' });
    await begins(window, sent);
    await window.answers({ ...identityOf(person), day: '15' });
    expect(await window.text()).toContain('You can try 4 more times');
    expect(await hasFocus(window.page.locator('.problem'))).toBe(true);
    await window.page.locator('.problem a').click();
    expect(await hasFocus(window.page.locator('#who'))).toBe(true);
    await window.leadsOn(() => window.page.reload()); // sent again, and costs nothing
    expect(await window.text()).toContain('You can try 4 more times');
    for (const day of ['16', '17', '18', '19']) await window.answers({ day });
    expect(await window.heading()).toBe('Your link is locked');
    await window.presses('Español');
    expect(await window.heading()).toBe('Su enlace está bloqueado');
    expect(await stateOf(sent.caseId)).toBe('locked');
  });

  story('is locked by the third proof that does not fit; the account stays as it is', async (sitsDown) => {
    const person = await patient('proof');
    const [window, other] = await Promise.all([sitsDown(), sitsDown({ width: 390, scheme: 'dark' })]);
    await registers(window, person, 'quinn.proof');
    const sent = await invited(person, practices[1]);
    await begins(other, sent);
    await other.answers(identityOf(person));
    await other.presses();
    expect(await other.text()).toContain('Choose one of these');
    await other.fills({ proof: 'answers' });
    await other.answers({ answer1: 'Rover', answer2: 'Boston' });
    expect(await other.text()).toContain('You can try 2 more times');
    await other.leadsOn(() => other.page.reload());
    expect(await other.text()).toContain('This was sent before');
    await other.answers({ answer1: 'Rover', answer2: 'Bangor' });
    await other.fills({ proof: 'username' });
    await other.answers({ username: 'quinn' });
    expect(await other.heading()).toBe('Your link is locked');
    expect(await stateOf(sent.caseId)).toBe('locked');
    await window.presses('Sign in');
    await window.answers({ password: goodPassword });
    expect(await window.text()).not.toContain(practices[1]);
  });
});
