import { type ApplicationActivities, createApplicationActivities } from './application.ts';
import type { DeliveryDependencies } from './deliver-mail.ts';

export { type Delivery, type DeliveryDependencies, deliverMail } from './deliver-mail.ts';

/** Every activity of every lifecycle, for the worker to register. */
export type Activities = ApplicationActivities;

/** Makes all activities over one database and one mail transport. */
export function createActivities(dependencies: DeliveryDependencies): Activities {
  return { ...createApplicationActivities(dependencies) };
}
