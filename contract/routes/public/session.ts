import { route } from '../../route.ts';
import { accountSession, signInBody } from '../../schemas/account.ts';
import { portalParams } from '../params.ts';

const path = '/portals/:portal/session';
const ofTheSession = { path, tags: ['Account'], idempotent: false, params: portalParams } as const;

export const signIn = route({
  ...ofTheSession,
  name: 'signIn',
  method: 'post',
  summary: 'Sign in; a refusal is always alike',
  access: 'public',
  body: signInBody,
  status: 200,
  response: accountSession,
  problems: ['login_unsuccessful'],
  limits: ['loginsPerMinute'],
  responseHeaders: { 'Set-Cookie': 'gh_account_<portal>: the session' },
});

export const readSession = route({
  ...ofTheSession,
  name: 'readSession',
  method: 'get',
  summary: 'Who is signed in',
  access: 'account',
  status: 200,
  response: accountSession,
  problems: [],
});

export const signOut = route({
  ...ofTheSession,
  name: 'signOut',
  method: 'delete',
  summary: 'Sign out',
  access: 'account',
  status: 204,
  problems: [],
});
