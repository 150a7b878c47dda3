import { route } from '../../route.ts';
import { codecPayloads } from '../../schemas/codec.ts';

/** Temporal Web posts whole pages of a history at once. */
const maxBodyBytes = 4 * 1024 * 1024;

export const decodePayloads = route({
  name: 'decodePayloads',
  method: 'post',
  path: '/staff/codec/decode',
  summary: 'Decode payloads for Temporal Web; audited',
  tags: ['Engine'],
  access: 'staff',
  permission: 'codec.decode',
  idempotent: false,
  crossOrigin: true,
  body: codecPayloads,
  maxBodyBytes,
  status: 200,
  response: codecPayloads,
  problems: [],
});
