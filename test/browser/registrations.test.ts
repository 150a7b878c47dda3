import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { createCase, listCases } from '../../contract/routes/staff/cases.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import {
  axeFindings,
  type Desk,
  type DeskOptions,
  launchBrowser,
  openDesk,
  sidewaysScroll,
  toast,
} from '../support/browser.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { act, changePolicy, readOf, signedIn, until, withoutLimits } from '../support/stories.ts';
import type { Visitor } from '../support/visitor.ts';

// Registration e-mails from the desk, in real Chromium over the whole product: one person, and many by a campaign. The people
// are the demonstration's records of Maple Street who have neither an account nor a case.

const portal = 'maplestreet';

let browser: Browser;
let relay: Relay;
let stack: Stack;
let database: Database;
let staff: Visitor;
const desks: Desk[] = [];

beforeAll(async () => {
  relay = await startRelay();
  [browser, stack] = await Promise.all([launchBrowser(), startStack({ demo: true, smtpUrl: relay.url })]);
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 3, name: 'registrations' });
  staff = await signedIn(stack, 'supervisor');
  await changePolicy(staff, withoutLimits, portal);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await database?.close();
  await stack?.stop();
  await relay?.close();
}, 60_000);

afterEach(async () => {
  const troubles = desks.flatMap((desk) => desk.troubles());
  await Promise.all(desks.splice(0).map((desk) => desk.close()));
  expect(troubles).toEqual([]);
});

describe('one person', () => {
  it('is sent the registration e-mail from the record; the link is extended, sent anew, and cancelled with a reason', async () => {
    const desk = await sitsDown({ as: 'reviewer' });
    const { page } = desk;
    await desk.goTo('/registrations');
    await page.getByRole('link', { name: 'Send to one person' }).click();
    await page.getByText('Choose the person to send to.').waitFor();
    await page.getByRole('searchbox', { name: /^Name, MRN/ }).fill('Okafor');
    await page.getByRole('row').filter({ hasText: 'MS-200001' }).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'Ben Okafor' }).waitFor();

    await page.getByRole('button', { name: 'Send registration e-mail' }).click();
    await mailIn(page).getByText('Register here').waitFor();
    await page.getByText('What the person sees next').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send the e-mail' }).click();
    await toast(page, 'The registration e-mail is queued.').waitFor();
    await state(page, 'Sent').waitFor();
    await until(() => relay.to(ben).length === 1, 15_000, 'the link is mailed');
    expect(await page.title()).toMatch(/^Case GH-[0-9A-Z]{4}-[0-9A-Z]{4} – Gatehouse$/);

    const { reference } = await caseAt(page);
    await page.getByRole('button', { name: 'Back to the registrations' }).click();
    const row = page.getByRole('row').filter({ hasText: reference });
    await row.getByText(/^1[34] d$/).waitFor();
    await row.getByRole('link').focus();
    await page.keyboard.press('Enter');
    await page.getByText('in Waiting for the person').waitFor();
    expect(await axeFindings(page)).toEqual([]);

    const end = new Date(Date.now() + 30 * 24 * 3_600_000);
    await opensForm(page, 'Extend');
    await page.getByLabel('Until').fill(`${end.toISOString().slice(0, 10)}T12:00`);
    await page.locator('.act').getByRole('button', { name: 'Extend' }).click();
    await toast(page, 'Extended.').waitFor();
    expect((await caseAt(page)).expiresAt?.slice(0, 10)).toBe(end.toISOString().slice(0, 10));

    await opensForm(page, 'Send again');
    await mailIn(page).getByText('Register here').waitFor();
    await page.getByRole('button', { name: 'Send a new link' }).click();
    await toast(page, 'A new link is on its way; the old one is dead.').waitFor();
    await until(() => relay.to(ben).length === 2, 15_000, 'the new link is mailed');
    await state(page, 'Sent').waitFor();

    await opensForm(page, 'Cancel registration');
    await page.getByRole('radio', { name: 'Meant for somebody else' }).check({ force: true });
    await page.getByText('No mail goes out.').waitFor();
    await page.getByRole('button', { name: 'Cancel for good' }).click();
    await toast(page, 'Cancelled. The link is dead.').waitFor();
    await state(page, 'Cancelled').waitFor();
    await page.getByText('Nothing by itself: the case is over.').waitFor();
    await page.getByRole('tabpanel').getByText('cancelled the registration: meant for somebody else').waitFor();
    expect(await caseAt(page)).toMatchObject({ state: 'cancelled', secret: { state: 'revoked' } });
  }, 90_000);

  it('gets it at another address only with a reason; a person it cannot be sent to is told apart in words', async () => {
    const [free, active] = await Promise.all([freeRecord(), activeRecord()]);
    const desk = await sitsDown({ as: 'clerk' });
    const { page } = desk;
    desk.expects(422, /\/staff\/cases\/preview$/);
    await desk.goTo(`/records/${active.id}`);
    await page.getByRole('button', { name: 'Send registration e-mail' }).click();
    await page.getByText('This person has an account that shows this record already').waitFor();
    expect(await page.getByRole('button', { name: 'Send the e-mail' }).isDisabled()).toBe(true);

    await desk.goTo(`/records/${free.id}`);
    await page.getByRole('button', { name: 'Send registration e-mail' }).click();
    await page.getByRole('radio', { name: 'Another address' }).check({ force: true });
    await page.getByText('The mail shows here once the fields above are filled.').waitFor();
    await page.getByLabel('New address').fill('another.box@mail.example');
    await page.getByLabel('Why another address than on file?').selectOption('other');
    await page.getByLabel('Private note, needed for this reason').fill('Read out on the phone.');
    await mailIn(page).getByText('Register here').waitFor();
    await page.keyboard.press('Control+Enter');
    await state(page, 'Sent').waitFor();
    await until(() => relay.to('another.box@mail.example').length === 1, 15_000, 'it goes there');
    await page.locator('tr.x', { hasText: 'E-mail' }).getByText('Differs').waitFor();
    await page.getByText('Read out on the phone.').first().waitFor();
  }, 60_000);
});

