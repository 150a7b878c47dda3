import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { parseBody, parseParams, parseQuery } from '../contract/parse.ts';
import { type Permission, permissionsOf } from '../contract/permissions.ts';
import { Problem, toProblemJson } from '../contract/problems.ts';
import {
  defaultBodyBytes,
  type RouteDescriptor,
  type RouteInput,
  type RouteParams,
  type RouteResult,
} from '../contract/route.ts';
import type { Actor } from '../domain/case.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { type ActivationWalk, activationOfToken } from '../store/activations.ts';
import type { Transaction } from '../store/database.ts';
import { bodyHashOf, type KeyedWish, keepAnswer, keptAnswer, takeKey } from '../store/idempotency.ts';
import { accountOfSession, memberOfSession, type SessionAccount, type SessionMember } from '../store/sessions.ts';
import { Answer } from './answer.ts';
import { groupedAddress } from './client-address.ts';
import { cookieName, hasOurs, readCookies, setCookieText } from './cookies.ts';
import { corsHeaders, refuseCrossSite } from './cross-site.ts';
import type { Dependencies } from './dependencies.ts';
import { keepToStaffLimit, policyWithinLimit } from './limits.ts';
import { problemOf } from './problem-of.ts';
import { readJsonBody, refuseOtherMedia } from './read-body.ts';

/** The member who is signed in, with what their roles allow. `portals` empty = all. */
export interface SignedInMember extends SessionMember {
  permissions: Permission[];
}

/** The account that is signed in at the path's portal. */
export type SignedInAccount = SessionAccount;

/** The running activation of this browser at the path's portal. */
export type RunningActivation = ActivationWalk;

interface Sessions {
  public: unknown;
  activation: { activation: RunningActivation };
  account: { account: SignedInAccount };
  staff: { member: SignedInMember };
}

/** Public calls below `/portals/:portal` are given the policy in force. */
type OfPortal<R extends RouteDescriptor> = R['access'] extends 'staff'
  ? unknown
  : R['path'] extends `/portals/:portal${string}`
    ? { policy: Policy }
    : unknown;

/** Routes marked ⚿: the transaction that also keeps the key, and the database's time at its start. */
type Keyed<R extends RouteDescriptor> = R['idempotent'] extends true ? { tx: Transaction; now: Date } : unknown;

/** What a handler is called with: read input, who asks, and nothing of HTTP. */
export type Asked<R extends RouteDescriptor> = RouteInput<R> &
  Sessions[R['access']] &
  OfPortal<R> & {
    requestId: string;
    /** The client's, grouped as it is counted (/32, /64). */
    address: string;
    actor: Actor;
  };
export type Handled<R extends RouteDescriptor, Prepared = undefined> = Asked<R> & Keyed<R> & { prepared: Prepared };

/** A returned `Problem` is told as such while what was written stays; a thrown one undoes it. */
export type HandlerResult<R extends RouteDescriptor> = RouteResult<R> | Answer<RouteResult<R>> | Problem;
export type Handler<R extends RouteDescriptor, Prepared> = (
  input: Handled<R, Prepared>,
  dependencies: Dependencies,
) => Promise<HandlerResult<R>>;

export interface HandleOptions<R extends RouteDescriptor, Prepared> {
  /** Runs before the transaction of a ⚿ route, for what must not wait inside it (hashing) or be undone with it (counting). */
  prepare?: (input: Asked<R>, dependencies: Dependencies) => Promise<Prepared>;
  /** Refuses by the portal's policy alone, before anything that was sent is judged (api.md: 403 before any validation). */
  admit?: (policy: Policy) => void;
  /** Refusals leave no sooner than this after the call came: those of known and unknown take alike. */
  refusalsNoSoonerThanMs?: number;
  /** The same for every answer, where good and bad read alike as well. */
  noSoonerThanMs?: number;
}

/** A route with what answers it; `server.ts` mounts it. */
export interface MountedRoute {
  readonly descriptor: RouteDescriptor;
  serve(request: Request, response: Response, dependencies: Dependencies): Promise<void>;
}

