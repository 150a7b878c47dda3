import type { Policy } from '../../../domain/policy/policy.ts';
import { bayside } from './bayside.ts';
import { commonwealth } from './commonwealth.ts';
import { harborview } from './harborview.ts';
import { maplestreet } from './maplestreet.ts';
import { summit } from './summit.ts';

/** The five portals of the demonstration by their id; everything they differ in stands in their policies. */
export const demonstrationPolicies = {
  harborview,
  bayside,
  commonwealth,
  summit,
  maplestreet,
} as const satisfies Record<string, Policy>;

export type DemonstrationPortal = keyof typeof demonstrationPolicies;