describe('who turns back', () => {
  it('from sending out of the list stands on the row one came from', async () => {
    const desk = await sitsDown({ as: 'clerk' });
    const { page } = desk;
    desk.expects(422, /\/staff\/cases\/preview$/);
    await desk.goTo('/records');
    const link = page.locator('.records tbody tr').nth(3).locator('[data-row]');
    const id = await link.getAttribute('data-row');
    await link.focus();
    await page
      .getByRole('complementary', { name: 'The chosen record' })
      .getByRole('link', { name: 'Send registration e-mail' })
      .click();
    await page.getByText('Where it goes').waitFor();
    await desk.settled();
    expect(new URL(page.url()).pathname).toBe(`/admin/records/${id}`);
    await page.keyboard.press('Escape');
    await page.getByText('Where it goes').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.locator(`tr[aria-current="true"] [data-row="${id}"]`).waitFor();
  });
});

describe('a move that does not fit any more', () => {
  it('is told as that, and nothing that happened before is named as its cause', async () => {
    const free = await freeRecord();
    const begin = () => staff.does(createCase, { body: { kind: 'registration', portal, patientRecordId: free.id } });
    const first = await begin();
    await until(async () => (await readOf(staff, first.id)).state === 'sent', 15_000, 'the link is mailed');
    await act(staff, await readOf(staff, first.id), 'expireNow');
    const desk = await sitsDown({ as: 'clerk' });
    const { page } = desk;
    desk.expects(409, /\/actions\/resend(\/preview)?$/);
    await desk.goTo(`/cases/${first.id}`);
    await opensForm(page, 'Send again');
    await mailIn(page).getByText('Register here').waitFor();

    // A slow line: the page does not learn of the second registration before the clerk has sent.
    let letThrough = () => {};
    const isSent = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route(/\/staff\/cases\/[^/]+(\/actions\/resend\/preview)?$/, async (route) => {
      await isSent;
      await route.continue();
    });
    const second = await begin();
    await page.getByRole('button', { name: 'Send a new link' }).click();
    letThrough();
    const told = page.locator('.changed');
    await told.getByText('This cannot be done as things stand.').waitFor();
    await told.getByText('What you sent was not done.').waitFor();
    expect(await told.textContent()).not.toMatch(/link expired|ended the link/i);
    await page.getByText('Another case of this person is open:').waitFor();
    await page.getByRole('link', { name: second.reference }).first().waitFor();
  }, 60_000);
});

