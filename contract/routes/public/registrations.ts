import { z } from 'zod';
import { route } from '../../route.ts';
import {
  completeRegistrationBody,
  identificationBody,
  linkBody,
  profileBody,
  registrationOutcome,
  registrationView,
  securityQuestionList,
  verificationBody,
} from '../../schemas/registration.ts';
import { portalParams } from '../params.ts';

const aStep = {
  tags: ['Registration'],
  access: 'registration',
  idempotent: false,
  params: portalParams,
  status: 200,
  response: registrationView,
} as const;

export const listSecurityQuestions = route({
  name: 'listSecurityQuestions',
  method: 'get',
  path: '/portals/:portal/security-questions',
  summary: 'The questions a new account chooses from',
  tags: ['Registration'],
  access: 'public',
  idempotent: false,
  params: portalParams,
  query: z.object({ language: z.string().optional().describe("In this language; else in the portal's own.") }),
  status: 200,
  response: securityQuestionList,
  problems: [],
});

export const startRegistration = route({
  name: 'startRegistration',
  method: 'post',
  path: '/portals/:portal/registrations',
  summary: 'Start with the link of a registration e-mail; nothing is used up yet, and an earlier start with it ends',
  tags: ['Registration'],
  access: 'public',
  idempotent: false,
  params: portalParams,
  body: linkBody,
  status: 201,
  response: registrationView,
  problems: ['link_not_accepted'],
  limits: ['activationsPerHour'],
  responseHeaders: { 'Set-Cookie': 'gh_registration_<portal>: the registration' },
});

export const readRegistration = route({
  ...aStep,
  name: 'readRegistration',
  method: 'get',
  path: '/portals/:portal/registrations/current',
  summary: 'Where the person is',
  problems: [],
});

export const identifyForRegistration = route({
  ...aStep,
  name: 'identifyForRegistration',
  method: 'put',
  path: '/portals/:portal/registrations/current/identification',
  summary: 'Names, date of birth and ZIP code exactly as on file; after the last wrong try the link is locked',
  body: identificationBody,
  problems: ['identity_not_matched', 'wrong_step'],
});

export const chooseProfile = route({
  ...aStep,
  name: 'chooseProfile',
  method: 'put',
  path: '/portals/:portal/registrations/current/profile',
  summary: 'Username, password and security questions of a new account',
  body: profileBody,
  problems: ['password_not_allowed', 'username_not_allowed', 'username_taken', 'wrong_step'],
});

export const verifyAccount = route({
  ...aStep,
  name: 'verifyAccount',
  method: 'put',
  path: '/portals/:portal/registrations/current/verification',
  summary: 'Show that the account found is one’s own; after the third wrong try the link is locked',
  body: verificationBody,
  problems: ['verification_failed', 'wrong_step'],
});

export const completeRegistration = route({
  ...aStep,
  name: 'completeRegistration',
  method: 'post',
  path: '/portals/:portal/registrations/current/complete',
  summary: 'Accept the disclaimer: the link is used up, and the account exists or shows one more practice',
  idempotent: true,
  body: completeRegistrationBody,
  status: 201,
  response: registrationOutcome,
  problems: ['terms_changed', 'username_taken', 'wrong_step'],
});
