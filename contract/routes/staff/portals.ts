import { listOf } from '../../list-query.ts';
import { route } from '../../route.ts';
import { pageOf } from '../../schemas/answers.ts';
import { policyAnswer, policyDocument, policyQuery, policyReplacement, policyVersion } from '../../schemas/policy.ts';
import { portalListItem } from '../../schemas/portal.ts';
import { policyVersionParams, portalParams } from '../params.ts';

const ofPortals = { tags: ['Portals'], access: 'staff', idempotent: false, status: 200 } as const;

export const listPortals = route({
  ...ofPortals,
  name: 'listPortals',
  method: 'get',
  path: '/staff/portals',
  summary: 'The portals this member works for',
  permission: 'portal.read',
  list: listOf({ sorts: ['name'], defaultSort: 'name', defaultOrder: 'asc', filters: {}, search: false }),
  response: pageOf(portalListItem),
  problems: [],
});

export const readPolicy = route({
  ...ofPortals,
  name: 'readPolicy',
  method: 'get',
  path: '/staff/portals/:portal/policy',
  summary: 'The policy in force',
  permission: 'policy.read',
  params: portalParams,
  query: policyQuery,
  response: policyAnswer,
  problems: [],
});

export const replacePolicy = route({
  ...ofPortals,
  name: 'replacePolicy',
  method: 'put',
  path: '/staff/portals/:portal/policy',
  summary: 'Replace the policy, giving the version read; running cases keep theirs',
  permission: 'policy.replace',
  params: portalParams,
  body: policyReplacement,
  response: policyDocument,
  problems: ['stale_version'],
});

export const listPolicyVersions = route({
  ...ofPortals,
  name: 'listPolicyVersions',
  method: 'get',
  path: '/staff/portals/:portal/policies',
  summary: 'Every version of the policy: since when, by whom, what it changed and why',
  permission: 'policy.read',
  params: portalParams,
  list: listOf({ sorts: ['version'], defaultSort: 'version', defaultOrder: 'desc', filters: {}, search: false }),
  response: pageOf(policyVersion),
  problems: [],
});

export const readPolicyVersion = route({
  ...ofPortals,
  name: 'readPolicyVersion',
  method: 'get',
  path: '/staff/portals/:portal/policies/:version',
  summary: 'The policy as it was in force under a version',
  permission: 'policy.read',
  params: policyVersionParams,
  response: policyAnswer,
  problems: [],
});
