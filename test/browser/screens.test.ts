import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { packageRoot } from '../../prisma/package-root.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import {
  axeFindings,
  type Desk,
  type DeskOptions,
  launchBrowser,
  openDesk,
  sidewaysScroll,
} from '../support/browser.ts';
import { type Stack, startStack } from '../support/stack.ts';

// Every screen there is, found from the rail and from the list of screens, so that a new one is looked at as well.

let browser: Browser;
let stack: Stack;
let database: Database;
const desks: Desk[] = [];

beforeAll(async () => {
  [browser, stack] = await Promise.all([launchBrowser(), startStack({ demo: true })]);
  database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 2, name: 'screens' });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await database?.close();
  await stack?.stop();
}, 60_000);

afterEach(async () => {
  const troubles = desks.flatMap((desk) => desk.troubles());
  await Promise.all(desks.splice(0).map((desk) => desk.close()));
  expect(troubles).toEqual([]);
});

describe('a supervisor', () => {
  it('opens every screen and the first thing in it: a title of its own, nothing fails, no axe violation light or dark, no sideways scrolling at 390 px', async () => {
    const both = await Promise.all([sitsDown({ as: 'supervisor' }), sitsDown({ as: 'supervisor' })]);
    await Promise.all(both.map((desk) => desk.goTo('/')));
    const entries = await railOf(both[0].page);
    const seen: Seen[] = [];
    await inTurn(both, entries, async (desk, entry) => {
      await goesTo(desk, entry);
      seen.push(await look(desk, entry));
      if (await opensFirst(desk)) seen.push(await look(desk, `the first of ${entry}`));
    });
    const reached = new Set(seen.map(({ at }) => at));
    const left = standingPaths().filter((each) => !reached.has(each));
    await inTurn(both, left, async (desk, at) => {
      await desk.goTo(at);
      seen.push(await look(desk, at));
    });
    expect(seen.flatMap(({ where, wrong }) => wrong.map((what) => `${where}: ${what}`))).toEqual([]);
    expect(seen.map(({ where, title }) => `${where}: ${title}`)).toEqual(
      seen.map(({ where }) => expect.stringMatching(new RegExp(`^${where}: \\S.* – Gatehouse$`))),
    );
    expect(sharedTitles(seen)).toEqual([]);
  }, 90_000);

  it('opens the menus and the keys', async () => {
    const desk = await sitsDown({ as: 'supervisor' });
    const { page } = desk;
    await desk.goTo('/queue');
    const wrong: string[] = [];
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    wrong.push(...(await axeInBoth(desk)));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /account menu/ }).click();
    await page.getByRole('menu').waitFor();
    wrong.push(...(await axeInBoth(desk, ['region']))); // a menu belongs to its button, not to a landmark
    expect(wrong).toEqual([]);
  });
});

/** Besides the rail's entry for home, which everybody has. */
const screensOf = {
  clerk: ['Queue', 'Register', 'Records', 'Messages', 'Accounts'],
  reviewer: ['Queue', 'Register', 'Records', 'Messages', 'Accounts'],
  operator: ['Messages', 'Operations'],
  auditor: ['Queue', 'Register', 'Records', 'Messages', 'Accounts', 'Audit', 'Portals', 'Staff'],
} as const;

it('every role sees its own screens, and nothing in them is refused', async () => {
  const roles = Object.keys(screensOf) as (keyof typeof screensOf)[];
  const foreign = await Promise.all(
    roles.map(async (role) => {
      const desk = await sitsDown({ as: role });
      await desk.goTo('/');
      const entries = await railOf(desk.page);
      for (const entry of entries) {
        await goesTo(desk, entry);
        await opensFirst(desk);
      }
      return entries.filter((entry) => entry !== 'Home' && !screensOf[role].some((own) => own === entry));
    }),
  );
  expect(foreign).toEqual(roles.map(() => []));
}, 60_000);

interface Seen {
  where: string;
  at: string;
  title: string;
  wrong: string[];
}

async function sitsDown(options: Omit<DeskOptions, 'stack' | 'database'>): Promise<Desk> {
  const desk = await openDesk(browser, { stack, database, ...options });
  desks.push(desk);
  return desk;
}

/** Each thing is done at the desk that is free first. */
async function inTurn<T>(at: readonly Desk[], things: readonly T[], work: (desk: Desk, thing: T) => Promise<void>) {
  const left = [...things];
  await Promise.all(
    at.map(async (desk) => {
      for (let thing = left.shift(); thing !== undefined; thing = left.shift()) await work(desk, thing);
    }),
  );
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Main' });

async function railOf(page: Page): Promise<string[]> {
  await rail(page).getByRole('link').first().waitFor();
  return (await rail(page).getByRole('link').allTextContents()).map((text) => text.trim());
}

async function goesTo(desk: Desk, entry: string): Promise<void> {
  const link = rail(desk.page).getByRole('link', { name: entry, exact: true });
  await link.click();
  await desk.page.locator('main h1').first().waitFor();
  await desk.settled();
  expect(await link.getAttribute('aria-current')).toBe('page');
}

/** Opens the first row as people do: a page of its own, or a pane beside the list. Answers whether there is one. */
async function opensFirst({ page, settled }: Desk): Promise<boolean> {
  const first = page.locator('main tbody tr a[href]:visible, main tbody tr [data-row]:visible').first();
  if ((await first.count()) === 0) return false;
  await first.click();
  await settled();
  return true;
}

async function look(desk: Desk, where: string): Promise<Seen> {
  const { page } = desk;
  const wrong = await axeInBoth(desk);
  const heads = await page.locator('h1').count();
  if (heads !== 1) wrong.push(`${heads} headings of the first order`);
  wrong.push(...(await atPhoneWidth(desk)));
  return { where, at: pathOf(page), title: await page.title(), wrong };
}

/** All rules in light; what the theme changes, contrast, in dark as well. */
async function axeInBoth({ page, settled }: Desk, exceptRules: readonly string[] = []): Promise<string[]> {
  await settled();
  const light = await axeFindings(page, { exceptRules });
  await page.emulateMedia({ colorScheme: 'dark' });
  await settled();
  const dark = await axeFindings(page, { onlyRules: ['color-contrast', 'link-in-text-block'] });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((what) => `in dark ${what}`)];
}

async function atPhoneWidth({ page, settled }: Desk): Promise<string[]> {
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await settled();
  const wrong = (await sidewaysScroll(page)).map((what) => `at 390 px ${what}`);
  if (usual) await page.setViewportSize(usual);
  return wrong;
}

const pathOf = (page: Page): string => new URL(page.url()).pathname.replace(/^\/admin/, '');

/** Paths without parameters in the list of screens, also of those that have no place in the rail. */
function standingPaths(): string[] {
  const source = readFileSync(path.join(packageRoot, 'admin-ui', 'layout', 'screens.ts'), 'utf8');
  return [...source.matchAll(/^ {4}path: '([^':]+)',$/gm)].map(([, found]) => found ?? '');
}

function sharedTitles(seen: readonly Seen[]): string[] {
  return seen
    .filter(({ at, title }) => seen.some((other) => other.at !== at && other.title === title))
    .map(({ where, title }) => `${where}: ${title}`);
}
