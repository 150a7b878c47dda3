import { type ApplicationOwnActivities, createApplicationActivities } from './application.ts';
import { type CampaignActivities, createCampaignActivities } from './campaign.ts';
import { type CaseActivities, createCaseActivities } from './cases.ts';
import type { DeliveryDependencies } from './deliver-mail.ts';
import { createRegistrationActivities, type RegistrationOwnActivities } from './registration.ts';

export { type Delivery, type DeliveryDependencies, deliverMail } from './deliver-mail.ts';

/** Every activity of every lifecycle, for the worker to register. */
export type Activities = CaseActivities & ApplicationOwnActivities & RegistrationOwnActivities & CampaignActivities;

/** Makes all activities over one database and one mail transport. */
export function createActivities(dependencies: DeliveryDependencies): Activities {
  return {
    ...createCaseActivities(dependencies),
    ...createApplicationActivities(dependencies),
    ...createRegistrationActivities(dependencies),
    ...createCampaignActivities(dependencies),
  };
}
