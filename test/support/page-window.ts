import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { axeFindings, sidewaysScroll } from './browser.ts';
import type { Stack } from './stack.ts';

export interface PageWindowOptions {
  stack: Stack;
  /** Whose pages; Harborview's unless told. */
  portal?: string;
  language?: 'en' | 'es';
  scheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** JavaScript is on unless told. */
  hasScript?: boolean;
  /** Everything is done with keys, nothing with a pointer. */
  byKeyboard?: boolean;
  /** Pages that other windows have judged already, and this one will. */
  judged?: Set<string>;
}

/** A window in which a person reads the hosted pages; everything that goes wrong in it is noted. */
export interface PageWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly hasScript: boolean;
  /** The headings of the pages in the order they were seen. */
  readonly headings: readonly string[];
  /** Opens an address below the portal, or a whole one. */
  opens(address: string): Promise<void>;
  /** Types into fields of the page, by their names; for choices the value that is picked. */
  fills(typed: Readonly<Record<string, string>>): Promise<void>;
  /** Presses the button or follows the link with these words (the page's own button when left out), and waits for what comes. */
  presses(words?: string | RegExp): Promise<void>;
  /** Fills in, then presses. */
  answers(typed: Readonly<Record<string, string>>, words?: string | RegExp): Promise<void>;
  /** Does something that leads to a page, and waits for it. */
  leadsOn(act: () => Promise<unknown>): Promise<void>;
  /** Path, query and fragment as the address bar has them, below the portal. */
  address(): string;
  heading(): Promise<string>;
  /** Everything that can be seen in the main part, blanks collapsed. */
  text(): Promise<string>;
  valueOf(name: string): Promise<string>;
  /** Takes troubles that belong to the story off the list; answers how many there were. */
  forgives(pattern: RegExp): number;
  /** What went wrong: console, uncaught, failed or 5xx requests, axe violations, sideways scrolling, faults of the page's frame. */
  troubles(): string[];
  close(): Promise<void>;
}

const isInLineOfText = `document.activeElement?.matches('input:not([type=radio], [type=checkbox])') === true`;

/** Nothing takes longer on a machine that others use as well. */
const patienceMs = 15_000;
const mostTabs = 80;

