import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page, type Request } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../dev/find-chromium.ts';
import { packageRoot } from '../../prisma/package-root.ts';
import type { Database } from '../../store/database.ts';
import { startSession } from '../../store/sessions.ts';
import type { Stack } from './stack.ts';
import { until } from './stories.ts';

/** A real Chromium with an empty profile, without a window. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium({ log: (line) => process.stderr.write(`${line}\n`) });
  return chromium.launch({ executablePath, args: [...chromiumFlags] });
}

export interface DeskOptions {
  stack: Stack;
  database: Database;
  /** A demonstration member who is signed in already, by the part of the address before the @. Undefined: nobody. */
  as?: string;
  scheme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/** A browser of its own at which one member works; everything that goes wrong in it is noted. */
export interface Desk {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a path below /admin by its address. */
  goTo(path: string): Promise<void>;
  /** Nothing is being loaded and nothing moves. */
  settled(): Promise<void>;
  /** Answers with this status to these paths belong to the story. */
  expects(status: number, path: RegExp): void;
  /** Console errors, uncaught errors, failed requests and refusals that nobody expected, so far. */
  troubles(): string[];
  close(): Promise<void>;
}

interface Trouble {
  text: string;
  status?: number;
  path: string;
}

const eventStream = '/api/v1/staff/events';
/** Nothing takes longer on a machine that others use as well. */
const patienceMs = 15_000;

export async function openDesk(browser: Browser, options: DeskOptions): Promise<Desk> {
  const { stack, database, as, scheme = 'light', width = 1440, height = 900 } = options;
  const baseURL = stack.apiUrl.replace('127.0.0.1', 'localhost'); // as PUBLIC_URL has it
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-US',
  });
  context.setDefaultTimeout(patienceMs);
  if (as !== undefined) {
    const value = await sessionOf(database, as);
    await context.addCookies([{ name: 'gh_staff', value, url: baseURL, httpOnly: true, sameSite: 'Strict' }]);
  }
  const page = await context.newPage();
  const watched = watch(page);
  const settled = () => untilSettled(page, watched.underWay);
  return {
    page,
    context,
    settled,
    goTo: async (where) => {
      await untilAnswered(page, watched.underWay);
      await page.goto(`/admin${where}`);
      await settled();
    },
    expects: watched.expects,
    troubles: watched.troubles,
    close: () => context.close(),
  };
}

async function sessionOf(database: Database, name: string): Promise<string> {
  const [member] = await database.query<{ id: string }>('SELECT id FROM members WHERE email = $1', [
    `${name}@gatehouse.example`,
  ]);
  if (!member) throw new Error(`no member ${name}`);
  return (await startSession(database, { memberId: member.id })).token;
}

function watch(page: Page) {
  const seen: Trouble[] = [];
  const expected: { status: number; path: RegExp }[] = [];
  const underWay = new Set<Request>();
  const pathOf = (url: string) => (URL.canParse(url) ? new URL(url).pathname : url);
  page.on('pageerror', (error) => seen.push({ text: `uncaught: ${error.stack ?? error.message}`, path: page.url() }));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const [, status] =
      /^Failed to load resource: the server responded with a status of (\d+)/.exec(message.text()) ?? [];
    const where = pathOf(message.location().url);
    // Chromium says this of every refusal; whether it was expected is judged by the answer itself.
    seen.push({ text: `console: ${message.text()}`, path: where, ...(status && { status: Number(status) }) });
  });
  page.on('request', (request) => {
    if (pathOf(request.url()) !== eventStream) underWay.add(request);
  });
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => {
    underWay.delete(request);
    if (pathOf(request.url()) === eventStream) return; // a page that closes ends its stream
    const how = request.failure()?.errorText;
    // The page itself called off what nobody waits for any more: a search for half a word.
    if (how === 'net::ERR_ABORTED' && request.method() === 'GET' && request.resourceType() === 'fetch') return;
    seen.push({ text: `failed: ${request.method()} ${how}`, path: pathOf(request.url()) });
  });
  page.on('response', (response) => {
    const status = response.status();
    if (status < 400) return;
    seen.push({ text: `${response.request().method()} answered ${status}`, status, path: pathOf(response.url()) });
  });
  const isExpected = ({ status, path: where }: Trouble) =>
    expected.some((each) => each.status === status && each.path.test(where));
  return {
    underWay,
    expects: (status: number, where: RegExp) => void expected.push({ status, path: where }),
    troubles: () => seen.filter((each) => !isExpected(each)).map(({ text, path: where }) => `${where} ${text}`),
  };
}

/** What was asked to be changed is answered before the page is left: who leaves earlier calls it off. */
async function untilAnswered(page: Page, underWay: ReadonlySet<Request>): Promise<void> {
  await page.evaluate('new Promise((resolve) => setTimeout(resolve))'); // what a click leads to is sent by then
  const isAnswered = () => [...underWay].every((request) => request.method() === 'GET');
  await until(isAnswered, patienceMs, `${page.url()} has its changes answered`);
}

/** Twice in a row, so that what an answer leads to is waited for as well. */
async function untilSettled(page: Page, underWay: ReadonlySet<unknown>): Promise<void> {
  let inARow = 0;
  await until(
    async () => {
      const isStill = underWay.size === 0 && (await page.evaluate<boolean>(isStillScript));
      inARow = isStill && underWay.size === 0 ? inARow + 1 : 0;
      return inARow >= 2;
    },
    patienceMs,
    `${page.url()} has settled`,
  );
}

const isStillScript = `document.querySelector('#root, body > div') !== null
  && document.querySelector('[aria-busy=true], .skel') === null
  && document.title !== ''
  && document.getAnimations().every((each) => each.playState !== 'running'
    || each.effect?.getComputedTiming().endTime === Infinity)`;

const axeSource = readFileSync(path.join(packageRoot, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

export interface AxeRules {
  onlyRules?: readonly string[];
  exceptRules?: readonly string[];
}

/** What axe finds wrong with the page as it stands, one line for each rule and place. Mails in frames are not the page's. */
export async function axeFindings(page: Page, { onlyRules, exceptRules = [] }: AxeRules = {}): Promise<string[]> {
  if (!(await page.evaluate<boolean>('typeof axe !== "undefined"'))) await page.evaluate(axeSource);
  const options = JSON.stringify({
    iframes: false,
    resultTypes: ['violations'],
    ...(onlyRules && { runOnly: onlyRules }),
    rules: Object.fromEntries(exceptRules.map((rule) => [rule, { enabled: false }])),
  });
  return page.evaluate<string[]>(`axe.run(document, ${options}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
      id + ' at ' + target.join(' ') + ': ' + failureSummary.split('\\n').slice(1).join(' ').trim())))`);
}

/** Everything wider than the window that can be scrolled to; empty when nothing is. */
export function sidewaysScroll(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[document.scrollingElement, document.body, ...document.querySelectorAll('.app, main')]
    .filter((each) => each.scrollWidth > innerWidth + 1 && each.scrollWidth > each.clientWidth + 1)
    .map((each) => {
      const outside = [...each.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
      return each.tagName.toLowerCase() + ' is ' + each.scrollWidth + ' px wide, for ' +
        outside.slice(0, 3).map((one) => one.tagName.toLowerCase() + '.' + one.className).join(', ');
    })`);
}

/** The notice at the bottom with this text. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('.toast', { hasText: text });
}
