import type { RouteDescriptor } from '../route.ts';
import * as activations from './public/activations.ts';
import * as applications from './public/applications.ts';
import * as publicDocument from './public/document.ts';
import * as me from './public/me.ts';
import * as notMe from './public/not-me.ts';
import * as portals from './public/portals.ts';
import * as registrations from './public/registrations.ts';
import * as session from './public/session.ts';
import * as accounts from './staff/accounts.ts';
import * as audit from './staff/audit.ts';
import * as campaigns from './staff/campaigns.ts';
import * as cases from './staff/cases.ts';
import * as codec from './staff/codec.ts';
import * as dashboard from './staff/dashboard.ts';
import * as events from './staff/events.ts';
import * as members from './staff/members.ts';
import * as messages from './staff/messages.ts';
import * as operations from './staff/operations.ts';
import * as patientRecords from './staff/patient-records.ts';
import * as staffPortals from './staff/portals.ts';
import * as preferences from './staff/preferences.ts';
import * as staffSession from './staff/session.ts';

/** Every call of the API; the published document shows them by tag, in this order. */
export const routes: readonly RouteDescriptor[] = [
  portals,
  applications,
  notMe,
  activations,
  registrations,
  session,
  me,
  staffSession,
  preferences,
  cases,
  campaigns,
  messages,
  patientRecords,
  accounts,
  dashboard,
  operations,
  audit,
  staffPortals,
  members,
  events,
  codec,
  publicDocument,
].flatMap((room) => Object.values(room).filter(isRoute));

function isRoute(value: unknown): value is RouteDescriptor {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;
}
