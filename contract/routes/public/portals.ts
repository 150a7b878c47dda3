import { z } from 'zod';
import { route } from '../../route.ts';
import { passwordAdvice, passwordToAdviseOn, portalInfo } from '../../schemas/portal.ts';
import { portalParams } from '../params.ts';

export const readPortal = route({
  name: 'readPortal',
  method: 'get',
  path: '/portals/:portal',
  summary: 'What a portal is called, what is open, its terms, password rule and support',
  tags: ['Portal'],
  access: 'public',
  idempotent: false,
  params: portalParams,
  query: z.object({ language: z.string().optional().describe("Words in this language; else in the portal's own.") }),
  status: 200,
  response: portalInfo,
  problems: [],
});

export const advisePassword = route({
  name: 'advisePassword',
  method: 'post',
  path: '/portals/:portal/password-advice',
  summary: 'How strong a password is that somebody is thinking of; nothing is kept, and nothing is decided',
  tags: ['Portal'],
  access: 'public',
  idempotent: false,
  params: portalParams,
  body: passwordToAdviseOn,
  status: 200,
  response: passwordAdvice,
  problems: [],
});
