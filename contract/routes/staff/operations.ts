import { route } from '../../route.ts';
import { operations } from '../../schemas/operations.ts';

export const readOperations = route({
  name: 'readOperations',
  method: 'get',
  path: '/staff/operations',
  summary: 'Dependencies, runs in trouble, what the engine and the relay are owed; nothing personal',
  tags: ['Operations'],
  access: 'staff',
  permission: 'engine.read',
  idempotent: false,
  status: 200,
  response: operations,
  problems: [],
});
