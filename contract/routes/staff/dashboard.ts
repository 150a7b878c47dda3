import { route } from '../../route.ts';
import { dashboard } from '../../schemas/dashboard.ts';

export const readDashboard = route({
  name: 'readDashboard',
  method: 'get',
  path: '/staff/dashboard',
  summary: 'My work, the queue by promise, what is stuck or undelivered, throughput; nothing personal',
  tags: ['Dashboard'],
  access: 'staff',
  permission: 'dashboard.read',
  idempotent: false,
  status: 200,
  response: dashboard,
  problems: [],
});
