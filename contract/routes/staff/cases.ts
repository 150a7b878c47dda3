import { z } from 'zod';
import { listOf } from '../../list-query.ts';
import type { Permission } from '../../permissions.ts';
import { route } from '../../route.ts';
import { pageOf } from '../../schemas/answers.ts';
import { applicant } from '../../schemas/application.ts';
import { caseFilters, caseListItem, engineView, recordMatch, staffCase, timelineEntry } from '../../schemas/case.ts';
import {
  caseAction,
  caseActionBody,
  caseActionBodyOf,
  casePreviewBody,
  casePreviewBodyOf,
} from '../../schemas/case-actions.ts';
import { assignmentResults, assignmentsBody } from '../../schemas/case-assignments.ts';
import { mailPreview, message } from '../../schemas/message.ts';
import { emailAddress, longText, portalId, reasonCode, skippable, uuid } from '../../schemas/scalars.ts';
import { caseActionParams, caseParams } from '../params.ts';

const ofCases = { tags: ['Cases'], access: 'staff', idempotent: false, status: 200 } as const;

export const caseList = listOf({
  sorts: ['receivedAt', 'dueAt', 'expiresAt', 'updatedAt', 'reference'],
  defaultSort: 'receivedAt',
  defaultOrder: 'desc',
  filters: caseFilters,
  search: true,
});

export const listCases = route({
  ...ofCases,
  name: 'listCases',
  method: 'get',
  path: '/staff/cases',
  summary: 'Cases; `q` searches reference, names and e-mail',
  permission: 'case.read',
  list: caseList,
  response: pageOf(caseListItem),
  problems: [],
});

/** More than this is no list to be worked with elsewhere, but a copy of the database. */
export const mostExported = 50_000;

export const exportCases = route({
  ...ofCases,
  name: 'exportCases',
  method: 'get',
  path: '/staff/cases/export',
  summary: `The list as CSV, whole: at most ${mostExported} rows, whatever the page asked for; audited`,
  permission: 'case.export',
  list: caseList,
  mediaType: 'text/csv',
  response: z.string(),
  problems: [],
  responseHeaders: {
    'Content-Disposition': 'attachment, with a name for the file',
    'X-Rows': 'How many rows it holds.',
    'X-Rows-Cut': '`true` when there are more than that.',
  },
});

export const readCase = route({
  ...ofCases,
  name: 'readCase',
  method: 'get',
  path: '/staff/cases/:caseId',
  summary: 'One case, with what this member may do next',
  permission: 'case.read',
  params: caseParams,
  response: staffCase,
  problems: [],
});

/** What a case may be opened with; every later lifecycle adds its kind. */
export const newCaseBody = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('application'),
      portal: portalId,
      subject: applicant,
      source: z.literal('office').optional().describe('Set by the server; may be said.'),
    })
    .meta({ id: 'NewApplicationCase' }),
  z
    .strictObject({
      kind: z.literal('registration'),
      portal: portalId,
      patientRecordId: uuid,
      email: emailAddress.optional().describe('Another address than the one on file; needs a reason.'),
      reason: skippable(reasonCode).describe('Why it goes to another address.'),
      note: skippable(longText(0, 2000)).describe('Private; never mailed. Demanded with the reason `other`.'),
    })
    .meta({ id: 'NewRegistrationCase' }),
]);
export type NewCaseBody = z.output<typeof newCaseBody>;

export const createCase = route({
  ...ofCases,
  name: 'createCase',
  method: 'post',
  path: '/staff/cases',
  summary: 'Key in an application at the office, or send a registration e-mail to a patient record',
  permission: 'case.create',
  idempotent: true,
  body: newCaseBody,
  status: 201,
  response: staffCase,
  problems: ['applications_closed', 'not_found', 'reason_required'],
});

export const previewNewCase = route({
  ...ofCases,
  name: 'previewNewCase',
  method: 'post',
  path: '/staff/cases/preview',
  summary: 'The first mail a new case would send; nothing is begun',
  permission: 'case.create',
  body: newCaseBody,
  response: mailPreview,
  problems: ['applications_closed', 'not_found', 'reason_required'],
});

export const assignCases = route({
  ...ofCases,
  name: 'assignCases',
  method: 'post',
  path: '/staff/cases/assignments',
  summary: 'Assign many cases to one member; each is assigned or refused by itself',
  permission: 'case.assign',
  idempotent: true,
  body: assignmentsBody,
  response: assignmentResults,
  problems: [],
});

export const actOnCase = route({
  ...ofCases,
  name: 'actOnCase',
  method: 'post',
  path: '/staff/cases/:caseId/actions/:action',
  summary: 'Make a move; accepted also while the engine is down',
  permission: (params) => caseActionPermission(params.action),
  idempotent: true,
  params: caseActionParams,
  body: caseActionBody,
  bodyOf: ({ action }) => caseActionBodyOf(action),
  response: staffCase,
  problems: ['not_allowed_now', 'not_yours_to_do', 'stale_version', 'reason_required', 'mailed_recently'],
});

export const previewCaseAction = route({
  ...ofCases,
  name: 'previewCaseAction',
  method: 'post',
  path: '/staff/cases/:caseId/actions/:action/preview',
  summary: 'The mail the action would send; nothing is decided',
  permission: (params) => caseActionPermission(params.action),
  params: caseActionParams,
  body: casePreviewBody,
  bodyOf: ({ action }) => casePreviewBodyOf(action),
  response: mailPreview,
  problems: ['not_allowed_now', 'not_yours_to_do', 'stale_version', 'reason_required'],
});

export const listCaseRecords = route({
  ...ofCases,
  name: 'listCaseRecords',
  method: 'get',
  path: '/staff/cases/:caseId/records',
  summary: 'Patient records the case could be bound to, each beside what the person gave; `q` as in patient records',
  permission: 'record.read',
  params: caseParams,
  list: listOf({
    sorts: ['lastName', 'mrn', 'dateOfBirth', 'updatedAt'],
    defaultSort: 'lastName',
    defaultOrder: 'asc',
    filters: {},
    search: true,
  }),
  response: pageOf(recordMatch),
  problems: [],
});

export const listCaseTimeline = route({
  ...ofCases,
  name: 'listCaseTimeline',
  method: 'get',
  path: '/staff/cases/:caseId/timeline',
  summary: "A case's history in staff's words, oldest first unless told",
  permission: 'case.read',
  params: caseParams,
  list: listOf({ sorts: ['at'], defaultSort: 'at', defaultOrder: 'asc', filters: {}, search: false }),
  response: pageOf(timelineEntry),
  problems: [],
});

export const listCaseMessages = route({
  ...ofCases,
  name: 'listCaseMessages',
  method: 'get',
  path: '/staff/cases/:caseId/messages',
  summary: "A case's mails with their delivery truth, newest first unless told",
  permission: ['message.read', 'message.readState'],
  params: caseParams,
  list: listOf({ sorts: ['queuedAt'], defaultSort: 'queuedAt', defaultOrder: 'desc', filters: {}, search: false }),
  response: pageOf(message),
  problems: [],
});

export const readCaseEngine = route({
  ...ofCases,
  name: 'readCaseEngine',
  method: 'get',
  path: '/staff/cases/:caseId/engine',
  summary: "The case's run as Temporal describes it now",
  permission: 'engine.read',
  params: caseParams,
  response: engineView,
  problems: [],
});

function caseActionPermission(action: string | undefined): Permission | undefined {
  const known = caseAction.safeParse(action);
  return known.success ? `case.${known.data}` : undefined;
}
