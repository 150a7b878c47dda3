import type { RegistrationEngineMove, RegistrationState } from '../domain/registration/lifecycle.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { type CaseActivities, issueOwedSecret } from './cases.ts';
import type { DeliveryDependencies } from './deliver-mail.ts';

/** The moves a timer of a registration makes. */
export type RegistrationTimedMove = Extract<RegistrationEngineMove, 'reminded' | 'link_expired'>;

/** What the workflow of a registration asks for beyond what any case does. */
export interface RegistrationOwnActivities {
  issueRegistrationLink(caseId: string): Promise<Snapshot<RegistrationState>>;
}
export type RegistrationActivities = RegistrationOwnActivities &
  CaseActivities<RegistrationState, RegistrationTimedMove>;

/** Makes the activities over one database. */
export function createRegistrationActivities({
  database,
}: Pick<DeliveryDependencies, 'database'>): RegistrationOwnActivities {
  return { issueRegistrationLink: (caseId) => issueOwedSecret(database, caseId) };
}
