import { type Problem, problemFromJson } from './problems.ts';
import { apiBase, pathOf, type RouteDescriptor, type WireBody, type WireParams, type WireResult } from './route.ts';

export type QueryValue = string | number | boolean | undefined | readonly (string | number)[];

/** What a call is made with; parameters and body are there exactly when the route has them. */
export type CallInput<R extends RouteDescriptor> = {
  query?: Readonly<Record<string, QueryValue>>;
  /** Sent on routes that need one; a fresh one is made when it is left out, so a repeat has to give its own. */
  idempotencyKey?: string;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
} & (WireParams<R> extends undefined ? { params?: undefined } : { params: WireParams<R> }) &
  (WireBody<R> extends undefined ? { body?: undefined } : { body: WireBody<R> });

export interface Answer<R extends RouteDescriptor> {
  status: number;
  body: WireResult<R>;
  headers: Headers;
}

export interface Client {
  /** Makes one call. Throws `Problem` for a refusal of ours and `Error` for an answer that is none. */
  call<R extends RouteDescriptor>(route: R, ...input: Arguments<R>): Promise<Answer<R>>;
}

type Arguments<R extends RouteDescriptor> =
  Record<never, never> extends CallInput<R> ? [CallInput<R>?] : [CallInput<R>];

export interface ClientOptions {
  /** Scheme, host and port, without a path; empty in a browser. */
  baseUrl: string;
  fetch?: typeof fetch;
  /** Sent with every call, e.g. `Origin` outside a browser. */
  headers?: Readonly<Record<string, string>>;
  /** Outside a browser: cookies by name, kept and sent by this client. */
  cookies?: Map<string, string>;
}

/** A client typed by the descriptors, for tests and the user interfaces. */
export function createClient({ baseUrl, fetch: send = fetch, headers = {}, cookies }: ClientOptions): Client {
  return {
    async call<R extends RouteDescriptor>(route: R, ...[input]: Arguments<R>): Promise<Answer<R>> {
      const request = requestOf(route, input ?? ({} as CallInput<R>), { ...headers, ...cookieHeader(cookies) });
      const response = await send(baseUrl + addressOf(route, input ?? {}), request);
      keepCookies(response, cookies);
      const body = await bodyOf(response);
      if (!response.ok) throw refusalOf(response, body);
      return { status: response.status, body: body as WireResult<R>, headers: response.headers };
    },
  };
}

/** Path and query of a call, from the site's root. */
export function addressOf(
  route: RouteDescriptor,
  input: { params?: unknown; query?: Readonly<Record<string, QueryValue>> | undefined },
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, String(one));
  }
  const path = pathOf(route, (input.params ?? {}) as Readonly<Record<string, unknown>>);
  return `${apiBase}${path}${search.size > 0 ? `?${search}` : ''}`;
}

function requestOf<R extends RouteDescriptor>(
  route: R,
  input: CallInput<R>,
  headers: Readonly<Record<string, string>>,
): RequestInit {
  const isUnsafe = route.method !== 'get';
  return {
    method: route.method.toUpperCase(),
    headers: {
      accept: 'application/json, application/problem+json',
      ...(isUnsafe && { 'x-gatehouse': '1', 'content-type': 'application/json' }),
      ...(route.idempotent && { 'idempotency-key': input.idempotencyKey ?? crypto.randomUUID() }),
      ...headers,
      ...input.headers,
    },
    ...(isUnsafe && route.method !== 'delete' && { body: JSON.stringify(input.body ?? {}) }),
    ...(input.signal && { signal: input.signal }),
    credentials: 'same-origin',
  };
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
}

function refusalOf(response: Response, body: unknown): Problem | Error {
  const retryAfter = response.headers.get('retry-after');
  const problem = problemFromJson(body, retryAfter === null ? undefined : Number(retryAfter));
  return problem ?? new Error(`The answer ${response.status} is no problem of ours.`);
}

function cookieHeader(cookies: Map<string, string> | undefined): Record<string, string> {
  if (!cookies || cookies.size === 0) return {};
  return { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}

/** Keeps name and value alone: enough for one site over one host. An emptied or aged cookie is dropped. */
function keepCookies(response: Response, cookies: Map<string, string> | undefined): void {
  if (!cookies) return;
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (value === '' || /;\s*max-age=0\b/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
}
