import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { packageRoot } from '../prisma/package-root.ts';
import { openDatabase } from '../store/database.ts';
import { type Desk, launchBrowser, openDesk } from '../test/support/browser.ts';
import { startStack } from '../test/support/stack.ts';

// `npm run screenshots`: pictures of the back office and the patients' pages for the documents, of a product of their own with the demonstration's people.

interface Shot {
  name: string;
  as: string;
  /** Below /admin. */
  at: string;
  /** On the way from there to what is shown. */
  onwards?: (desk: Desk) => Promise<void>;
}

const shots: readonly Shot[] = [
  { name: 'home', as: 'supervisor', at: '/dashboard' },
  { name: 'queue', as: 'reviewer', at: '/queue' },
  { name: 'case', as: 'reviewer', at: '/queue?view=mine', onwards: openFirst },
  { name: 'registrations', as: 'reviewer', at: '/registrations' },
  { name: 'campaign', as: 'reviewer', at: '/campaigns', onwards: openCampaign },
  { name: 'records', as: 'reviewer', at: '/records' },
  { name: 'messages', as: 'supervisor', at: '/messages' },
  { name: 'audit', as: 'auditor', at: '/audit' },
  { name: 'operations', as: 'operator', at: '/operations' },
];

/** What a patient sees on a phone: name and address below the portal. */
const patientPages = [
  ['patient-apply', 'apply/name'],
  ['patient-status', 'status'],
  ['patient-code', 'activate/code'],
] as const;

/** A document is read over slow lines as well. */
const mostBytes = 250_000;

async function main(): Promise<void> {
  const folder = path.join(packageRoot, 'docs', 'screenshots');
  await mkdir(folder, { recursive: true });
  const [browser, stack] = await Promise.all([launchBrowser(), startStack({ demo: true })]);
  const database = openDatabase({ url: stack.ownerUrl, keys: stack.keys, connections: 2, name: 'screenshots' });
  try {
    for (const scheme of ['light', 'dark'] as const) {
      for (const { name, as, at, onwards } of shots) {
        const desk = await openDesk(browser, { stack, database, as, scheme, width: 1280, height: 800 });
        await desk.goTo(at);
        await onwards?.(desk);
        await keep(folder, `${name}-${scheme}`, desk.page);
        await desk.close();
      }
      const phone = await browser.newPage({ viewport: { width: 390, height: 780 }, colorScheme: scheme });
      for (const [name, at] of patientPages) {
        await phone.goto(`${stack.apiUrl}/p/harborview/${at}`);
        await keep(folder, `${name}-${scheme}`, phone);
      }
      await phone.close();
    }
  } finally {
    await browser.close();
    await database.close();
    await stack.stop();
  }
}

async function keep(folder: string, name: string, page: Page): Promise<void> {
  const picture = await page.screenshot({ type: 'png', caret: 'hide', animations: 'disabled' });
  if (picture.length > mostBytes) throw new Error(`${name}.png has ${picture.length} bytes`);
  await writeFile(path.join(folder, `${name}.png`), picture);
}

async function openFirst({ page, settled }: Desk): Promise<void> {
  await page.locator('main tbody tr a[href]:visible').first().click();
  await page.locator('main .head.of-case').waitFor();
  await settled();
}

async function openCampaign({ page, settled }: Desk): Promise<void> {
  await page.locator('main tbody tr a[href]:visible').first().click();
  await page.getByText('Why rows are refused').waitFor();
  await settled();
}

await main();
