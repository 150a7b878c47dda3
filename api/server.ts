import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Response } from 'express';
import helmet from 'helmet';
import { Problem } from '../contract/problems.ts';
import { apiBase } from '../contract/route.ts';
import { serveAdminPages } from './admin-pages.ts';
import { corsHeaders } from './cross-site.ts';
import type { Dependencies } from './dependencies.ts';
import { docsPage, docsStyle } from './docs-page.ts';
import type { MountedRoute } from './handle.ts';
import { servePortalPages } from './portal-pages.ts';
import { problemOf } from './problem-of.ts';
import { sendProblem } from './reply.ts';
import { routes } from './routes/index.ts';
import { startPage } from './start-page.ts';
import { openStreams } from './stream.ts';

/**
 * The API as an Express application: for `main.ts`, and for tests and benchmarks that bring their own dependencies. `close` ends
 * the streams that are open, which would keep a server from closing.
 */
export function createApi(dependencies: Dependencies): { app: Express; close(): void } {
  const app = express();
  const streams = new Set<Response>();
  app.locals[openStreams] = streams;
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('case sensitive routing', true);
  app.set('trust proxy', dependencies.settings.trustProxy);
  app.use(securityHeaders(dependencies.settings.isHttps));
  for (const route of routes) mount(app, route, dependencies);
  app.get('/', (_request, response) => sendText(response, 'html', startPage));
  app.get('/api/docs', (_request, response) => sendText(response, 'html', docsPage()));
  app.get('/api/docs/style.css', (_request, response) => sendText(response, 'css', docsStyle));
  serveAdminPages(app);
  servePortalPages(app, dependencies);
  app.use((_request, response) => sendProblem(response, new Problem('not_found')));
  const tellFault: ErrorRequestHandler = (error, _request, response, _next) => {
    const problem = problemOf(error);
    if (problem.status >= 500) dependencies.log.fault('express', error);
    sendProblem(response, problem);
  };
  app.use(tellFault);
  return {
    app,
    close: () => {
      for (const stream of streams) stream.end();
    },
  };
}

/** Half-typed answers of two portals in cookies, and some. */
const maxHeaderSize = 32 * 1024;

/** A server for it with the time limits of security.md: headers within 10 s, a request within 30 s. */
export function createApiServer(app: Express): Server {
  const server = createServer({ connectionsCheckingInterval: 2_000, maxHeaderSize }, app);
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 10_000;
  return server;
}

function mount(app: Express, route: MountedRoute, dependencies: Dependencies): void {
  const { method, path, crossOrigin } = route.descriptor;
  app[method](`${apiBase}${path}`, (request, response) => route.serve(request, response, dependencies));
  if (!crossOrigin) return;
  app.options(`${apiBase}${path}`, (request, response) => {
    for (const [name, value] of Object.entries(corsHeaders(request.headers.origin, dependencies.settings))) {
      response.setHeader(name, value);
    }
    response.status(204).end();
  });
}

/** Nothing from elsewhere, nothing in frames, no scripts but files of our own. */
function securityHeaders(isHttps: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isHttps && { upgradeInsecureRequests: [] }),
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: isHttps && { maxAge: 31_536_000, includeSubDomains: false },
  });
}

function sendText(response: Response, type: 'html' | 'css', text: string): void {
  response.type(type).send(text);
}
