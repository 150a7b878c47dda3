import { route } from '../../route.ts';
import { auditPage, auditQuery, auditVerification } from '../../schemas/audit.ts';

const ofAudit = { tags: ['Audit'], access: 'staff', permission: 'audit.read', idempotent: false, status: 200 } as const;

export const listAudit = route({
  ...ofAudit,
  name: 'listAudit',
  method: 'get',
  path: '/staff/audit',
  summary: 'Who did what to what, when; newest first',
  query: auditQuery,
  response: auditPage,
  problems: [],
});

export const verifyAudit = route({
  ...ofAudit,
  name: 'verifyAudit',
  method: 'get',
  path: '/staff/audit/verification',
  summary: 'Walk all entries and seals, and say what was altered, removed or slipped in',
  response: auditVerification,
  problems: [],
});
