import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { openPages } from '../support/open-pages.ts';
import { inWindows, type SitsDown } from '../support/page-window.ts';
import { countScript, mostScriptBytes } from '../support/script-weight.ts';
import { type Stack, startStack } from '../support/stack.ts';

// Not side by side with anything: it is a measurement.

const mostMilliseconds = 1_000;

let browser: Browser;
let stack: Stack;

beforeAll(async () => {
  [browser, stack] = await Promise.all([launchBrowser(), startStack({ demo: true })]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

it('every page that anybody can open is painted within a second, with at most 80 kB of script', async () => {
  await inWindows(browser, { stack, judged: new Set() }, measures);
}, 60_000);

async function measures(sitsDown: SitsDown): Promise<void> {
  const { page } = await sitsDown();
  const bytes = countScript(page);
  const slow: string[] = [];
  for (const path of openPages) {
    await page.goto(`/p/harborview${path}`);
    const painted = await paintedAfter(page);
    if (!(painted < mostMilliseconds)) slow.push(`${path}: ${painted} ms`);
  }
  expect(slow).toEqual([]);
  expect(await bytes()).toBeGreaterThan(0);
  expect(await bytes()).toBeLessThanOrEqual(mostScriptBytes);
}

/** First contentful paint, in milliseconds after the address was asked for. */
const paintedAfter = (page: Page) =>
  page.evaluate<number>(`new Promise((resolve) => {
    const done = (entries) => entries.find(({ name }) => name === 'first-contentful-paint')?.startTime;
    const known = done(performance.getEntriesByType('paint'));
    if (known !== undefined) return resolve(known);
    new PerformanceObserver((list) => { if (done(list.getEntries())) resolve(done(list.getEntries())); })
      .observe({ type: 'paint', buffered: true });
  })`);
