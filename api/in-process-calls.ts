import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { performance } from 'node:perf_hooks';
import { addressOf, type CallInput } from '../contract/client.ts';
import { problemFromJson } from '../contract/problems.ts';
import type { RouteDescriptor, WireResult } from '../contract/route.ts';
import type { Dependencies } from './dependencies.ts';
import type { MountedRoute } from './handle.ts';
import { noteCall } from './reply.ts';
import { routes } from './routes/index.ts';

/** On whose behalf calls are made. */
export interface Caller {
  /** The browser's `Cookie` header. */
  cookie: string | undefined;
  /** The client's address, as Express trusts it. */
  ip: string | undefined;
  userAgent: string | undefined;
}

/** Calls of one visit, and the `Set-Cookie` texts their answers carried. */
export interface InProcessCalls {
  call<R extends RouteDescriptor>(route: R, input: CallInput<R>): Promise<WireResult<R>>;
  readonly setCookies: readonly string[];
}

const routesByName: ReadonlyMap<string, MountedRoute> = new Map(routes.map((route) => [route.descriptor.name, route]));

/**
 * Calls of the API made by pages of this process: the same handlers, limits, sessions and refusals as over the network. Whoever
 * uses it has judged already that the browser's form is our own. Cookies that an answer sets count for the calls after it.
 */
export function inProcessCalls(caller: Caller, dependencies: Dependencies): InProcessCalls {
  const setCookies: string[] = [];
  return {
    setCookies,
    call: async <R extends RouteDescriptor>(route: R, input: CallInput<R>): Promise<WireResult<R>> => {
      const mounted = routesByName.get(route.name);
      if (!mounted?.answer) throw new Error(`${route.name} cannot be called in process`);
      const startedAt = performance.now();
      const requestId = randomUUID();
      const reply = await mounted.answer(
        incoming(route, input, caller, setCookies, dependencies),
        requestId,
        dependencies,
      );
      noteCall(route, reply.status, startedAt, requestId, dependencies);
      const cookies = reply.headers['Set-Cookie'];
      if (cookies !== undefined) setCookies.push(...[cookies].flat());
      const body: unknown = reply.json === undefined ? undefined : JSON.parse(reply.json);
      if (reply.status >= 400) {
        throw (
          problemFromJson(body, secondsOf(reply.headers['Retry-After'])) ??
          new Error(`${route.name} answered ${reply.status}`)
        );
      }
      return body as WireResult<R>;
    },
  };
}

function incoming<R extends RouteDescriptor>(
  route: R,
  input: CallInput<R>,
  { cookie, ip, userAgent }: Caller,
  setCookies: readonly string[],
  { settings }: Dependencies,
) {
  const headers: IncomingHttpHeaders = {
    cookie: withNew(cookie, setCookies),
    origin: settings.publicOrigin,
    'user-agent': userAgent,
    'x-gatehouse': '1',
    'x-gatehouse-active': '1',
    'idempotency-key': input.idempotencyKey,
  };
  return {
    headers,
    ip,
    params: (input.params ?? {}) as Readonly<Record<string, unknown>>,
    search: new URL(addressOf(route, input), settings.publicOrigin).searchParams,
    // What was sent as JSON over the network would have been read from its text.
    readBody: async () => (input.body === undefined ? undefined : JSON.parse(JSON.stringify(input.body))),
  };
}

/** The browser's cookies with those it has just been given; a later one of a name counts. */
function withNew(cookie: string | undefined, setCookies: readonly string[]): string | undefined {
  const pairs = new Map<string, string>();
  // Of two cookies of a name the first counts, as everywhere else (`readCookies`).
  for (const pair of (cookie ?? '').split(';').reverse()) keepPair(pairs, pair);
  for (const text of setCookies) keepPair(pairs, text.split(';')[0] ?? '');
  return pairs.size === 0 ? undefined : [...pairs].map(([name, value]) => `${name}=${value}`).join('; ');
}

function keepPair(pairs: Map<string, string>, pair: string): void {
  const equals = pair.indexOf('=');
  if (equals > 0) pairs.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
}

function secondsOf(header: string | string[] | undefined): number | undefined {
  return header === undefined ? undefined : Number(header);
}