/** Ties a handler to its descriptor (architecture, pattern 8). */
export function handle<R extends RouteDescriptor, Prepared = undefined>(
  descriptor: R,
  handler: Handler<R, Prepared>,
  options: HandleOptions<R, Prepared> = {},
): MountedRoute {
  return {
    descriptor,
    serve: async (request, response, dependencies) => {
      const startedAt = performance.now();
      const requestId = beginAnswer(response);
      let reply: Reply;
      try {
        reply = await answerCall(descriptor, handler, options, request, requestId, dependencies);
      } catch (error) {
        reply = replyOfError(error, requestId, descriptor, dependencies);
      }
      const isRefusal = reply.status >= 400;
      await untilPassed(startedAt, options.noSoonerThanMs ?? (isRefusal ? options.refusalsNoSoonerThanMs : undefined));
      send(response, reply, descriptor, request, dependencies);
      noteCall(response, descriptor, reply.status, startedAt, requestId, dependencies);
    },
  };
}

/** Where a stream writes; `closed` is called back once, whoever ends it. */
export interface StreamSink {
  write(text: string): void;
  end(): void;
  closed(back: () => void): void;
}

/** Ties what feeds an endless answer (`text/event-stream`) to its descriptor. It is refused like any other call before it begins. */
export function handleStream<R extends RouteDescriptor>(
  descriptor: R,
  feed: (input: Asked<R> & { lastEventId: string | undefined }, sink: StreamSink, dependencies: Dependencies) => void,
): MountedRoute {
  return {
    descriptor,
    serve: async (request, response, dependencies) => {
      const startedAt = performance.now();
      const requestId = beginAnswer(response);
      try {
        const call = await readCall(descriptor, request, requestId, dependencies);
        if (call.replay) throw new Error('a stream has no first answer to repeat');
        const { input } = call;
        response.writeHead(200, {
          'Content-Type': 'text/event-stream; charset=utf-8',
          'Cache-Control': 'no-store, no-transform',
          'X-Accel-Buffering': 'no',
        });
        response.flushHeaders();
        request.socket.setTimeout(0);
        const lastEventId = request.headers['last-event-id'];
        feed(
          { ...input, lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined },
          sinkOf(response),
          dependencies,
        );
        noteCall(response, descriptor, 200, startedAt, requestId, dependencies);
      } catch (error) {
        const reply = replyOfError(error, requestId, descriptor, dependencies);
        send(response, reply, descriptor, request, dependencies);
        noteCall(response, descriptor, reply.status, startedAt, requestId, dependencies);
      }
    },
  };
}

/** What is answered piece by piece, with an end: a file's name and its text as it is made. */
export interface Download {
  fileName: string;
  headers?: Readonly<Record<string, string>>;
  pieces: AsyncIterable<string>;
}

/**
 * Ties what makes a file to its descriptor. What is refused is refused before the first piece; a file that cannot be made to its
 * end is cut off, so that nobody takes it for whole.
 */
export function handleDownload<R extends RouteDescriptor & { mediaType: string }>(
  descriptor: R,
  make: (input: Asked<R>, dependencies: Dependencies) => Promise<Download>,
): MountedRoute {
  return {
    descriptor,
    serve: async (request, response, dependencies) => {
      const startedAt = performance.now();
      const requestId = beginAnswer(response);
      let status = 200;
      try {
        const call = await readCall(descriptor, request, requestId, dependencies);
        if (call.replay) throw new Error('a download has no first answer to repeat');
        const { fileName, headers, pieces } = await make(call.input, dependencies);
        response.writeHead(status, {
          ...headers,
          'Content-Type': `${descriptor.mediaType}; charset=utf-8`,
          'Content-Disposition': `attachment; filename="${fileName}"`,
        });
        await pipeline(Readable.from(pieces), response);
      } catch (error) {
        const hasBegun = response.headersSent;
        if (!(hasBegun && isPrematureClose(error))) {
          const reply = replyOfError(error, requestId, descriptor, dependencies);
          status = reply.status;
          if (!hasBegun) send(response, reply, descriptor, request, dependencies);
        }
        if (hasBegun) response.destroy();
      }
      noteCall(response, descriptor, status, startedAt, requestId, dependencies);
    },
  };
}

/** Whoever asked went away before the end. */
function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** What leaves: status and JSON text, with headers. */
interface Reply {
  status: number;
  json: string | undefined;
  headers: Record<string, string | string[]>;
}

