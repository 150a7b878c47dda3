import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, FrameLocator, Locator, Page, Route } from 'playwright-core';
import { addMember } from '../../contract/routes/staff/members.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { axeFindings, type Desk, type DeskOptions, launchBrowser, openDesk, toast } from '../support/browser.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { type Stack, startStack } from '../support/stack.ts';
import {
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

// The work of a day in real Chromium, over the whole product. Each story makes its own people.

let browser: Browser;
let relay: Relay;
let stack: Stack;
let database: Database;
let staff: Visitor;
const desks: Desk[] = [];

beforeAll(async () => {
  relay = await startRelay();
  [browser, stack] = await Promise.all([launchBrowser(), startStack({ demo: true, smtpUrl: relay.url })]);
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 3, name: 'browser' });
  staff = await signedIn(stack, 'supervisor');
  await changePolicy(staff, withoutLimits);
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

describe('signing in', () => {
  it('says what is wrong, keeps the address, and leads to where one was going', async () => {
    const desk = await sitsDown({});
    const { page } = desk;
    desk.expects(401, /\/staff\/session$/);
    await desk.goTo('/queue?view=late');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.title()).toBe('Sign in – Gatehouse');
    expect(await axeFindings(page)).toEqual([]);

    await page.getByLabel('E-mail').fill('reviewer@gatehouse.example');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe('reviewer@gatehouse.example');

    await page.getByLabel('Password', { exact: true }).fill(stack.staffPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    expect(page.url()).toMatch(/\/admin\/queue\?view=late$/);
    expect(await page.title()).toBe('Queue – Gatehouse');

    await desk.settled(); // what is still read when one signs out is refused
    await page.getByRole('button', { name: /account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await desk.context.cookies()).toEqual([]);
  });
});

describe('the queue', () => {
  it('finds, previews, claims, and tells of what comes in', async () => {
    const claim = applicant('queue');
    const { reference } = await applies(stack, claim);
    const desk = await sitsDown({ as: 'clerk' });
    const { page } = desk;
    await desk.goTo('/queue');
    await page.getByRole('searchbox').first().fill(claim.lastName.slice(0, -1));
    const row = page.getByRole('row').filter({ hasText: reference });
    await row.waitFor();
    await until(async () => (await page.locator('tbody tr').count()) === 1, 5_000, 'nobody else is found');

    await row.getByRole('link').focus();
    await page.getByRole('complementary', { name: `Preview of ${reference}` }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await toast(page, `${reference} is yours.`).waitFor();
    await row.getByText('You', { exact: true }).waitFor();

    const second = await applies(stack, applicant('queue', 1));
    await page.getByRole('button', { name: /^1 new$/ }).click();
    await page.getByRole('row').filter({ hasText: second.reference }).waitFor();

    await page.getByRole('link', { name: /^Mine/ }).click();
    await row.waitFor();
    await desk.settled();
    expect(await page.getByRole('row').filter({ hasText: second.reference }).count()).toBe(0);
    await row.getByRole('link').click();
    await heading(page, claim).waitFor();
    expect(await page.title()).toBe(`Case ${reference} – Gatehouse`);
  });
});

describe('deciding', () => {
  it('compares field by field, and approves in spite of a difference with the very mail in view', async () => {
    const claim = { ...applicant('compare'), ...ada };
    const { page } = await opens('reviewer', claim);
    await page.keyboard.press('c');
    await page.locator('tr.x', { hasText: 'Postal code' }).getByText('Differs').waitFor();
    expect(await page.locator('tr.x').count()).toBeGreaterThanOrEqual(1);
    await page.getByRole('radiogroup', { name: 'Patient record' }).getByText('Ada Ferris').first().waitFor();

    await page.getByText('The mail shows here once the fields above are filled.').waitFor();
    await page.getByLabel('Why approve although the record differs?').selectOption('override_moved');
    await page.getByLabel('Message to the applicant, optional').fill('Welcome back to Harborview.');
    const mail = mailIn(page);
    await mail.getByText('Welcome back to Harborview.').waitFor();
    const preview = await mail.locator('body').textContent();
    expect(preview).toContain('••••-••••-••••-••••');
    expect(preview).not.toMatch(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);

    await page.getByRole('button', { name: 'Approve and mail code' }).click();
    await toast(page, 'Approved. The code mail is queued.').waitFor();
    await state(page, 'Code sent').waitFor();
    await until(() => relay.to(claim.email).length === 2, 15_000, 'the code is mailed');
    expect(relay.to(claim.email)[1]?.mail.text).toContain('Welcome back to Harborview.');
  });

  it('asks the applicant, and the clock stands', async () => {
    const claim = applicant('ask');
    const { page } = await opens('reviewer', claim);
    await page.keyboard.press('c');
    await page.getByRole('radio', { name: /^Ask/ }).check({ force: true });
    await page.getByLabel('What is missing?').selectOption('need_document');
    await page.getByLabel('Question to the applicant').fill('Which clinic did you visit last?');
    await mailIn(page).getByText('Which clinic did you visit last?').waitFor();
    await page.getByRole('button', { name: 'Ask and stop the clock' }).click();
    await toast(page, 'Asked. The clock stands.').waitFor();
    await state(page, 'Waiting on applicant').waitFor();
    await page.getByText('The promise’s clock stands').waitFor();
    await page.getByText('Not answered yet').first().waitFor();
    await until(() => relay.to(claim.email).length === 2, 15_000, 'the question is mailed');
  });

  it('rejects with a reason; one that says too little needs a note', async () => {
    const claim = applicant('reject');
    const desk = await opens('reviewer', claim);
    const { page } = desk;
    desk.expects(422, /\/actions\/reject$/);
    await page.keyboard.press('c');
    await page.getByRole('radio', { name: /^Reject/ }).check({ force: true });
    await page.getByRole('radio', { name: 'Other, in words' }).check({ force: true });
    await page.getByLabel('Private note, needed for this reason').waitFor();
    await page.getByRole('button', { name: 'Reject and mail' }).click();
    await page.locator('.action [role=alert]').first().waitFor();
    expect((await caseAt(page)).state).toBe('in_review');

    await page.getByRole('radio', { name: 'Not a patient here' }).check({ force: true });
    await mailIn(page)
      .getByText((await caseAt(page)).reference)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Reject and mail' }).click();
    await toast(page, 'Rejected. The mail is queued.').waitFor();
    await state(page, 'Rejected').waitFor();
    await page.getByText('Nothing by itself: the case is over.').waitFor();
    await until(() => relay.to(claim.email).length === 2, 15_000, 'the rejection is mailed');
  });
});

describe('a record looked for by hand', () => {
  it('that cannot be bound says why, and nothing is asked of the server; another is compared and bound', async () => {
    const [dead, fitting] = await Promise.all([
      recordThat('deceased_on IS NOT NULL'),
      recordThat('deceased_on IS NULL'),
    ]);
    const { page } = await opens('reviewer', applicant('byhand'));
    await page.keyboard.press('c');
    await looksFor(page, dead.mrn);
    await page.getByText(`Record ${dead.mrn} cannot be bound.`).waitFor();
    expect(await page.getByRole('button', { name: 'Approve and mail code' }).isDisabled()).toBe(true);
    expect(await axeFindings(page)).toEqual([]);

    await looksFor(page, fitting.mrn);
    await page.locator('tr.x', { hasText: 'Last name' }).getByText(fitting.lastName).waitFor();
    await page.getByLabel('Why approve although the record differs?').selectOption('override_record_outdated');
    await mailIn(page).getByText('••••-••••-••••-••••').waitFor();
    await page.getByRole('button', { name: 'Approve and mail code' }).click();
    await toast(page, 'Approved. The code mail is queued.').waitFor();
    const bound = await caseAt(page);
    expect(bound.patientRecordId).toBe(fitting.id);
    await page.goto(`/admin/records/${fitting.id}`);
    await page.getByRole('complementary', { name: 'Cases' }).getByRole('link', { name: bound.reference }).waitFor();
  });
});

describe('an account', () => {
  it('is suspended, restored after a check, gets another address, and is closed for good', async () => {
    const { claim, caseReference, accountId } = await hasAccount('acting');
    const desk = await sitsDown({ as: 'supervisor' });
    const { page } = desk;
    desk.expects(422, /\/actions\/restore$/);
    await desk.goTo(`/accounts/${accountId}`);
    await page.getByRole('link', { name: caseReference }).waitFor();

    const reason = page.getByLabel('Reason');
    const opensForm = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await opensForm('Suspend');
    await reason.selectOption('suspected_fraud');
    await page.getByLabel('Private note, never mailed').fill('Two callers gave this name.');
    await page.getByRole('button', { name: 'Suspend and sign out' }).click();
    await toast(page, 'The account is suspended').waitFor();
    await state(page, 'Suspended').waitFor();
    await page.getByText('Two callers gave this name.').waitFor();

    await opensForm('Restore');
    await reason.selectOption('identity_confirmed');
    await page.keyboard.press('Control+Enter');
    const check = page.getByLabel('How you made sure who it is');
    await page.locator('input[aria-invalid=true]:focus').waitFor();
    await check.fill('call-back');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'The account is active again.').waitFor();
    await page.getByText('Identity checked: call-back.').waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await opensForm('Change e-mail');
    await page.getByLabel('New e-mail address').fill('q.acting.new@mail.example');
    await reason.selectOption('holder_request');
    await check.fill('in person');
    await page.getByRole('button', { name: 'Change the address' }).click();
    await toast(page, 'The address is changed; the old one is told.').waitFor();
    await page.getByText('q.acting.new@mail.example').waitFor();
    const told = () => relay.to(claim.email).filter(({ mail }) => /address/i.test(mail.subject ?? '')).length;
    await until(() => told() === 1, 15_000, 'the old address is told');

    await opensForm('Close');
    await reason.selectOption('holder_request');
    await page.getByRole('button', { name: 'Close for good' }).click();
    await toast(page, 'The account is closed.').waitFor();
    await page.getByText('Closed for good. Its username is never given out again.').waitFor();
  });

  it('is unlocked without a check by two people; the first sees at once what the second did', async () => {
    const { accountId } = await hasAccount('locked');
    await database.query(`UPDATE accounts SET state = 'locked', login_failures = 50 WHERE id = $1`, [accountId]);
    const body = { name: 'Sven Second', email: 'sven.second@gatehouse.example', roles: ['supervisor' as const] };
    await staff.does(addMember, { body: { ...body, password: goodPassword } });
    const [first, second] = await Promise.all(['supervisor', 'sven.second'].map((as) => sitsDown({ as })));
    if (!first || !second) throw new Error('two sit down');
    first.expects(403, /\/actions\/unlock$/);
    for (const { page, goTo } of [first, second]) {
      await goTo(`/accounts/${accountId}`);
      await page.getByText('50 since the last good one').waitFor();
      await page.getByRole('button', { name: 'Unlock', exact: true }).click();
      await page.getByLabel('Reason').selectOption('could_not_check');
      await page.getByRole('button', { name: 'Unlock the account' }).click();
      if (page === first.page) await page.getByText('Your wish was noted.').waitFor();
      else await toast(page, 'The account is unlocked.').waitFor();
    }
    await first.page.locator('.changed').waitFor();
    await state(first.page, 'Active').waitFor();
  });
});

describe('after the decision', () => {
  it('reissues a code', async () => {
    const claim = applicant('reissue');
    const { reference } = await applies(stack, claim);
    const { id } = await approves(staff, reference);
    await until(async () => (await readOf(staff, id)).state === 'code_sent', 20_000, 'the code is sent');
    const desk = await sitsDown({ as: 'reviewer' });
    const { page } = desk;
    await desk.goTo(`/cases/${id}`);
    await page.getByRole('button', { name: 'Reissue', exact: true }).click();
    await page.getByRole('button', { name: 'Reissue and mail code' }).click();
    await toast(page, 'A new code is on its way; the old one is dead.').waitFor();
    await until(() => relay.to(claim.email).length === 3, 15_000, 'the new code is mailed');
    await page.getByRole('tab', { name: /^Messages/ }).click();
    await page.getByRole('tabpanel').getByText('New access code').waitFor();
  });

  it('corrects an address that refuses mail, and resends', async () => {
    const claim = applicant('address');
    relay.manners.set(claim.email, 'refuses');
    const { reference } = await applies(stack, claim);
    const { id } = await caseOf(staff, reference);
    await until(async () => (await readOf(staff, id)).flags.includes('mail_refused'), 20_000, 'staff see the refusal');
    const desk = await sitsDown({ as: 'clerk' });
    const { page } = desk;
    await desk.goTo(`/cases/${id}`);
    await page.locator('.head').getByText('Mail refused').waitFor();
    await page.getByRole('tab', { name: /^Messages/ }).click();
    await page.getByRole('tabpanel').getByRole('button', { name: 'Correct address' }).click();
    const corrected = 'q.address.corrected@mail.example';
    await page.getByLabel('New address').fill(corrected);
    await page.getByRole('button', { name: 'Correct and mail anew' }).click();
    await toast(page, 'Corrected. The mail is queued anew.').waitFor();
    await page.locator('.head').getByText('Mail refused').waitFor({ state: 'detached' });
    await until(() => relay.to(corrected).length === 1, 15_000, 'the receipt is mailed anew');

    const settled = page.getByRole('row').filter({ hasText: corrected }).filter({ hasText: 'Accepted by the relay' });
    await settled.getByRole('button', { name: 'Resend' }).click();
    await toast(page, 'The mail is queued once more.').waitFor();
    await until(() => relay.to(corrected).length === 2, 15_000, 'it is mailed once more');
    expect(relay.to(claim.email)).toEqual([]);
  });
});

describe('two browsers', () => {
  it('claim one case: one has it, the other is told who was first', async () => {
    const { reference } = await applies(stack, applicant('two'));
    const { id } = await caseOf(staff, reference);
    const both = await Promise.all(['reviewer', 'marcus.teller'].map((as) => sitsDown({ as })));
    for (const desk of both) {
      desk.expects(409, /\/actions\/claim$/);
      desk.expects(412, /\/actions\/claim$/);
    }
    await Promise.all(both.map((desk) => desk.goTo(`/cases/${id}`)));
    await Promise.all(both.map(({ page }) => page.keyboard.press('c')));
    await until(
      async () => (await counted(both, '.toast')) === 1 && (await counted(both, '.changed')) === 1,
      15_000,
      'one has it, the other is told',
    );
    for (const { page } of both) {
      if ((await page.locator('.changed').count()) === 0) await toast(page, `${reference} is yours.`).waitFor();
      else {
        await page
          .getByText(/claimed|took/i)
          .first()
          .waitFor();
        await page.getByText('What you sent was not done.').waitFor();
        await page.getByRole('button', { name: 'Go on' }).click();
        await page.locator('.changed').waitFor({ state: 'detached' });
      }
    }
    const mine = both.map(({ page }) => page.getByText('Yours', { exact: true }).count());
    expect((await Promise.all(mine)).sort()).toEqual([0, 1]);
  });
});

describe('a session that ends', () => {
  it('in the middle of a form: one signs in again over it, nothing typed is lost, what was sent goes through', async () => {
    const claim = applicant('expiry');
    const desk = await opens('reviewer', claim);
    const { page } = desk;
    desk.expects(401, /\/api\/v1\/staff\//);
    await page.keyboard.press('c');
    const message = page.getByLabel('Message to the applicant, optional');
    await message.fill('Typed before the session ended.');
    await mailIn(page).getByText('Typed before the session ended.').waitFor();
    // It ends while the approval is on its way: no other call of the page can find it ended before.
    const endsSession = async (route: Route) => {
      await database.query(
        `UPDATE sessions SET last_active_at = last_active_at - interval '16 minutes'
         WHERE member_id = (SELECT id FROM members WHERE email = 'reviewer@gatehouse.example')`,
      );
      await route.continue();
    };
    await page.route('**/actions/approve', endsSession, { times: 1 });
    await page.getByRole('button', { name: 'Approve and mail code' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session ended' });
    await dialog.waitFor();
    expect(await message.inputValue()).toBe('Typed before the session ended.');
    await dialog.getByLabel('Password', { exact: true }).fill(stack.staffPassword);
    await page.keyboard.press('Enter');
    await toast(page, 'Approved. The code mail is queued.').waitFor();
    await until(() => relay.to(claim.email).length === 2, 15_000, 'the code is mailed');
    expect(relay.to(claim.email)[1]?.mail.text).toContain('Typed before the session ended.');
  });
});

describe('the keyboard alone', () => {
  it('finds, claims and approves a case', async () => {
    const claim = applicant('keyboard');
    const { reference } = await applies(stack, claim);
    const desk = await sitsDown({ as: 'reviewer' });
    const { page } = desk;
    await desk.goTo('/queue');
    await page.evaluate(`window.presses = []; window.pointers = 0;
      addEventListener('keydown', ({ key }) => presses.push(key), true);
      for (const kind of ['pointerdown', 'mousedown', 'click']) {
        addEventListener(kind, (event) => { if (event.isTrusted && event.detail > 0) pointers += 1; }, true);
      }`);
    await page.keyboard.press('/');
    await page.keyboard.type(claim.lastName);
    await page.keyboard.press('Enter');
    await page.locator('tbody tr', { hasText: reference }).waitFor();
    await until(async () => (await page.locator('tbody tr').count()) === 1, 5_000, 'one row is left');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await heading(page, claim).waitFor();
    await page.keyboard.press('c');
    await toast(page, `${reference} is yours.`).waitFor();
    await page.keyboard.press('a');
    await until(() => page.evaluate<boolean>(focusIsInForm), 5_000, 'the panel has the focus');
    await page.keyboard.press('Control+Enter');
    await toast(page, 'Approved. The code mail is queued.').waitFor();
    const presses = await page.evaluate<string[]>('presses');
    const meant = presses.filter((key) => key !== 'Control').length - claim.lastName.length;
    expect(meant).toBe(7);
    expect(await page.evaluate<number>('pointers')).toBe(0);
  });
});

describe('while Temporal is down', () => {
  it('deciding goes on, the case says that the engine is behind, and that it is over when it is', async () => {
    const claim = applicant('engine');
    const { page } = await opens('reviewer', claim);
    await page.keyboard.press('c');
    await toast(page, 'is yours.').waitFor();
    const back = await temporalGoes();
    try {
      await page.getByRole('button', { name: 'Approve and mail code' }).click();
      await toast(page, 'Approved. The code mail is queued.').waitFor();
      await until(async () => (await caseAt(page)).engine.delayed === true, 20_000, 'the engine is behind');
      await page.reload();
      await page.getByText('Saved. Mails and timers follow in a moment.').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('tab', { name: 'Engine' }).click();
      await page.getByText('Not reachable').waitFor();
    } finally {
      await back();
    }
    await state(page, 'Code sent').waitFor({ timeout: 40_000 });
    await page.getByText('Saved. Mails and timers follow in a moment.').waitFor({ state: 'detached' });
  }, 90_000);
});

/** One of the demonstration's records at the portal, of somebody who has no account and no open case. */
async function recordThat(condition: string): Promise<{ id: string; mrn: string; lastName: string }> {
  const [record] = await database.query<{ id: string; mrn: string; lastName: string }>(
    `SELECT r.id, r.mrn, r.last_name AS "lastName" FROM patient_records r
     WHERE r.portal = 'harborview' AND ${condition} AND r.merged_into IS NULL AND NOT r.confidential
       AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = r.person_id)
       AND NOT EXISTS (SELECT 1 FROM cases c WHERE lower(c.last_name) = lower(r.last_name))
       AND NOT EXISTS (SELECT 1 FROM cases c JOIN patient_records o ON o.id = c.patient_record_id WHERE o.person_id = r.person_id)
     ORDER BY r.mrn LIMIT 1`,
  );
  if (!record) throw new Error(`no record that is ${condition}`);
  return record;
}

/** Searches by MRN beside the case, and takes the one that is found. */
async function looksFor(page: Page, mrn: string): Promise<void> {
  await page.getByRole('button', { name: 'Search records' }).click();
  await page.getByRole('searchbox', { name: /MRN/ }).fill(mrn);
  await page.getByText('1 record found').waitFor();
  await page.getByRole('search', { name: 'Search records' }).getByRole('button', { name: mrn }).click();
  await page.getByRole('radio', { name: mrn, checked: true }).waitFor();
}

/** Somebody applied, was approved, and opened their account. */
async function hasAccount(tag: string) {
  const claim = applicant(tag);
  const { reference, accessCode } = await hasCode(stack, staff, database, claim);
  const { account } = await activates(stack, { accessCode, claim, username: `quinn.${tag}` });
  return { claim, caseReference: reference, accountId: account.accountId };
}

/** In the demonstration's records, with another postal code. */
const ada = { firstName: 'Ada', lastName: 'Ferris', dateOfBirth: '1984-02-29', postalCode: '02138' };

async function sitsDown(options: Omit<DeskOptions, 'stack' | 'database'>): Promise<Desk> {
  const desk = await openDesk(browser, { stack, database, ...options });
  desks.push(desk);
  return desk;
}

/** Somebody applies, and a member has the case open. */
async function opens(as: string, claim: Claim): Promise<Desk> {
  const { reference } = await applies(stack, claim);
  const { id } = await caseOf(staff, reference);
  const desk = await sitsDown({ as });
  await desk.goTo(`/cases/${id}`);
  return desk;
}

const caseAt = (page: Page) => readOf(staff, new URL(page.url()).pathname.split('/').at(-1) ?? '');

/** The preview of the mail that the open panel would send. */
const mailIn = (page: Page): FrameLocator =>
  page.frameLocator('iframe[title="The mail as the person will see it"]').first();

const heading = (page: Page, { firstName, lastName }: Claim): Locator =>
  page.getByRole('heading', { level: 1, name: `${firstName} ${lastName}` });

const state = (page: Page, word: string): Locator => page.locator('.head').getByText(word, { exact: true });

async function counted(all: readonly Desk[], selector: string): Promise<number> {
  return (await Promise.all(all.map(({ page }) => page.locator(selector).count()))).reduce((sum, one) => sum + one, 0);
}

const focusIsInForm = `document.activeElement?.closest('form.action') !== null`;

/** Kills Temporal and takes its port, so that it cannot come back before the answered function was called. */
async function temporalGoes(): Promise<() => Promise<void>> {
  const squatter = createServer();
  const takesPort = () =>
    new Promise<boolean>((resolve) => {
      squatter.removeAllListeners();
      squatter.once('error', () => resolve(false));
      squatter.once('listening', () => resolve(true));
      squatter.on('connection', (socket) => socket.destroy());
      squatter.listen(stack.ports.TEMPORAL_PORT, '127.0.0.1');
    });
  await stack.kill9('Temporal');
  while (!(await takesPort())) {
    if (stack.pidOf('Temporal') !== undefined) await stack.kill9('Temporal').catch(() => undefined); // it was quicker
  }
  return () => new Promise((resolve) => void squatter.close(() => resolve()));
}
