import { performance } from 'node:perf_hooks';
import type { Request, Response } from 'express';
import type { RouteDescriptor } from '../contract/route.ts';
import type { Transaction } from '../store/database.ts';
import { type KeyedWish, keepAnswer, keptAnswer, takeKey } from '../store/idempotency.ts';
import type { Handled, HandleOptions, Handler } from './asked.ts';
import type { Dependencies } from './dependencies.ts';
import { problemOf } from './problem-of.ts';
import { readJsonBody } from './read-body.ts';
import { type IncomingCall, readCall, replayOf } from './read-call.ts';
import {
  beginAnswer,
  noteCall,
  type Reply,
  replyOf,
  replyOfError,
  replyOfProblem,
  send,
  untilPassed,
} from './reply.ts';

/** A route with what answers it; `server.ts` mounts it. */
export interface MountedRoute {
  readonly descriptor: RouteDescriptor;
  serve(request: Request, response: Response, dependencies: Dependencies): Promise<void>;
  /** Answers a call that did not come over the network; streams and downloads have no such way. Never throws. */
  answer?(call: IncomingCall, requestId: string, dependencies: Dependencies): Promise<Reply>;
}

/** Ties a handler to its descriptor (architecture, pattern 8). */
export function handle<R extends RouteDescriptor, Prepared = undefined>(
  descriptor: R,
  handler: Handler<R, Prepared>,
  options: HandleOptions<R, Prepared> = {},
): MountedRoute {
  const answer = async (call: IncomingCall, requestId: string, dependencies: Dependencies): Promise<Reply> => {
    const startedAt = performance.now();
    let reply: Reply;
    try {
      reply = await answerCall(descriptor, handler, options, call, requestId, dependencies);
    } catch (error) {
      reply = replyOfError(error, requestId, descriptor, dependencies);
    }
    const isRefusal = reply.status >= 400;
    await untilPassed(startedAt, options.noSoonerThanMs ?? (isRefusal ? options.refusalsNoSoonerThanMs : undefined));
    return reply;
  };
  return {
    descriptor,
    answer,
    serve: async (request, response, dependencies) => {
      const startedAt = performance.now();
      const requestId = beginAnswer(response);
      const reply = await answer(callOf(request), requestId, dependencies);
      send(response, reply, descriptor, request.headers, dependencies);
      noteCall(descriptor, reply.status, startedAt, requestId, dependencies);
    },
  };
}

/** A call that came over the network. */
export function callOf(request: Request): IncomingCall {
  return {
    headers: request.headers,
    ip: request.ip,
    params: request.params,
    search: new URL(request.originalUrl, 'http://localhost').searchParams,
    readBody: (maxBytes) => readJsonBody(request, maxBytes),
  };
}

async function answerCall<R extends RouteDescriptor, Prepared>(
  descriptor: R,
  handler: Handler<R, Prepared>,
  { prepare, admit }: HandleOptions<R, Prepared>,
  incoming: IncomingCall,
  requestId: string,
  dependencies: Dependencies,
): Promise<Reply> {
  const call = await readCall(descriptor, incoming, requestId, dependencies, admit);
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
