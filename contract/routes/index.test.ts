import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { paramNames, problemsOf, type RouteDescriptor } from '../route.ts';
import { routes } from './index.ts';

const named = routes.map((route): [string, RouteDescriptor] => [route.name, route]);

/** The calls of api.md, and ⚿ where it has one. */
const fixed = `
get /portals/:portal
post /portals/:portal/password-advice
post /portals/:portal/applications ⚿
post /portals/:portal/applications/status
post /portals/:portal/applications/answers ⚿
post /portals/:portal/applications/withdrawals ⚿
post /portals/:portal/applications/renewals ⚿
post /portals/:portal/not-me
post /portals/:portal/activations
get /portals/:portal/activations/current
put /portals/:portal/activations/current/identity
put /portals/:portal/activations/current/email
post /portals/:portal/activations/current/email/codes
put /portals/:portal/activations/current/email/code
put /portals/:portal/activations/current/credentials
put /portals/:portal/activations/current/notifications
post /portals/:portal/activations/current/complete ⚿
get /portals/:portal/security-questions
post /portals/:portal/registrations
get /portals/:portal/registrations/current
put /portals/:portal/registrations/current/identification
put /portals/:portal/registrations/current/profile
put /portals/:portal/registrations/current/verification
post /portals/:portal/registrations/current/complete ⚿
post /portals/:portal/session
get /portals/:portal/session
delete /portals/:portal/session
get /portals/:portal/me
patch /portals/:portal/me/preferences
post /portals/:portal/me/password ⚿
post /portals/:portal/me/email ⚿
put /portals/:portal/me/email/code
get /portals/:portal/me/activity
post /staff/session
get /staff/session
delete /staff/session
get /staff/preferences
put /staff/preferences
get /staff/cases
get /staff/cases/export
post /staff/cases/assignments ⚿
get /staff/cases/:caseId
get /staff/cases/:caseId/records
get /staff/cases/:caseId/timeline
get /staff/cases/:caseId/messages
get /staff/cases/:caseId/engine
post /staff/cases ⚿
post /staff/cases/preview
post /staff/cases/:caseId/actions/:action ⚿
post /staff/cases/:caseId/actions/:action/preview
get /staff/campaigns
post /staff/campaigns ⚿
get /staff/campaigns/:campaignId
get /staff/campaigns/:campaignId/rows
get /staff/campaigns/:campaignId/results
post /staff/campaigns/:campaignId/actions/:action ⚿
get /staff/events
post /staff/codec/decode
get /staff/messages
get /staff/messages/:messageId/mail
post /staff/messages/:messageId/resend ⚿
get /staff/patient-records
post /staff/patient-records/imports ⚿
get /staff/accounts
get /staff/accounts/:accountId
post /staff/accounts/:accountId/actions/:action ⚿
get /staff/dashboard
get /staff/operations
get /staff/audit
get /staff/audit/verification
get /staff/portals
get /staff/portals/:portal/policy
put /staff/portals/:portal/policy
get /staff/portals/:portal/policies
get /staff/portals/:portal/policies/:version
get /staff/members
post /staff/members ⚿
patch /staff/members/:memberId
get /openapi.json
`;

describe('the routes', () => {
  it('are those of api.md', () => {
    const ours = routes.map(({ method, path, idempotent }) => `${method} ${path}${idempotent ? ' ⚿' : ''}`);
    expect(ours.sort()).toEqual(fixed.trim().split('\n').sort());
  });

  it('have names and addresses of their own', () => {
    expect(new Set(routes.map(({ name }) => name)).size).toBe(routes.length);
    expect(new Set(routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`)).size).toBe(
      routes.length,
    );
  });

  it.each(named)('%s reads exactly the parameters of its path', (_, route) => {
    const read = route.params instanceof z.ZodObject ? Object.keys(route.params.shape) : [];
    expect(read.sort()).toEqual(paramNames(route.path).sort());
  });

  it.each(named)('%s is held by who it is for', (_, route) => {
    const isOpen = /^\/staff\/(session|preferences)$/.test(route.path);
    expect(route.permission !== undefined).toBe(route.path.startsWith('/staff/') && !isOpen);
    if (route.path.startsWith('/staff/') && route.name !== 'staffSignIn') expect(route.access).toBe('staff');
    if (route.path.startsWith('/portals/:portal/me')) expect(route.access).toBe('account');
    if (route.path.includes('/activations/current')) expect(route.access).toBe('activation');
    if (route.path.includes('/registrations/current')) expect(route.access).toBe('registration');
  });

  it.each(named)('%s takes no unknown keys and answers something', (_, route) => {
    expect((route.status === 204) === (route.response === undefined)).toBe(true);
    expect(route.query && route.list).toBeUndefined();
    if (route.body && !['decodePayloads', 'createCase', 'previewNewCase'].includes(route.name)) {
      const refused = route.body.safeParse({ unheardOf: 1 });
      expect(refused.error?.issues).toContainEqual(expect.objectContaining({ code: 'unrecognized_keys' }));
    }
  });

  it('know what each may be refused with', () => {
    const apply = routes.find(({ name }) => name === 'apply');
    expect(apply && problemsOf(apply)).toEqual([
      'applications_closed',
      'csrf_refused',
      'idempotency_key_required',
      'idempotency_key_reused',
      'internal_error',
      'malformed',
      'not_found',
      'too_large',
      'too_many_requests',
      'unavailable',
      'unsupported_media_type',
      'validation_failed',
    ]);
  });
});
