import { route } from '../../route.ts';
import { preferences } from '../../schemas/preferences.ts';

/** One's own, so no permission is asked for. */
const ofPreferences = {
  path: '/staff/preferences',
  tags: ['Staff session'],
  access: 'staff',
  idempotent: false,
  status: 200,
  response: preferences,
  problems: [],
} as const;

export const readPreferences = route({
  ...ofPreferences,
  name: 'readPreferences',
  method: 'get',
  summary: 'How this member has the back office: theme, language, keys, views of their own',
});

export const replacePreferences = route({
  ...ofPreferences,
  name: 'replacePreferences',
  method: 'put',
  summary: 'Keep them, whole; what was kept before is gone',
  body: preferences,
});
