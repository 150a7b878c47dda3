import * as application from './application/effects.ts';
import {
  type ApplicationMove,
  type ApplicationState,
  applicationLifecycle,
  applicationStates,
  engineMoves,
  isFinal as isApplicationFinal,
  personMoves,
  staffMoves,
  waitingOn as waitingOnOfApplication,
} from './application/lifecycle.ts';
import { codeMails } from './application/mails.ts';
import * as applicationTimers from './application/timers.ts';
import type { CaseFlag, CaseKind, Timer, WaitingOn } from './case.ts';
import type { CaseFacts } from './case-facts.ts';
import type { CaseGuard, CaseMove, CaseSecretPurpose, CaseStaffMove, CaseState } from './case-names.ts';
import type { Effects, Situation } from './move-effects.ts';
import * as registration from './registration/effects.ts';
import {
  isFinal as isRegistrationFinal,
  type RegistrationMove,
  type RegistrationState,
  registrationEngineMoves,
  registrationLifecycle,
  registrationPersonMoves,
  registrationStaffMoves,
  registrationStates,
  waitingOn as waitingOnOfRegistration,
} from './registration/lifecycle.ts';
import { linkMails } from './registration/mails.ts';
import * as registrationTimers from './registration/timers.ts';
import type { Rule } from './transition-table.ts';

/** One kind of case: its transition table and what follows from it, the same for every kind. Methods throw nothing. */
export interface Lifecycle {
  readonly states: readonly CaseState[];
  readonly staffMoves: readonly CaseStaffMove[];
  readonly moves: readonly CaseMove[];
  /** The secret a case of this kind mails: issued in `state` by `issued`, on its way with one of `mails`, there by `sent`; staff order another by `again`. */
  readonly secret: {
    purpose: CaseSecretPurpose;
    state: CaseState;
    issued: CaseMove;
    sent: CaseMove;
    again: CaseMove;
    mails: readonly string[];
  };
  /** What the table says of a move in a state; undefined = refused. */
  ruleOf(state: CaseState, move: CaseMove): Rule<CaseState, CaseGuard> | undefined;
  isFinal(state: CaseState): boolean;
  waitingOn(state: CaseState, flags: readonly CaseFlag[]): WaitingOn | null;
  timersOf(facts: CaseFacts<CaseState>): Timer[];
  effectsOf(move: CaseMove, to: CaseState, situation: Situation<CaseState>): Effects<CaseState>;
}

type Table = Readonly<Record<string, Readonly<Record<string, Rule<CaseState, CaseGuard>>>>>;

const ruleIn =
  (table: Table) =>
  (state: CaseState, move: CaseMove): Rule<CaseState, CaseGuard> | undefined =>
    table[state]?.[move];

/** Every lifecycle there is, by its kind of case. */
export const lifecycles: Readonly<Record<CaseKind, Lifecycle>> = {
  application: {
    states: applicationStates,
    staffMoves,
    moves: [...staffMoves, ...personMoves, ...engineMoves],
    secret: {
      purpose: 'access_code',
      state: 'approved',
      issued: 'code_issued',
      sent: 'code_sent',
      again: 'reissue',
      mails: codeMails,
    },
    ruleOf: ruleIn(applicationLifecycle),
    isFinal(state: ApplicationState) {
      return isApplicationFinal(state);
    },
    waitingOn(state: ApplicationState, flags) {
      return waitingOnOfApplication(state, flags);
    },
    timersOf(facts: CaseFacts<ApplicationState>) {
      return applicationTimers.timersOf(facts);
    },
    effectsOf(move: ApplicationMove, to: ApplicationState, situation: Situation<ApplicationState>) {
      return application.effectsOf(move, to, situation);
    },
  },
  registration: {
    states: registrationStates,
    staffMoves: registrationStaffMoves,
    moves: [...registrationStaffMoves, ...registrationPersonMoves, ...registrationEngineMoves],
    secret: {
      purpose: 'registration_link',
      state: 'draft',
      issued: 'link_issued',
      sent: 'link_sent',
      again: 'resend',
      mails: linkMails,
    },
    ruleOf: ruleIn(registrationLifecycle),
    isFinal(state: RegistrationState) {
      return isRegistrationFinal(state);
    },
    waitingOn(state: RegistrationState, flags) {
      return waitingOnOfRegistration(state, flags);
    },
    timersOf(facts: CaseFacts<RegistrationState>) {
      return registrationTimers.timersOf(facts);
    },
    effectsOf(move: RegistrationMove, to: RegistrationState, situation: Situation<RegistrationState>) {
      return registration.effectsOf(move, to, situation);
    },
  },
};

/** What cases mail and people prove themselves with, over all kinds. */
export const caseSecretPurposes = Object.values(lifecycles).map(({ secret }) => secret.purpose);
