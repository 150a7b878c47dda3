import type { CaseChanges, CaseFacts } from '../case-facts.ts';
import type { RegistrationState } from './lifecycle.ts';

/** What the rules need to know of a registration. */
export type RegistrationFacts = CaseFacts<RegistrationState>;

/** What a move changes on a registration. Absent = untouched. */
export type RegistrationChanges = CaseChanges<RegistrationState>;