async function answerCall<R extends RouteDescriptor, Prepared>(
  descriptor: R,
  handler: Handler<R, Prepared>,
  { prepare, admit }: HandleOptions<R, Prepared>,
  request: Request,
  requestId: string,
  dependencies: Dependencies,
): Promise<Reply> {
  const call = await readCall(descriptor, request, requestId, dependencies, admit);
  if (call.replay) return call.replay;
  const { input, wish } = call;
  // Preparing counts and costs: a repeat is answered before it.
  const kept = prepare && wish && (await keptAnswer(dependencies.database, wish.scope, wish.key));
  if (kept) return replayOf(kept, wish);
  const prepared = (await prepare?.(input, dependencies)) as Prepared;
  const { isHttps } = dependencies.settings;
  if (!wish) {
    const result = await handler({ ...input, prepared } as Handled<R, Prepared>, dependencies);
    return replyOf(result, descriptor, requestId, isHttps);
  }
  return answerOnce(wish, requestId, dependencies, async (tx, now) => {
    const result = await handler({ ...input, prepared, tx, now } as Handled<R, Prepared>, dependencies);
    return replyOf(result, descriptor, requestId, isHttps);
  });
}

/**
 * Answers a wish that carries a key: fact, key and answer in one transaction. What the handler refuses is undone, and its
 * answer kept in a transaction of its own; should a twin have been answered in between, that answer is the one for all.
 */
async function answerOnce(
  wish: KeyedWish,
  requestId: string,
  { database }: Dependencies,
  work: (tx: Transaction, now: Date) => Promise<Reply>,
): Promise<Reply> {
  const keeping = async (answered: (tx: Transaction, now: Date) => Promise<Reply>) =>
    database.transaction(async (tx) => {
      const { taken, kept } = await takeKey(tx, wish);
      if (kept) return replayOf(kept, wish);
      const reply = await answered(tx, taken);
      keepAnswer(tx, wish, reply.status, reply.json);
      return reply;
    });
  try {
    return await keeping(work);
  } catch (error) {
    const problem = problemOf(error);
    const isKept = problem.status < 500 && problem.status !== 429 && problem.code !== 'idempotency_key_reused';
    if (!isKept) throw error;
    return keeping(async () => replyOfProblem(problem, requestId));
  }
}

/** `replay`: answered already, a repeat of what ended its own session, or of what would be refused by now. */
type ReadCall<R extends RouteDescriptor> =
  | { replay: Reply }
  | { replay?: never; input: Asked<R>; wish: KeyedWish | undefined };

/** Everything a call is refused for before its handler is asked, in the order of api.md. */
async function readCall<R extends RouteDescriptor>(
  descriptor: R,
  request: Request,
  requestId: string,
  dependencies: Dependencies,
  admit?: (policy: Policy) => void,
): Promise<ReadCall<R>> {
  const { database, settings } = dependencies;
  const cookies = readCookies(request.headers.cookie);
  refuseCrossSite(descriptor, request.headers, hasOurs(cookies), settings);
  if (descriptor.method !== 'get') refuseOtherMedia(request);
  const address = groupedAddress(request.ip);
  const rawParams: Readonly<Record<string, unknown>> = { ...request.params };
  const session = await sessionOf(descriptor, request, cookies, rawParams.portal, address, dependencies);
  const portal = typeof rawParams.portal === 'string' ? rawParams.portal : undefined;
  const params = parseParams(descriptor, rawParams);
  const [limit] = descriptor.limits ?? [];
  if (limit === 'staffLogins') await keepToStaffLimit(database, address);
  const isOfPortal = descriptor.path.startsWith('/portals/:portal') && portal !== undefined;
  let policy: Policy | undefined;
  if (isOfPortal && limit !== 'staffLogins') {
    try {
      policy = await policyWithinLimit(database, portal, limit, address);
      admit?.(policy);
    } catch (refusal) {
      return { replay: await replayInstead(refusal, descriptor, session, request, dependencies) };
    }
  }
  const key = descriptor.idempotent ? idempotencyKeyOf(request) : undefined;
  const query = parseQuery(descriptor, new URL(request.originalUrl, 'http://localhost').searchParams);
  const raw = await readJsonBody(request, descriptor.maxBodyBytes ?? defaultBodyBytes);
  const wish = key === undefined ? undefined : wishOf(descriptor, session, request, key, raw);
  const replay = await replayAfterEnd(session, wish, dependencies);
  if (replay) return { replay };
  const body = parseBody(descriptor, raw, params as RouteParams<R>);
  const input = { ...session.shown, params, query, body, policy, requestId, address } as unknown as Asked<R>;
  return { input, wish };
}

interface FoundSession {
  /** What the handler sees of it. */
  shown: { actor: Actor; member?: SignedInMember; account?: SignedInAccount; activation?: RunningActivation };
  /** The activation is over: only a repeat of what ended it is answered. */
  hasEnded?: boolean;
}

