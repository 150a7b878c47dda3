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
    const desk = await sitsDown({ as: 'supervisor' });
    const { page } = desk;
    await desk.goTo('/');
    const seen: Seen[] = [];
    for (const entry of await railOf(page)) {
      await goesTo(desk, entry);
      seen.push(await look(desk, entry));
      if (await opensFirst(desk)) seen.push(await look(desk, `the first of ${entry}`));
    }
    const reached = new Set(seen.map(({ at }) => at));
    for (const at of standingPaths().filter((each) => !reached.has(each))) {
      await desk.goTo(at);
      seen.push(await look(desk, at));
    }
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
  clerk: ['Queue', 'Records', 'Messages', 'Accounts'],
  reviewer: ['Queue', 'Records', 'Messages', 'Accounts'],
  operator: ['Messages', 'Operations'],
  auditor: ['Queue', 'Records', 'Messages', 'Accounts', 'Audit', 'Portals', 'Staff'],
} as const;

describe.each(Object.keys(screensOf) as (keyof typeof screensOf)[])('a %s', (role) => {
  it('sees the screens of the role, and nothing in them is refused', async () => {
    const desk = await sitsDown({ as: role });
    const { page } = desk;
    await desk.goTo('/');
    const entries = await railOf(page);
    const foreign = entries.filter((entry) => entry !== 'Home' && !screensOf[role].some((own) => own === entry));
    expect(foreign).toEqual([]);
    for (const entry of entries) {
      await goesTo(desk, entry);
      await opensFirst(desk);
    }
  }, 60_000);
});

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

/** Opens the first row as people do; answers whether that is a page of its own. */
async function opensFirst(desk: Desk): Promise<boolean> {
  const { page } = desk;
  const link = page.locator('main tbody tr a[href]:visible').first();
  if ((await link.count()) === 0) return false;
  const before = pathOf(page);
  await link.click();
  await desk.settled();
  return pathOf(page) !== before;
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
