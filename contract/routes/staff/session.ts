import { route } from '../../route.ts';
import { staffSession, staffSignInBody } from '../../schemas/member.ts';

const ofTheSession = { path: '/staff/session', tags: ['Staff session'], idempotent: false } as const;

export const staffSignIn = route({
  ...ofTheSession,
  name: 'staffSignIn',
  method: 'post',
  summary: 'Sign in; a refusal is always alike',
  access: 'public',
  body: staffSignInBody,
  status: 200,
  response: staffSession,
  problems: ['login_unsuccessful'],
  limits: ['staffLogins'],
  responseHeaders: { 'Set-Cookie': 'gh_staff: the session' },
});

export const readStaffSession = route({
  ...ofTheSession,
  name: 'readStaffSession',
  method: 'get',
  summary: 'Who is signed in, and what they may do',
  access: 'staff',
  status: 200,
  response: staffSession,
  problems: [],
});

export const staffSignOut = route({
  ...ofTheSession,
  name: 'staffSignOut',
  method: 'delete',
  summary: 'Sign out',
  access: 'staff',
  status: 204,
  problems: [],
});