/** Whose call it is. Raises `not_signed_in`, `no_activation`, `activation_ended`, `not_allowed`, `not_found` (no such action). */
async function sessionOf(
  descriptor: RouteDescriptor,
  request: IncomingMessage,
  cookies: Readonly<Record<string, string | undefined>>,
  rawPortal: unknown,
  address: string,
  { database, settings }: Dependencies,
): Promise<FoundSession> {
  const person: Actor = { kind: 'person', address };
  if (descriptor.access === 'public') return { shown: { actor: person } };
  const portal = typeof rawPortal === 'string' ? rawPortal : '';
  const token = cookies[cookieName({ kind: descriptor.access, portal }, settings.isHttps)];
  const isActive = descriptor.method !== 'get' || request.headers['x-gatehouse-active'] === '1';
  switch (descriptor.access) {
    case 'activation': {
      const activation = token ? await activationOfToken(database, portal, token) : undefined;
      if (!activation) throw new Problem('no_activation');
      if (activation.isRunning) return { shown: { actor: person, activation } };
      if (!descriptor.idempotent) throw new Problem('activation_ended');
      return { shown: { actor: person, activation }, hasEnded: true };
    }
    case 'account': {
      const account = token ? await accountOfSession(database, token, portal, isActive) : undefined;
      if (!account) throw new Problem('not_signed_in');
      return { shown: { actor: person, account } };
    }
    case 'staff': {
      const found = token ? await memberOfSession(database, token, isActive) : undefined;
      if (!found) throw new Problem('not_signed_in');
      const member: SignedInMember = { ...found, permissions: permissionsOf(found.roles) };
      refuseWithoutPermission(descriptor, request, member);
      return { shown: { actor: actorOfMember(member, address), member } };
    }
  }
}

/** The member as who makes a move. */
export function actorOfMember({ id, roles, portals }: SessionMember, address: string): Actor {
  return { kind: 'member', id, roles, portals: portals.length > 0 ? portals : undefined, address };
}

function refuseWithoutPermission(
  { permission }: RouteDescriptor,
  request: IncomingMessage,
  member: SignedInMember,
): void {
  if (permission === undefined) return;
  const params = (request as Request).params as Record<string, string | undefined>;
  const needed = typeof permission === 'function' ? permission(params) : permission;
  if (needed === undefined) throw new Problem('not_found');
  if (![needed].flat().some((name) => member.permissions.includes(name))) throw new Problem('not_allowed');
}

function idempotencyKeyOf(request: IncomingMessage): string {
  const key = wellFormedKey(request);
  if (key === undefined) throw new Problem('idempotency_key_required');
  return key;
}

function wellFormedKey({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && /^[!-~]{1,200}$/.test(key) ? key : undefined;
}

/**
 * What a key belongs to: the member; or portal and route, with an account or activation also that one, whose answers are its
 * own. A member's key stands for one wish on one path: the same key on another path counts as another body.
 */
function wishOf(
  descriptor: RouteDescriptor,
  { shown: { member, account, activation } }: FoundSession,
  request: Request,
  key: string,
  raw: unknown,
): KeyedWish {
  if (member) return { scope: member.id, key, bodyHash: bodyHashOf([descriptor.name, request.params, raw ?? null]) };
  const owner = account?.id ?? activation?.id ?? '';
  return { scope: `${String(request.params.portal)} ${descriptor.name} ${owner}`, key, bodyHash: bodyHashOf(raw) };
}

/**
 * Whoever comes too often, or after the portal closed, is still told again what the same wish was answered: a repeat is no new
 * call. Throws `refusal` where there is no such answer.
 */
async function replayInstead(
  refusal: unknown,
  descriptor: RouteDescriptor,
  session: FoundSession,
  request: Request,
  { database }: Dependencies,
): Promise<Reply> {
  const mayBeRepeat = refusal instanceof Problem && refusal.code !== 'not_found' && descriptor.idempotent;
  const key = mayBeRepeat ? wellFormedKey(request) : undefined;
  if (key === undefined) throw refusal;
  const raw = await readJsonBody(request, descriptor.maxBodyBytes ?? defaultBodyBytes);
  const wish = wishOf(descriptor, session, request, key, raw);
  const kept = await keptAnswer(database, wish.scope, wish.key);
  if (!kept?.bodyHash.equals(wish.bodyHash)) throw refusal;
  return replayOf(kept, wish);
}

/** A completed activation is over, yet the repeat of its completion gets the first answer. */
async function replayAfterEnd(
  { hasEnded }: FoundSession,
  wish: KeyedWish | undefined,
  { database }: Dependencies,
): Promise<Reply | undefined> {
  if (!hasEnded) return undefined;
  const kept = wish && (await keptAnswer(database, wish.scope, wish.key));
  if (!kept) throw new Problem('activation_ended');
  return replayOf(kept, wish);
}

function replayOf(kept: { bodyHash: Buffer; status: number; body: unknown }, { bodyHash }: KeyedWish): Reply {
  if (!kept.bodyHash.equals(bodyHash)) throw new Problem('idempotency_key_reused');
  return {
    status: kept.status,
    json: kept.body === null ? undefined : JSON.stringify(kept.body),
    headers: { 'Idempotency-Replayed': 'true' },
  };
}

function replyOf<R extends RouteDescriptor>(
  result: HandlerResult<R>,
  descriptor: R,
  requestId: string,
  isHttps: boolean,
): Reply {
  if (result instanceof Problem) return replyOfProblem(result, requestId);
  const { body, status, cookies, headers } = result instanceof Answer ? result.parts : { body: result };
  return {
    status: status ?? descriptor.status,
    json: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      ...headers,
      ...(cookies && cookies.length > 0 && { 'Set-Cookie': cookies.map((cookie) => setCookieText(cookie, isHttps)) }),
    },
  };
}