describe('the board', () => {
  it('parts what staff must do from what waits for the person', async () => {
    const { data } = await staff.does(listCases, {
      query: { kind: 'registration', waitingOn: ['staff'], perPage: 25 },
    });
    const desk = await sitsDown({ as: 'clerk' });
    const { page } = desk;
    await desk.goTo('/registrations');
    const rows = page.locator('.registrations tbody [data-row]');
    const shown = async () => Promise.all((await rows.all()).map((link) => link.getAttribute('data-row')));
    const waiting = await shown();
    expect(waiting.filter((id) => data.some((each) => each.id === id))).toEqual([]);
    await page.getByRole('link', { name: `Needs us ${data.length}` }).click();
    await until(async () => (await rows.count()) === data.length, 5_000, 'they are listed');
    expect((await shown()).sort()).toEqual(data.map(({ id }) => id).sort());

    await page.getByRole('row').filter({ hasText: 'Link locked' }).getByRole('link').click();
    await page.getByText('Nothing, until somebody sends a new link.').waitFor();
  });
});

describe('many people', () => {
  it('of whom none can be sent to: another file is judged, under the same name', async () => {
    const desk = await sitsDown({ as: 'reviewer' });
    const { page } = desk;
    const judges = async (file: string) => {
      const buffer = Buffer.from(file);
      await page.locator('input[type=file]').setInputFiles({ name: 'some.csv', mimeType: 'text/csv', buffer });
      await page.getByRole('button', { name: 'Judge the rows' }).click();
      await page.getByRole('heading', { level: 1, name: 'Winter' }).waitFor();
    };
    await desk.goTo('/campaigns/new');
    await page.getByLabel('Name', { exact: true }).fill('Winter');
    await page.getByLabel('Portal', { exact: true }).selectOption(portal);
    await page.getByLabel('Registrations a minute').fill('60');
    await judges('mrn\nMS-000000');
    await page.getByText('No row can be sent.').waitFor();
    expect(await page.getByRole('button', { name: /^Send to/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Judge another file' }).click();
    expect(await page.getByLabel('Registrations a minute').inputValue()).toBe('60');
    await judges(`mrn\n${(await freeRecord()).mrn}`);
    await page.getByRole('button', { name: 'Send to 1 person' }).waitFor();
  });

  it('are judged row by row, sent to at a pace, and each row is accounted for', async () => {
    const [first, second] = await freeRecords(2);
    const active = await activeRecord();
    if (!first || !second) throw new Error('two who can be sent to');
    const file = [
      'mrn,email,reason',
      `${first.mrn},,`,
      `${second.mrn},by.campaign@mail.example,address_outdated`,
      `${active.mrn},,`,
      'MS-000000,,',
      `${first.mrn},,`,
      `${first.mrn},not an address,`,
    ].join('\n');
    const desk = await sitsDown({ as: 'reviewer' });
    const { page } = desk;
    await desk.goTo('/registrations');
    await page.getByRole('link', { name: 'Campaigns' }).click();
    await page.getByRole('link', { name: 'New campaign' }).click();
    await page.getByRole('button', { name: 'Judge the rows' }).click();
    await page.getByText('Give it a name.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Autumn');
    await page.getByLabel('Portal', { exact: true }).selectOption(portal);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'autumn.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await page.getByText('autumn.csv: 6 rows below the header').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Judge the rows' }).click();

    await page.getByRole('heading', { level: 1, name: 'Autumn' }).waitFor();
    await rowOf(page, 'MS-000000').getByText('No record of this portal has this MRN').waitFor();
    await rowOf(page, active.mrn).getByText('The person has an account that shows this record already').waitFor();
    await page.getByRole('button', { name: 'Refused 4' }).click();
    await until(async () => (await page.locator('.campaign-rows tbody tr').count()) === 4, 5_000, 'four are refused');
    expect(await axeFindings(page)).toEqual([]);
    expect(relay.to(first.email)).toEqual([]);

    await page.getByRole('button', { name: 'Send to 2 people' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('At 4000 a minute this takes about').waitFor();
    await dialog.getByRole('button', { name: 'Send to 2 people' }).click();
    await page.getByText('2 of 2 registrations made').waitFor();
    await state(page, 'Sent').waitFor();
    await until(
      () => relay.to(first.email).length === 1 && relay.to('by.campaign@mail.example').length === 1,
      20_000,
      'both are mailed',
    );
    await page.getByRole('button', { name: 'Sent 2' }).click();
    await rowOf(page, second.mrn).getByRole('link', { name: /^GH-/ }).waitFor();

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Results as CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    await page.getByRole('link', { name: 'Registrations' }).click();
    await page.getByRole('row').filter({ hasText: 'Of a campaign' }).first().waitFor();
    await until(async () => (await page.locator('.registrations tbody tr').count()) === 2, 5_000, 'its two are listed');
  }, 90_000);
});

describe('every new screen', () => {
  it('is whole in the dark, at 390 px, and in Spanish', async () => {
    const desk = await sitsDown({ as: 'reviewer', scheme: 'dark', width: 390, height: 844 });
    const { page } = desk;
    const { data } = await staff.does(listCases, { query: { kind: 'registration', state: ['locked'], perPage: 1 } });
    const paths = ['/registrations', '/campaigns', '/campaigns/new', `/cases/${data[0]?.id}`];
    const wrong: string[] = [];
    const look = async (where: string) => {
      await desk.goTo(where);
      wrong.push(...(await axeFindings(page)), ...(await sidewaysScroll(page)));
    };
    for (const where of paths) await look(where);
    await page.getByRole('button', { name: /account menu/ }).click();
    await page
      .getByRole('menuitem', { name: /Español/ })
      .or(page.getByText('Español'))
      .first()
      .click();
    for (const where of paths) await look(where);
    await page.getByText('Enlace bloqueado').first().waitFor();
    expect(wrong).toEqual([]);
  }, 90_000);

  it('is worked by keyboard alone', async () => {
    const desk = await sitsDown({ as: 'clerk' });
    const { page } = desk;
    await desk.goTo('/queue');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { level: 1, name: 'Registrations' }).waitFor();
    await page.locator('.registrations tbody tr').nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByText(/^2 of \d+ in Waiting for the person$/).waitFor();
    await page.keyboard.press('k');
    await page.getByText(/^1 of \d+ in Waiting for the person$/).waitFor();
    await page.keyboard.press('j');
    await page.getByText(/^2 of \d+ in Waiting for the person$/).waitFor();
    const { id } = await caseAt(page);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Registrations' }).waitFor();
    await page.locator(`tr[aria-current="true"] [data-row="${id}"]`).waitFor();
    expect(await page.locator('.registrations tr[aria-current="true"]').count()).toBe(1);
  });
});

const ben = 'ben.okafor@mail.example';

interface Free {
  id: string;
  mrn: string;
  email: string;
}

/** Records that can be sent a registration e-mail; each is answered once. */
const given = new Set<string>();
async function freeRecords(count: number): Promise<Free[]> {
  const found = await database.query<Free & Record<string, unknown>>(
    `SELECT r.id, r.mrn, r.email FROM patient_records r
     WHERE r.portal = $1 AND r.email IS NOT NULL AND r.mrn <> 'MS-200001' AND r.deceased_on IS NULL AND r.merged_into IS NULL
       AND NOT r.confidential AND r.date_of_birth < '2000-01-01' AND r.postal_code IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = r.person_id)
       AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.patient_record_id = r.id)
     ORDER BY r.mrn`,
    [portal],
  );
  const free = found.filter(({ id }) => !given.has(id)).slice(0, count);
  for (const { id } of free) given.add(id);
  return free;
}

async function freeRecord(): Promise<Free> {
  const [record] = await freeRecords(1);
  if (!record) throw new Error('nobody is left to be sent to');
  return record;
}

/** A record that an account shows. */
async function activeRecord(): Promise<{ id: string; mrn: string }> {
  const [record] = await database.query<{ id: string; mrn: string }>(
    `SELECT r.id, r.mrn FROM patient_records r JOIN enrollments e ON e.patient_record_id = r.id AND e.ended_at IS NULL
     WHERE r.portal = $1 AND r.email IS NOT NULL ORDER BY r.mrn LIMIT 1`,
    [portal],
  );
  if (!record) throw new Error('nobody is registered');
  return record;
}

async function sitsDown(options: Omit<DeskOptions, 'stack' | 'database'>): Promise<Desk> {
  const desk = await openDesk(browser, { stack, database, ...options });
  desks.push(desk);
  return desk;
}

const caseAt = (page: Page) => readOf(staff, new URL(page.url()).pathname.split('/').at(-1) ?? '');

const opensForm = (page: Page, name: string): Promise<void> =>
  page.locator('.others').getByRole('button', { name, exact: true }).click();

/** The mail that would be sent, as it stands on the page. */
const mailIn = (page: Page): FrameLocator =>
  page.frameLocator('iframe[title="The mail as the person will see it"]').first();

const state = (page: Page, word: string): Locator => page.locator('.head').getByText(word, { exact: true });

const rowOf = (page: Page, mrn: string): Locator => page.getByRole('row').filter({ hasText: mrn }).first();
