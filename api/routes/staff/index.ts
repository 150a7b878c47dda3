import type { MountedRoute } from '../../handle.ts';
import { actOnAccountRoute } from './accounts/act.ts';
import { listAccountsRoute } from './accounts/list.ts';
import { readAccountRoute } from './accounts/show.ts';
import { listAuditRoute } from './audit/list.ts';
import { verifyAuditRoute } from './audit/verify.ts';
import { actOnCampaignRoute } from './campaigns/act.ts';
import { createCampaignRoute } from './campaigns/create.ts';
import { listCampaignsRoute } from './campaigns/list.ts';
import { downloadCampaignResultsRoute } from './campaigns/results.ts';
import { listCampaignRowsRoute } from './campaigns/rows.ts';
import { readCampaignRoute } from './campaigns/show.ts';
import { actOnCaseRoute } from './cases/act.ts';
import { assignCasesRoute } from './cases/assign-many.ts';
import { createCaseRoute } from './cases/create.ts';
import { readCaseEngineRoute } from './cases/engine.ts';
import { exportCasesRoute } from './cases/export.ts';
import { listCasesRoute } from './cases/list.ts';
import { listCaseMessagesRoute } from './cases/messages.ts';
import { previewCaseActionRoute } from './cases/preview.ts';
import { previewNewCaseRoute } from './cases/preview-new.ts';
import { listCaseRecordsRoute } from './cases/records.ts';
import { readCaseRoute } from './cases/show.ts';
import { listCaseTimelineRoute } from './cases/timeline.ts';
import { decodePayloadsRoute } from './codec.ts';
import { dashboardRoute } from './dashboard.ts';
import { followEventsRoute } from './events/follow.ts';
import { addMemberRoute } from './members/add.ts';
import { changeMemberRoute } from './members/change.ts';
import { listMembersRoute } from './members/list.ts';
import { listMessagesRoute } from './messages/list.ts';
import { readMailRoute } from './messages/mail.ts';
import { resendMessageRoute } from './messages/resend.ts';
import { operationsRoute } from './operations.ts';
import { importPatientRecordsRoute } from './patient-records/import.ts';
import { listPatientRecordsRoute } from './patient-records/list.ts';
import { listPortalsRoute } from './portals/list.ts';
import { policyVersionRoutes } from './portals/policies.ts';
import { policyRoutes } from './portals/policy.ts';
import { preferencesRoutes } from './preferences.ts';
import { staffSessionRoutes } from './session.ts';

/** Everything below `/staff`. */
export const staffRoutes: readonly MountedRoute[] = [
  ...staffSessionRoutes,
  ...preferencesRoutes,
  listCasesRoute,
  exportCasesRoute, // before the one case, whose path it would fit
  readCaseRoute,
  createCaseRoute,
  previewNewCaseRoute,
  assignCasesRoute,
  actOnCaseRoute,
  previewCaseActionRoute,
  listCaseRecordsRoute,
  listCaseTimelineRoute,
  listCaseMessagesRoute,
  readCaseEngineRoute,
  listCampaignsRoute,
  createCampaignRoute,
  readCampaignRoute,
  listCampaignRowsRoute,
  downloadCampaignResultsRoute,
  actOnCampaignRoute,
  listMessagesRoute,
  readMailRoute,
  resendMessageRoute,
  listPatientRecordsRoute,
  importPatientRecordsRoute,
  listAccountsRoute,
  readAccountRoute,
  actOnAccountRoute,
  dashboardRoute,
  operationsRoute,
  listAuditRoute,
  verifyAuditRoute,
  listPortalsRoute,
  ...policyRoutes,
  ...policyVersionRoutes,
  listMembersRoute,
  addMemberRoute,
  changeMemberRoute,
  followEventsRoute,
  decodePayloadsRoute,
];
