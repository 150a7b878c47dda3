import type { Permission } from '../contract/permissions.ts';
import type { Problem } from '../contract/problems.ts';
import type { RouteDescriptor, RouteInput, RouteResult } from '../contract/route.ts';
import type { Actor } from '../domain/case.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { ActivationWalk } from '../store/activations.ts';
import type { Transaction } from '../store/database.ts';
import type { RegistrationWalk } from '../store/registration-walks.ts';
import type { SessionAccount, SessionMember } from '../store/sessions.ts';
import type { Answer } from './answer.ts';
import type { Dependencies } from './dependencies.ts';

/** The member who is signed in, with what their roles allow. `portals` empty = all. */
export interface SignedInMember extends SessionMember {
  permissions: Permission[];
}

/** The account that is signed in at the path's portal. */
export type SignedInAccount = SessionAccount;

/** The running activation of this browser at the path's portal. */
export type RunningActivation = ActivationWalk;

/** The running registration of this browser at the path's portal. */
export type RunningRegistration = RegistrationWalk;

/** What each kind of session gives a handler. */
interface Sessions {
  public: unknown;
  activation: { activation: RunningActivation };
  registration: { registration: RunningRegistration };
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
