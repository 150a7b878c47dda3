import { route } from '../../route.ts';
import {
  accessCodeBody,
  activated,
  activationView,
  completeBody,
  credentialsBody,
  emailBody,
  identityBody,
  mailboxCodeBody,
  notificationsBody,
} from '../../schemas/activation.ts';
import { portalParams } from '../params.ts';

const cookie = { 'Set-Cookie': 'gh_activation_<portal>: the activation' } as const;
const aStep = {
  tags: ['Activation'],
  access: 'activation',
  idempotent: false,
  params: portalParams,
  status: 200,
  response: activationView,
} as const;

export const startActivation = route({
  name: 'startActivation',
  method: 'post',
  path: '/portals/:portal/activations',
  summary: 'Start with an access code; nothing is used up yet, and an earlier start with the same code ends',
  tags: ['Activation'],
  access: 'public',
  idempotent: false,
  params: portalParams,
  body: accessCodeBody,
  status: 201,
  response: activationView,
  problems: ['access_code_not_accepted'],
  limits: ['activationsPerHour'],
  responseHeaders: cookie,
});

export const readActivation = route({
  ...aStep,
  name: 'readActivation',
  method: 'get',
  path: '/portals/:portal/activations/current',
  summary: 'Where the person is',
  problems: [],
});

export const confirmIdentity = route({
  ...aStep,
  name: 'confirmIdentity',
  method: 'put',
  path: '/portals/:portal/activations/current/identity',
  summary: 'The date of birth; after the last wrong one the code is dead',
  body: identityBody,
  problems: ['identity_not_matched', 'wrong_step'],
});

export const confirmEmail = route({
  ...aStep,
  name: 'confirmEmail',
  method: 'put',
  path: '/portals/:portal/activations/current/email',
  summary: 'Confirm the address, keep it unseen, or give another',
  body: emailBody,
  problems: ['wrong_step'],
});

export const sendMailboxCode = route({
  ...aStep,
  name: 'sendMailboxCode',
  method: 'post',
  path: '/portals/:portal/activations/current/email/codes',
  summary: 'Send the 8 numbers to the mailbox that is due',
  problems: ['mailed_recently', 'wrong_step'],
});

export const checkMailboxCode = route({
  ...aStep,
  name: 'checkMailboxCode',
  method: 'put',
  path: '/portals/:portal/activations/current/email/code',
  summary: 'Check the 8 numbers; a changed address needs both mailboxes, first the old',
  body: mailboxCodeBody,
  problems: ['code_not_accepted', 'wrong_step'],
});

export const chooseCredentials = route({
  ...aStep,
  name: 'chooseCredentials',
  method: 'put',
  path: '/portals/:portal/activations/current/credentials',
  summary: 'Choose username and password',
  body: credentialsBody,
  problems: ['password_not_allowed', 'username_not_allowed', 'username_taken', 'wrong_step'],
});

export const chooseNotifications = route({
  ...aStep,
  name: 'chooseNotifications',
  method: 'put',
  path: '/portals/:portal/activations/current/notifications',
  summary: 'News by e-mail, yes or no',
  body: notificationsBody,
  problems: ['wrong_step'],
});

export const completeActivation = route({
  ...aStep,
  name: 'completeActivation',
  method: 'post',
  path: '/portals/:portal/activations/current/complete',
  summary: 'Accept the terms: the code is used up and the account exists',
  idempotent: true,
  body: completeBody,
  status: 201,
  response: activated,
  problems: ['terms_changed', 'username_taken', 'wrong_step'],
});
