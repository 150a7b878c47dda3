import type { IncomingHttpHeaders } from 'node:http';
import { parseBody, parseParams, parseQuery } from '../contract/parse.ts';
import { permissionsOf } from '../contract/permissions.ts';
import { Problem } from '../contract/problems.ts';
import { defaultBodyBytes, type RouteDescriptor, type RouteParams } from '../contract/route.ts';
import type { Actor } from '../domain/case.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { activationOfToken } from '../store/activations.ts';
import { bodyHashesOf, isSameWish, type KeptAnswer, type KeyedWish, keptAnswer } from '../store/idempotency.ts';
import type { KeyRing } from '../store/key-ring.ts';
import { walkOfToken } from '../store/registration-walks.ts';
import { accountOfSession, memberOfSession, type SessionMember } from '../store/sessions.ts';
import type { Asked, RunningActivation, RunningRegistration, SignedInAccount, SignedInMember } from './asked.ts';
import { groupedAddress } from './client-address.ts';
import { cookieName, hasOurs, readCookies } from './cookies.ts';
import { refuseCrossSite } from './cross-site.ts';
import type { Dependencies } from './dependencies.ts';
import { keepToStaffLimit, policyWithinLimit } from './limits.ts';
import { refuseOtherMedia } from './read-body.ts';
import { registrationEnded } from './registration-ended.ts';
import type { Reply } from './reply.ts';

/** A call as it came, over the network (`callOf`) or from a page of our own in the same process. */
export interface IncomingCall {
  headers: IncomingHttpHeaders;
  /** The client's address, as Express trusts it. */
  ip: string | undefined;
  /** Of the path, decoded. */
  params: Readonly<Record<string, unknown>>;
  search: URLSearchParams;
  /** The JSON body, read once at most; undefined when there is none. Raises `too_large`, `malformed`. */
  readBody(maxBytes: number): Promise<unknown>;
}

/** `replay`: answered already, a repeat of what ended its own session, or of what would be refused by now. */
export type ReadCall<R extends RouteDescriptor> =
  | { replay: Reply }
  | { replay?: never; input: Asked<R>; wish: KeyedWish | undefined };

/** Everything a call is refused for before its handler is asked, in the order of api.md. */
export async function readCall<R extends RouteDescriptor>(
  descriptor: R,
  call: IncomingCall,
  requestId: string,
  dependencies: Dependencies,
  admit?: (policy: Policy) => void,
): Promise<ReadCall<R>> {
  const { database, settings } = dependencies;
  const cookies = readCookies(call.headers.cookie);
  refuseCrossSite(descriptor, call.headers, hasOurs(cookies), settings);
  if (descriptor.method !== 'get') refuseOtherMedia(call);
  const address = groupedAddress(call.ip);
  const rawParams = { ...call.params };
  const session = await sessionOf(descriptor, call, cookies, rawParams.portal, address, dependencies);
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
      return { replay: await replayInstead(refusal, descriptor, session, call, dependencies) };
    }
  }
  const key = descriptor.idempotent ? idempotencyKeyOf(call) : undefined;
  const query = parseQuery(descriptor, call.search);
  const raw = await call.readBody(descriptor.maxBodyBytes ?? defaultBodyBytes);
  const wish = key === undefined ? undefined : wishOf(descriptor, session, call, key, raw, database.keys);
  const replay = await replayAfterEnd(session, wish, dependencies);
  if (replay) return { replay };
  const body = parseBody(descriptor, raw, params as RouteParams<R>);
  const input = { ...session.shown, params, query, body, policy, requestId, address } as unknown as Asked<R>;
  return { input, wish };
}

interface FoundSession {
  /** What the handler sees of it. */
  shown: {
    actor: Actor;
    member?: SignedInMember;
    account?: SignedInAccount;
    activation?: RunningActivation;
    registration?: RunningRegistration;
  };
  /** The activation or registration is over, as this says: only a repeat of what ended it is answered. */
  hasEnded?: Problem;
}

/**
 * Whose call it is. Raises `not_signed_in`, `no_activation`, `activation_ended`, `no_registration`, `registration_ended`,
 * `not_allowed`, `not_found` (no such action).
 */
