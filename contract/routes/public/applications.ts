import { route } from '../../route.ts';
import { noted } from '../../schemas/answers.ts';
import {
  applicationAnswers,
  applicationForm,
  applicationProof,
  applicationReceipt,
  publicApplication,
} from '../../schemas/application.ts';
import { portalParams } from '../params.ts';

const ofAnApplicant = { tags: ['Application'], access: 'public', params: portalParams } as const;

export const apply = route({
  ...ofAnApplicant,
  name: 'apply',
  method: 'post',
  path: '/portals/:portal/applications',
  summary: 'Apply for an account',
  idempotent: true,
  body: applicationForm,
  status: 202,
  response: applicationReceipt,
  problems: ['applications_closed'],
  limits: ['applicationsPerHour'],
});

export const readApplicationStatus = route({
  ...ofAnApplicant,
  name: 'readApplicationStatus',
  method: 'post',
  path: '/portals/:portal/applications/status',
  summary: 'Where an application is; a reference and a date of birth that do not belong together find nothing',
  idempotent: false,
  body: applicationProof,
  status: 200,
  response: publicApplication,
  problems: ['no_such_application'],
  limits: ['statusPerHour'],
});

export const answerQuestions = route({
  ...ofAnApplicant,
  name: 'answerQuestions',
  method: 'post',
  path: '/portals/:portal/applications/answers',
  summary: 'Answer what the office asked, one text per question',
  idempotent: true,
  body: applicationAnswers,
  status: 200,
  response: publicApplication,
  problems: ['no_such_application', 'not_allowed_now'],
  limits: ['statusPerHour'],
});

export const withdrawApplication = route({
  ...ofAnApplicant,
  name: 'withdrawApplication',
  method: 'post',
  path: '/portals/:portal/applications/withdrawals',
  summary: 'Stop an application',
  idempotent: true,
  body: applicationProof,
  status: 200,
  response: publicApplication,
  problems: ['no_such_application', 'not_allowed_now'],
  limits: ['statusPerHour'],
});

export const renewAccessCode = route({
  ...ofAnApplicant,
  name: 'renewAccessCode',
  method: 'post',
  path: '/portals/:portal/applications/renewals',
  summary: 'Ask for a new access code; the answer is always alike',
  idempotent: true,
  body: applicationProof,
  status: 202,
  response: noted,
  problems: [],
  limits: ['statusPerHour'],
});
