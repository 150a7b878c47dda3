import { route } from '../../route.ts';
import { staffEvent } from '../../schemas/events.ts';

export const followEvents = route({
  name: 'followEvents',
  method: 'get',
  path: '/staff/events',
  summary: 'What changes, as server-sent events; `resync` once after an unknown Last-Event-ID',
  tags: ['Events'],
  access: 'staff',
  permission: 'event.read',
  idempotent: false,
  status: 200,
  response: staffEvent,
  stream: true,
  problems: [],
  responseHeaders: { 'X-Accel-Buffering': 'no' },
});
