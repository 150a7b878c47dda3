import type { Actor, Role } from './case.ts';

/** Who may make a move: a member with at least this role, the person the case is about, or the engine. */
export type Mover = Extract<Role, 'clerk' | 'reviewer' | 'supervisor'> | 'person' | 'engine';

/** One cell of a transition table. `guard` names a condition on the facts; the store evaluates it under the case's lock. */
export interface Rule<State extends string, Guard extends string = string, Reason extends string = string> {
  to: State;
  by: readonly Mover[];
  /** One of these is demanded of a member. */
  reasons?: readonly Reason[];
  /** One of these may be given. */
  mayGive?: readonly Reason[];
  guard?: Guard;
}

/** State × move → rule. A missing pair is a refusal. Every state has its row; final ones may be empty. */
export type TransitionTable<State extends string, Move extends string, Guard extends string = string> = {
  readonly [S in State]: { readonly [M in Move]?: Rule<State, Guard> };
};

export type RefusalCode = 'not_allowed_now' | 'not_allowed' | 'reason_required' | 'reason_not_offered';

/** Roles that include another's rights: a reviewer is a clerk, a supervisor a reviewer (api.md "Roles"). */
const including: Record<Extract<Role, 'clerk' | 'reviewer' | 'supervisor'>, readonly Role[]> = {
  clerk: ['clerk', 'reviewer', 'supervisor'],
  reviewer: ['reviewer', 'supervisor'],
  supervisor: ['supervisor'],
};

/** Whether the actor is one of the movers. */
export function mayMove(actor: Actor, movers: readonly Mover[]): boolean {
  if (actor.kind !== 'member') return movers.includes(actor.kind);
  return movers.some((mover) => mover !== 'person' && mover !== 'engine' && includesRole(actor.roles, mover));
}

/** Whether one of `held` carries the rights of `needed`. */
export function includesRole(
  held: readonly Role[],
  needed: Extract<Role, 'clerk' | 'reviewer' | 'supervisor'>,
): boolean {
  return held.some((role) => including[needed].includes(role));
}

/** Why a move is refused by the table alone (guards are judged by the store), or undefined when it may happen. */
export function tableRefusal<State extends string>(
  rule: Rule<State> | undefined,
  actor: Actor,
  reason: string | undefined,
): RefusalCode | undefined {
  if (!rule) return 'not_allowed_now';
  if (!mayMove(actor, rule.by)) return 'not_allowed';
  if (actor.kind !== 'member') return undefined;
  if (rule.reasons && reason === undefined) return 'reason_required';
  if (reason === undefined) return undefined;
  const isOffered = rule.reasons?.includes(reason) || rule.mayGive?.includes(reason);
  return isOffered ? undefined : 'reason_not_offered';
}