/** Opens an empty window. Every page it comes to is judged, once in each state, while it stands there. */
export async function openPageWindow(browser: Browser, options: PageWindowOptions): Promise<PageWindow> {
  const { stack, language = 'en', width = 360, height = 740, hasScript = true } = options;
  const { byKeyboard = false, judged = new Set<string>(), portal = 'harborview', scheme = 'light' } = options;
  const portalPath = `/p/${portal}`;
  const context = await browser.newContext({
    baseURL: stack.apiUrl.replace('127.0.0.1', 'localhost'), // as PUBLIC_URL has it
    viewport: { width, height },
    locale: language === 'es' ? 'es-US' : 'en-US',
    javaScriptEnabled: hasScript,
    reducedMotion: 'reduce',
    colorScheme: scheme,
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const wrong: string[] = [];
  watch(context, wrong);
  const headings: string[] = [];

  const heading = async () => seenText(page.locator('main h1:visible').first());
  const judge = async () => {
    const at = await heading();
    headings.push(at);
    const state = `${new URL(page.url()).pathname} (${at}${(await page.locator('.problem').count()) > 0 ? ', refused' : ''})`;
    const look = `${state} ${language} ${width} ${hasScript} ${scheme}`;
    if (judged.has(look)) return;
    judged.add(look);
    // axe is a script itself; colours do not depend on the width, and to judge them takes longest.
    const faults = [
      ...(hasScript ? await axeFindings(page, width > 1_000 ? { exceptRules: ['color-contrast'] } : {}) : []),
      ...(await sidewaysScroll(page)),
      ...(await page.evaluate<string[]>(faultsOfFrame)),
    ];
    wrong.push(...faults.map((fault) => `${state}: ${fault}`));
  };
  const leadsOn = async (act: () => Promise<unknown>) => {
    const loaded = page.waitForEvent('load');
    loaded.catch(() => undefined); // `act` may fail first
    await act();
    await loaded;
    await judge();
  };
  const fills: PageWindow['fills'] = async (typed) => {
    for (const [name, value] of Object.entries(typed)) {
      await (byKeyboard ? typesInto(page, name, value) : fillsIn(page, name, value));
    }
  };
  const presses: PageWindow['presses'] = (words) =>
    leadsOn(async () => {
      const target = targetOf(page, words);
      if (!byKeyboard) return target.click();
      await tabsTo(page, target);
      await page.keyboard.press('Enter');
    });
  return {
    page,
    context,
    hasScript,
    headings,
    leadsOn,
    fills,
    presses,
    opens: (address) => leadsOn(() => page.goto(address.startsWith('http') ? address : `${portalPath}${address}`)),
    answers: async (typed, words) => {
      await fills(typed);
      // Whoever types presses Enter where they are, if that is a line of text.
      if (byKeyboard && words === undefined && (await page.evaluate<boolean>(isInLineOfText))) {
        await leadsOn(() => page.keyboard.press('Enter'));
        return;
      }
      await presses(words);
    },
    address: () => {
      const { pathname, search, hash } = new URL(page.url());
      return `${pathname.replace(portalPath, '')}${search}${hash}`;
    },
    heading,
    text: async () => seenText(page.locator('main')),
    valueOf: (name) => page.locator(`#page [name=${name}]`).inputValue(),
    forgives: (pattern) => {
      const left = wrong.filter((trouble) => !pattern.test(trouble));
      const count = wrong.length - left.length;
      wrong.splice(0, wrong.length, ...left);
      return count;
    },
    troubles: () => [...wrong],
    close: () => context.close(),
  };
}

/** People sit down at windows and tell a story; nothing may have gone wrong in any of them. */
export async function inWindows(
  browser: Browser,
  shared: Pick<PageWindowOptions, 'stack' | 'judged' | 'portal'>,
  tell: (sitsDown: SitsDown) => Promise<void>,
): Promise<void> {
  const windows: PageWindow[] = [];
  try {
    await tell(async (options = {}) => {
      const window = await openPageWindow(browser, { ...shared, ...options });
      windows.push(window);
      return window;
    });
    const troubles = windows.flatMap((window) => window.troubles());
    if (troubles.length > 0) throw new Error(troubles.join('\n'));
  } finally {
    await Promise.all(windows.map((window) => window.close()));
  }
}

export type SitsDown = (options?: Omit<PageWindowOptions, 'stack' | 'judged'>) => Promise<PageWindow>;

/** What can be seen of a part, blanks collapsed. */
export async function seenText(part: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden must not count
  return (await part.innerText()).replace(/\s+/g, ' ').trim();
}

/** A refused form is a page of its own with a status of its own: Chromium says so in the console, and nothing is wrong with it. */
function watch(context: BrowserContext, wrong: string[]): void {
  context.on('weberror', (error) => wrong.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const isRefusedPage =
      /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text()) &&
      /\/p\/[^.]*$/.test(message.location().url);
    if (!isRefusedPage) wrong.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('response', (response) => {
    const isPage = response.request().resourceType() === 'document';
    if (response.status() >= (isPage ? 500 : 400)) wrong.push(`${response.status()} ${response.url()}`);
  });
  context.on('requestfailed', (request) => {
    const how = request.failure()?.errorText;
    // Whoever leaves a page calls off what its script was asking for.
    if (how !== 'net::ERR_ABORTED' || request.resourceType() !== 'fetch') wrong.push(`failed: ${how} ${request.url()}`);
  });
}

function targetOf(page: Page, words: string | RegExp | undefined): Locator {
  if (words === undefined) return page.locator('#page .btn:visible').first();
  const name = typeof words === 'string' ? { name: words, exact: true } : { name: words };
  return page.getByRole('link', name).or(page.getByRole('button', name)).first();
}

async function fillsIn(page: Page, name: string, value: string): Promise<void> {
  const field = page.locator(`#page [name="${name}"]`).first();
  if (await isList(field)) {
    await field.selectOption(value);
    return;
  }
  const type = await field.getAttribute('type');
  if (type !== 'radio' && type !== 'checkbox') return field.fill(value);
  await page.locator(`#page [name="${name}"][value="${value}"]`).check();
}

async function typesInto(page: Page, name: string, value: string): Promise<void> {
  const field = page.locator(`#page [name="${name}"]`);
  const type = await field.first().getAttribute('type');
  if (type === 'radio') return picks(page, name, value);
  await tabsTo(page, field.first());
  if (await isList(field.first())) return choosesFrom(page, field.first(), value);
  if (type === 'checkbox') return page.keyboard.press('Space');
  await page.keyboard.press('ControlOrMeta+a');
  if (value === '') return page.keyboard.press('Delete');
  await page.keyboard.type(value);
}

const isList = async (field: Locator) => (await field.and(field.page().locator('select')).count()) > 0;

/** Arrows lead through a list, from its beginning. */
async function choosesFrom(page: Page, list: Locator, value: string): Promise<void> {
  await page.keyboard.press('Home');
  for (let presses = 0; (await list.inputValue()) !== value; presses += 1) {
    if (presses > mostTabs) throw new Error(`no arrow leads to ${value}`);
    await page.keyboard.press('ArrowDown');
  }
}

/** Tab leads to one choice of the group, arrows to the others. */
async function picks(page: Page, name: string, value: string): Promise<void> {
  const isInGroup = `document.activeElement?.getAttribute('name') === ${JSON.stringify(name)}`;
  await pressesTab(page, () => page.evaluate<boolean>(isInGroup));
  const wanted = page.locator(`#page [name="${name}"][value="${value}"]`);
  for (let presses = 0; !(await hasFocus(wanted)); presses += 1) {
    if (presses > 10) throw new Error(`no arrow leads to ${name} ${value}`);
    await page.keyboard.press('ArrowDown');
  }
  if (!(await wanted.isChecked())) await page.keyboard.press('Space');
}

/** Whether the keys go there. */
export const hasFocus = async (target: Locator) => (await target.and(target.page().locator(':focus')).count()) > 0;

const tabsTo = (page: Page, target: Locator) => pressesTab(page, () => hasFocus(target));

async function pressesTab(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; !(await isThere()); presses += 1) {
    if (presses > mostTabs) throw new Error(`${page.url()}: Tab does not lead there`);
    await page.keyboard.press('Tab');
  }
}

/** What no rule of axe says: look/patient.md's skeleton, targets and title. */
const faultsOfFrame = `(() => {
  const faults = [];
  const seen = (each) => each.checkVisibility();
  const heads = [...document.querySelectorAll('h1')].filter(seen);
  if (heads.length !== 1) faults.push(heads.length + ' headings of the first rank');
  const begin = heads[0]?.textContent.trim().slice(0, 7) ?? '?';
  const isFirst = /^\\/p\\/[^/]+\\/$/.test(location.pathname); // whose heading names the portal, as titles do by themselves
  if (!isFirst && !document.title.includes(begin)) faults.push('title ' + document.title);
  if (/@|GH-/.test(document.title + location.href)) faults.push('personal data in title or address');
  if (document.querySelector('.problem') && !/^Error: /.test(document.title)) faults.push('no Error in ' + document.title);
  if (document.querySelector('[style], style, script:not([src])')) faults.push('inline style or script');
  for (const each of document.querySelectorAll('button, a.btn, input, textarea, summary, label.pick')) {
    if (!seen(each) || each.type === 'radio' || each.type === 'checkbox') continue;
    if (each.closest('[aria-hidden=true]')) continue; // it is there for the Enter key, or for programs; nobody can press it
    const { height } = each.getBoundingClientRect();
    if (height < 43.5) faults.push('only ' + height + ' px high: ' + each.outerHTML.slice(0, 80));
  }
  for (const each of document.querySelectorAll('.problem a')) {
    if (!document.getElementById(each.hash.slice(1))) faults.push('leads nowhere: ' + each.hash);
  }
  if (/undefined|NaN|\\[object/.test(document.body.textContent)) faults.push('a value that is none is shown');
  return faults;
})()`;
