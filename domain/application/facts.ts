import type { CaseChanges, CaseFacts } from '../case-facts.ts';
import type { ApplicationState } from './lifecycle.ts';

/** What the rules need to know of an application. */
export type ApplicationFacts = CaseFacts<ApplicationState>;

/** What a move changes on an application. Absent = untouched. */
export type ApplicationChanges = CaseChanges<ApplicationState>;
