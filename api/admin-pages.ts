import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type Express, type RequestHandler, type Response } from 'express';
import { sessionCookies } from '../contract/route.ts';
import { packageRoot } from './package-root.ts';

/** Where `npm run build` puts the back office; hashed names under `assets/`. */
export const adminRoot = path.join(packageRoot(), 'dist', 'admin-ui');

const oneYearSeconds = 31_536_000;

/**
 * The back office at `/admin/`: hashed assets are kept by browsers for good, the page itself is asked for anew each time. Every
 * path that is no file is the page, for the browser's own addresses. Without a build it says so with 503.
 */
export function serveAdminPages(app: Express, root: string = adminRoot): void {
  app.get(/^\/admin$/, (_request, response) => response.redirect(308, '/admin/'));
  app.use(
    '/admin/assets',
    express.static(path.join(root, 'assets'), { index: false, immutable: true, maxAge: oneYearSeconds * 1000 }),
    (_request, response) => void response.status(404).type('text').send('There is no such file.'),
  );
  app.get(/^\/admin\//, adminPage(root));
}

/** Each answer carries a nonce of its own: for the style elements that the page makes, never for scripts. */
function adminPage(root: string): RequestHandler {
  return (request, response) => {
    const page = readPage(root); // each time, for a new build names new files
    if (page === undefined) return sendNotBuilt(response);
    const nonce = randomBytes(16).toString('base64');
    response.setHeader('Content-Security-Policy', policyWith(nonce, response));
    response.setHeader('Cache-Control', 'no-cache');
    const session = hasStaffCookie(request.headers.cookie) ? 'perhaps' : 'none';
    response.type('html').send(page.replaceAll('__NONCE__', nonce).replace('__SESSION__', session));
  };
}

/**
 * The site's policy, with style elements of the page's own making. Style attributes are let in for the previews of mails, which
 * are shown in frames without scripts that inherit this policy.
 */
function policyWith(nonce: string, response: Response): string {
  const strict = String(response.getHeader('Content-Security-Policy') ?? "default-src 'self'");
  const others = strict.split(';').filter((part) => !/^\s*style-src/.test(part));
  return [...others, `style-src 'self' 'nonce-${nonce}'`, "style-src-attr 'unsafe-inline'"].join(';');
}

/** Whether a browser may be signed in: without the cookie the page need not ask, and nothing fails in its console. */
function hasStaffCookie(cookies: string | undefined): boolean {
  return cookies !== undefined && new RegExp(`(?:^|;\\s*)(?:__Host-)?${sessionCookies.staff}=.`).test(cookies);
}

function readPage(root: string): string | undefined {
  try {
    return readFileSync(path.join(root, 'index.html'), 'utf8');
  } catch {
    return undefined;
  }
}

function sendNotBuilt(response: Response): void {
  response.status(503).type('text').send('The back office is not built. Run: npm run build');
}
