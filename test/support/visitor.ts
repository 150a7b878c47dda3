import { randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { addressOf, type QueryValue } from '../../contract/client.ts';
import { type ProblemCode, type ProblemJson, problemCodes } from '../../contract/problems.ts';
import {
  problemsOf,
  type RouteDescriptor,
  type WireBody,
  type WireParams,
  type WireResult,
} from '../../contract/route.ts';

/** One request as it goes over the wire, nothing added but what HTTP itself needs. */
export interface RawCall {
  method: string;
  /** From the site's root. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  rawHeaders: readonly string[];
  text: string;
}

/** Sends one request on a connection of its own. Rejects when there is no whole answer within 30 s. */
export function sendRaw(baseUrl: string, { method, path, headers = {}, body }: RawCall): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request({ agent: false, hostname, port, path, method, headers: { ...length, ...headers } });
    sent.setTimeout(30_000, () => sent.destroy(new Error('no answer within 30 s')));
    let isAnswered = false;
    // An answer may come before all of a large body was taken; writing the rest then fails, which is no news.
    sent.on('error', (error) => isAnswered || reject(error));
    sent.once('response', (response) => {
      isAnswered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          rawHeaders: response.rawHeaders,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.end(body);
  });
}

/** What a call is made with. */
export interface VisitorCall<R extends RouteDescriptor> {
  params?: WireParams<R>;
  body?: WireBody<R>;
  query?: Readonly<Record<string, QueryValue>>;
  /** Fresh when left out. */
  key?: string;
}

export interface Reply<R extends RouteDescriptor> {
  status: number;
  /** Undefined unless refused. */
  problem: ProblemJson | undefined;
  /** Only of an answer that is no refusal. */
  body: WireResult<R>;
  headers: IncomingHttpHeaders;
}

/** A browser without a page: keeps cookies, sends what our pages send. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  /** Any answer that the contract knows; one that it does not know throws. */
  call<const R extends RouteDescriptor>(route: R, input?: VisitorCall<R>): Promise<Reply<R>>;
  /** The route's own answer; a refusal throws. */
  does<const R extends RouteDescriptor>(route: R, input?: VisitorCall<R>): Promise<WireResult<R>>;
}

/** Every answer is held against the contract: its schema, fields it does not name, the problem codes of the route. */
export function openVisitor(baseUrl: string, cookies = new Map<string, string>()): Visitor {
  async function call<const R extends RouteDescriptor>(route: R, input: VisitorCall<R> = {}): Promise<Reply<R>> {
    const isUnsafe = route.method !== 'get';
    const hasBody = isUnsafe && route.method !== 'delete';
    const answer = await sendRaw(baseUrl, {
      method: route.method.toUpperCase(),
      path: addressOf(route, { params: input.params, query: input.query }),
      headers: {
        ...(isUnsafe && { 'x-gatehouse': '1', 'sec-fetch-site': 'same-origin' }),
        ...(hasBody && { 'content-type': 'application/json' }),
        ...(route.idempotent && { 'idempotency-key': input.key ?? randomUUID() }),
        ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
      },
      ...(hasBody && { body: JSON.stringify(input.body ?? {}) }),
    });
    keepCookies(answer, cookies);
    const wrong = unlikeContract(route, answer);
    if (wrong.length > 0) throw new Error(`${route.name} answers unlike its contract: ${wrong.join('; ')}`);
    const isText = route.mediaType && answer.status < 400;
    const body = isText ? answer.text : answer.text === '' ? undefined : JSON.parse(answer.text);
    const problem = answer.status >= 400 ? (body as ProblemJson) : undefined;
    return { status: answer.status, problem, body, headers: answer.headers };
  }
  return {
    cookies,
    call,
    does: async (route, input) => {
      const { problem, body } = await call(route, input);
      if (problem)
        throw new Error(`${route.name}: ${problem.status} ${problem.code} ${JSON.stringify(problem.errors ?? {})}`);
      return body;
    },
  };
}

/** How an answer differs from what its route promises; empty when it does not. */
export function unlikeContract(route: RouteDescriptor, { status, headers, text }: RawAnswer): string[] {
  const id = headers['x-request-id'];
  if (typeof id !== 'string' || id === '') return ['no X-Request-Id'];
  if (status >= 400) return unlikeProblem(route, status, headers, text);
  if (status !== route.status) return [`status ${status} instead of ${route.status}`];
  if (route.stream) return [];
  if (!route.response) return text === '' ? [] : ['a body where none is promised'];
  const type = (headers['content-type'] ?? '').split(';')[0];
  if (type !== (route.mediaType ?? 'application/json')) return [`content type ${headers['content-type']}`];
  if (route.mediaType) return [];
  return unlikeSchema(route.response, JSON.parse(text));
}

function unlikeProblem(route: RouteDescriptor, status: number, headers: IncomingHttpHeaders, text: string): string[] {
  if (headers['content-type'] !== 'application/problem+json') return [`${status} as ${headers['content-type']}`];
  const problem = JSON.parse(text) as ProblemJson;
  const wrong: string[] = [];
  const known = (problemCodes as Record<string, { status: number }>)[problem.code];
  if (known?.status !== status || problem.status !== status) wrong.push(`${status} with the code ${problem.code}`);
  if (!problemsOf(route).includes(problem.code as ProblemCode)) wrong.push(`${problem.code} is not among its problems`);
  if (problem.requestId !== headers['x-request-id']) wrong.push('requestId is not X-Request-Id');
  for (const field of ['type', 'title', 'detail', 'nextStep'] as const) if (!problem[field]) wrong.push(`no ${field}`);
  if ((status === 429 || status === 503) && !(Number(headers['retry-after']) > 0)) wrong.push('no Retry-After');
  return wrong;
}

function unlikeSchema(schema: z.ZodType, json: unknown): string[] {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const promised = JSON.parse(JSON.stringify(z.encode(schema, parsed.data)));
  return isDeepStrictEqual(promised, json)
    ? []
    : [`fields that are not promised: ${JSON.stringify(json).slice(0, 300)}`];
}

function keepCookies({ headers }: RawAnswer, cookies: Map<string, string>): void {
  for (const line of headers['set-cookie'] ?? []) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (value === '' || /;\s*max-age=0\b/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
}
