import type { z } from 'zod';
import { type ListQuery, parseListQuery } from './list-query.ts';
import { Problem } from './problems.ts';
import type { RouteBody, RouteDescriptor, RouteParams, RouteQuery } from './route.ts';

/** Reads the path's parameters. Raises `not_found`: a path that cannot be is a page that is not there. */
export function parseParams<R extends RouteDescriptor>(
  route: R,
  raw: Readonly<Record<string, unknown>>,
): RouteParams<R> {
  if (!route.params) return undefined as RouteParams<R>;
  const parsed = route.params.safeParse(raw);
  if (!parsed.success) throw new Problem('not_found');
  return parsed.data as RouteParams<R>;
}

/** Reads the query string, a list's or another. Raises `bad_query` naming each wrong parameter. */
export function parseQuery<R extends RouteDescriptor>(route: R, search: URLSearchParams): RouteQuery<R> {
  if (route.list) return parseListQuery(route.list, search) as ListQuery as RouteQuery<R>;
  if (!route.query) return undefined as RouteQuery<R>; // a stray parameter of a call without any is not worth a refusal
  const given = Object.fromEntries([...new Set(search.keys())].map((name) => [name, oneOrMany(search.getAll(name))]));
  const parsed = route.query.safeParse(given, { error: inWords });
  if (!parsed.success) throw new Problem('bad_query', { errors: fieldErrors(parsed.error) });
  return parsed.data as RouteQuery<R>;
}

/**
 * Reads the body; `params` are the path's, already read. No body counts as an empty one. Raises `validation_failed`
 * naming each wrong field by its dotted path.
 */
export function parseBody<R extends RouteDescriptor>(route: R, raw: unknown, params?: RouteParams<R>): RouteBody<R> {
  if (!route.body) {
    const unknown = Object.keys(typeof raw === 'object' && raw !== null ? raw : {});
    if (unknown.length > 0)
      throw new Problem('validation_failed', { errors: Object.fromEntries(unknownKeys([], unknown)) });
    return undefined as RouteBody<R>;
  }
  return parseWith(route.bodyOf?.(params ?? {}) ?? route.body, raw) as RouteBody<R>;
}

/** Reads anything by a schema, as `parseBody` does. */
export function parseWith<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const parsed = schema.safeParse(raw ?? {}, { error: inWords });
  if (!parsed.success) throw new Problem('validation_failed', { errors: fieldErrors(parsed.error) });
  return parsed.data;
}

/** Dotted field path → the first thing wrong with it. Problems of the whole are at `""`. */
export function fieldErrors(error: z.core.$ZodError): Record<string, string> {
  const errors = new Map<string, string>(); // a map, for a field may be called anything, `__proto__` too
  for (const issue of error.issues) {
    for (const [path, message] of messagesOf(issue)) if (!errors.has(path)) errors.set(path, message);
  }
  return Object.fromEntries(errors);
}

function messagesOf(issue: z.core.$ZodIssue): [string, string][] {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.path, issue.keys);
  return [[dotted(issue.path), issue.message]];
}

/** What is wrong, for whoever typed it. A schema's own words win over these. */
function inWords(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'This is needed.';
  switch (issue.code) {
    case 'invalid_type':
      return `This has to be ${typeWords[issue.expected] ?? 'something else'}.`;
    case 'too_small':
      return issue.origin === 'array' ? `Give at least ${issue.minimum}.` : tooSmall(issue);
    case 'too_big':
      return issue.origin === 'array' ? `Give at most ${issue.maximum}.` : tooBig(issue);
    case 'invalid_value':
      return `Choose one of: ${issue.values.map(String).join(', ')}.`;
    default:
      return 'This is not right.';
  }
}

const typeWords: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function tooSmall(issue: { origin: string; minimum: unknown }): string {
  if (issue.origin !== 'string') return `The least is ${String(issue.minimum)}.`;
  return issue.minimum === 1 ? 'This is needed.' : `At least ${String(issue.minimum)} letters.`;
}

function tooBig(issue: { origin: string; maximum: unknown; input?: unknown }): string {
  if (issue.origin !== 'string' || typeof issue.input !== 'string') return `The most is ${String(issue.maximum)}.`;
  return `Too long by ${issue.input.length - Number(issue.maximum)} letters.`;
}

function unknownKeys(path: readonly PropertyKey[], keys: readonly string[]): [string, string][] {
  return keys.map((key) => [dotted([...path, key]), 'This field is not known here.']);
}

function dotted(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

function oneOrMany(values: string[]): string | string[] | undefined {
  return values.length > 1 ? values : values[0];
}
