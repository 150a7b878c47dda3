import {
  type ApplicationGuard,
  type ApplicationMove,
  type ApplicationState,
  applicationStates,
  engineMoves,
  type StaffMove,
  staffMoves,
} from './application/lifecycle.ts';
import {
  type RegistrationGuard,
  type RegistrationMove,
  type RegistrationStaffMove,
  type RegistrationState,
  registrationEngineMoves,
  registrationStaffMoves,
  registrationStates,
} from './registration/lifecycle.ts';

// Names over all kinds of case, apart from what they bring about: schemas, browsers and the workflow sandbox need no more.

export type CaseState = ApplicationState | RegistrationState;
export type CaseMove = ApplicationMove | RegistrationMove;
export type CaseStaffMove = StaffMove | RegistrationStaffMove;
export type CaseGuard = ApplicationGuard | RegistrationGuard;
/** The secret a kind of case mails. */
export type CaseSecretPurpose = 'access_code' | 'registration_link';

const once = <T>(...values: readonly T[]): T[] => [...new Set(values)];

export const caseStates = once<CaseState>(...applicationStates, ...registrationStates);
export const caseStaffMoves = once<CaseStaffMove>(...staffMoves, ...registrationStaffMoves);
export const caseEngineMoves = once(...engineMoves, ...registrationEngineMoves);
export type CaseEngineMove = (typeof caseEngineMoves)[number];