async function sessionOf(
  descriptor: RouteDescriptor,
  call: IncomingCall,
  cookies: Readonly<Record<string, string | undefined>>,
  rawPortal: unknown,
  address: string,
  { database, settings }: Dependencies,
): Promise<FoundSession> {
  const person: Actor = { kind: 'person', address };
  if (descriptor.access === 'public') return { shown: { actor: person } };
  const portal = typeof rawPortal === 'string' ? rawPortal : '';
  const token = cookies[cookieName({ kind: descriptor.access, portal }, settings.isHttps)];
  const isActive = descriptor.method !== 'get' || call.headers['x-gatehouse-active'] === '1';
  switch (descriptor.access) {
    case 'activation': {
      const activation = token ? await activationOfToken(database, portal, token) : undefined;
      if (!activation) throw new Problem('no_activation');
      if (activation.isRunning) return { shown: { actor: person, activation } };
      return overUnlessRepeat(descriptor, { actor: person, activation }, new Problem('activation_ended'));
    }
    case 'registration': {
      const registration = token ? await walkOfToken(database, portal, token) : undefined;
      if (!registration) throw new Problem('no_registration');
      if (registration.isRunning) return { shown: { actor: person, registration } };
      return overUnlessRepeat(descriptor, { actor: person, registration }, registrationEnded(registration.endedAs));
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
      refuseWithoutPermission(descriptor, call, member);
      return { shown: { actor: actorOfMember(member, address), member } };
    }
  }
}

/** What is over may still be asked for what ended it, by a route that answers repeats. Raises `hasEnded` elsewhere. */
function overUnlessRepeat(
  { idempotent }: RouteDescriptor,
  shown: FoundSession['shown'],
  hasEnded: Problem,
): FoundSession {
  if (!idempotent) throw hasEnded;
  return { shown, hasEnded };
}

/** The member as who makes a move. */
export function actorOfMember({ id, roles, portals }: SessionMember, address: string): Actor {
  return { kind: 'member', id, roles, portals: portals.length > 0 ? portals : undefined, address };
}

function refuseWithoutPermission({ permission }: RouteDescriptor, call: IncomingCall, member: SignedInMember): void {
  if (permission === undefined) return;
  const params = call.params as Record<string, string | undefined>;
  const needed = typeof permission === 'function' ? permission(params) : permission;
  if (needed === undefined) throw new Problem('not_found');
  if (![needed].flat().some((name) => member.permissions.includes(name))) throw new Problem('not_allowed');
}

function idempotencyKeyOf(call: IncomingCall): string {
  const key = wellFormedKey(call);
  if (key === undefined) throw new Problem('idempotency_key_required');
  return key;
}

function wellFormedKey({ headers }: IncomingCall): string | undefined {
  const key = headers['idempotency-key'];
  return typeof key === 'string' && /^[!-~]{1,200}$/.test(key) ? key : undefined;
}

/**
 * What a key belongs to: the member; or portal and route, with an account, activation or registration also that one, whose
 * answers are its own. A member's key stands for one wish on one path: the same key on another path counts as another body.
 */
function wishOf(
  descriptor: RouteDescriptor,
  { shown: { member, account, activation, registration } }: FoundSession,
  call: IncomingCall,
  key: string,
  raw: unknown,
  keys: KeyRing,
): KeyedWish {
  if (member)
    return { scope: member.id, key, bodyHashes: bodyHashesOf(keys, [descriptor.name, call.params, raw ?? null]) };
  const owner = account?.id ?? activation?.id ?? registration?.id ?? '';
  return {
    scope: `${String(call.params.portal)} ${descriptor.name} ${owner}`,
    key,
    bodyHashes: bodyHashesOf(keys, raw),
  };
}

/**
 * Whoever comes too often, or after the portal closed, is still told again what the same wish was answered: a repeat is no new
 * call. Throws `refusal` where there is no such answer.
 */
async function replayInstead(
  refusal: unknown,
  descriptor: RouteDescriptor,
  session: FoundSession,
  call: IncomingCall,
  { database }: Dependencies,
): Promise<Reply> {
  const mayBeRepeat = refusal instanceof Problem && refusal.code !== 'not_found' && descriptor.idempotent;
  const key = mayBeRepeat ? wellFormedKey(call) : undefined;
  if (key === undefined) throw refusal;
  const raw = await call.readBody(descriptor.maxBodyBytes ?? defaultBodyBytes);
  const wish = wishOf(descriptor, session, call, key, raw, database.keys);
  const kept = await keptAnswer(database, wish.scope, wish.key);
  if (!kept || !isSameWish(kept, wish)) throw refusal;
  return replayOf(kept, wish);
}

/** What is completed is over, yet the repeat of its completion gets the first answer. */
async function replayAfterEnd(
  { hasEnded }: FoundSession,
  wish: KeyedWish | undefined,
  { database }: Dependencies,
): Promise<Reply | undefined> {
  if (!hasEnded) return undefined;
  const kept = wish && (await keptAnswer(database, wish.scope, wish.key));
  if (!kept) throw hasEnded;
  return replayOf(kept, wish);
}

/** The first answer again. Raises `idempotency_key_reused` for another body. */
export function replayOf(kept: KeptAnswer, wish: KeyedWish): Reply {
  if (!isSameWish(kept, wish)) throw new Problem('idempotency_key_reused');
  return {
    status: kept.status,
    json: kept.body === null ? undefined : JSON.stringify(kept.body),
    headers: { 'Idempotency-Replayed': 'true' },
  };
}
