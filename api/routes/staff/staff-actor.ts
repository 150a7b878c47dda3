import type { Actor } from '../../../domain/case.ts';

export type StaffActor = Extract<Actor, { kind: 'member' }>;

/** The member who asks; staff routes have no other actor. */
export function staffActor(actor: Actor): StaffActor {
  if (actor.kind !== 'member') throw new Error('a staff route was asked by nobody of the staff');
  return actor;
}
