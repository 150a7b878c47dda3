import type { z } from 'zod';
import type { ListDescriptor, ListQuery } from './list-query.ts';
import type { Permission } from './permissions.ts';
import type { ProblemCode } from './problems.ts';

export const apiBase = '/api/v1';

/** Bodies are JSON of at most this many bytes, unless a route says otherwise (security.md "bodies"). */
export const defaultBodyBytes = 64 * 1024;
export const uploadBytes = 20 * 1024 * 1024;

/** Whose session a call needs. `staff` without a permission: any member. Cookies: see `sessionCookies`. */
export type Access = 'public' | 'activation' | 'registration' | 'account' | 'staff';

/** The cookie each kind of session travels in; portal ones end in the portal's id; `__Host-` is put before under https. */
export const sessionCookies = {
  staff: 'gh_staff',
  account: 'gh_account_',
  activation: 'gh_activation_',
  registration: 'gh_registration_',
} as const satisfies Record<Exclude<Access, 'public'>, string>;

/** A permission, any one of several, or one that depends on the path; undefined = there is no such thing (404). */
export type PermissionRule =
  | Permission
  | readonly [Permission, ...Permission[]]
  | ((params: Readonly<Record<string, string | undefined>>) => Permission | undefined);

/** Counted per client address and portal against the policy's field of that name; `staffLogins` against a constant. */
export type LimitName =
  | 'applicationsPerHour'
  | 'statusPerHour'
  | 'activationsPerHour'
  | 'loginsPerMinute'
  | 'staffLogins';

/** What one call is: the same for server, client and published document. */
export interface RouteDescriptor {
  /** Unique; the operation's id in the published document. */
  name: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, parameters as `:name`. */
  path: string;
  summary: string;
  tags: readonly [string, ...string[]];
  access: Access;
  permission?: PermissionRule;
  /** Marked ⚿ in api.md: `Idempotency-Key` is required and a repeat is replayed. */
  idempotent: boolean;
  params?: z.ZodType<Record<string, unknown>>;
  query?: z.ZodObject;
  list?: ListDescriptor;
  body?: z.ZodType;
  /** Where the path decides what the body holds: the stricter schema; undefined = `body` itself. */
  bodyOf?: (params: Readonly<Record<string, unknown>>) => z.ZodType | undefined;
  maxBodyBytes?: number;
  status: 200 | 201 | 202 | 204;
  /** Undefined with 204 and with a stream. */
  response?: z.ZodType;
  /** Answers `text/event-stream`, without an end. */
  stream?: boolean;
  /** What is answered instead of JSON; sent as it is made, with an end. */
  mediaType?: 'text/csv';
  /** Codes of its own; those every call may meet are added by `problemsOf`. */
  problems: readonly ProblemCode[];
  limits?: readonly LimitName[];
  /** Called from another page (Temporal Web) with its own list of origins; needs no `X-Gatehouse`. */
  crossOrigin?: boolean;
  /** Name → what it holds. */
  responseHeaders?: Readonly<Record<string, string>>;
}

/** States a route. Its literal types carry over to the handler (`RouteInput`, `RouteResult`) and the client. */
export function route<const R extends RouteDescriptor>(descriptor: R & OnlyKnownKeys<R>): R {
  return descriptor;
}

/** A misspelt key would otherwise be taken silently. */
type OnlyKnownKeys<R> = Record<Exclude<keyof R, keyof RouteDescriptor>, never>;

type OutputOf<S> = S extends z.ZodType ? z.output<S> : undefined;
type InputOf<S> = S extends z.ZodType ? z.input<S> : undefined;
type Part<R, Name extends string> = R extends { [K in Name]: infer S } ? S : undefined;

/** What a handler is given, read and checked. Instants are `Date`. */
export type RouteParams<R extends RouteDescriptor> = OutputOf<Part<R, 'params'>>;
export type RouteBody<R extends RouteDescriptor> = OutputOf<Part<R, 'body'>>;
export type RouteQuery<R extends RouteDescriptor> =
  Part<R, 'list'> extends infer L extends ListDescriptor ? ListQuery<L> : OutputOf<Part<R, 'query'>>;

/** What a handler gives back: instants as `Date`, which JSON writes as RFC 3339. */
export type RouteResult<R extends RouteDescriptor> =
  Part<R, 'response'> extends infer S extends z.ZodType ? z.output<S> : undefined;

/** The same on the wire, as a client sends and receives it: instants are texts. */
export type WireParams<R extends RouteDescriptor> = InputOf<Part<R, 'params'>>;
export type WireBody<R extends RouteDescriptor> = InputOf<Part<R, 'body'>>;
export type WireResult<R extends RouteDescriptor> =
  Part<R, 'response'> extends infer S extends z.ZodType ? z.input<S> : undefined;

/** What a handler is called with besides the actor. */
export interface RouteInput<R extends RouteDescriptor> {
  params: RouteParams<R>;
  query: RouteQuery<R>;
  body: RouteBody<R>;
}

/** Every code the call can answer: its own and those that follow from what it is. Sorted, each once. */
export function problemsOf(route: RouteDescriptor): ProblemCode[] {
  const codes = new Set<ProblemCode>(route.problems);
  codes.add('internal_error').add('unavailable').add('too_many_requests');
  if (route.params) codes.add('not_found');
  if (route.query || route.list) codes.add('bad_query');
  if (route.access === 'staff' || route.access === 'account') codes.add('not_signed_in');
  if (route.access === 'activation') codes.add('no_activation').add('activation_ended');
  if (route.access === 'registration') codes.add('no_registration').add('registration_ended');
  if (route.permission !== undefined) codes.add('not_allowed');
  if (route.method !== 'get') codes.add('csrf_refused');
  if (route.body) {
    for (const code of ['malformed', 'too_large', 'unsupported_media_type', 'validation_failed'] as const)
      codes.add(code);
  }
  if (route.idempotent) codes.add('idempotency_key_required').add('idempotency_key_reused');
  return [...codes].sort();
}

/** The path with its parameters filled in, below `apiBase`. */
export function pathOf(route: RouteDescriptor, params: Readonly<Record<string, unknown>> = {}): string {
  return route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

/** The names of the path's parameters, in order. */
export function paramNames(path: string): string[] {
  return [...path.matchAll(/:([A-Za-z]+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
