import { route } from '../../route.ts';
import { portalInfo } from '../../schemas/portal.ts';
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
  status: 200,
  response: portalInfo,
  problems: [],
});
