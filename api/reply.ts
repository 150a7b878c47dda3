import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'express';
import { Problem, toProblemJson } from '../contract/problems.ts';
import type { RouteDescriptor } from '../contract/route.ts';
import { Answer } from './answer.ts';
import type { HandlerResult } from './asked.ts';
import { setCookieText } from './cookies.ts';
import { corsHeaders } from './cross-site.ts';
import type { Dependencies } from './dependencies.ts';
import { problemOf } from './problem-of.ts';

/** What leaves: status and JSON text, with headers. */
export interface Reply {
  status: number;
  json: string | undefined;
  headers: Record<string, string | string[]>;
}

/** What a handler gave back, as it leaves. */
export function replyOf<R extends RouteDescriptor>(
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

/** A refusal as it leaves. */
export function replyOfProblem(problem: Problem, requestId: string): Reply {
  return {
    status: problem.status,
    json: JSON.stringify(toProblemJson(problem, requestId)),
    headers: problem.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(problem.retryAfterSeconds) },
  };
}

/** Whatever was thrown, as it leaves; a fault is noted without its text. */
export function replyOfError(
  error: unknown,
  requestId: string,
  descriptor: RouteDescriptor,
  { log }: Dependencies,
): Reply {
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
export async function untilPassed(startedAt: number, ms: number | undefined): Promise<void> {
  if (ms === undefined) return;
  const end = startedAt + ms;
  // Timers count whole milliseconds from when they are set, so their rounding would tell how long the work took.
  const coarse = Math.floor(end - performance.now()) - 2;
  if (coarse > 0) await sleep(coarse);
  while (performance.now() < end) await nextTurn();
}

/** Sends it, unless something has left already. */
export function send(
  response: Response,
  { status, json, headers }: Reply,
  descriptor: RouteDescriptor,
  requestHeaders: IncomingHttpHeaders,
  { settings }: Dependencies,
): void {
  if (response.headersSent || response.destroyed) return;
  const isProblem = status >= 400;
  const cors = descriptor.crossOrigin ? corsHeaders(requestHeaders.origin, settings) : {};
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

/** Counts and logs a call: route, status, time, never what it carried. */
export function noteCall(
  { method, path, name }: RouteDescriptor,
  status: number,
  startedAt: number,
  requestId: string,
  { log, metrics }: Dependencies,
): void {
  const ms = performance.now() - startedAt;
  metrics.answered(method, path, status, ms / 1000);
  log.call({ method, route: path || name, status, ms: Math.round(ms), requestId });
}
