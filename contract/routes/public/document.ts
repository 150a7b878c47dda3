import { z } from 'zod';
import { route } from '../../route.ts';

export const readOpenApi = route({
  name: 'readOpenApi',
  method: 'get',
  path: '/openapi.json',
  summary: 'This document',
  tags: ['Document'],
  access: 'public',
  idempotent: false,
  status: 200,
  response: z.record(z.string(), z.unknown()),
  problems: [],
});
