import { route } from '../../route.ts';
import { notMeBody, notMeNoted } from '../../schemas/not-me.ts';
import { portalParams } from '../params.ts';

export const thisWasNotMe = route({
  name: 'thisWasNotMe',
  method: 'post',
  path: '/portals/:portal/not-me',
  summary: '"This was not me", from the link in a mail\'s foot; the answer is always alike',
  tags: ['Application'],
  access: 'public',
  idempotent: false,
  params: portalParams,
  body: notMeBody,
  status: 202,
  response: notMeNoted,
  problems: [],
});