function replyOfProblem(problem: Problem, requestId: string): Reply {
  return {
    status: problem.status,
    json: JSON.stringify(toProblemJson(problem, requestId)),
    headers: problem.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(problem.retryAfterSeconds) },
  };
}

function replyOfError(error: unknown, requestId: string, descriptor: RouteDescriptor, { log }: Dependencies): Reply {
  const problem = problemOf(error);
  if (problem.status >= 500) log.fault(descriptor.name, problem.cause ?? error, requestId);
  return replyOfProblem(problem, requestId);
}

/** Says the request's id and forbids keeping the answer; returns the id. */
export function beginAnswer(response: Response): string {
  const requestId = randomUUID();
  response.setHeader('X-Request-Id', requestId);
  response.setHeader('Cache-Control', 'no-store');
  return requestId;
}

/** The one place where refusals and answers that must take alike are held back. */
async function untilPassed(startedAt: number, ms: number | undefined): Promise<void> {
  if (ms === undefined) return;
  const end = startedAt + ms;
  // Timers count whole milliseconds from when they are set, so their rounding would tell how long the work took.
  const coarse = Math.floor(end - performance.now()) - 2;
  if (coarse > 0) await sleep(coarse);
  while (performance.now() < end) await nextTurn();
}

function send(
  response: Response,
  { status, json, headers }: Reply,
  descriptor: RouteDescriptor,
  request: IncomingMessage,
  { settings }: Dependencies,
): void {
  if (response.headersSent || response.destroyed) return;
  const isProblem = status >= 400;
  const cors = descriptor.crossOrigin ? corsHeaders(request.headers.origin, settings) : {};
  for (const [name, value] of Object.entries({ ...headers, ...cors })) response.setHeader(name, value);
  response.status(status);
  if (json === undefined) {
    response.end();
    return;
  }
  response.setHeader('Content-Type', isProblem ? 'application/problem+json' : 'application/json; charset=utf-8');
  response.end(json);
}

/** Tells a refusal of no route of ours (an unknown path, a method that is not taken). */
export function sendProblem(response: Response, problem: Problem): void {
  const requestId = response.getHeader('X-Request-Id') === undefined ? beginAnswer(response) : '';
  const reply = replyOfProblem(problem, requestId || String(response.getHeader('X-Request-Id')));
  if (response.headersSent) return;
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  response.status(reply.status).setHeader('Content-Type', 'application/problem+json');
  response.end(reply.json);
}

function noteCall(
  response: Response,
  { method, path, name }: RouteDescriptor,
  status: number,
  startedAt: number,
  requestId: string,
  { log, metrics }: Dependencies,
): void {
  const ms = performance.now() - startedAt;
  metrics.answered(method, path, status, ms / 1000);
  log.call({ method, route: path || name, status: response.statusCode || status, ms: Math.round(ms), requestId });
}

/** Where the application keeps the streams it has open, among its `locals`. */
export const openStreams = 'openStreams';

function sinkOf(response: Response): StreamSink {
  const streams: Set<Response> = response.app.locals[openStreams];
  streams.add(response);
  response.once('close', () => streams.delete(response));
  return {
    write: (text) => void response.write(text),
    end: () => void response.end(),
    closed: (back) => void response.once('close', back),
  };
}
