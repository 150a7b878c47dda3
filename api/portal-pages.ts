import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import { Problem } from '../contract/problems.ts';
import { readPortal } from '../contract/routes/public/portals.ts';
import { answerVisit, type PageReply } from '../portal-ui/answer-visit.tsx';
import { themeStyle } from '../portal-ui/look/theme-style.ts';
import { cookiesNeeded, formNotRead, nothingWorks, portalNotFound } from '../portal-ui/stray-pages.tsx';
import { readCookies } from './cookies.ts';
import type { Dependencies } from './dependencies.ts';
import { inProcessCalls } from './in-process-calls.ts';
import { packageRoot } from './package-root.ts';
import { readVisit } from './page-visit.ts';
import { problemOf } from './problem-of.ts';

/** The longest form there is (a message of 2,000 letters, percent-encoded) and some. */
const mostFormBytes = 64 * 1024;
const oneYearMs = 31_536_000_000;

/**
 * The hosted pages at `/p/{portal}/`: ordinary pages and forms that call the API's own handlers in this process. Every answer is a
 * whole page or 303; nothing but conveniences needs a script.
 */
export function servePortalPages(app: Express, dependencies: Dependencies): void {
  const assets = readAssets();
  for (const { address, type, content } of assets.files) {
    app.get(address, (_request, response) => {
      response.setHeader('Cache-Control', `public, max-age=${oneYearMs / 1_000}, immutable`);
      response.type(type).send(content);
    });
  }
  app.get(/^\/p\/?$/, (_request, response) => sendPage(response, portalNotFound(assets.addresses), []));
  app.get(/^\/p\/[^/]+$/, (request, response) => response.redirect(308, `${request.path}/`));
  app.get('/p/:portal/theme.css', themeHandler(dependencies));
  const form = express.urlencoded({ extended: false, inflate: false, limit: mostFormBytes, parameterLimit: 200 });
  app.use('/p/:portal', form, pageHandler(assets.addresses, dependencies));
  app.use('/p', faultHandler(assets.addresses, dependencies));
}

type Assets = { style: string; script: string };

function pageHandler(assets: Assets, dependencies: Dependencies): RequestHandler<{ portal: string }> {
  return async (request, response, next) => {
    const method = request.method === 'POST' ? 'post' : 'get';
    if (method === 'get' && request.method !== 'GET' && request.method !== 'HEAD') return next();
    const { cookie, 'user-agent': userAgent } = request.headers;
    const calls = inProcessCalls({ cookie, ip: request.ip, userAgent }, dependencies);
    const cookies = readCookies(cookie);
    const read = await readVisit(request, cookies, calls.call, dependencies);
    if (!read) return sendPage(response, portalNotFound(assets), []);
    const { visit, isUnproven, isOnlySetting } = read;
    const reply =
      method === 'post' && cookie === undefined
        ? cookiesNeeded(visit, assets)
        : await answerVisit(visit, { method, isUnproven, isOnlySetting, assets });
    sendPage(response, reply, [...read.setCookies(), ...calls.setCookies]);
  };
}

/** What cannot even be judged (no database, a path that cannot be decoded, a flood of text) is told in a page as well. */
function faultHandler(assets: Assets, { log }: Dependencies): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    // What the reader of forms refuses (too large, cut off, of no encoding we know) is nobody's fault here.
    const isUnreadable = error instanceof Error && 'type' in error && 'status' in error && Number(error.status) < 500;
    if (isUnreadable) return sendPage(response, formNotRead(assets, Number(error.status)), []);
    const { status, retryAfterSeconds = 300 } = problemOf(error);
    if (status === 404) return sendPage(response, portalNotFound(assets), []);
    log.fault('pages', error);
    sendPage(response, nothingWorks(assets, status, retryAfterSeconds), []);
  };
}

function sendPage(response: Response, reply: PageReply, setCookies: readonly string[]): void {
  response.setHeader('Cache-Control', 'no-store');
  // With `no-referrer` browsers say `Origin: null` of our own forms.
  response.setHeader('Referrer-Policy', 'same-origin');
  if (setCookies.length > 0) response.setHeader('Set-Cookie', [...setCookies]);
  if ('to' in reply) {
    response.redirect(reply.status, reply.to);
    return;
  }
  if (reply.retryAfterSeconds !== undefined) response.setHeader('Retry-After', reply.retryAfterSeconds);
  response.status(reply.status).type('html').send(reply.html);
}

/** Asked for anew every five minutes, for a policy may change the look. */
function themeHandler(dependencies: Dependencies): RequestHandler<{ portal: string }> {
  return async (request, response) => {
    const calls = inProcessCalls({ cookie: undefined, ip: request.ip, userAgent: undefined }, dependencies);
    try {
      const portal = await calls.call(readPortal, { params: { portal: request.params.portal } });
      response.setHeader('Cache-Control', 'public, max-age=300');
      response.type('css').send(themeStyle(portal));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      response.status(error.status).type('css').send('');
    }
  };
}

/**
 * Style sheet and scripts under addresses that change with their content, so that browsers may keep them for good. The scripts stand
 * together in a folder named by all of them, for they ask for each other by name.
 */
function readAssets() {
  const styleFile = path.join(packageRoot(), 'portal-ui', 'look', 'pages.css');
  const scriptFolder = path.join(packageRoot(), 'dist', 'portal-ui', 'browser');
  const scripts = readdirSync(scriptFolder)
    .filter((name) => /^[a-z-]+\.js$/.test(name))
    .sort();
  const addresses = {
    style: `/pages/style-${versionOf([styleFile])}.css`,
    script: `/pages/script-${versionOf(scripts.map((name) => path.join(scriptFolder, name)))}/pages.js`,
  };
  const files = [
    { type: 'css', address: addresses.style, file: styleFile },
    ...scripts.map((name) => ({
      type: 'js',
      address: path.posix.join(path.posix.dirname(addresses.script), name),
      file: path.join(scriptFolder, name),
    })),
  ];
  return { files: files.map(({ file, ...known }) => ({ ...known, content: readFileSync(file) })), addresses };
}

function versionOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
